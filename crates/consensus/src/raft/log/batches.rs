//! The batches of a log, one behind the other.

use super::batch::Batch;
use crate::raft::position::LogIndex;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::iter;

/// How many batches a sealed segment holds.
const SEGMENT: usize = 64;

/// Batches without a gap: sealed segments that clones share, and a short tail that they copy.
#[derive(Clone, Debug, Default)]
pub(super) struct Batches {
    /// Oldest first, never changed once sealed, and never empty.
    sealed: Arc<Vec<Arc<[Batch]>>>,
    /// The newest ones, at most a segment.
    tail: Vec<Batch>,
}

impl Batches {
    /// The last one.
    pub(super) fn last(&self) -> Option<&Batch> {
        let sealed = || self.sealed.last()?.last();
        self.tail.last().or_else(sealed)
    }

    /// The one that holds `index`.
    pub(super) fn at(&self, index: LogIndex) -> Option<&Batch> {
        let batch = if self.tail.first().is_some_and(|it| it.first() <= index) {
            // What is asked for stands nearly always among the last ones.
            self.tail.iter().rev().find(|batch| batch.first() <= index)
        } else {
            let last = self.sealed.last().filter(|last| starts(last) <= index);
            let older = || before(&self.sealed, |segment| starts(segment) <= index).last();
            let segment = last.or_else(older)?;
            before(segment, |batch| batch.first() <= index).last()
        };
        batch.filter(|batch| index <= batch.last())
    }

    /// The one that holds `index`, and all behind it.
    pub(super) fn from(&self, index: LogIndex) -> impl Iterator<Item = &Batch> {
        iter::successors(self.at(index), |batch| self.at(batch.last().next()))
    }

    /// Adds one at the end.
    pub(super) fn push(&mut self, batch: Batch) {
        if self.tail.capacity() == 0 {
            self.tail.reserve(SEGMENT);
        }
        self.tail.push(batch);
        if self.tail.len() >= SEGMENT {
            let segment = self.tail.drain(..).collect();
            Arc::make_mut(&mut self.sealed).push(segment);
        }
    }

    /// Takes out every entry after `keep`.
    pub(super) fn cut_after(&mut self, keep: LogIndex) {
        if self.tail.first().is_none_or(|batch| batch.first() > keep) {
            let kept = before(&self.sealed, |segment| starts(segment) <= keep);
            self.tail = kept.last().map(|last| last.to_vec()).unwrap_or_default();
            let sealed = kept.len().saturating_sub(1);
            Arc::make_mut(&mut self.sealed).truncate(sealed);
        }
        let kept = before(&self.tail, |batch| batch.first() <= keep).len();
        self.tail.truncate(kept);
        let last = self.tail.pop().and_then(|last| last.up_to(keep));
        self.tail.extend(last);
    }

    /// Lets go of every batch that ends at `index` or before it.
    pub(super) fn drop_up_to(&mut self, index: LogIndex) {
        let gone = |batch: &Batch| batch.last() <= index;
        let sealed = before(&self.sealed, |segment| segment.iter().all(gone)).len();
        let opened = self.sealed.get(sealed).filter(|it| it.iter().any(gone));
        let opened: Option<Arc<[Batch]>> =
            opened.map(|segment| segment.iter().filter(|it| !gone(it)).cloned().collect());
        if sealed > 0 || opened.is_some() {
            let segments = Arc::make_mut(&mut self.sealed);
            segments.drain(..sealed);
            if let (Some(first), Some(opened)) = (segments.first_mut(), opened) {
                *first = opened;
            }
        }
        let tail = before(&self.tail, gone).len();
        self.tail.drain(..tail);
    }
}

/// Where the first entry of a segment stands.
fn starts(segment: &[Batch]) -> LogIndex {
    segment.first().map_or(LogIndex::ZERO, Batch::first)
}

/// What stands before the first of the sorted list for which `early` is false.
fn before<T>(list: &[T], early: impl Fn(&T) -> bool) -> &[T] {
    list.get(..list.partition_point(early)).unwrap_or_default()
}
