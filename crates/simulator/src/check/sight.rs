//! What checks are shown, one thing at a time and in the order in which it happens.

use crate::register::Register;
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

/// What a client is told of a call that is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// Who says so.
    pub(crate) by: NodeId,
    /// The value of the key: what a read found.
    pub(crate) value: Option<u64>,
    /// Where a write took effect, 0 for nowhere; `None` for a read.
    pub(crate) written: Option<u64>,
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
