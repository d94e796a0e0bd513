//! The replicated log: entries in order, each stamped with the digest of everything up to it.

use super::configuration::Configuration;
use super::position::{LogIndex, LogPosition, Term};
use crate::client::{CallId, Command};
use crate::digest::digest_of;
use crate::time::Micros;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};
use core::mem;
use serde::{Deserialize, Serialize};

/// How many entries a sealed segment holds; all hold the same, so that finding one is a division.
const SEGMENT: usize = 64;

/// One entry of the log (Raft §5.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The term in which a leader made it.
    pub term: Term,
    /// When that leader made it, by the cluster's time: it never falls along a log, and does not
    /// count the time in which nobody led (thesis §6.3).
    pub at: Micros,
    /// What it is there for.
    pub content: EntryContent,
}

/// What an entry is there for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EntryContent {
    /// The state machine is to carry this out.
    Command(Command),
    /// Nothing: a leader begins its reign with it, to commit what earlier terms left (Raft §8).
    /// Neither the state machine nor a client ever sees it.
    NoOp,
    /// A client opens a session: the entry's index is the session's name (thesis §6.3).
    OpenSession(CallId),
    /// The cluster's members from here on (§6).
    Membership(Arc<Configuration>),
}

impl Entry {
    /// The command that it carries, where it carries one.
    #[must_use]
    pub const fn command(&self) -> Option<&Command> {
        match &self.content {
            EntryContent::Command(command) => Some(command),
            EntryContent::NoOp | EntryContent::OpenSession(_) | EntryContent::Membership(_) => None,
        }
    }
}

/// An entry with the running digest of the log up to and including it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamped {
    entry: Entry,
    digest: u64,
}

/// A log: sealed segments that clones share, and a short tail that they copy.
///
/// Two logs with equal last digests hold the same entries, which is why the log's hash needs no
/// more than its length and that digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Full segments, oldest first, never changed once sealed.
    sealed: Arc<Vec<Arc<[Stamped]>>>,
    /// The newest entries, fewer than a segment.
    tail: Vec<Stamped>,
}

impl Hash for Log {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.digest().hash(state);
    }
}

impl Log {
    /// How many entries it holds; also the index of the last one.
    #[must_use]
    pub fn len(&self) -> u64 {
        (self.sealed.len() * SEGMENT + self.tail.len()) as u64
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The last entry's index; 0 where there is none.
    #[must_use]
    pub fn last_index(&self) -> LogIndex {
        LogIndex(self.len())
    }

    /// The last entry's position; [`LogPosition::ZERO`] where there is none.
    #[must_use]
    pub fn last(&self) -> LogPosition {
        self.position(self.last_index()).unwrap_or_default()
    }

    /// The running digest of the whole log; 0 where it is empty.
    #[must_use]
    pub fn digest(&self) -> u64 {
        self.stamped(self.last_index()).map_or(0, |s| s.digest)
    }

    /// The running digest up to and including the entry at `index`.
    #[must_use]
    pub fn digest_at(&self, index: LogIndex) -> Option<u64> {
        self.stamped(index).map(|s| s.digest)
    }

    /// The entry at `index`.
    #[must_use]
    pub fn get(&self, index: LogIndex) -> Option<&Entry> {
        self.stamped(index).map(|s| &s.entry)
    }

    /// The term of the entry at `index`; 0 at index 0, which every log has.
    #[must_use]
    pub fn term_at(&self, index: LogIndex) -> Option<Term> {
        if index == LogIndex::ZERO {
            return Some(Term::ZERO);
        }
        self.get(index).map(|entry| entry.term)
    }

    /// The position at `index`, where the log reaches that far.
    #[must_use]
    pub fn position(&self, index: LogIndex) -> Option<LogPosition> {
        self.term_at(index).map(|term| LogPosition { term, index })
    }

    /// Whether the log holds exactly this position: the consistency check of §5.3.
    #[must_use]
    pub fn contains(&self, position: LogPosition) -> bool {
        self.term_at(position.index) == Some(position.term)
    }

    /// The first index of the run of entries that share the term of the one at `index`.
    ///
    /// Terms never fall along a log, so a binary search finds it.
    #[must_use]
    pub fn first_of_its_term(&self, index: LogIndex) -> LogIndex {
        let Some(term) = self.term_at(index) else {
            return index;
        };
        let (mut low, mut high) = (1, index.0.max(1));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.term_at(LogIndex(middle)) < Some(term) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        LogIndex(low)
    }

    /// All entries with their indexes, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (LogIndex, &Entry)> {
        self.sealed
            .iter()
            .flat_map(|segment| segment.iter())
            .chain(&self.tail)
            .zip(1..)
            .map(|(stamped, index)| (LogIndex(index), &stamped.entry))
    }

