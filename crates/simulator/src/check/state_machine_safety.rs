//! State Machine Safety (Raft §5.4.3): once a node has applied a command at a position, no other
//! applies a different one there.

use super::{Conflict, Property};
use alloc::vec;
use consensus::{Command, NodeId, digest_of};
use litemap::LiteMap;

/// The first command applied at each position.
#[derive(Clone, Debug, Default)]
pub(crate) struct StateMachineSafety {
    first: LiteMap<u64, (u64, NodeId)>,
}

impl StateMachineSafety {
    /// Looks at a command that a node applies.
    pub(crate) fn applied(
        &mut self,
        node: NodeId,
        index: u64,
        command: &Command,
    ) -> Option<Conflict> {
        let digest = digest_of(command);
        let (known, holder) = *self.first.entry(index).or_insert((digest, node));
        (known != digest).then(|| Conflict {
            property: Property::StateMachineSafety,
            nodes: vec![holder, node],
            place: index,
        })
    }
}
