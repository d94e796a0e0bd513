//! Bounded bookkeeping: what a server keeps besides its log does not grow with the length of a run,
//! only with the cluster, with its log (a write that waits has an entry there), with the reads that
//! clients wait for, and with the writes on their way to its disk.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{CallId, Operation};
use litemap::LiteMap;

/// Entries kept for each member: its progress, its vote, answers held back.
const EACH_MEMBER: u64 = 8;
/// Entries kept for each write on its way: itself, and what waits for it.
const EACH_WRITE: u64 = 8;
/// Entries kept for each entry of the log: a call that waits for it.
const EACH_ENTRY: u64 = 1;
/// Entries kept for each read: itself.
const EACH_READ: u64 = 1;
/// What a server may keep besides.
const ALWAYS: u64 = 16;

/// The reads that clients wait for: any number may come to a server at once.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct BoundedBookkeeping {
    reads: LiteMap<CallId, ()>,
}

impl BoundedBookkeeping {
    pub(crate) fn see(&mut self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let (id, count) = match *sight {
            Sight::Kept { node, count } => (node, count),
            Sight::Called {
                call,
                operation: Operation::Read,
                ..
            } => {
                self.reads.insert(call, ());
                return None;
            }
            Sight::Returned { call, .. } => {
                self.reads.remove(&call);
                return None;
            }
            _ => return None,
        };
        let node = known.nodes.get(&id)?;
        let most = ALWAYS
            + EACH_MEMBER * known.nodes.len() as u64
            + EACH_WRITE * node.pending
            + EACH_READ * self.reads.len() as u64
            + EACH_ENTRY * node.log.len();
        (count > most).then(|| Conflict {
            property: Property::BoundedBookkeeping,
            nodes: vec![id],
            place: count,
        })
    }
}
