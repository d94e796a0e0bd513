//! What servers say to each other (Raft figure 2). Who says it stands on the envelope.

mod append;
mod describe;
mod fields;
mod plausible;
mod snapshot;

pub use append::{Append, AppendAnswer, AppendOutcome, HeartbeatRound, ReplicationSession};
pub use snapshot::{SnapshotAnswer, SnapshotChunk, SnapshotOutcome};

use super::position::{LogIndex, LogPosition, Term};
use crate::node::Incarnation;
use alloc::boxed::Box;
use serde::{Deserialize, Serialize};

/// A message between two servers; the sender's term comes first in each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RaftMessage {
    /// A candidate asks for a vote (RequestVote, §5.2).
    VoteRequest {
        /// The candidate's term.
        term: Term,
        /// Where its log ends (§5.4.1).
        last: LogPosition,
        /// Whether its leader told it to stand, so that a leader who lives is no reason to refuse
        /// it (thesis §3.10).
        transfer: bool,
    },
    /// The answer to a vote request.
    VoteAnswer {
        /// The voter's term.
        term: Term,
        /// Whether the candidate gets the vote.
        granted: bool,
    },
    /// A leader asserts itself and sends entries, or none: a heartbeat.
    Append(Append),
    /// The answer to an append.
    AppendAnswer(AppendAnswer),
    /// A server asks who would vote for it in the term after its own (PreVote, thesis §9.6).
    PreVoteRequest {
        /// The term that it is in; 0 before the first election.
        term: Term,
        /// Which of its rounds of questions this is.
        round: PreVoteRound,
        /// Where its log ends.
        last: LogPosition,
    },
    /// The answer to a pre-vote request. It promises nothing.
    PreVoteAnswer {
        /// The later one of the terms of the two servers.
        term: Term,
        /// The round of the request.
        round: PreVoteRound,
        /// Whether the sender would vote for the server that asked.
        granted: bool,
    },
    /// The leader tells a follower that has all its entries to stand at once (thesis §3.10).
    TimeoutNow {
        /// The leader's term.
        term: Term,
    },
    /// A piece of the leader's snapshot, for a follower whose next entry is compacted away. Boxed:
    /// it is rare, and would make every message as large as itself.
    Snapshot(Box<SnapshotChunk>),
    /// The answer to a piece of a snapshot.
    SnapshotAnswer(SnapshotAnswer),
    /// A follower asks its leader up to where it must have applied the log before it may answer
    /// a read (thesis §6.4).
    ReadRequest {
        /// The follower's term.
        term: Term,
        /// Which of its questions this is.
        read: ReadNumber,
    },
    /// The answer to a read request.
    ReadAnswer {
        /// The leader's term.
        term: Term,
        /// Which question it answers.
        read: ReadNumber,
        /// Up to where; `None` where it cannot say.
        index: Option<LogIndex>,
    },
}

/// One round of pre-vote requests of one server. Rounds of one term differ in nothing else, and
/// an answer to an earlier one says nothing about now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PreVoteRound {
    /// In which of its lives the server asks.
    pub incarnation: Incarnation,
    /// Which of that life's rounds it is, from 1.
    pub number: u64,
}

/// One question of a follower to its leader about reads; as with pre-vote rounds, the numbers of
/// two lives must not be taken for each other.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ReadNumber {
    /// In which of its lives the server asks.
    pub incarnation: Incarnation,
    /// Which of that life's questions it is, from 1.
    pub number: u64,
}

impl RaftMessage {
    /// The sender's term.
    #[must_use]
    pub const fn term(&self) -> Term {
        match self {
            Self::VoteRequest { term, .. }
            | Self::VoteAnswer { term, .. }
            | Self::PreVoteRequest { term, .. }
            | Self::PreVoteAnswer { term, .. }
            | Self::TimeoutNow { term }
            | Self::ReadRequest { term, .. }
            | Self::ReadAnswer { term, .. } => *term,
            Self::Append(append) => append.term,
            Self::AppendAnswer(answer) => answer.term,
            Self::Snapshot(chunk) => chunk.term,
            Self::SnapshotAnswer(answer) => answer.term,
        }
    }

    /// Whether it is about an election that may never be called, so that its term is nobody's to
    /// adopt (R5).
    pub(in crate::raft) const fn is_pre_vote(&self) -> bool {
        matches!(
            self,
            Self::PreVoteRequest { .. } | Self::PreVoteAnswer { .. }
        )
    }

    /// Whether it counts for something at the receiver only because of who sent it, a member.
    pub(in crate::raft) const fn counts(&self) -> bool {
        matches!(
            self,
            Self::VoteAnswer { .. }
                | Self::PreVoteAnswer { .. }
                | Self::AppendAnswer(_)
                | Self::SnapshotAnswer(_)
                | Self::ReadRequest { .. }
        )
    }

    /// Whether only the leader of its term could have sent it.
    pub(in crate::raft) const fn is_from_leader(&self) -> bool {
        matches!(
            self,
            Self::Append(_) | Self::Snapshot(_) | Self::TimeoutNow { .. } | Self::ReadAnswer { .. }
        )
    }
}
