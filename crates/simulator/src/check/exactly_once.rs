//! Exactly once (Raft §8, thesis §6.3): however often a client asks for a write, no state machine
//! carries it out twice.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;

/// It remembers nothing: a state machine knows what it has applied.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct ExactlyOnce;

impl ExactlyOnce {
    pub(crate) fn see(self, sight: &Sight) -> Option<Conflict> {
        let Sight::Applied {
            node,
            before: Some(place),
            ..
        } = *sight
        else {
            return None;
        };
        Some(Conflict {
            property: Property::ExactlyOnce,
            nodes: vec![node],
            place,
        })
    }
}
