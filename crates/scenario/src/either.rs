//! What is of one of two protocols: messages, timers, disks, rules.

use alloc::vec::Vec;
use consensus::{
    CallId, Command, Commands, Describe, Durable, Explain, Explanation, Field, MessageSummary,
    TimerKind, WriteSummary,
};
use core::hash::{Hash, Hasher};
use serde::{Deserialize, Serialize};

/// Something of the one protocol or of the other. Its hash is that of what it holds, so that a run
/// has the same digests as without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Either<A, B> {
    One(A),
    Other(B),
}

use Either::{One, Other};

impl<A: Hash, B: Hash> Hash for Either<A, B> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            One(it) => it.hash(state),
            Other(it) => it.hash(state),
        }
    }
}

impl<A, B> Either<A, B> {
    pub(crate) fn one(self) -> Option<A> {
        match self {
            One(it) => Some(it),
            Other(_) => None,
        }
    }

    pub(crate) fn other(self) -> Option<B> {
        match self {
            Other(it) => Some(it),
            One(_) => None,
        }
    }
}

/// What a disk holds, of the one protocol or of the other; nothing at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disk<A, B>(pub(crate) Option<Either<A, B>>);

impl<A, B> Default for Disk<A, B> {
    fn default() -> Self {
        Self(None)
    }
}

impl<A: Hash, B: Hash> Hash for Disk<A, B> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(stored) = &self.0 {
            stored.hash(state);
        }
    }
}

impl<A: Durable, B: Durable> Durable for Disk<A, B> {
    type Write = Either<A::Write, B::Write>;

    fn store(&mut self, write: &Self::Write) {
        let empty = || match write {
            One(_) => One(A::default()),
            Other(_) => Other(B::default()),
        };
        match (self.0.get_or_insert_with(empty), write) {
            (One(disk), One(write)) => disk.store(write),
            (Other(disk), Other(write)) => disk.store(write),
            // A node writes for its own protocol only.
            _ => {}
        }
    }

    fn describe(&self, write: &Self::Write) -> WriteSummary {
        match (&self.0, write) {
            (Some(One(disk)), One(write)) => disk.describe(write),
            (Some(Other(disk)), Other(write)) => disk.describe(write),
            (_, One(write)) => A::default().describe(write),
            (_, Other(write)) => B::default().describe(write),
        }
    }

    fn summaries(&self) -> Vec<WriteSummary> {
        match &self.0 {
            Some(One(disk)) => disk.summaries(),
            Some(Other(disk)) => disk.summaries(),
            None => Vec::new(),
        }
    }

    fn fields(&self) -> Vec<Field> {
        match &self.0 {
            Some(One(disk)) => disk.fields(),
            Some(Other(disk)) => disk.fields(),
            None => Vec::new(),
        }
    }

    fn tear(write: &Self::Write, draw: u64) -> Option<Self::Write> {
        match write {
            One(write) => A::tear(write, draw).map(One),
            Other(write) => B::tear(write, draw).map(Other),
        }
    }

    fn holds(&self, index: u64, call: CallId) -> bool {
        match &self.0 {
            Some(One(disk)) => disk.holds(index, call),
            Some(Other(disk)) => disk.holds(index, call),
            None => false,
        }
    }
}

impl<A: Describe, B: Describe> Describe for Either<A, B> {
    fn describe(&self) -> MessageSummary {
        match self {
            One(it) => it.describe(),
            Other(it) => it.describe(),
        }
    }

    fn fields(&self) -> Vec<Field> {
        match self {
            One(it) => it.fields(),
            Other(it) => it.fields(),
        }
    }
}

impl<A: TimerKind, B: TimerKind> TimerKind for Either<A, B> {
    fn name(self) -> &'static str {
        match self {
            One(it) => it.name(),
            Other(it) => it.name(),
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            One(it) => it.meaning(),
            Other(it) => it.meaning(),
        }
    }

    fn is_patience(self) -> bool {
        match self {
            One(it) => it.is_patience(),
            Other(it) => it.is_patience(),
        }
    }
}

impl<A: Explain, B: Explain> Explain for Either<A, B> {
    fn explanation(self) -> &'static Explanation {
        match self {
            One(it) => it.explanation(),
            Other(it) => it.explanation(),
        }
    }
}

impl<A: Commands, B: Commands> Commands for Either<A, B> {
    fn first(&self) -> u64 {
        match self {
            One(it) => it.first(),
            Other(it) => it.first(),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Command> {
        let (one, other) = match self {
            One(it) => (Some(it), None),
            Other(it) => (None, Some(it)),
        };
        let one = one.into_iter().flat_map(|it| it.iter());
        one.chain(other.into_iter().flat_map(|it| it.iter()))
    }
}
