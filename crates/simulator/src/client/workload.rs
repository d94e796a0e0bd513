//! Calls that clients make by themselves.

use crate::action::PerMillion;
use crate::choose::{Choose, Stream};
use crate::register::Ask;
use crate::world::SpanRange;
use consensus::{ClientId, Micros};
use serde::{Deserialize, Serialize};

/// A closed loop: each client makes one call after the other, and thinks in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Workload {
    /// When the clients begin to think about their first calls.
    pub start: Micros,
    /// How long a client thinks before a call, counted from the end of the one before; no less
    /// than a microsecond, whatever this says.
    pub think: SpanRange,
    /// The keys run from 0 to one less than this; 0 counts as 1.
    pub keys: u32,
    /// What share of the calls are reads; the others write.
    pub reads: PerMillion,
}

impl Workload {
    /// How long a client thinks. The first of a call's three draws, which come from a stream of
    /// their own: a client asks the same whatever becomes of its calls.
    pub(crate) fn think<C: Choose>(&self, choose: &mut C, client: ClientId) -> Micros {
        let stream = Stream::Workload(client);
        let think = choose.span(stream, self.think.least, self.think.most);
        think.max(Micros(1))
    }

    /// What it asks then, by the other two draws; a write's value is `value`.
    pub(crate) fn ask<C: Choose>(&self, choose: &mut C, client: ClientId, value: u64) -> Ask {
        let stream = Stream::Workload(client);
        let reads = choose.chance(stream, self.reads);
        let last = u64::from(self.keys.saturating_sub(1));
        let key = choose.between(stream, 0, last) as u32;
        if reads {
            Ask::Read { key }
        } else {
            Ask::Write { key, value }
        }
    }
}

/// The value that the workload writes with a client's call of this number: no two calls of a run
/// share one.
pub(crate) fn unique_value(client: ClientId, clients: u64, sequence: u64) -> u64 {
    sequence.saturating_mul(clients) + u64::from(client.0)
}
