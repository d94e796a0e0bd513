//! The configuration in force: the newest one in the log, from the moment it stands there (Raft §6).

use super::configuration::Configuration;
use super::log::{Entry, EntryContent, Log};
use super::position::LogIndex;
use crate::node::NodeId;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A configuration and the index from which on it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Since {
    index: LogIndex,
    configuration: Arc<Configuration>,
}

/// The configurations that a log holds. It says what the log says, found without a walk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Membership {
    /// What is in force before the first entry that is kept here: what the server was booted with,
    /// or what a snapshot or a part of the log that is gone left behind.
    base: Since,
    /// What came later, oldest first.
    later: Vec<Since>,
}

impl Membership {
    /// What is in force at `index`, before the log goes on.
    pub(super) const fn new(index: LogIndex, configuration: Arc<Configuration>) -> Self {
        Self {
            base: Since {
                index,
                configuration,
            },
            later: Vec::new(),
        }
    }

    /// Notes the configurations of a whole log.
    pub(super) fn read(&mut self, log: &Log) {
        for (index, entry) in log.iter() {
            self.appended(index, entry);
        }
    }

    /// Notes an entry that now stands at the end of the log.
    pub(super) fn appended(&mut self, index: LogIndex, entry: &Entry) {
        if let EntryContent::Membership(configuration) = &entry.content()
            && index > self.newest().index
        {
            let configuration = Arc::clone(configuration);
            self.later.push(Since {
                index,
                configuration,
            });
        }
    }

    /// Notes that the log ends at `keep`: what came with later entries is in force no more.
    pub(super) fn truncated_after(&mut self, keep: LogIndex) {
        while self.later.pop_if(|it| it.index > keep).is_some() {}
    }

    /// The configuration in force.
    pub(super) fn configuration(&self) -> &Arc<Configuration> {
        &self.newest().configuration
    }

    /// From where on it is in force.
    pub(super) fn since(&self) -> LogIndex {
        self.newest().index
    }

    /// Whether a change is under way in a log that is committed up to `commit`.
    pub(super) fn is_changing(&self, commit: LogIndex) -> bool {
        self.since() > commit || self.configuration().is_joint()
    }

    /// The configuration in force at `index`, or the earliest one that is known.
    pub(super) fn at(&self, index: LogIndex) -> &Arc<Configuration> {
        let older = self.later.iter().rev();
        let then = older.into_iter().find(|it| it.index <= index);
        &then.unwrap_or(&self.base).configuration
    }

    /// Forgets what was in force before `index`, which is committed.
    pub(super) fn forget_before(&mut self, index: LogIndex) {
        let past = self.later.iter().take_while(|it| it.index <= index).count();
        if let Some(base) = self.later.drain(..past).next_back() {
            self.base = base;
        }
    }

    /// Whether this node may call an election. It may while it votes by the configuration in
    /// force; and while that one is not known to be committed, by the one before it as well: its
    /// log may be needed until then (thesis §4.2.2).
    pub(super) fn may_stand(&self, node: NodeId, commit: LogIndex) -> bool {
        for newer in self.later.iter().rev() {
            if newer.configuration.is_voter(node) {
                return true;
            }
            if newer.index <= commit {
                return false;
            }
        }
        self.base.configuration.is_voter(node)
    }

    fn newest(&self) -> &Since {
        self.later.last().unwrap_or(&self.base)
    }
}
