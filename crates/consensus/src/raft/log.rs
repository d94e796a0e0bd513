//! The replicated log: entries in order, each stamped with the digest of everything up to it.

use super::configuration::Configuration;
use super::position::{LogIndex, LogPosition, Term};
use super::snapshot::Snapshot;
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
/// It begins behind its start, which is where a snapshot has taken the place of what stood before;
/// [`LogPosition::ZERO`] where nothing has. The digest runs on across the start: two logs with
/// equal last digests have the same history, however much of it each still holds. That is why the
/// log's hash needs no more than where it begins, where it ends, and that digest.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The position that the first entry follows.
    start: LogPosition,
    /// The running digest up to and including the start.
    start_digest: u64,
    /// The index that the first entry of `sealed` follows. At most the start's, and less than a
    /// segment before it: segments are let go of whole.
    base: LogIndex,
    /// Full segments, oldest first, never changed once sealed.
    sealed: Arc<Vec<Arc<[Stamped]>>>,
    /// The newest entries, fewer than a segment.
    tail: Vec<Stamped>,
}

impl PartialEq for Log {
    /// Whether both begin at the same place and hold the same entries, in whatever segments.
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start
            && self.start_digest == other.start_digest
            && self.iter().eq(other.iter())
    }
}

impl Eq for Log {}

impl Hash for Log {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.start.index.hash(state);
        self.last_index().hash(state);
        self.digest().hash(state);
    }
}

impl Log {
    /// An empty log whose first entry will follow `start`; `digest` is the running digest up to
    /// there.
    #[must_use]
    pub fn starting_after(start: LogPosition, digest: u64) -> Self {
        Self {
            start,
            start_digest: digest,
            base: start.index,
            ..Self::default()
        }
    }

    /// How many entries it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.last_index().0 - self.start.index.0
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The position that the first entry follows; [`LogPosition::ZERO`] while the log is whole.
    #[must_use]
    pub const fn start(&self) -> LogPosition {
        self.start
    }

    /// The index of the first entry, or the one that the first entry will have.
    #[must_use]
    pub const fn first_index(&self) -> LogIndex {
        self.start.index.next()
    }

    /// The last entry's index; the start's where there is none.
    #[must_use]
    pub fn last_index(&self) -> LogIndex {
        let held = self.sealed.len() * SEGMENT + self.tail.len();
        self.base.plus(held as u64)
    }

    /// The last entry's position; the start where there is none.
    #[must_use]
    pub fn last(&self) -> LogPosition {
        self.position(self.last_index()).unwrap_or(self.start)
    }

    /// The running digest of the whole log; 0 where nothing was ever in it.
    #[must_use]
    pub fn digest(&self) -> u64 {
        self.digest_at(self.last_index()).unwrap_or_default()
    }

    /// The running digest up to and including the entry at `index`; known from the start on.
    #[must_use]
    pub fn digest_at(&self, index: LogIndex) -> Option<u64> {
        if index == self.start.index {
            return Some(self.start_digest);
        }
        self.stamped(index).map(|s| s.digest)
    }

    /// The entry at `index`, where the log holds it.
    #[must_use]
    pub fn get(&self, index: LogIndex) -> Option<&Entry> {
        self.stamped(index).map(|s| &s.entry)
    }

    /// The term of the entry at `index`; known from the start on, and 0 at index 0.
    #[must_use]
    pub fn term_at(&self, index: LogIndex) -> Option<Term> {
        if index == self.start.index {
            return Some(self.start.term);
        }
        self.get(index).map(|entry| entry.term)
    }

    /// The position at `index`, from the start up to where the log reaches.
    #[must_use]
    pub fn position(&self, index: LogIndex) -> Option<LogPosition> {
        self.term_at(index).map(|term| LogPosition { term, index })
    }

    /// Whether the log holds exactly this position, or starts there: the consistency check of §5.3.
    #[must_use]
    pub fn contains(&self, position: LogPosition) -> bool {
        self.term_at(position.index) == Some(position.term)
    }

    /// The first index of the run of entries that share the term of the one at `index`, as far as
    /// the log holds them.
    ///
    /// Terms never fall along a log, so a binary search finds it.
    #[must_use]
    pub fn first_of_its_term(&self, index: LogIndex) -> LogIndex {
        let Some(term) = self.term_at(index) else {
            return index;
        };
        let first = self.first_index().0;
        let (mut low, mut high) = (first, index.0.max(first));
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

    /// All entries that it holds with their indexes, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (LogIndex, &Entry)> {
        // Fewer than a segment, which fits.
        let gone = (self.start.index.0 - self.base.0) as usize;
        self.sealed
            .iter()
            .flat_map(|segment| segment.iter())
            .chain(&self.tail)
            .skip(gone)
            .zip(self.first_index().0..)
            .map(|(stamped, index)| (LogIndex(index), &stamped.entry))
    }

    /// At most `most` entries from `from` on, ready to be sent or stored; none where the log does
    /// not hold the one at `from`.
    #[must_use]
    pub fn copy_from(&self, from: LogIndex, most: u32) -> Arc<[Entry]> {
        let end = from.plus(u64::from(most)).min(self.last_index().next());
        (from.0..end.0)
            .map_while(|index| self.get(LogIndex(index)).cloned())
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

    /// Takes out every entry after `keep`, or after the start where that comes later.
    pub fn truncate_after(&mut self, keep: LogIndex) {
        let keep = keep.max(self.start.index);
        if keep >= self.last_index() {
            return;
        }
        let Some((segments, rest)) = self.place(keep.next()) else {
            return;
        };
        if segments == self.sealed.len() {
            self.tail.truncate(rest);
            return;
        }
        let opened = self.sealed.get(segments).and_then(|s| s.get(..rest));
        self.tail = opened.map(<[Stamped]>::to_vec).unwrap_or_default();
        Arc::make_mut(&mut self.sealed).truncate(segments);
    }

    /// Lets go of every entry up to `index`, which becomes the start (§7). Changes nothing where
    /// the log does not reach there, or starts later.
    pub fn compact_to(&mut self, index: LogIndex) {
        let (Some(start), Some(digest)) = (self.position(index), self.digest_at(index)) else {
            return;
        };
        (self.start, self.start_digest) = (start, digest);
        let segments = self.place(index.next()).map_or(0, |it| it.0);
        if segments > 0 {
            Arc::make_mut(&mut self.sealed).drain(..segments);
            self.base = self.base.plus((segments * SEGMENT) as u64);
        }
    }

    /// Makes a snapshot the start of what this log does not hold: a log that has the snapshot's
    /// last entry, or starts behind it, stays as it is, and any other is dropped whole (§7).
    pub(super) fn take_over(&mut self, snapshot: &Snapshot) {
        let last = snapshot.last;
        if last.index > self.start.index && !self.contains(last) {
            *self = Self::starting_after(last, snapshot.digest);
        }
    }

    /// In which segment an index behind the base stands or would stand, and where in it; the tail
    /// is the last segment.
    fn place(&self, index: LogIndex) -> Option<(usize, usize)> {
        let offset = index.0.checked_sub(self.base.0)?.checked_sub(1)?;
        let offset = usize::try_from(offset).ok()?;
        let segment = (offset / SEGMENT).min(self.sealed.len());
        Some((segment, offset - segment * SEGMENT))
    }

    fn stamped(&self, index: LogIndex) -> Option<&Stamped> {
        if index <= self.start.index {
            return None;
        }
        let (segment, place) = self.place(index)?;
        match self.sealed.get(segment) {
            Some(segment) => segment.get(place),
            None => self.tail.get(place),
        }
    }
}

#[cfg(test)]
mod tests;
