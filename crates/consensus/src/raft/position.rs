//! Terms and log positions: the two numbers that Raft orders everything by.

use crate::observation::Mandate;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Numbers beyond this are taken for damage: no cluster counts this far, and everything below it
/// can be added to without overflow.
const LARGEST: u64 = u64::MAX / 2;

/// A term: Raft's logical clock (Raft §5.1). 0 before the first election.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Term(pub u64);

impl Term {
    /// Before the first election.
    pub const ZERO: Self = Self(0);

    /// The term after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Whether a message can carry this term: every election makes a term of at least 1.
    pub(super) const fn is_plausible(self) -> bool {
        self.0 >= 1 && self.0 <= LARGEST
    }

    /// The term as checks and history name it.
    #[must_use]
    pub const fn mandate(self) -> Mandate {
        Mandate::Term(self.0)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an entry in the log, from 1; 0 is the place before the first entry (Raft §5.3).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct LogIndex(pub u64);

impl LogIndex {
    /// Before the first entry.
    pub const ZERO: Self = Self(0);

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The place before this one; 0 stays 0.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The place `count` further on.
    #[must_use]
    pub const fn plus(self, count: u64) -> Self {
        Self(self.0.saturating_add(count))
    }

    /// Whether a message can carry this index.
    pub(super) const fn is_plausible(self) -> bool {
        self.0 <= LARGEST
    }
}

impl fmt::Display for LogIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An entry's term and index: by Log Matching the two name one entry and all before it (§5.3).
///
/// The order, term first, is the order of "more up-to-date" in §5.4.1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LogPosition {
    /// The term in which a leader made the entry; 0 before the first entry.
    pub term: Term,
    /// Its place.
    pub index: LogIndex,
}

impl LogPosition {
    /// Before the first entry.
    pub const ZERO: Self = Self {
        term: Term::ZERO,
        index: LogIndex::ZERO,
    };

    /// Whether a message can carry this position: only the place before all has term 0.
    pub(super) const fn is_plausible(self) -> bool {
        if self.index.0 == 0 {
            self.term.0 == 0
        } else {
            self.term.is_plausible() && self.index.is_plausible()
        }
    }
}

impl fmt::Display for LogPosition {
    /// `index@term`, as test transcripts write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.index, self.term)
    }
}
