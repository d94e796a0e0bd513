//! Entries that came into the log together.

use super::Entry;
use crate::digest::digest_with;
use crate::raft::position::{LogIndex, LogPosition};
use alloc::sync::Arc;

/// Entries that came into the log together: the very list that the disk got and that messages
/// carry, so that an entry is never copied. Never empty.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// Where the first one stands.
    first: LogIndex,
    /// They.
    list: Arc<[Entry]>,
    /// So many of them count; those behind were cut off.
    len: usize,
    /// The log's running digest up to the entry before the first one.
    before: u64,
    /// The log's running digest up to and including the last one that counts.
    digest: u64,
}

/// An entry in its place.
#[derive(Clone, Copy, Debug)]
pub(in crate::raft) struct Placed<'a> {
    /// Where it stands.
    pub(in crate::raft) index: LogIndex,
    /// It.
    pub(in crate::raft) entry: &'a Entry,
    /// The log's running digest up to and including it.
    pub(in crate::raft) digest: u64,
}

/// The running digest of a log with `digest` when one more entry is added.
fn followed_by(digest: u64, entry: &Entry) -> u64 {
    digest_with(digest, entry.digest())
}

impl Batch {
    /// The list, behind a log that ends before `first` with this running digest; `None` where it
    /// is empty.
    pub(super) fn new(first: LogIndex, before: u64, list: Arc<[Entry]>) -> Option<Self> {
        let digest = list.iter().fold(before, followed_by);
        (!list.is_empty()).then(|| Self {
            first,
            len: list.len(),
            list,
            before,
            digest,
        })
    }

    /// Where its first entry stands.
    pub(super) const fn first(&self) -> LogIndex {
        self.first
    }

    /// Where its last entry stands.
    pub(super) const fn last(&self) -> LogIndex {
        self.first.plus(self.len as u64).before()
    }

    /// The position of its last entry.
    pub(super) fn last_position(&self) -> Option<LogPosition> {
        let term = self.entries().last()?.term();
        let index = self.last();
        Some(LogPosition { term, index })
    }

    /// The running digest up to and including its last entry.
    pub(super) const fn digest(&self) -> u64 {
        self.digest
    }

    /// Its entries.
    pub(super) fn entries(&self) -> &[Entry] {
        self.list.get(..self.len).unwrap_or_default()
    }

    /// The list that begins with its entries; those behind them were cut off.
    pub(super) fn list(&self) -> Arc<[Entry]> {
        Arc::clone(&self.list)
    }

    /// Its entries from `index` on.
    pub(super) fn entries_from(&self, index: LogIndex) -> &[Entry] {
        let skipped = usize::try_from(index.0.saturating_sub(self.first.0)).ok();
        let rest = skipped.and_then(|skipped| self.entries().get(skipped..));
        rest.unwrap_or_default()
    }

    /// The list that holds its entries and nothing else; `None` where some were cut off.
    pub(super) fn whole(&self) -> Option<&Arc<[Entry]>> {
        (self.len == self.list.len()).then_some(&self.list)
    }

    /// Its entries in their places. Only the last one's digest is kept; the others are made again.
    pub(super) fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        let (last, digest) = (self.last(), self.digest);
        let mut running = self.before;
        let places = self.entries().iter().zip(self.first.0..);
        places.map(move |(entry, index)| {
            let index = LogIndex(index);
            running = match index == last {
                true => digest,
                false => followed_by(running, entry),
            };
            Placed {
                index,
                entry,
                digest: running,
            }
        })
    }

    /// Its entries up to `keep`; `None` where that is none of them.
    pub(super) fn up_to(mut self, keep: LogIndex) -> Option<Self> {
        if keep < self.last() {
            let kept = self.placed().take_while(|it| it.index <= keep).last()?;
            let (digest, gone) = (kept.digest, self.last().0 - keep.0);
            self.digest = digest;
            // Fewer than the list has, which fits.
            self.len -= gone as usize;
        }
        Some(self)
    }
}
