//! Properties that are checked at every step.

use consensus::{Micros, NodeId};

mod election_safety;
mod log_matching;
mod oldest_leads;
mod state_machine_safety;
mod watch;

use election_safety::ElectionSafety;
use log_matching::LogMatching;
use oldest_leads::OldestLeads;
pub(crate) use oldest_leads::Peer;
use state_machine_safety::StateMachineSafety;
pub(crate) use watch::Watch;

/// A property of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// At most one leader in a term (Raft §5.2).
    ElectionSafety,
    /// Logs that agree on one entry agree on all before it (Raft §5.3).
    LogMatching,
    /// No two nodes apply different commands at one position (Raft §5.4.3).
    StateMachineSafety,
    /// Once the network is whole and quiet, the oldest live peer leads, alone and known to all
    /// (A1, A14).
    OldestLeads,
}

impl Property {
    /// The name that people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElectionSafety => "Election Safety",
            Self::LogMatching => "Log Matching",
            Self::StateMachineSafety => "State Machine Safety",
            Self::OldestLeads => "The oldest leads",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ElectionSafety => "At most one leader is elected in a term.",
            Self::LogMatching => "Logs that agree on one entry agree on every entry before it.",
            Self::StateMachineSafety => "No two servers apply different commands at one position.",
            Self::OldestLeads => {
                "Once the network is whole and quiet, the oldest peer leads, alone and known to all."
            }
        }
    }

    /// Where it comes from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::ElectionSafety => "Raft §5.2",
            Self::LogMatching => "Raft §5.3",
            Self::StateMachineSafety => "Raft §5.4.3",
            Self::OldestLeads => "rules A1, A14",
        }
    }
}

/// How a property stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has held so far.
    Holds,
    /// It says nothing yet: it waits for a whole and quiet network.
    Waits,
    /// It is broken.
    Broken,
}

/// A broken property: who, when, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    /// Which property.
    pub property: Property,
    /// When.
    pub at: Micros,
    /// In which event.
    pub event: u64,
    /// The nodes that contradict each other.
    pub nodes: alloc::vec::Vec<NodeId>,
    /// The term or position at which they do.
    pub place: u64,
}

/// A contradiction that a check found, before it is known when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) property: Property,
    pub(crate) nodes: alloc::vec::Vec<NodeId>,
    pub(crate) place: u64,
}
