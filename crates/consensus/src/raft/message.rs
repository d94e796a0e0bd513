//! What servers say to each other (Raft figure 2). Who says it stands on the envelope.

use super::log::Entry;
use super::position::{LogIndex, LogPosition, Term};
use crate::client::Command;
use crate::node::Incarnation;
use crate::observation::Reign;
use crate::protocol::{Describe, MessageShape, MessageSummary};
use alloc::sync::Arc;
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
    /// A leader asserts itself and sends entries, or none: a heartbeat (AppendEntries, §5.3).
    Append {
        /// The leader's term.
        term: Term,
        /// The position just before `entries`: the follower must have it.
        previous: LogPosition,
        /// The entries that follow it.
        entries: Arc<[Entry]>,
        /// Up to where the leader knows the log to be committed.
        commit: LogIndex,
    },
    /// The answer to an append.
    AppendAnswer {
        /// The follower's term.
        term: Term,
        /// Whether the append carried entries; a heartbeat carries none.
        carried: bool,
        /// How it went.
        outcome: AppendOutcome,
    },
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

/// How an append went at the follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AppendOutcome {
    /// Its log is, durably, the leader's up to here.
    Matched(LogIndex),
    /// Its log lacks what should stand just before the entries.
    Differs {
        /// Where it should stand.
        at: LogIndex,
        /// Up to where the two logs can agree at most: a hint that saves round trips (§5.3).
        agree: LogIndex,
    },
    /// The sender's term is over.
    Stale,
}

impl RaftMessage {
    /// The sender's term.
    #[must_use]
    pub const fn term(&self) -> Term {
        match self {
            Self::VoteRequest { term, .. }
            | Self::VoteAnswer { term, .. }
            | Self::Append { term, .. }
            | Self::AppendAnswer { term, .. }
            | Self::PreVoteRequest { term, .. }
            | Self::PreVoteAnswer { term, .. }
            | Self::TimeoutNow { term } => *term,
        }
    }

    /// Whether it is about an election that may never be called, so that its term is nobody's to
    /// adopt (R5).
    pub(super) const fn is_pre_vote(&self) -> bool {
        matches!(
            self,
            Self::PreVoteRequest { .. } | Self::PreVoteAnswer { .. }
        )
    }

    /// Whether only the leader of its term could have sent it.
    pub(super) const fn is_from_leader(&self) -> bool {
        matches!(self, Self::Append { .. } | Self::TimeoutNow { .. })
    }

    /// Whether some correct server could have sent it. What could not is ignored unread.
    pub(super) fn is_plausible(&self) -> bool {
        // Before its first election a server can ask who would vote for it, and say nothing else.
        let first = self.is_pre_vote() && self.term() == Term::ZERO;
        if !first && !self.term().is_plausible() {
            return false;
        }
        match self {
            Self::VoteRequest { term, last, .. } => last.is_plausible() && last.term < *term,
            Self::PreVoteRequest { term, last, .. } => last.is_plausible() && last.term <= *term,
            Self::VoteAnswer { .. } | Self::PreVoteAnswer { .. } | Self::TimeoutNow { .. } => true,
            Self::Append {
                term,
                previous,
                entries,
                commit,
            } => {
                previous.is_plausible() && commit.is_plausible() && rises(*previous, entries, *term)
            }
            Self::AppendAnswer { outcome, .. } => match outcome {
                AppendOutcome::Matched(index) => index.is_plausible(),
                AppendOutcome::Differs { at, agree } => at.is_plausible() && agree < at,
                AppendOutcome::Stale => true,
            },
        }
    }
}

/// Whether the terms of `entries` never fall, from `previous` up to the leader's own.
fn rises(previous: LogPosition, entries: &[Entry], leader: Term) -> bool {
    let mut floor = previous.term;
    for entry in entries {
        if entry.term < floor || !entry.term.is_plausible() {
            return false;
        }
        floor = entry.term;
    }
    floor <= leader
}

impl Describe for RaftMessage {
    fn describe(&self) -> MessageSummary {
        let (kind, shape, answer) = match self {
            Self::VoteRequest { .. } => ("vote request", MessageShape::Claim, None),
            Self::VoteAnswer { granted, .. } => ("vote", MessageShape::Claim, Some(*granted)),
            Self::PreVoteRequest { .. } => ("pre-vote request", MessageShape::Claim, None),
            Self::PreVoteAnswer { granted, .. } => {
                ("pre-vote", MessageShape::Claim, Some(*granted))
            }
            Self::TimeoutNow { .. } => ("timeout now", MessageShape::Claim, None),
            Self::Append { entries, .. } if entries.is_empty() => {
                ("heartbeat", MessageShape::Call, None)
            }
            Self::Append { .. } => ("append", MessageShape::Entry, None),
            Self::AppendAnswer {
                carried, outcome, ..
            } => {
                let yes = matches!(outcome, AppendOutcome::Matched(_));
                if *carried {
                    ("append answer", MessageShape::Entry, Some(yes))
                } else {
                    ("heartbeat answer", MessageShape::Call, Some(yes))
                }
            }
        };
        MessageSummary {
            kind,
            shape,
            answer,
            reign: Some(Reign {
                mandate: self.term().mandate(),
                // The envelope names the sender; the message alone does not know.
                leader: None,
            }),
            command: self.newest_command().cloned(),
        }
    }
}

impl RaftMessage {
    fn newest_command(&self) -> Option<&Command> {
        match self {
            Self::Append { entries, .. } => entries.iter().rev().find_map(Entry::command),
            _ => None,
        }
    }
}
