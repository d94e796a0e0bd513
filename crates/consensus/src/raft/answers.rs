//! What followers answer to appends, and what their leader does about it (Raft §5.3).

use super::backtracking;
use super::leader::Leader;
use super::message::{AppendAnswer, AppendOutcome, HeartbeatRound, ReplicationSession};
use super::mutant::Mutant;
use super::position::{LogIndex, LogPosition};
use super::progress::News;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::ReplicateWhen;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

/// What an answer says about the leader's heartbeat rounds.
#[must_use]
pub(super) struct RoundNews {
    /// Whether it is the follower's first answer to a round so late.
    first: bool,
}

impl Leader {
    /// Takes a follower's answer to an append of this term.
    pub(super) fn answered(
        &mut self,
        server: &mut Server,
        now: Micros,
        from: NodeId,
        answer: &AppendAnswer,
        out: &mut Out,
    ) {
        // It answers an append of another term, whose rounds and sessions mean nothing here.
        if answer.outcome == AppendOutcome::Stale {
            out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            return;
        }
        let (session, matched) = (answer.session, answer.matched());
        let Some(news) = self.hears(server, now, from, (session, answer.round, matched), out)
        else {
            return;
        };
        let current = self.followers.get(&from).map(|progress| progress.session);
        match answer.outcome {
            AppendOutcome::Matched(index) => self.accepted(server, from, (session, index), out),
            AppendOutcome::Differs { at, agree } if Some(session) == current => {
                self.refused(server, from, (at, agree), out);
            }
            // It lacked something when it answered an earlier attempt.
            AppendOutcome::Differs { .. } | AppendOutcome::Stale => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
        }
        self.note_round(server, now, news, out);
    }

    /// Notes that a follower lives, by an answer of this session and round which says that it
    /// holds the log up to `matched`; `None` where the answer counts for nothing.
    pub(super) fn hears(
        &mut self,
        server: &Server,
        now: Micros,
        from: NodeId,
        (session, round, matched): (ReplicationSession, HeartbeatRound, Option<LogIndex>),
        out: &mut Out,
    ) -> Option<RoundNews> {
        let facts = Facts::peer(from);
        let Some(progress) = self.followers.get_mut(&from) else {
            out.why(RaftRule::AnswerUnneeded, facts);
            return None;
        };
        let isolated = !server.settings.breaks(Mutant::ProgressNotSessionIsolated);
        if session < progress.since && isolated {
            // Who said so was another follower of the same name.
            out.why(RaftRule::AnswerOtherSession, facts);
            return None;
        }
        // It was sent no such entry, or in no such round or session.
        let unsent = session > progress.session || round > self.rounds.latest();
        if unsent || matched > Some(server.log.last_index()) {
            out.why(RaftRule::IgnoredMalformed, facts);
            return None;
        }
        progress.last_answer = Some(now);
        let first = progress.answered < round;
        progress.answered = progress.answered.max(round);
        Some(RoundNews { first })
    }

    /// Counts the rounds that a quorum has answered, where an answer may make one more, and serves
    /// the reads that wait for that.
    pub(super) fn note_round(
        &mut self,
        server: &mut Server,
        now: Micros,
        news: RoundNews,
        out: &mut Out,
    ) {
        if news.first {
            self.confirm_rounds(server);
            self.prove_reads(server, now, out);
        }
    }

    /// A follower holds the log up to some place, which is news, or only a sign of life (R12).
    pub(super) fn accepted(
        &mut self,
        server: &mut Server,
        from: NodeId,
        (session, index): (ReplicationSession, LogIndex),
        out: &mut Out,
    ) {
        let Some(progress) = self.followers.get_mut(&from) else {
            return;
        };
        let facts = Facts::peer(from).with_number(index.0);
        let probed = !progress.replicates();
        if progress.accepted(session, index) == News::Advanced {
            let meets = probed && progress.replicates();
            out.why(RaftRule::FollowerMatched, facts);
            if meets {
                out.why(RaftRule::LogsMeet, facts);
            }
            self.commit_what_counts(server, out);
        } else {
            out.why(RaftRule::FollowerAnswered, facts);
        }
        let at_once = server.settings.replicate == ReplicateWhen::AtOnce;
        if at_once || self.hands_over_to(from) {
            self.feed(server, from, out);
        }
        self.hand_over_if_ready(server, from, out);
    }

    /// A follower lacks what should stand before the entries that it was sent.
    fn refused(
        &mut self,
        server: &Server,
        from: NodeId,
        (at, agree): (LogIndex, LogPosition),
        out: &mut Out,
    ) {
        let session = self.next_session();
        let Some(progress) = self.followers.get_mut(&from) else {
            return;
        };
        let meeting = backtracking::meeting(&server.log, agree);
        let news = progress.refused(at, meeting, session);
        let facts = Facts::peer(from).with_number(progress.next.0);
        match news {
            // The logs part earlier than was thought: go on from there at once.
            News::BackedUp => out.why(RaftRule::LeaderBacksUp, facts),
            // Or it only comes later than what was sent after it.
            News::Lost => out.why(RaftRule::EntriesMissed, facts),
            News::Alive | News::Advanced | News::Old => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
                return;
            }
        }
        self.feed(server, from, out);
        self.probe(server, from, out);
    }
}
