//! Log Matching (Raft §5.3): logs that agree on an entry's position and term agree on every entry
//! up to it. A running digest of the log stands for all entries before.

use super::positions::Positions;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{NodeId, Observation};

/// The first log seen to hold an entry at each position and term, as far back as any log goes.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct LogMatching {
    first: Positions<(u64, u64), (u64, NodeId)>,
}

impl LogMatching {
    /// No log goes back beyond this position.
    pub(crate) fn forget_before(&mut self, index: u64) {
        self.first.forget_before(index);
    }

    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        let Sight::Observed(node, seen) = *sight else {
            return None;
        };
        let Observation::Appended {
            index,
            term,
            digest,
        } = *seen
        else {
            return None;
        };
        let (first, holder) = self.first.first((index, term), (digest, node));
        (first != digest).then(|| Conflict {
            property: Property::LogMatching,
            nodes: vec![holder, node],
            place: index,
        })
    }
}
