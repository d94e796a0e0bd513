//! What can befall a cluster in rough water, by name.

use crate::document::ProtocolName;
use core::fmt;
use serde::{Deserialize, Serialize};
use simulator::{Action, LinkChange, Target};

/// A kind of deed in rough water. What mends is a kind, too: a seed that goes without stays broken
/// until its rough time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Whoever leads crashes (F2).
    StopLeader,
    /// A node crashes (F2).
    Stop,
    /// A stopped node boots.
    Start,
    /// A node stands still, or goes on (F2).
    Pause,
    /// A node takes its time for each message (F3).
    Slow,
    /// A node's clocks jump or drift (A1).
    Clock,
    /// Disks are slow, write out of order, and lose in their own way what a crash interrupts.
    Disk,
    /// The network is cut into sides (F1).
    Cut,
    /// The network is cut one way (F1).
    CutOneWay,
    /// No cut is left.
    Heal,
    /// Links lose messages (F4).
    Loss,
    /// Links double messages (F4).
    Duplication,
    /// Links let messages overtake each other (F4).
    Reordering,
    /// Links flip bits (F4).
    Corruption,
    /// Links are slow (F4).
    Delay,
    /// Links hold few messages at once (F4).
    Capacity,
    /// Everything on a link stands still (F4).
    Clog,
    /// Nodes join and leave; under Raft in every way in which members change (Raft §6).
    Members,
    /// Leaders are asked to hand over (Raft thesis §3.10).
    Transfer,
    /// A server's patience ends at once (Raft), or a peer calls an election (Almighty).
    TimeOut,
    /// Servers are told to take snapshots (Raft §7).
    Snapshot,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 21] = [
        Self::StopLeader,
        Self::Stop,
        Self::Start,
        Self::Pause,
        Self::Slow,
        Self::Clock,
        Self::Disk,
        Self::Cut,
        Self::CutOneWay,
        Self::Heal,
        Self::Loss,
        Self::Duplication,
        Self::Reordering,
        Self::Corruption,
        Self::Delay,
        Self::Capacity,
        Self::Clog,
        Self::Members,
        Self::Transfer,
        Self::TimeOut,
        Self::Snapshot,
    ];

    /// The name in results and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StopLeader => "stop-leader",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Slow => "slow",
            Self::Clock => "clock",
            Self::Disk => "disk",
            Self::Cut => "cut",
            Self::CutOneWay => "cut-one-way",
            Self::Heal => "heal",
            Self::Loss => "loss",
            Self::Duplication => "duplication",
            Self::Reordering => "reordering",
            Self::Corruption => "corruption",
            Self::Delay => "delay",
            Self::Capacity => "capacity",
            Self::Clog => "clog",
            Self::Members => "members",
            Self::Transfer => "transfer",
            Self::TimeOut => "time-out",
            Self::Snapshot => "snapshot",
        }
    }

    /// The kind that an action belongs to; none where it is a client's call, or what no seed draws.
    #[must_use]
    pub const fn of(action: &Action) -> Option<Self> {
        Some(match action {
            Action::Stop(Target::Leader) => Self::StopLeader,
            Action::Stop(Target::Node(_)) => Self::Stop,
            Action::Start(_) => Self::Start,
            Action::Pause(_) | Action::Resume(_) => Self::Pause,
            Action::Slow { .. } => Self::Slow,
            Action::Clock { .. } => Self::Clock,
            Action::Disk { .. } => Self::Disk,
            Action::Cut(_) => Self::Cut,
            Action::CutOneWay { .. } => Self::CutOneWay,
            Action::Heal => Self::Heal,
            Action::Link { change, .. } => return Self::of_link(change),
            Action::Join(_) | Action::Leave(_) | Action::ChangeMembership(_) => Self::Members,
            Action::Transfer(_) => Self::Transfer,
            Action::TimeOut(_) => Self::TimeOut,
            Action::TakeSnapshot(_) => Self::Snapshot,
            Action::Message { .. } | Action::Wipe(_) => return None,
            Action::Write { .. } | Action::Read { .. } => return None,
        })
    }

    const fn of_link(change: &LinkChange) -> Option<Self> {
        Some(match change {
            LinkChange::Delay(_) => Self::Delay,
            // It comes with a delay.
            LinkChange::Spread(_) => return None,
            LinkChange::Loss(_) => Self::Loss,
            LinkChange::Duplication(_) => Self::Duplication,
            LinkChange::Reordering(_) => Self::Reordering,
            LinkChange::Corruption(_) => Self::Corruption,
            LinkChange::Capacity(_) => Self::Capacity,
            LinkChange::Clogged(_) => Self::Clog,
        })
    }

    /// Whether it means anything under this protocol.
    #[must_use]
    pub fn is_known_to(self, protocol: ProtocolName) -> bool {
        match self {
            Self::Transfer | Self::Snapshot => protocol == ProtocolName::Raft,
            Self::TimeOut => protocol != ProtocolName::Watercraft,
            _ => true,
        }
    }

    /// How much oftener than others it comes where it comes at all.
    pub(crate) const fn weight(self) -> u64 {
        match self {
            Self::Start | Self::Members => 3,
            Self::StopLeader | Self::Heal => 2,
            _ => 1,
        }
    }

    /// Whether it only ends what others began.
    pub(crate) const fn mends(self) -> bool {
        matches!(self, Self::Start | Self::Heal)
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
