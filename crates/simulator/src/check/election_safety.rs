//! Election Safety (Raft §5.2): at most one leader is elected in a term.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Mandate, NodeId, Observation, Role};
use litemap::LiteMap;

/// Who led in each term.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct ElectionSafety {
    leaders: LiteMap<u64, NodeId>,
}

impl ElectionSafety {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        let Sight::Observed(node, seen) = *sight else {
            return None;
        };
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
