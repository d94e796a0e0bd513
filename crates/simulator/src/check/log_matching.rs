//! Log Matching (Raft §5.3): logs that agree on an entry's position and term agree on every entry
//! up to it. A running digest of the log stands for all entries before.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{NodeId, Observation};
use litemap::LiteMap;

/// The first log seen to hold an entry at each position and term.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct LogMatching {
    first: LiteMap<(u64, u64), (u64, NodeId)>,
}

impl LogMatching {
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
        let (known, holder) = *self.first.entry((index, term)).or_insert((digest, node));
        (known != digest).then(|| Conflict {
            property: Property::LogMatching,
            nodes: vec![holder, node],
            place: index,
        })
    }
}
