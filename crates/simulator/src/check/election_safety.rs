//! Election Safety (Raft §5.2): at most one leader is elected in a term.

use super::{Conflict, Property};
use alloc::vec;
use consensus::{Mandate, NodeId, Observation, Role};
use litemap::LiteMap;

/// Who led in each term.
#[derive(Clone, Debug, Default)]
pub(crate) struct ElectionSafety {
    leaders: LiteMap<u64, NodeId>,
}

impl ElectionSafety {
    /// Looks at what a node reports.
    pub(crate) fn observe(&mut self, node: NodeId, seen: &Observation) -> Option<Conflict> {
        let Observation::Role {
            role: Role::Leader,
            mandate: Mandate::Term(term),
        } = *seen
        else {
            return None;
        };
        let leader = *self.leaders.entry(term).or_insert(node);
        (leader != node).then(|| Conflict {
            property: Property::ElectionSafety,
            nodes: vec![leader, node],
            place: term,
        })
    }
}
