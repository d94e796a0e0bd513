//! A whole run at one moment, as people see it: one shape for every protocol.

use crate::client::ClientView;
use crate::clock::ClockSettings;
use crate::flight::{DropCause, Flight};
use crate::link::LinkSettings;
use alloc::vec::Vec;
use consensus::{Incarnation, Inspection, Micros, NodeId};

/// Whether a node is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Power {
    /// Up.
    Running,
    /// Standing still: it keeps its state and takes nothing up.
    Paused,
    /// Crashed; it comes back with what its disk holds.
    Stopped,
    /// Left, or not here yet.
    Absent,
}

/// A running timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimerView {
    /// Its name.
    pub name: &'static str,
    /// What the node waits for, in one sentence.
    pub meaning: &'static str,
    /// When it was armed.
    pub armed: Micros,
    /// When it fires.
    pub due: Micros,
}

/// A write that the state machine of a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DataView {
    /// Its position, from 1.
    pub index: u64,
    /// The value written.
    pub value: u64,
    /// Whether the client was told that it is done.
    pub acknowledged: bool,
}

/// One entry of a node's log, with the value it writes (none for a read).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellView {
    /// Its position, from 1.
    pub index: u64,
    /// The term that made it.
    pub term: u64,
    /// The value written; `None` for a read.
    pub value: Option<u64>,
    /// Whether this node knows it to be committed.
    pub committed: bool,
}

/// One node at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeView {
    /// Who.
    pub id: NodeId,
    /// Whether it is up.
    pub power: Power,
    /// Which of its lives this is.
    pub incarnation: Incarnation,
    /// How wrong its clocks are.
    pub clock: ClockSettings,
    /// How long it works on each message.
    pub service: Micros,
    /// How many messages and calls wait in its inbox.
    pub waiting: u32,
    /// What it says of itself. While it is not up: as it would boot from its disk.
    pub inspection: Inspection,
    /// The timer drawn as an arc, where one runs.
    pub patience: Option<TimerView>,
    /// How many entries stand in its log before those that are shown.
    pub earlier: u64,
    /// Its log, or the end of it, where the protocol has one.
    pub log: Vec<CellView>,
    /// What its state machine holds, oldest first.
    pub data: Vec<DataView>,
}

/// A direction in which nothing passes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OneWayCut {
    /// Who is not heard.
    pub from: Vec<NodeId>,
    /// By whom.
    pub to: Vec<NodeId>,
}

/// A run at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The moment.
    pub now: Micros,
    /// Every node that is or was part of the run, by id.
    pub nodes: Vec<NodeView>,
    /// Every message on its way, and those that were dropped or refused and not forgotten yet,
    /// oldest first.
    pub flights: Vec<Flight>,
    /// The sides of the cut, where there is one: every attached node in exactly one.
    pub sides: Vec<Vec<NodeId>>,
    /// The one-way cuts: from whom to whom nothing passes.
    pub one_way: Vec<OneWayCut>,
    /// How the links between nodes are, where no link is an exception.
    pub link: LinkSettings,
    /// How many messages reached nobody who took them, by cause.
    pub drops: Vec<(DropCause, u64)>,
    /// Every client, by id.
    pub clients: Vec<ClientView>,
    /// Every reign so far, in the order in which it began. A reign's number is its place here
    /// (from 1); for Raft the term says it better.
    pub reigns: Vec<consensus::Reign>,
}
