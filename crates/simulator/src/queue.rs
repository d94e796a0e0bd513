//! What is still to come, in order of time and then of asking.

use alloc::collections::BinaryHeap;
use consensus::Micros;
use core::cmp::Ordering;

#[derive(Clone, Debug)]
struct Entry<E> {
    at: Micros,
    sequence: u64,
    event: E,
}

impl<E> Entry<E> {
    /// Time first, then the order of asking, as one number: a heap compares a lot.
    const fn key(&self) -> u128 {
        (self.at.0 as u128) << 64 | self.sequence as u128
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<E> Eq for Entry<E> {}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Entry<E> {
    /// Reversed: the heap gives its greatest, the queue its earliest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

/// Events by time; those of one time in the order in which they were put in.
#[derive(Clone, Debug)]
pub(crate) struct EventQueue<E> {
    heap: BinaryHeap<Entry<E>>,
    sequence: u64,
}

impl<E> Default for EventQueue<E> {
    fn default() -> Self {
        Self {
            heap: BinaryHeap::new(),
            sequence: 0,
        }
    }
}

impl<E> EventQueue<E> {
    /// Puts an event in.
    pub(crate) fn push(&mut self, at: Micros, event: E) {
        self.sequence += 1;
        self.heap.push(Entry {
            at,
            sequence: self.sequence,
            event,
        });
    }

    /// The next event and its time.
    pub(crate) fn peek(&self) -> Option<(Micros, &E)> {
        self.heap.peek().map(|entry| (entry.at, &entry.event))
    }

    /// Takes the next event out, with its time and its place in the order of asking.
    pub(crate) fn pop(&mut self) -> Option<(Micros, u64, E)> {
        let entry = self.heap.pop()?;
        Some((entry.at, entry.sequence, entry.event))
    }

    /// Everything that is to come, in no order: its time, its place in the order of asking, itself.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Micros, u64, &E)> {
        let entries = self.heap.iter();
        entries.map(|entry| (entry.at, entry.sequence, &entry.event))
    }

    /// Keeps what fits, and no memory for more.
    pub(crate) fn retain(&mut self, mut fits: impl FnMut(Micros, u64, &E) -> bool) {
        self.heap
            .retain(|entry| fits(entry.at, entry.sequence, &entry.event));
        self.heap.shrink_to_fit();
    }

    /// Puts everything off by so much.
    pub(crate) fn put_off(&mut self, span: Micros) {
        let mut entries = core::mem::take(&mut self.heap).into_vec();
        for entry in &mut entries {
            entry.at += span;
        }
        self.heap = entries.into();
    }
}
