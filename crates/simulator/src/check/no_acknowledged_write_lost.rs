//! No acknowledged write lost (Raft §5.3, §8): when a client is told that its write is done, it is
//! committed where the node that says so carried it out. That it stays there is for Committed is
//! durable and State Machine Safety to see to.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::{Sight, Told};
use crate::register::Application;
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
                    written: Some(applied),
                    ..
                }),
            ..
        } = *sight
        else {
            return None;
        };
        let place = match applied {
            // Whoever forgot where applied others since.
            Application::Somewhere => return None,
            Application::At(index) if known.committed.holds(index) => return None,
            Application::At(index) => index,
            Application::Never => 0,
        };
        Some(Conflict {
            property: Property::NoAcknowledgedWriteLost,
            nodes: vec![by],
            place,
        })
    }
}
