//! The state machine that every run replicates: a register for each key.

use crate::call_ranges::CallRanges;
use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::{CallId, ClientId, Command, Operation, Output, Queue};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What a client asks of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// Set a key to a value.
    Write { key: u32, value: u64 },
    /// Get a key's value.
    Read { key: u32 },
}

impl Ask {
    /// Whether it may change the register.
    pub(crate) const fn operation(self) -> Operation {
        match self {
            Self::Write { .. } => Operation::Write,
            Self::Read { .. } => Operation::Read,
        }
    }

    /// The key that it is about.
    pub(crate) const fn key(self) -> u32 {
        match self {
            Self::Write { key, .. } | Self::Read { key } => key,
        }
    }

    /// The value that it writes; `None` for a read.
    pub(crate) const fn written(self) -> Option<u64> {
        match self {
            Self::Write { value, .. } => Some(value),
            Self::Read { .. } => None,
        }
    }

    /// The bytes that a command carries.
    pub(crate) fn payload(self) -> Arc<[u8]> {
        // Two integers always fit their encoding; an empty payload would be refused on reading.
        postcard::to_allocvec(&self).unwrap_or_default().into()
    }

    /// What a command asks, unless it is none of ours.
    pub(crate) fn of(command: &Command) -> Option<Self> {
        postcard::from_bytes(&command.payload).ok()
    }

    /// The value that a command writes.
    pub(crate) fn value_of(command: &Command) -> Option<u64> {
        Self::of(command)?.written()
    }
}

/// A value as a client is told it.
fn as_output(value: Option<u64>) -> Output {
    Output::new(postcard::to_allocvec(&value).unwrap_or_default())
}

/// The value that a client was told; `None` where the key has none.
pub(crate) fn told(output: &Output) -> Option<u64> {
    postcard::from_bytes(output.as_bytes()).ok().flatten()
}

/// The most writes that a register remembers one by one, of all clients together.
const MOST_WRITES: usize = 32;
/// So many of each client's writes it remembers at least.
const LEAST_WRITES: usize = 4;

/// A write as it was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Done {
    /// Where.
    pub(crate) index: u64,
    /// Which of its client's calls.
    pub(crate) sequence: u64,
    /// What it wrote.
    pub(crate) value: u64,
}

/// What a register knows of a call's command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Application {
    /// It has not applied it.
    Never,
    /// It applied it, and has forgotten where.
    Somewhere,
    /// It applied it at this position last.
    At(u64),
}

impl Application {
    /// The position, where it is known.
    pub(crate) const fn index(self) -> Option<u64> {
        match self {
            Self::At(index) => Some(index),
            Self::Never | Self::Somewhere => None,
        }
    }
}

/// One node's register: volatile, rebuilt from the log where the protocol has one. It does not grow
/// with what is applied to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Register {
    /// Each key's value, as clients are told it.
    values: LiteMap<u32, Output>,
    /// The position that was applied last.
    last: u64,
    applied: CallRanges,
    /// The latest writes of each client, in the order of being applied.
    latest: LiteMap<ClientId, Queue<Done>>,
}

impl Register {
    /// Applies a command at a position and says what the client is told: the value of the key
    /// after it.
    pub(crate) fn apply(&mut self, index: u64, command: &Command) -> Output {
        self.last = index;
        self.applied.insert(command.call);
        if let Some(Ask::Write { key, value }) = Ask::of(command) {
            self.values.insert(key, as_output(Some(value)));
            self.remember(command.call, index, value);
        }
        self.query(command)
    }

    /// The value of the key that the command asks about.
    pub(crate) fn query(&self, command: &Command) -> Output {
        let value = Ask::of(command).and_then(|ask| self.values.get(&ask.key()));
        value.cloned().unwrap_or_else(|| as_output(None))
    }

    fn remember(&mut self, call: CallId, index: u64, value: u64) {
        let latest = self.latest.entry(call.client).or_default();
        latest.push_back(Done {
            index,
            sequence: call.sequence,
            value,
        });
        let most = (MOST_WRITES / self.latest.len().max(1)).max(LEAST_WRITES);
        if let Some(latest) = self.latest.get_mut(&call.client) {
            while latest.len() > most {
                latest.pop_front();
            }
        }
    }

    /// The latest writes in the order of being applied: all that there were, or so many that each
    /// client's last few are among them.
    pub(crate) fn latest(&self) -> Vec<(ClientId, Done)> {
        let mut all: Vec<(ClientId, Done)> = Vec::new();
        for (client, latest) in &self.latest {
            for done in latest.iter() {
                let place = all.partition_point(|(_, other)| other.index <= done.index);
                all.insert(place, (*client, *done));
            }
        }
        all
    }

    /// The value of a key, where it has one.
    pub(crate) fn value(&self, key: u32) -> Option<u64> {
        self.values.get(&key).and_then(told)
    }

    /// Each key's value, by key.
    pub(crate) fn values(&self) -> impl Iterator<Item = (u32, u64)> {
        let values = self.values.iter();
        values.filter_map(|(key, value)| Some((*key, told(value)?)))
    }

    /// The position that was applied last; 0 for none.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// Where a write of the same call was carried out before, or the last position where that is
    /// forgotten. What lies too far back to be told from its neighbours counts as not carried out.
    pub(crate) fn written_before(&self, command: &Command) -> Option<u64> {
        Ask::value_of(command)?;
        let before = self.applied.surely_contains(command.call);
        before.then(|| self.position_of(command.call).unwrap_or(self.last))
    }

    /// Whether the call's command was applied. What lies too far back to be told from its
    /// neighbours counts as applied.
    pub(crate) fn holds(&self, call: CallId) -> bool {
        self.applied.contains(call)
    }

    /// Whether and where the call's command was applied. A place is known of the latest writes only,
    /// and clients are answered again for older ones too.
    pub(crate) fn application_of(&self, call: CallId) -> Application {
        match self.position_of(call) {
            Some(index) => Application::At(index),
            None if self.holds(call) => Application::Somewhere,
            None => Application::Never,
        }
    }

    /// Where the call's write was applied last, where it is among the latest.
    fn position_of(&self, call: CallId) -> Option<u64> {
        let mut latest = self.latest.get(&call.client)?.iter().rev();
        let done = latest.find(|done| done.sequence == call.sequence)?;
        Some(done.index)
    }

    /// The whole register as bytes.
    pub(crate) fn snapshot(&self) -> Arc<[u8]> {
        postcard::to_allocvec(self).unwrap_or_default().into()
    }

    /// A register from a snapshot's bytes.
    pub(crate) fn from_snapshot(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
