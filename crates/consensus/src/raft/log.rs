//! The replicated log: entries in order, with a running digest of everything up to each.

mod batch;
mod batches;
mod entry;

pub(super) use batch::Placed;
pub use entry::{Entry, EntryContent};

use super::position::{LogIndex, LogPosition, Term};
use super::snapshot::Snapshot;
use alloc::sync::Arc;
use batch::Batch;
use batches::Batches;
use core::hash::{Hash, Hasher};
use core::ops::Range;

/// A log: the lists of entries as they came, which it shares with its clones, with the disk and
/// with messages.
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
    /// What follows the start; the first batch may begin before it.
    batches: Batches,
}

impl PartialEq for Log {
    /// Whether both begin at the same place and hold the same entries, in whatever batches.
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
        let last = self.batches.last();
        last.map_or(self.start.index, Batch::last)
    }

    /// The last entry's position; the start where there is none.
    #[must_use]
    pub fn last(&self) -> LogPosition {
        let last = self.batches.last();
        last.and_then(Batch::last_position).unwrap_or(self.start)
    }

    /// The running digest of the whole log; 0 where nothing was ever in it.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let last = self.batches.last();
        last.map_or(self.start_digest, Batch::digest)
    }

    /// The running digest up to and including the entry at `index`; known from the start on.
    #[must_use]
    pub fn digest_at(&self, index: LogIndex) -> Option<u64> {
        if index == self.start.index {
            return Some(self.start_digest);
        }
        let mut placed = self.batch_at(index)?.placed();
        placed.find(|it| it.index == index).map(|it| it.digest)
    }

    /// The entry at `index`, where the log holds it.
    #[must_use]
    pub fn get(&self, index: LogIndex) -> Option<&Entry> {
        self.batch_at(index)?.entries_from(index).first()
    }

    /// The list that holds the entry at `index`, and which part of it stands in the log from there
    /// on.
    pub(super) fn list_at(&self, index: LogIndex) -> Option<(Arc<[Entry]>, Range<usize>)> {
        let batch = self.batch_at(index)?;
        let place = usize::try_from(index.0 - batch.first().0).ok()?;
        Some((batch.list(), place..batch.entries().len()))
    }

    /// The term of the entry at `index`; known from the start on, and 0 at index 0.
    #[must_use]
    pub fn term_at(&self, index: LogIndex) -> Option<Term> {
        if index == self.start.index {
            return Some(self.start.term);
        }
        self.get(index).map(|entry| entry.term())
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
        let first = self.first_index();
        self.entries_from(first)
            .zip(first.0..)
            .map(|(entry, index)| (LogIndex(index), entry))
    }

    /// All entries behind `index`, which the log holds or starts at, in their places.
    pub(super) fn placed_after(&self, index: LogIndex) -> impl Iterator<Item = Placed<'_>> {
        let index = index.max(self.start.index);
        let batches = self.batches.from(index.next());
        let placed = batches.flat_map(Batch::placed);
        placed.skip_while(move |it| it.index <= index)
    }

    /// All entries from `index` on, oldest first; none where the log does not hold the first.
    pub(super) fn entries_from(&self, index: LogIndex) -> impl Iterator<Item = &Entry> {
        // Where it starts behind `index`, no list holds what stands behind the last.
        let from = match index > self.start.index {
            true => index,
            false => self.last_index().next(),
        };
        let batches = self.batches.from(from);
        batches.flat_map(move |batch| batch.entries_from(index))
    }

    /// At most `most` entries from `from` on, ready to be sent or stored; none where the log does
    /// not hold the one at `from`. Where they came together, it is that list.
    #[must_use]
    pub fn copy_from(&self, from: LogIndex, most: u32) -> Arc<[Entry]> {
        let end = from.plus(u64::from(most)).before().min(self.last_index());
        let batch = self.batch_at(from);
        let whole = batch.filter(|it| it.first() == from && it.last() == end);
        match whole.and_then(Batch::whole) {
            Some(list) => Arc::clone(list),
            None => self
                .entries_from(from)
                .take(most as usize)
                .cloned()
                .collect(),
        }
    }

    /// Adds entries at the end.
    pub fn append(&mut self, entries: Arc<[Entry]>) {
        let batch = Batch::new(self.last_index().next(), self.digest(), entries);
        if let Some(batch) = batch {
            self.batches.push(batch);
        }
    }

    /// Adds one entry at the end.
    pub fn push(&mut self, entry: Entry) {
        self.append(Arc::new([entry]));
    }

    /// Takes out every entry after `keep`, or after the start where that comes later.
    pub fn truncate_after(&mut self, keep: LogIndex) {
        let keep = keep.max(self.start.index);
        if keep >= self.last_index() {
            return;
        }
        self.batches.cut_after(keep);
    }

    /// Lets go of every entry up to `index`, which becomes the start (§7). Changes nothing where
    /// the log does not reach there, or starts later.
    pub fn compact_to(&mut self, index: LogIndex) {
        let (Some(start), Some(digest)) = (self.position(index), self.digest_at(index)) else {
            return;
        };
        (self.start, self.start_digest) = (start, digest);
        self.batches.drop_up_to(index);
    }

    /// Makes a snapshot the start of what this log does not hold: a log that has the snapshot's
    /// last entry, or starts behind it, stays as it is, and any other is dropped whole (§7).
    pub(super) fn take_over(&mut self, snapshot: &Snapshot) {
        let last = snapshot.last;
        if last.index > self.start.index && !self.contains(last) {
            *self = Self::starting_after(last, snapshot.digest);
        }
    }

    fn batch_at(&self, index: LogIndex) -> Option<&Batch> {
        self.batches.at(index).filter(|_| index > self.start.index)
    }
}

#[cfg(test)]
mod tests;
