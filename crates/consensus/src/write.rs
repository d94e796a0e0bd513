//! A durable write, to traces and checks: one shape for every protocol.

use crate::node::NodeId;
use alloc::vec::Vec;

/// One entry that a write put into a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntrySummary {
    /// The term in which a leader made it.
    pub term: u64,
    /// The running digest of the log up to and including it.
    pub digest: u64,
}

/// What a durable write changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WriteSummary {
    /// A term, or a vote in it.
    Ballot {
        /// The term.
        term: u64,
        /// Who gets the vote, where it is given.
        vote: Option<NodeId>,
    },
    /// Entries, in place of all that stood in the log behind them.
    Entries {
        /// The last position that was kept; 0 where none was.
        after: u64,
        /// What stands behind it now, oldest first.
        entries: Vec<EntrySummary>,
    },
    /// A snapshot stands for everything up to `index`. A log that holds the entry of that digest
    /// there is kept from behind `start` on; any other is dropped whole, and goes on behind
    /// `index`.
    Snapshot {
        /// The last position that it stands for.
        index: u64,
        /// The term of the entry there.
        term: u64,
        /// The running digest of the log up to there.
        digest: u64,
        /// The position that the first entry of the log follows from now on; at most `index`.
        start: u64,
    },
}

impl WriteSummary {
    /// Its kind in a word: `ballot`, `entries` or `snapshot`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Ballot { .. } => "ballot",
            Self::Entries { .. } => "entries",
            Self::Snapshot { .. } => "snapshot",
        }
    }
}
