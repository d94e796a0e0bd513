//! A node shown to people: one shape for every protocol, made on demand and never fed back.

use crate::client::Command;
use crate::node::{Incarnation, NodeId};
use crate::observation::{Reign, Role};
use crate::time::Micros;
use alloc::vec::Vec;

/// How one voter stands towards a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoteView {
    /// The voter.
    pub voter: NodeId,
    /// Granted, refused, or not answered yet.
    pub granted: Option<bool>,
}

/// What an entry is there for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The state machine is to carry out its command.
    Command,
    /// Nothing: a Raft leader begins its reign with it.
    NoOp,
    /// A client opens a session.
    OpenSession,
    /// The cluster's members from here on.
    Members(MembersView),
}

/// One entry of a node's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// Its position, from 1.
    pub index: u64,
    /// The term that made it.
    pub term: u64,
    /// When its leader made it, by the cluster's time.
    pub at: Micros,
    /// The command that it carries; `None` for one without, such as the empty entry at the start
    /// of a Raft leader's reign.
    pub command: Option<Command>,
    /// What it is there for.
    pub kind: EntryKind,
    /// The running digest of the log up to and including it.
    pub digest: u64,
    /// Whether this node knows it to be committed.
    pub committed: bool,
}

/// One row of an oldest-peer ledger (A2), or of a WaterCraft list (W3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LedgerRow {
    /// Who.
    pub node: NodeId,
    /// Which of its lives.
    pub incarnation: Incarnation,
    /// When it joined: its age is counted from here. In WaterCraft the number under which it was
    /// admitted.
    pub joined: Micros,
    /// Whether it is presumed alive.
    pub alive: bool,
}

/// What a leader knows of one follower (R12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FollowerView {
    /// Who.
    pub node: NodeId,
    /// When it last answered, by the leader's monotonic clock.
    pub last_answer: Option<Micros>,
    /// Up to where its log is known to agree with the leader's.
    pub matched: u64,
    /// How it is fed: "probe" while the leader asks where their logs meet, "replicate" while
    /// entries follow each other, "snapshot" while it waits for one.
    pub fed_by: &'static str,
    /// How many messages with entries are on their way to it.
    pub in_flight: u64,
}

/// The members that a node works with: those of the latest configuration that it has, committed or
/// not (Raft §6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MembersView {
    /// Those who vote. While a joint change runs, the new set.
    pub voters: Vec<NodeId>,
    /// While a joint change runs, the old set of voters; empty otherwise.
    pub outgoing: Vec<NodeId>,
    /// Those who get the log and decide nothing.
    pub learners: Vec<NodeId>,
    /// Whether no change is under way: this configuration is committed and not joint.
    pub settled: bool,
}

/// A node's state as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// What it is.
    pub role: Role,
    /// Whom it believes to lead, and by what right.
    pub reign: Reign,
    /// The tally of a candidate, or of one that asks before it stands, a voter each, itself among
    /// them; empty otherwise and for the oldest peer.
    pub votes: Vec<VoteView>,
    /// How many votes win; 0 where nobody votes. While a joint change runs, of the new set: the
    /// old one has to agree as well.
    pub quorum: u32,
    /// Whom it voted for in its term.
    pub voted_for: Option<NodeId>,
    /// Who is in its cluster; empty for protocols whose members declare themselves.
    pub members: MembersView,
    /// How many entries stand in its log before those that are shown.
    pub earlier: u64,
    /// Its log, or the end of it; empty for protocols without one.
    pub log: Vec<EntryView>,
    /// Up to where it knows the log to be committed.
    pub committed: u64,
    /// Its ledger, eldest first; empty for protocols without one.
    pub ledger: Vec<LedgerRow>,
    /// The secret that it expects or gives (A4), where it has one.
    pub secret: Option<u64>,
    /// How many questions to its leader stand unanswered in a row (A17).
    pub unanswered: u32,
    /// A leader's followers; empty otherwise.
    pub followers: Vec<FollowerView>,
}
