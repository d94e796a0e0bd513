//! Every call of a run and what became of it.

use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::{CallId, Micros, NodeId, Refusal};

/// How many calls stand in one segment: a fork shares all, and copies one when it changes it.
const CALLS_PER_SEGMENT: u32 = 64;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    /// All full but the last.
    segments: Vec<Arc<Vec<CallRecord>>>,
    len: u32,
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

    /// The calls, in the order of being made.
    pub fn iter(&self) -> impl Iterator<Item = &CallRecord> {
        self.segments.iter().flat_map(|segment| segment.iter())
    }

    /// Adds an open call and gives its place.
    pub(crate) fn open(&mut self, record: CallRecord) -> u32 {
        let place = self.len;
        if place.is_multiple_of(CALLS_PER_SEGMENT) {
            self.segments.push(Arc::default());
        }
        if let Some(last) = self.segments.last_mut() {
            Arc::make_mut(last).push(record);
            self.len += 1;
        }
        place
    }

    /// Closes the call at this place.
    pub(crate) fn close(&mut self, place: u32, returned: Return) {
        let (segment, within) = (place / CALLS_PER_SEGMENT, place % CALLS_PER_SEGMENT);
        let record = self
            .segments
            .get_mut(segment as usize)
            .and_then(|segment| Arc::make_mut(segment).get_mut(within as usize));
        if let Some(record) = record {
            record.returned = Some(returned);
        }
    }
}
