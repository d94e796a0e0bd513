//! No stale read (Raft §8, thesis §6.4): a read sees every write of its key that was answered before
//! the read was asked for, or a later one.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{CallId, Operation};
use litemap::LiteMap;

/// The newest write of a key that a client was told is done.
#[derive(Clone, Copy, Debug, Hash)]
struct Newest {
    call: CallId,
    /// Where it took effect.
    index: u64,
    /// When that was told.
    told: u64,
}

/// An open call.
#[derive(Clone, Copy, Debug, Hash)]
struct Asked {
    /// When it was asked for first.
    at: u64,
    /// A read's: the newest write of its key at that time.
    newest: Option<CallId>,
}

/// What has been told of each key, and what each open call must see at least.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct NoStaleRead {
    newest: LiteMap<u32, Newest>,
    open: LiteMap<CallId, Asked>,
    /// Counts what clients do: their time.
    clock: u64,
}

impl NoStaleRead {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        match *sight {
            // It asks about no key.
            Sight::Called {
                operation: Operation::OpenSession,
                ..
            } => {}
            Sight::Called {
                call,
                key,
                operation,
                ..
            } => {
                self.clock += 1;
                let newest = self.newest.get(&key).map(|it| it.call);
                let newest = newest.filter(|_| operation == Operation::Read);
                let at = self.clock;
                self.open.insert(call, Asked { at, newest });
            }
            Sight::Returned { call, key, told } => {
                self.clock += 1;
                let asked = self.open.remove(&call)?;
                // One whose place is forgotten is older than those whose place is not.
                let index = told?.written?.index().unwrap_or(0);
                self.told(call, key, index, asked.at);
            }
            Sight::Done {
                node,
                call,
                register,
            } => {
                let newest = self.open.get(&call)?.newest?;
                if !register.holds(newest) {
                    return Some(Conflict {
                        property: Property::NoStaleRead,
                        nodes: vec![node],
                        place: register.last(),
                    });
                }
            }
            _ => {}
        }
        None
    }

    /// A client was told that a write is done. One that was asked for after another was told is the
    /// newer of the two; of two that were open at once it is the one that took effect later.
    fn told(&mut self, call: CallId, key: u32, index: u64, asked: u64) {
        let told = self.clock;
        let known = self.newest.get(&key);
        if known.is_none_or(|it| asked > it.told || index > it.index) {
            self.newest.insert(key, Newest { call, index, told });
        }
    }
}
