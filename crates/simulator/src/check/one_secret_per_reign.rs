//! One secret per reign (A4, A8): each turn of a reign has one secret, and the leader is the first
//! to have it. Two winners of one election are two reigns.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Incarnation, Mandate, NodeId, Observation};
use litemap::LiteMap;

/// A turn of a reign: by what right, whose, and how often its secret was rotated before.
type Turn = (Mandate, NodeId, Incarnation, u32);

/// The digest of the secret that the leader made for each turn.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct OneSecretPerReign {
    secrets: LiteMap<Turn, u64>,
}

impl OneSecretPerReign {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        let Sight::Observed(node, seen) = *sight else {
            return None;
        };
        let Observation::Secret {
            mandate,
            leader,
            incarnation,
            turn,
            digest,
        } = *seen
        else {
            return None;
        };
        let key = (mandate, leader, incarnation, turn);
        if node == leader {
            self.secrets.entry(key).or_insert(digest);
        }
        (self.secrets.get(&key) != Some(&digest)).then(|| {
            let mut nodes = vec![leader];
            nodes.extend((node != leader).then_some(node));
            Conflict {
                property: Property::OneSecretPerReign,
                nodes,
                place: u64::from(turn),
            }
        })
    }
}
