//! What survives a crash (Raft figure 2: "persistent state"), and how it changes.

use super::log::{Entry, Log};
use super::position::{LogIndex, LogPosition, Term};
use crate::client::CallId;
use crate::node::NodeId;
use crate::protocol::Durable;
use crate::write::{EntrySummary, WriteSummary};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A server's disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RaftDurable {
    /// The latest term that it has seen.
    pub term: Term,
    /// Who got its vote in that term.
    pub vote: Option<NodeId>,
    /// Its log.
    pub log: Log,
}

/// One change to a server's disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
}

impl RaftDurable {
    /// So many entries behind `after`, as they stand here.
    fn entries(&self, after: LogIndex, count: u64) -> WriteSummary {
        let stored = (after.next().0..=after.plus(count).0).filter_map(|index| {
            let index = LogIndex(index);
            Some(EntrySummary {
                term: self.log.term_at(index)?.0,
                digest: self.log.digest_at(index)?,
            })
        });
        WriteSummary::Entries {
            after: after.0,
            entries: stored.collect(),
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
                for entry in entries.iter() {
                    self.log.push(entry.clone());
                }
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
        };
        self.entries(after, count)
    }

    fn summaries(&self) -> Vec<WriteSummary> {
        let (term, vote) = (self.term.0, self.vote);
        let ballot = WriteSummary::Ballot { term, vote };
        alloc::vec![ballot, self.entries(LogIndex::ZERO, self.log.len())]
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

    fn holds(&self, index: u64, call: CallId) -> bool {
        let entry = self.log.get(LogIndex(index));
        let command = entry.and_then(Entry::command);
        command.is_some_and(|command| command.call == call)
    }
}
