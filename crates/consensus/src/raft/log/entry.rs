//! One entry of the log.

use crate::client::{CallId, Command};
use crate::digest::digest_of;
use crate::raft::configuration::Configuration;
use crate::raft::position::Term;
use crate::time::Micros;
use alloc::sync::Arc;
use core::hash::{Hash, Hasher};
use serde::{Deserialize, Serialize};

/// One entry of the log (Raft §5.3).
///
/// It cannot be changed, and carries its digest: servers in one process share their entries, and a
/// digest that each of them needs is made once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Entry {
    term: Term,
    at: Micros,
    content: EntryContent,
    #[serde(skip)]
    digest: u64,
}

/// What an entry is there for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EntryContent {
    /// The state machine is to carry this out.
    Command(Command),
    /// Nothing: a leader begins its reign with it, to commit what earlier terms left (Raft §8).
    /// Neither the state machine nor a client ever sees it.
    NoOp,
    /// A client opens a session: the entry's index is the session's name (thesis §6.3).
    OpenSession(CallId),
    /// The cluster's members from here on (§6).
    Membership(Arc<Configuration>),
}

impl Entry {
    /// An entry of `term`, made at the cluster's time `at`.
    #[must_use]
    pub fn new(term: Term, at: Micros, content: EntryContent) -> Self {
        let digest = digest_of(&(term, at, &content));
        Self {
            term,
            at,
            content,
            digest,
        }
    }

    /// The term in which a leader made it.
    #[must_use]
    pub const fn term(&self) -> Term {
        self.term
    }

    /// When that leader made it, by the cluster's time: it never falls along a log, and does not
    /// count the time in which nobody led (thesis §6.3).
    #[must_use]
    pub const fn at(&self) -> Micros {
        self.at
    }

    /// What it is there for.
    #[must_use]
    pub const fn content(&self) -> &EntryContent {
        &self.content
    }

    /// A digest of all that it says.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        self.digest
    }

    /// The command that it carries, where it carries one.
    #[must_use]
    pub const fn command(&self) -> Option<&Command> {
        match &self.content {
            EntryContent::Command(command) => Some(command),
            EntryContent::NoOp | EntryContent::OpenSession(_) | EntryContent::Membership(_) => None,
        }
    }
}

impl Hash for Entry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

/// An entry as it is written: its digest is made again.
#[derive(Deserialize)]
struct Written {
    term: Term,
    at: Micros,
    content: EntryContent,
}

impl From<Written> for Entry {
    fn from(it: Written) -> Self {
        Self::new(it.term, it.at, it.content)
    }
}
