//! What survives a crash (Raft figure 2: "persistent state"), and how it changes.

use super::log::{Entry, Log};
use super::position::{LogIndex, LogPosition, Term};
use crate::client::CallId;
use crate::node::NodeId;
use crate::protocol::Durable;
use alloc::sync::Arc;

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

    fn tear(_write: &RaftWrite, _draw: u64) -> Option<RaftWrite> {
        None
    }

    fn holds(&self, index: u64, call: CallId) -> bool {
        let entry = self.log.get(LogIndex(index));
        entry.is_some_and(|entry| entry.command.call == call)
    }
}
