//! Who is in the cluster, and who of them decides (Raft §6).

use crate::node::NodeId;
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// The members of a cluster. Each list is in order and without doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Configuration {
    /// Those who vote. While a joint change runs, the new set.
    pub voters: Arc<[NodeId]>,
    /// While a joint change runs, the old set of voters; empty otherwise.
    pub outgoing: Arc<[NodeId]>,
    /// Those who get the log and decide nothing.
    pub learners: Arc<[NodeId]>,
}
