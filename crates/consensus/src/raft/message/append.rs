//! Entries, heartbeats and their answers (AppendEntries, Raft §5.3).

use crate::raft::log::Entry;
use crate::raft::position::{LogIndex, LogPosition, Term};
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// Which of the leader's attempts to feed a follower an append belongs to. Another one begins
/// where the leader goes back in its log for that follower: what answers come from before then
/// tell nothing of what is missing now. And a follower that is taken out of the cluster and added
/// again, in the very same term, is a new one to its leader, and may hold less than it did.
/// From 1; no follower has one session twice in a term.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ReplicationSession(pub u64);

/// Which of the leader's heartbeat rounds in its term a message was sent in, from 1. An answer
/// to a round proves that the leader led when it began that round (thesis §6.4).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct HeartbeatRound(pub u64);

/// A leader asserts itself and sends entries, or none: a heartbeat (AppendEntries, §5.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Append {
    /// The leader's term.
    pub term: Term,
    /// The leader's attempt to feed this follower.
    pub session: ReplicationSession,
    /// The leader's latest heartbeat round.
    pub round: HeartbeatRound,
    /// The position just before `entries`: the follower must have it.
    pub previous: LogPosition,
    /// The entries that follow it.
    pub entries: Arc<[Entry]>,
    /// Up to where the leader knows the log to be committed.
    pub commit: LogIndex,
}

impl Append {
    /// The answer of a follower in the same term.
    pub(in crate::raft) fn answer(&self, outcome: AppendOutcome) -> AppendAnswer {
        AppendAnswer {
            term: self.term,
            session: self.session,
            round: self.round,
            carried: !self.entries.is_empty(),
            outcome,
        }
    }
}

/// The answer to an append.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AppendAnswer {
    /// The follower's term.
    pub term: Term,
    /// The session of the append that it answers.
    pub session: ReplicationSession,
    /// The heartbeat round of the append that it answers.
    pub round: HeartbeatRound,
    /// Whether the append carried entries; a heartbeat carries none.
    pub carried: bool,
    /// How it went.
    pub outcome: AppendOutcome,
}

impl AppendAnswer {
    /// Up to where it says that the logs match.
    pub(in crate::raft) const fn matched(&self) -> Option<LogIndex> {
        match self.outcome {
            AppendOutcome::Matched(index) => Some(index),
            AppendOutcome::Differs { .. } | AppendOutcome::Stale => None,
        }
    }

    /// Of which reign's attempt it is.
    pub(in crate::raft) const fn attempt(&self) -> (Term, ReplicationSession) {
        (self.term, self.session)
    }

    /// Says what another answer, of the same attempt, says as well.
    pub(in crate::raft) fn merge(&mut self, other: Self) {
        self.round = self.round.max(other.round);
        self.carried |= other.carried;
        if other.matched() > self.matched() {
            self.outcome = other.outcome;
        }
    }
}

/// How an append went at the follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AppendOutcome {
    /// Its log is, durably, the leader's up to here, which may be further than the append says.
    Matched(LogIndex),
    /// Its log lacks what should stand just before the entries.
    Differs {
        /// Where it should stand.
        at: LogIndex,
        /// The last position of the follower's log before `at` whose term is no later than that
        /// of what should stand there: between the two places the logs cannot agree (§5.3).
        agree: LogPosition,
    },
    /// The sender's term is over.
    Stale,
}
