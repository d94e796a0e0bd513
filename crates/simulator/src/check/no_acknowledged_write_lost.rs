//! No acknowledged write lost (Raft §5.3, §8): when a client is told that its write is done, it is
//! committed where the node that says so carried it out. That it stays there is for Committed is
//! durable and State Machine Safety to see to.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::{Sight, Told};
use alloc::vec;

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct NoAcknowledgedWriteLost;

impl NoAcknowledgedWriteLost {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let Sight::Returned {
            told:
                Some(Told {
                    by,
                    written: Some(index),
                    ..
                }),
            ..
        } = *sight
        else {
            return None;
        };
        known.committed.get(&index).is_none().then(|| Conflict {
            property: Property::NoAcknowledgedWriteLost,
            nodes: vec![by],
            place: index,
        })
    }
}
