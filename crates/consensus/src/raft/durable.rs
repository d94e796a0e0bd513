//! What survives a crash (Raft figure 2: "persistent state"), and how it changes.

use super::log::{Entry, Log};
use super::position::{LogIndex, LogPosition, Term};
use super::snapshot::SnapshotRecord;
use crate::client::CallId;
use crate::field::Field;
use crate::node::NodeId;
use crate::protocol::Durable;
use crate::write::{EntrySummary, WriteSummary};
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A server's disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RaftDurable {
    /// The latest term that it has seen.
    pub term: Term,
    /// Who got its vote in that term.
    pub vote: Option<NodeId>,
    /// Its log: at least what its snapshot does not stand for.
    pub log: Log,
    /// Its latest snapshot, where it has one.
    pub snapshot: Option<Arc<SnapshotRecord>>,
}

/// One change to a server's disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RaftWrite {
    /// A new term, or a vote in it.
    Ballot {
        /// The term.
        term: Term,
        /// Who gets the vote, where it is given.
        vote: Option<NodeId>,
    },
    /// Keep the log up to `after`, drop what follows, then add `entries`.
    Log {
        /// The last position to keep.
        after: LogPosition,
        /// What comes behind it.
        entries: Arc<[Entry]>,
    },
    /// A snapshot that the host keeps in place of the log up to its last position. A log that
    /// holds that position keeps what stands behind it, and any other is dropped whole (§7).
    Snapshot {
        /// The snapshot.
        record: Arc<SnapshotRecord>,
        /// Up to here the log may be let go of; at most the snapshot's last index.
        start: LogIndex,
    },
}

impl RaftDurable {
    /// The fewest writes that make an empty disk into this one, for a host that keeps a journal and
    /// wants it short. Entries that a snapshot stands for are left out, also those that the log
    /// still has.
    #[must_use]
    pub fn as_writes(&self) -> Vec<RaftWrite> {
        let (term, vote) = (self.term, self.vote);
        let mut writes = alloc::vec![RaftWrite::Ballot { term, vote }];
        let mut after = LogPosition::default();
        if let Some(record) = &self.snapshot {
            after = record.snapshot.last;
            writes.push(RaftWrite::Snapshot {
                record: Arc::clone(record),
                start: after.index,
            });
        }
        let entries = self.log.copy_from(after.index.next(), u32::MAX);
        if !entries.is_empty() {
            writes.push(RaftWrite::Log { after, entries });
        }
        writes
    }

    /// So many entries behind `after`, as they stand here.
    fn entries(&self, after: LogIndex, count: u64) -> WriteSummary {
        let last = after.plus(count);
        let stored = self.log.placed_after(after);
        let stored = stored.take_while(|it| it.index <= last);
        WriteSummary::Entries {
            after: after.0,
            entries: stored
                .map(|it| EntrySummary {
                    term: it.entry.term().0,
                    digest: it.digest,
                })
                .collect(),
        }
    }

    /// A snapshot, and where the log starts now.
    fn snapshot(&self, record: &SnapshotRecord) -> WriteSummary {
        let last = record.snapshot.last;
        WriteSummary::Snapshot {
            index: last.index.0,
            term: last.term.0,
            digest: record.snapshot.digest,
            start: self.log.start().index.0,
        }
    }
}

impl Durable for RaftDurable {
    type Write = RaftWrite;

    fn store(&mut self, write: &RaftWrite) {
        match write {
            RaftWrite::Ballot { term, vote } => {
                self.term = *term;
                self.vote = *vote;
            }
            // The write before this one was lost in a crash, and this one hangs in the air.
            RaftWrite::Log { after, .. } if !self.log.contains(*after) => {}
            RaftWrite::Log { after, entries } => {
                self.log.truncate_after(after.index);
                self.log.append(Arc::clone(entries));
            }
            RaftWrite::Snapshot { record, start } => {
                self.log.take_over(&record.snapshot);
                self.log.compact_to(*start);
                self.snapshot = Some(Arc::clone(record));
            }
        }
    }

    fn describe(&self, write: &RaftWrite) -> WriteSummary {
        let (after, count) = match write {
            RaftWrite::Ballot { term, vote } => {
                let (term, vote) = (term.0, *vote);
                return WriteSummary::Ballot { term, vote };
            }
            RaftWrite::Log { after, .. } if !self.log.contains(*after) => {
                (self.log.last_index(), 0)
            }
            RaftWrite::Log { after, entries } => (after.index, entries.len() as u64),
            RaftWrite::Snapshot { record, .. } => return self.snapshot(record),
        };
        self.entries(after, count)
    }

    fn summaries(&self) -> Vec<WriteSummary> {
        let (term, vote) = (self.term.0, self.vote);
        let mut all = alloc::vec![WriteSummary::Ballot { term, vote }];
        all.extend(self.snapshot.iter().map(|record| self.snapshot(record)));
        all.push(self.entries(self.log.start().index, self.log.len()));
        all
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }

    fn tear(write: &RaftWrite, draw: u64) -> Option<RaftWrite> {
        let RaftWrite::Log { after, entries } = write else {
            return None;
        };
        let whole = entries.len() as u64;
        // Fewer than a list's length, which fits.
        let kept = usize::try_from(draw.checked_rem(whole)?).ok()?;
        (kept > 0).then(|| RaftWrite::Log {
            after: *after,
            entries: entries.iter().take(kept).cloned().collect(),
        })
    }

    /// What a snapshot stands for is committed, and so counts as held.
    fn holds(&self, index: u64, call: CallId) -> bool {
        if (1..=self.log.start().index.0).contains(&index) {
            return true;
        }
        let entry = self.log.get(LogIndex(index));
        let command = entry.and_then(Entry::command);
        command.is_some_and(|command| command.call == call)
    }
}
