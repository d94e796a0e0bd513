//! The state machine that every run replicates: a register for each key.

use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::{CallId, ClientId, Command, Operation, Output};
use core::hash::{Hash, Hasher};
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

/// The value that a client was told; `None` where the key has none.
pub(crate) fn told(output: &Output) -> Option<u64> {
    postcard::from_bytes(output.as_bytes()).ok().flatten()
}

/// A command as it was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Done {
    pub(crate) index: u64,
    pub(crate) call: CallId,
    /// What it asked for; `None` where that was nothing that a register knows.
    ask: Option<Ask>,
}

impl Done {
    /// The value that it wrote; `None` for a read.
    pub(crate) fn written(&self) -> Option<u64> {
        self.ask?.written()
    }
}

/// One node's register: volatile, rebuilt from the log where the protocol has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Register {
    values: LiteMap<u32, u64>,
    done: Vec<Done>,
    positions: Positions,
}

/// Where each call's command was applied last: by client, then by number, so that what comes last
/// stands last and nothing has to make room for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Positions(LiteMap<ClientId, LiteMap<u64, u64>>);

impl Positions {
    fn insert(&mut self, call: CallId, index: u64) {
        let calls = self.0.entry(call.client).or_default();
        calls.insert(call.sequence, index);
    }

    fn get(&self, call: CallId) -> Option<u64> {
        self.0.get(&call.client)?.get(&call.sequence).copied()
    }
}

impl Hash for Positions {
    /// As one list of calls.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let count: usize = self.0.values().map(LiteMap::len).sum();
        count.hash(state);
        for (client, calls) in &self.0 {
            for (sequence, index) in calls {
                (*client, *sequence, *index).hash(state);
            }
        }
    }
}

impl Register {
    /// Applies a command at a position and says what the client is told: the value of the key
    /// after it.
    pub(crate) fn apply(&mut self, index: u64, command: &Command) -> Output {
        let done = Done {
            index,
            call: command.call,
            ask: Ask::of(command),
        };
        self.record(done);
        self.query(command)
    }

    /// The value of the key that the command asks about.
    pub(crate) fn query(&self, command: &Command) -> Output {
        let value = Ask::of(command).and_then(|ask| self.value(ask.key()));
        Output::new(postcard::to_allocvec(&value).unwrap_or_default())
    }

    fn record(&mut self, done: Done) {
        if let Some(Ask::Write { key, value }) = done.ask {
            self.values.insert(key, value);
        }
        self.positions.insert(done.call, done.index);
        self.done.push(done);
    }

    /// Everything applied, oldest first.
    pub(crate) fn done(&self) -> &[Done] {
        &self.done
    }

    /// The value of a key, where it has one.
    pub(crate) fn value(&self, key: u32) -> Option<u64> {
        self.values.get(&key).copied()
    }

    /// The position that was applied last; 0 for none.
    pub(crate) fn last(&self) -> u64 {
        self.done.last().map_or(0, |done| done.index)
    }

    /// Where a write of the same call was carried out before.
    pub(crate) fn written_before(&self, command: &Command) -> Option<u64> {
        Ask::value_of(command)?;
        self.position_of(command.call)
    }

    /// Where the call's command was applied last.
    pub(crate) fn position_of(&self, call: CallId) -> Option<u64> {
        self.positions.get(call)
    }

    /// The whole register as bytes: all else follows from what was applied.
    pub(crate) fn snapshot(&self) -> Arc<[u8]> {
        postcard::to_allocvec(&self.done).unwrap_or_default().into()
    }

    /// A register from a snapshot's bytes.
    pub(crate) fn from_snapshot(bytes: &[u8]) -> Option<Self> {
        let all: Vec<Done> = postcard::from_bytes(bytes).ok()?;
        let mut register = Self::default();
        all.into_iter().for_each(|done| register.record(done));
        Some(register)
    }
}
