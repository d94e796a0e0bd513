//! Which messages some correct server could have sent (F4, F6).

use super::append::{Append, AppendAnswer, AppendOutcome};
use super::{RaftMessage, SnapshotChunk};
use crate::raft::cluster_time;
use crate::raft::log::{Entry, EntryContent};
use crate::raft::position::{LogPosition, Term};
use crate::time::Micros;

impl RaftMessage {
    /// Whether some correct server could have sent it. What could not is ignored unread.
    pub(in crate::raft) fn is_plausible(&self) -> bool {
        // Before its first election a server can ask who would vote for it, and say nothing else.
        let first = self.is_pre_vote() && self.term() == Term::ZERO;
        if !first && !self.term().is_plausible() {
            return false;
        }
        match self {
            Self::VoteRequest { term, last, .. } => last.is_plausible() && last.term < *term,
            Self::PreVoteRequest { term, last, .. } => last.is_plausible() && last.term <= *term,
            Self::VoteAnswer { .. }
            | Self::PreVoteAnswer { .. }
            | Self::TimeoutNow { .. }
            | Self::ReadRequest { .. } => true,
            Self::Append(append) => append.is_plausible(),
            Self::AppendAnswer(answer) => answer.is_plausible(),
            Self::Snapshot(chunk) => chunk.is_plausible(),
            Self::SnapshotAnswer(answer) => answer.last.is_plausible(),
            Self::ReadAnswer { index, .. } => index.is_none_or(|it| it.is_plausible()),
        }
    }
}

impl Append {
    fn is_plausible(&self) -> bool {
        self.previous.is_plausible()
            && self.commit.is_plausible()
            && rises(self.previous, &self.entries, self.term)
            && self.entries.iter().all(|it| it.content().is_plausible())
    }
}

impl EntryContent {
    fn is_plausible(&self) -> bool {
        match self {
            Self::Command(_) | Self::NoOp | Self::OpenSession(_) => true,
            Self::Membership(configuration) => configuration.is_plausible(),
        }
    }
}

impl AppendAnswer {
    fn is_plausible(&self) -> bool {
        match self.outcome {
            AppendOutcome::Matched(index) => index.is_plausible(),
            AppendOutcome::Differs { at, agree } => {
                at.is_plausible() && agree.is_plausible() && agree.index < at
            }
            AppendOutcome::Stale => true,
        }
    }
}

impl SnapshotChunk {
    fn is_plausible(&self) -> bool {
        let last = self.snapshot.last;
        let end = self.offset.checked_add(self.bytes.len() as u64);
        last.is_plausible()
            && last.index.0 > 0
            && last.term <= self.term
            && end.is_some_and(|end| end <= self.len)
            && (!self.bytes.is_empty() || self.offset == self.len)
            && self.sessions.is_some() == (self.offset == 0)
            && self.sessions.iter().all(|it| it.is_plausible())
            && self.snapshot.configuration.is_plausible()
    }
}

/// Whether the terms of `entries` never fall, from `previous` up to the leader's own, and their
/// stamps do not fall either.
fn rises(previous: LogPosition, entries: &[Entry], leader: Term) -> bool {
    let (mut floor, mut time) = (previous.term, Micros::ZERO);
    for entry in entries {
        if entry.term() < floor || !entry.term().is_plausible() {
            return false;
        }
        if entry.at() < time || entry.at() > cluster_time::MOST {
            return false;
        }
        (floor, time) = (entry.term(), entry.at());
    }
    floor <= leader
}
