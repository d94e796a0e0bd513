//! Leader Append-Only (Raft §5.3): a leader never overwrites or deletes entries in its log.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Observation, Role};

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct LeaderAppendOnly;

impl LeaderAppendOnly {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let Sight::Observed(id, seen) = *sight else {
            return None;
        };
        let leader = known
            .nodes
            .get(&id)
            .filter(|node| node.role == Role::Leader)?;
        let place = match *seen {
            Observation::Truncated { from } => from,
            Observation::Appended { index, .. } if index <= leader.log.last() => index,
            _ => return None,
        };
        Some(Conflict {
            property: Property::LeaderAppendOnly,
            nodes: vec![id],
            place,
        })
    }
}
