//! Committed commands that stand one behind the other.

use super::log::Entry;
use super::position::LogIndex;
use crate::client::Command;
use crate::commands::Commands;
use alloc::sync::Arc;
use core::hash::{Hash, Hasher};

/// Commands that stand one behind the other in the log, in the very list that the log holds.
#[derive(Clone, Debug)]
pub struct Run {
    first: LogIndex,
    list: Arc<[Entry]>,
    /// Where in the list the first one is.
    place: usize,
    len: usize,
}

impl Run {
    /// So many commands of a list, the first of which stands at `first` in the log and at this
    /// place of the list.
    pub(super) const fn new(first: LogIndex, list: Arc<[Entry]>, place: usize, len: usize) -> Self {
        Self {
            first,
            list,
            place,
            len,
        }
    }

    /// Where the first one stands.
    pub(super) const fn start(&self) -> LogIndex {
        self.first
    }

    /// Where the last one stands.
    pub(super) const fn end(&self) -> LogIndex {
        self.first.plus(self.len as u64).before()
    }

    /// How many there are.
    pub(super) const fn len(&self) -> u64 {
        self.len as u64
    }

    /// Takes out what stands up to `last`, which comes before its end.
    pub(super) fn take_up_to(&mut self, last: LogIndex) -> Self {
        let wanted = last.0.saturating_sub(self.first.before().0);
        let len = usize::try_from(wanted).map_or(self.len, |wanted| wanted.min(self.len));
        let list = Arc::clone(&self.list);
        let done = Self::new(self.first, list, self.place, len);
        self.first = self.first.plus(len as u64);
        self.place += len;
        self.len -= len;
        done
    }

    fn entries(&self) -> &[Entry] {
        let rest = self.list.get(self.place..).unwrap_or_default();
        rest.get(..self.len).unwrap_or(rest)
    }
}

impl Commands for Run {
    fn first(&self) -> u64 {
        self.first.0
    }

    fn iter(&self) -> impl Iterator<Item = &Command> {
        self.entries().iter().filter_map(Entry::command)
    }
}

impl PartialEq for Run {
    /// Whether both hold the same commands at the same positions, in whatever lists.
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.entries() == other.entries()
    }
}

impl Eq for Run {}

impl Hash for Run {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.first.hash(state);
        self.entries().hash(state);
    }
}
