//! Bounded bookkeeping: what a server keeps besides its log does not grow with the length of a run,
//! only with the cluster, with its log (a call that waits has an entry there) and with the writes
//! on their way.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;

/// Entries kept for each member: its progress, its vote, answers held back.
const EACH_MEMBER: u64 = 8;
/// Entries kept for each write on its way: itself, and what waits for it.
const EACH_WRITE: u64 = 8;
/// Entries kept for each entry of the log: a call that waits for it.
const EACH_ENTRY: u64 = 1;
/// What a server may keep besides.
const ALWAYS: u64 = 16;

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct BoundedBookkeeping;

impl BoundedBookkeeping {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let Sight::Kept { node: id, count } = *sight else {
            return None;
        };
        let node = known.nodes.get(&id)?;
        let most = ALWAYS
            + EACH_MEMBER * known.nodes.len() as u64
            + EACH_WRITE * node.pending
            + EACH_ENTRY * node.log.len();
        (count > most).then(|| Conflict {
            property: Property::BoundedBookkeeping,
            nodes: vec![id],
            place: count,
        })
    }
}
