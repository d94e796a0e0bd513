//! What clients asked and were told, call by call.

use scenario::consensus::{Answer, CallId, Micros, Operation};
use scenario::simulator::linearizability::{ClientCall, Ending, Moment};
use scenario::simulator::{Happening, What};
use std::collections::BTreeMap;

/// The most calls of a run: with their places in the order, a few hundred bytes each.
pub(super) const MOST_CALLS: usize = 1_000_000;

/// The calls of a run, from what was told of them in order.
#[derive(Default)]
pub(crate) struct Transcript {
    calls: Vec<ClientCall>,
    /// The places of those that are not over.
    open: BTreeMap<CallId, usize>,
    now: Moment,
}

/// What makes no sense in what clients are said to have asked and been told.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TranscriptError {
    #[error(
        "it happens at {at}, before the line above at {now}; put the lines in the order of time"
    )]
    Backwards { now: Micros, at: Micros },
    #[error(
        "client {client} asks for its call {call} again; leave all but attempt 1 out, and number its calls"
    )]
    Twice { client: u64, call: u64 },
    #[error(
        "client {client} is answered call {call}, which it has not asked for; put the `called` line before it"
    )]
    Unasked { client: u64, call: u64 },
    #[error(
        "client {client} is answered call {call} with another key or `written` than it was called with; give both the same"
    )]
    Differs { client: u64, call: u64 },
    #[error("there are more than {MOST_CALLS} calls; judge a shorter part of the run")]
    TooMany,
}

impl Transcript {
    /// Whether nobody asked for anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// How many calls there are.
    pub(crate) fn len(&self) -> usize {
        self.calls.len()
    }

    /// The calls, in the order in which they were asked for.
    pub(crate) fn into_calls(self) -> Vec<ClientCall> {
        self.calls
    }

    /// Notes what happens in a run.
    pub(crate) fn see(&mut self, happening: &Happening) -> Result<(), TranscriptError> {
        let at = happening.at;
        match &happening.what {
            What::Called {
                operation: Operation::OpenSession,
                ..
            } => Ok(()),
            What::Called {
                call,
                key,
                written,
                attempt: 1,
                ..
            } => self.called(*call, *key, *written, at),
            What::Answered {
                call,
                key,
                written,
                answer: Answer::Done(_),
                value,
                ..
            } => self.done(*call, *key, *written, (at, *value)),
            What::Answered { call, .. } | What::GaveUp { call, .. } => self.over(*call, at),
            _ => Ok(()),
        }
    }

    /// A client asks for something.
    pub(super) fn called(
        &mut self,
        call: CallId,
        key: u32,
        written: Option<u64>,
        at: Micros,
    ) -> Result<(), TranscriptError> {
        let asked = self.pass(at)?;
        if self.calls.len() >= MOST_CALLS {
            return Err(TranscriptError::TooMany);
        }
        if self.open.insert(call, self.calls.len()).is_some() {
            let (client, call) = named(call);
            return Err(TranscriptError::Twice { client, call });
        }
        self.calls.push(ClientCall {
            call,
            key,
            written,
            asked,
            ending: Ending::InDoubt,
        });
        Ok(())
    }

    /// A client is told that its call is done, and a value.
    pub(super) fn done(
        &mut self,
        call: CallId,
        key: u32,
        written: Option<u64>,
        (at, value): (Micros, Option<u64>),
    ) -> Result<(), TranscriptError> {
        let at = self.pass(at)?;
        let (client, number) = named(call);
        let place = self.open.remove(&call);
        let asked = place.and_then(|place| self.calls.get_mut(place));
        let asked = asked.ok_or(TranscriptError::Unasked {
            client,
            call: number,
        })?;
        if (asked.key, asked.written) != (key, written) {
            return Err(TranscriptError::Differs {
                client,
                call: number,
            });
        }
        asked.ending = Ending::Done { at, value };
        Ok(())
    }

    /// A call is over without that. One that asked nobody was never open.
    pub(super) fn over(&mut self, call: CallId, at: Micros) -> Result<(), TranscriptError> {
        self.pass(at)?;
        self.open.remove(&call);
        Ok(())
    }

    fn pass(&mut self, at: Micros) -> Result<Moment, TranscriptError> {
        if at < self.now.at {
            let now = self.now.at;
            return Err(TranscriptError::Backwards { now, at });
        }
        self.now = Moment {
            at,
            order: self.now.order + 1,
        };
        Ok(self.now)
    }
}

/// A client, from 1, and the number of its call.
fn named(call: CallId) -> (u64, u64) {
    (u64::from(call.client.0) + 1, call.sequence)
}
