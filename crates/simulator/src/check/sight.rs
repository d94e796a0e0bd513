//! What checks are shown, one thing at a time and in the order in which it happens.

use crate::register::{Application, Register};
use alloc::vec::Vec;
use consensus::{
    CallId, Incarnation, LedgerRow, Micros, NodeId, Observation, Operation, WriteSummary,
};

/// One thing that a check may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sight<'a> {
    /// A node begins a life.
    Born(NodeId, Incarnation),
    /// A node reports something of itself.
    Observed(NodeId, &'a Observation),
    /// A node's state machine applies a command of this digest; `before` is where it applied a write
    /// of the same call already.
    Applied {
        node: NodeId,
        index: u64,
        digest: u64,
        before: Option<u64>,
    },
    /// A node asks its disk for a write.
    Asked(NodeId),
    /// A write is on a node's disk.
    Stored(NodeId, &'a WriteSummary),
    /// A node's disk holds nothing any more.
    Wiped(NodeId),
    /// The network is whole and quiet, and these are all live peers, in any order.
    Calm(&'a [Peer]),
    /// A node keeps so many entries besides its log.
    Kept { node: NodeId, count: u64 },
    /// A client asks for the first time in this call, which is about this key.
    Called {
        call: CallId,
        key: u32,
        operation: Operation,
        /// The value that it writes; `None` for anything but a write.
        written: Option<u64>,
    },
    /// A node, whose state machine this is, says that a call is done.
    Done {
        node: NodeId,
        call: CallId,
        register: &'a Register,
    },
    /// A call is over for its client; `None` where it is not told that it is done.
    Returned {
        call: CallId,
        key: u32,
        told: Option<Told>,
    },
}

/// A set of kinds of sight. Each check is shown only the kinds that it looks at: most look at few,
/// and a step brings many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kinds(u32);

impl Kinds {
    pub(crate) const BORN: Self = Self(1);
    pub(crate) const ROLE: Self = Self(1 << 1);
    pub(crate) const VOTED: Self = Self(1 << 2);
    pub(crate) const APPENDED: Self = Self(1 << 3);
    pub(crate) const TRUNCATED: Self = Self(1 << 4);
    pub(crate) const COMMITTED: Self = Self(1 << 5);
    /// Everything else that a node reports.
    const OTHER: Self = Self(1 << 6);
    pub(crate) const APPLIED: Self = Self(1 << 7);
    const ASKED: Self = Self(1 << 8);
    pub(crate) const STORED: Self = Self(1 << 9);
    pub(crate) const WIPED: Self = Self(1 << 10);
    pub(crate) const CALM: Self = Self(1 << 11);
    pub(crate) const KEPT: Self = Self(1 << 12);
    pub(crate) const CALLED: Self = Self(1 << 13);
    pub(crate) const DONE: Self = Self(1 << 14);
    pub(crate) const RETURNED: Self = Self(1 << 15);
    /// Whatever a node reports.
    pub(crate) const OBSERVED: Self = Self(0b111_1110);

    /// These and those.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether some kind is in both.
    pub(crate) const fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl Sight<'_> {
    /// Its kind alone.
    pub(crate) const fn kind(&self) -> Kinds {
        match self {
            Self::Born(..) => Kinds::BORN,
            Self::Observed(_, Observation::Role { .. }) => Kinds::ROLE,
            Self::Observed(_, Observation::Voted { .. }) => Kinds::VOTED,
            Self::Observed(_, Observation::Appended { .. }) => Kinds::APPENDED,
            Self::Observed(_, Observation::Truncated { .. }) => Kinds::TRUNCATED,
            Self::Observed(_, Observation::Committed { .. }) => Kinds::COMMITTED,
            Self::Observed(..) => Kinds::OTHER,
            Self::Applied { .. } => Kinds::APPLIED,
            Self::Asked(_) => Kinds::ASKED,
            Self::Stored(..) => Kinds::STORED,
            Self::Wiped(_) => Kinds::WIPED,
            Self::Calm(_) => Kinds::CALM,
            Self::Kept { .. } => Kinds::KEPT,
            Self::Called { .. } => Kinds::CALLED,
            Self::Done { .. } => Kinds::DONE,
            Self::Returned { .. } => Kinds::RETURNED,
        }
    }
}

/// What a client is told of a call that is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// Who says so.
    pub(crate) by: NodeId,
    /// The value of the key: what a read found.
    pub(crate) value: Option<u64>,
    /// Whether and where whoever says so had applied a write; `None` for a read.
    pub(crate) written: Option<Application>,
}

/// What one live peer says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) node: NodeId,
    pub(crate) incarnation: Incarnation,
    pub(crate) joined: Option<Micros>,
    pub(crate) leads: bool,
    pub(crate) follows: Option<NodeId>,
    pub(crate) ledger: Vec<LedgerRow>,
}
