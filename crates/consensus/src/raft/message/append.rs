//! Entries, heartbeats and their answers (AppendEntries, Raft §5.3).

use crate::raft::log::Entry;
use crate::raft::position::{LogIndex, LogPosition, Term};
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// Which of the leader's books on a follower an append was written from. A follower that is taken
/// out of the cluster and added again is a new follower to its leader, in the very same term: an
/// answer of the session before says nothing about its log now. Unique within a term, from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ReplicationSession(pub u32);

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
    /// The leader's book on this follower.
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

/// How an append went at the follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AppendOutcome {
    /// Its log is, durably, the leader's up to here.
    Matched(LogIndex),
    /// Its log lacks what should stand just before the entries.
    Differs {
        /// Where it should stand.
        at: LogIndex,
        /// The last position of the follower's log at which the two logs can still agree: a hint
        /// that saves round trips (§5.3).
        agree: LogPosition,
    },
    /// The sender's term is over.
    Stale,
}
