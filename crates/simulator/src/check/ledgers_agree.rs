//! Ledgers agree (A2, A20): once the network is whole and quiet, all live peers have the same
//! ledger, and presumed alive in it are they and nobody else. So no live peer is left outside.

use super::promise::Conflict;
use super::property::Property;
use super::sight::{Peer, Sight};
use alloc::vec::Vec;
use consensus::NodeId;

/// It remembers nothing.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct LedgersAgree;

impl LedgersAgree {
    pub(crate) fn see(self, sight: &Sight) -> Option<Conflict> {
        let Sight::Calm(live) = *sight else {
            return None;
        };
        let first = live.first()?;
        let wrong = live
            .iter()
            .filter(|peer| peer.ledger != first.ledger || !tells_who_lives(peer, live));
        let nodes: Vec<NodeId> = wrong.map(|peer| peer.node).collect();
        (!nodes.is_empty()).then_some(Conflict {
            property: Property::LedgersAgree,
            nodes,
            place: 0,
        })
    }
}

/// Whether the live peers, each in its present life, are those whom this one presumes alive.
fn tells_who_lives(peer: &Peer, live: &[Peer]) -> bool {
    let mut lives: Vec<_> = live.iter().map(|it| (it.node, it.incarnation)).collect();
    let presumed = peer.ledger.iter().filter(|row| row.alive);
    let mut presumed: Vec<_> = presumed.map(|row| (row.node, row.incarnation)).collect();
    lives.sort_unstable();
    presumed.sort_unstable();
    lives == presumed
}
