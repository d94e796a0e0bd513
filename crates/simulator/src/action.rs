//! What a person, a scenario or a storm does to a run. The run's script is a list of these.

use crate::clock::ClockSettings;
use crate::disk::DiskSettings;
use crate::link::{LinkChange, Links};
use alloc::vec::Vec;
use consensus::{MembershipChange, Micros, NodeId};
use serde::{Deserialize, Serialize};

/// Which node an action is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// This one.
    Node(NodeId),
    /// Whoever leads under the latest mandate when the action comes; nobody where none leads.
    Leader,
}

/// A probability as a whole number of parts in a million: never a float, so that every machine
/// draws alike.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct PerMillion(pub u32);

impl PerMillion {
    /// Certain.
    pub const ONE: Self = Self(1_000_000);

    /// So many parts in a hundred.
    #[must_use]
    pub const fn percent(percent: u32) -> Self {
        Self(percent.saturating_mul(10_000))
    }
}

/// Something done to one message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageDeed {
    /// It stands still on its wire.
    Hold,
    /// It goes on, where it stood still.
    Release,
    /// It is taken off its wire.
    Drop,
    /// It arrives so much later.
    Delay(Micros),
    /// One to three of its bits are flipped, chosen by this number (F4).
    Corrupt(u64),
}

/// One thing done to a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Crash a node: it keeps what its disk has stored, and nothing else (F2).
    Stop(Target),
    /// Boot a node that is stopped.
    Start(Target),
    /// Let a node's election timer fire now (Raft).
    TimeOut(Target),
    /// Attach a new node, or one that left. Where an operator has to ask for it, it is a member
    /// when the leader has made it one.
    Join(NodeId),
    /// Let a node say good-bye and switch it off; where an operator has to ask for it, as soon as
    /// the leader has taken it out.
    Leave(Target),
    /// Ask whoever leads to hand over to this node (Raft).
    Transfer(NodeId),
    /// Tell a node to take a snapshot (Raft).
    TakeSnapshot(Target),
    /// Ask whoever leads, once, to change the members (Raft). Nodes that are named as new members
    /// and not here yet are attached.
    ChangeMembership(MembershipChange),
    /// Cut the network into groups that do not hear each other; nodes not named form one more
    /// group together (F1). Replaces any cut before it.
    Cut(Vec<Vec<NodeId>>),
    /// Make the network whole: no cut is left.
    Heal,
    /// Let nothing pass from these nodes to those, while the way back stays open (F1). Cuts of
    /// this kind add up, until the network is healed.
    CutOneWay {
        /// Who is not heard.
        from: Vec<NodeId>,
        /// By whom.
        to: Vec<NodeId>,
    },
    /// Change some of the links between nodes from now on (F4).
    Link {
        /// Which.
        links: Links,
        /// What changes.
        change: LinkChange,
    },
    /// Do something to a message on its way.
    Message {
        /// The message's number: its place in the order of sending, from 1.
        number: u64,
        /// What is done.
        deed: MessageDeed,
    },
    /// Let a node stand still: it keeps its state, and nothing that reaches it is taken up (F2).
    Pause(Target),
    /// Let a paused node go on.
    Resume(Target),
    /// From now on a node works so long on each message and call that reaches it (F3).
    Slow {
        /// Which node.
        node: Target,
        /// How long for each; zero for no time at all.
        service: Micros,
    },
    /// From now on a disk, or every disk, writes in this way.
    Disk {
        /// Whose; `None` for everybody's.
        node: Option<NodeId>,
        /// How it writes.
        settings: DiskSettings,
    },
    /// From now on a node's clocks are wrong in this way (A1).
    Clock {
        /// Which node.
        node: Target,
        /// How wrong.
        settings: ClockSettings,
    },
    /// A client writes a value to a key of the register.
    Write {
        /// Which client, from 0.
        client: u32,
        /// Which key.
        key: u32,
        /// Which value.
        value: u64,
        /// The node that it asks and keeps asking; `None` lets it look for the leader.
        to: Option<NodeId>,
    },
    /// A client reads a key of the register.
    Read {
        /// Which client, from 0.
        client: u32,
        /// Which key.
        key: u32,
        /// As for a write.
        to: Option<NodeId>,
    },
    /// Put an empty disk in place of a stopped node's: what it had stored is gone. No protocol that
    /// stores anything promises to bear that.
    Wipe(NodeId),
}

/// An action and its time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimedAction {
    /// When it comes, in virtual time from the start.
    pub at: Micros,
    /// What is done.
    pub action: Action,
}
