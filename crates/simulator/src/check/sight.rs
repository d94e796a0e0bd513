//! What checks are shown, one thing at a time and in the order in which it happens.

use consensus::{Incarnation, Micros, NodeId, Observation, WriteSummary};

/// One thing that a check may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sight<'a> {
    /// A node begins a life.
    Born(NodeId, Incarnation),
    /// A node reports something of itself.
    Observed(NodeId, &'a Observation),
    /// A node's state machine applies a command of this digest.
    Applied {
        node: NodeId,
        index: u64,
        digest: u64,
    },
    /// A node asks its disk for a write.
    Asked(NodeId),
    /// A write is on a node's disk.
    Stored(NodeId, &'a WriteSummary),
    /// The network is whole and quiet, and these are all live peers, in any order.
    Calm(&'a [Peer]),
    /// A node keeps so many entries besides its log.
    Kept { node: NodeId, count: u64 },
}

/// What one live peer says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) node: NodeId,
    pub(crate) joined: Option<Micros>,
    pub(crate) leads: bool,
    pub(crate) follows: Option<NodeId>,
}
