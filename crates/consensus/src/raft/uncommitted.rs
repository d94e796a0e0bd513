//! How much a leader has put into its log that is not committed: bounded, or a leader that is cut
//! off would take commands until its memory ends.

use super::log::Log;
use super::position::LogIndex;
use super::settings::RaftSettings;

/// The weight of the uncommitted entries that a leader has made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Uncommitted {
    /// What it was elected with ends here; that is counted in nobody's reign.
    counted_to: LogIndex,
    /// The weight of those behind it, in bytes.
    bytes: u64,
}

impl Uncommitted {
    /// Nothing yet, behind a log that ends at `last`.
    pub(super) const fn after(last: LogIndex) -> Self {
        Self {
            counted_to: last,
            bytes: 0,
        }
    }

    /// Whether a client's entry of so many bytes may be added, when others of `before` bytes are
    /// about to be. Where nothing is uncommitted, any may.
    pub(super) const fn takes(&self, settings: &RaftSettings, before: u64, bytes: u64) -> bool {
        let waiting = self.bytes.saturating_add(before);
        waiting == 0 || waiting.saturating_add(bytes) <= settings.uncommitted_bytes as u64
    }

    /// Counts an entry of so many bytes that was added.
    pub(super) const fn add(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Counts the entries up to `index` no more.
    pub(super) fn committed(&mut self, log: &Log, index: LogIndex) {
        let count = index.0.saturating_sub(self.counted_to.0);
        let entries = log.entries_from(self.counted_to.next());
        for entry in entries.take(usize::try_from(count).unwrap_or(usize::MAX)) {
            self.bytes = self.bytes.saturating_sub(entry.content().weight());
        }
        self.counted_to = self.counted_to.max(index);
    }
}
