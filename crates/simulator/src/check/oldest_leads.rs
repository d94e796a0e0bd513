//! The oldest leads (A1, A14): once the network is whole and quiet, the oldest live peer leads,
//! alone and known to all.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};

/// It remembers nothing.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct OldestLeads;

impl OldestLeads {
    pub(crate) fn see(self, sight: &Sight) -> Option<Conflict> {
        let Sight::Calm(live) = *sight else {
            return None;
        };
        let oldest = live
            .iter()
            .min_by_key(|peer| (peer.joined.unwrap_or(Micros::MAX), peer.node))?;
        let wrong: Vec<NodeId> = live
            .iter()
            .filter(|peer| {
                peer.leads != (peer.node == oldest.node) || peer.follows != Some(oldest.node)
            })
            .map(|peer| peer.node)
            .collect();
        (!wrong.is_empty()).then(|| {
            let mut nodes = vec![oldest.node];
            nodes.extend(wrong);
            Conflict {
                property: Property::OldestLeads,
                nodes,
                place: 0,
            }
        })
    }
}
