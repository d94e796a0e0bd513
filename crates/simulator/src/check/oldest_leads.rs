//! The oldest leads (A1, A14): once the network is whole and quiet, the oldest live peer leads,
//! alone and known to all.

use super::promise::Conflict;
use super::property::Property;
use super::sight::{Peer, Sight};
use alloc::vec;
use consensus::Micros;

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
        let is_wrong = |peer: &&Peer| {
            peer.leads != (peer.node == oldest.node) || peer.follows != Some(oldest.node)
        };
        live.iter().find(is_wrong)?;
        let wrong = live.iter().filter(is_wrong).map(|peer| peer.node);
        // The oldest is named first, whether it is wrong itself or not.
        let mut nodes = vec![oldest.node];
        nodes.extend(wrong.filter(|node| *node != oldest.node));
        Some(Conflict {
            property: Property::OldestLeads,
            nodes,
            place: 0,
        })
    }
}
