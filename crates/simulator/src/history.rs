//! Every call of a run and what became of it.

mod sealed;

use crate::chain::Chain;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::{CallId, Micros, NodeId, Refusal, digest_of};
use core::hash::{Hash, Hasher};
use litemap::LiteMap;

/// How many calls are sealed together: a fork shares them, and copies those that are not sealed.
const SEALED_TOGETHER: u32 = 64;
/// How many of the latest calls are not sealed: so many that nearly all others have ended.
const LEFT_OPEN: u32 = 16;

/// How a call ended for its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is done.
    Done {
        /// The value of the key: what a read found, what a write left. `None` where it had none.
        value: Option<u64>,
    },
    /// It was refused for good; the client asks nobody else.
    Refused {
        /// Why.
        reason: Refusal,
    },
    /// The client gave it up; [`Return::in_doubt`] says whether it may have taken effect.
    GaveUp,
}

/// The end of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Return {
    /// When.
    pub at: Micros,
    /// Which node answered; `None` where the client gave up.
    pub by: Option<NodeId>,
    /// How.
    pub outcome: Outcome,
    /// How often a node was asked in all.
    pub attempts: u32,
    /// Whether the call may have taken effect although it is not done: an attempt went unanswered,
    /// or its leader lost office over it. Holds for networks that duplicate nothing.
    pub in_doubt: bool,
}

/// One call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallRecord {
    /// Who called, and which of its calls it was.
    pub call: CallId,
    /// The register's key.
    pub key: u32,
    /// The value that it writes; `None` for a read.
    pub written: Option<u64>,
    /// When the client made it.
    pub invoked: Micros,
    /// How it ended; `None` while it is open.
    pub returned: Option<Return>,
}

/// Every call of a run, in the order of being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// As bytes, so many calls in each.
    sealed: Chain<Box<[u8]>>,
    /// The running digest of what is sealed.
    digest: u64,
    /// The latest ones.
    tail: Vec<CallRecord>,
    /// Those that were open when they were sealed, by place, as they are now.
    late: LiteMap<u32, CallRecord>,
    len: u32,
}

impl Hash for History {
    /// It takes no longer for a long history.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.len, self.digest, &self.tail, &self.late).hash(state);
    }
}

impl History {
    /// How many calls there were.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// Whether nobody called yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The calls, in the order of being made. Those of a long run are unpacked as they come.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = CallRecord> + '_ {
        let late = |place: u32, record| self.late.get(&place).copied().unwrap_or(record);
        let sealed = self.sealed.items().into_iter().enumerate();
        let sealed = sealed.flat_map(move |(number, bytes)| {
            let first = number as u32 * SEALED_TOGETHER;
            let mut records = sealed::open(bytes);
            for (place, record) in (first..).zip(&mut records) {
                *record = late(place, *record);
            }
            records
        });
        sealed.chain(self.tail.iter().copied())
    }

    /// Adds an open call and gives its place.
    pub(crate) fn open(&mut self, record: CallRecord) -> u32 {
        if self.tail.len() >= (SEALED_TOGETHER + LEFT_OPEN) as usize {
            self.seal();
        }
        let place = self.len;
        self.tail.push(record);
        self.len += 1;
        place
    }

    fn seal(&mut self) {
        let first = self.first_of_tail();
        let oldest: Vec<CallRecord> = self.tail.drain(..SEALED_TOGETHER as usize).collect();
        for (place, record) in (first..).zip(&oldest) {
            if record.returned.is_none() {
                self.late.insert(place, *record);
            }
        }
        let bytes = sealed::seal(&oldest);
        self.digest = digest_of(&(self.digest, &bytes));
        self.sealed.push(bytes);
    }

    /// The place of the first call that is not sealed.
    fn first_of_tail(&self) -> u32 {
        self.len - self.tail.len() as u32
    }

    /// Closes the call at this place.
    pub(crate) fn close(&mut self, place: u32, returned: Return) {
        let record = match place.checked_sub(self.first_of_tail()) {
            Some(within) => self.tail.get_mut(within as usize),
            None => self.late.get_mut(&place),
        };
        if let Some(record) = record {
            record.returned = Some(returned);
        }
    }
}