    /// At most `most` entries from `from` on, ready to be sent or stored.
    #[must_use]
    pub fn copy_from(&self, from: LogIndex, most: u32) -> Arc<[Entry]> {
        let end = from.plus(u64::from(most)).min(self.last_index().next());
        (from.0..end.0)
            .filter_map(|index| self.get(LogIndex(index)).cloned())
            .collect()
    }

    /// Adds an entry at the end and says where it stands.
    pub fn push(&mut self, entry: Entry) -> LogIndex {
        let digest = digest_of(&(self.digest(), &entry));
        self.tail.push(Stamped { entry, digest });
        if self.tail.len() == SEGMENT {
            let segment = mem::take(&mut self.tail).into();
            Arc::make_mut(&mut self.sealed).push(segment);
        }
        self.last_index()
    }

    /// Takes out every entry after `keep`.
    pub fn truncate_after(&mut self, keep: LogIndex) {
        if keep >= self.last_index() {
            return;
        }
        // `keep` is below the length, which fits.
        let keep = usize::try_from(keep.0).unwrap_or(usize::MAX);
        let (segments, rest) = (keep / SEGMENT, keep % SEGMENT);
        if segments == self.sealed.len() {
            self.tail.truncate(rest);
            return;
        }
        let opened = self.sealed.get(segments).and_then(|s| s.get(..rest));
        self.tail = opened.map(<[Stamped]>::to_vec).unwrap_or_default();
        Arc::make_mut(&mut self.sealed).truncate(segments);
    }

    fn stamped(&self, index: LogIndex) -> Option<&Stamped> {
        let offset = usize::try_from(index.0.checked_sub(1)?).ok()?;
        match self.sealed.get(offset / SEGMENT) {
            Some(segment) => segment.get(offset % SEGMENT),
            None => self.tail.get(offset - self.sealed.len() * SEGMENT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{ClientId, SessionId};
    use crate::digest::digest_of;

    fn entry(term: u64, sequence: u64) -> Entry {
        Entry {
            term: Term(term),
            at: Micros::ZERO,
            content: EntryContent::Command(Command {
                session: SessionId::LASTING,
                call: CallId {
                    client: ClientId(1),
                    sequence,
                },
                payload: Arc::from([sequence as u8]),
            }),
        }
    }

    fn log_of(terms: impl IntoIterator<Item = u64>) -> Log {
        let mut log = Log::default();
        for (term, sequence) in terms.into_iter().zip(1..) {
            log.push(entry(term, sequence));
        }
        log
    }

    #[test]
    fn cutting_anywhere_gives_the_log_that_was_never_longer() {
        let terms: Vec<u64> = (0..200).map(|n| n / 30 + 1).collect();
        for keep in 0..=200_usize {
            let mut cut = log_of(terms.iter().copied());
            cut.truncate_after(LogIndex(keep as u64));
            let short = log_of(terms.iter().copied().take(keep));
            assert_eq!(cut, short, "cut after {keep}");
            assert_eq!(digest_of(&cut), digest_of(&short));
            assert_eq!(cut.iter().count(), keep);
        }
    }

    #[test]
    fn a_clone_keeps_its_entries_when_the_original_is_cut() {
        let mut log = log_of([1; 150]);
        let clone = log.clone();
        log.truncate_after(LogIndex(10));
        log.push(entry(2, 11));
        assert_eq!(clone.len(), 150);
        assert_eq!(log.last(), clone_position(2, 11));
        assert_ne!(
            log.digest_at(LogIndex(11)),
            clone.digest_at(LogIndex(11)),
            "the digest tells the histories apart"
        );
        assert_eq!(log.digest_at(LogIndex(10)), clone.digest_at(LogIndex(10)));
    }

    fn clone_position(term: u64, index: u64) -> LogPosition {
        LogPosition {
            term: Term(term),
            index: LogIndex(index),
        }
    }

    #[test]
    fn the_first_of_a_term_is_found() {
        let log = log_of([1, 1, 2, 2, 2, 5]);
        let firsts: Vec<u64> = (0..=7)
            .map(|index| log.first_of_its_term(LogIndex(index)).0)
            .collect();
        assert_eq!(firsts, [1, 1, 1, 3, 3, 3, 6, 7]);
    }

    #[test]
    fn positions_outside_are_none_and_no_panic() {
        let log = log_of([1, 2]);
        assert_eq!(log.get(LogIndex(0)), None);
        assert_eq!(log.get(LogIndex(3)), None);
        assert_eq!(log.get(LogIndex(u64::MAX)), None);
        assert!(log.copy_from(LogIndex(u64::MAX), u32::MAX).is_empty());
        assert_eq!(log.copy_from(LogIndex(2), u32::MAX).len(), 1);
        assert!(log.contains(LogPosition::ZERO));
    }
}
