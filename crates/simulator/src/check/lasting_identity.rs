//! Lasting identity (A1, A16): a peer takes its stamp once in a life, and a stamp belongs to the
//! life that takes it.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Incarnation, Micros, NodeId, Observation};
use litemap::LiteMap;

/// The stamp of each peer's latest life.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct LastingIdentity {
    stamps: LiteMap<NodeId, (Incarnation, Micros)>,
}

impl LastingIdentity {
    pub(crate) fn see(&mut self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let Sight::Observed(node, seen) = *sight else {
            return None;
        };
        let Observation::Identified {
            incarnation,
            joined,
        } = *seen
        else {
            return None;
        };
        let alive = known.nodes.get(&node).map(|it| it.incarnation);
        let before = self.stamps.insert(node, (incarnation, joined));
        let changed = before.is_some_and(|(life, stamp)| life == incarnation && stamp != joined);
        (changed || alive != Some(incarnation)).then(|| Conflict {
            property: Property::LastingIdentity,
            nodes: vec![node],
            place: u64::from(incarnation.0),
        })
    }
}
