//! What followers answer to appends, and what their leader does about it (Raft §5.3).

use super::backtracking;
use super::leader::Leader;
use super::message::{AppendAnswer, AppendOutcome, ReplicationSession};
use super::mutant::Mutant;
use super::position::{LogIndex, LogPosition};
use super::progress::News;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::ReplicateWhen;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

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
        let session = answer.session;
        if let Some(refusal) = self.disbelieves(server, from, answer) {
            out.why(refusal, Facts::peer(from));
            return;
        }
        let Some(progress) = self.followers.get_mut(&from) else {
            return;
        };
        progress.last_answer = Some(now);
        let confirms = progress.answered < answer.round;
        progress.answered = progress.answered.max(answer.round);
        match answer.outcome {
            AppendOutcome::Matched(index) => self.accepted(server, from, (session, index), out),
            AppendOutcome::Differs { at, agree } if session == progress.session => {
                self.refused(server, from, (at, agree), out);
            }
            // It lacked something when it answered an earlier attempt, or followed somebody else.
            AppendOutcome::Differs { .. } | AppendOutcome::Stale => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
        }
        if confirms {
            self.confirm_rounds(server);
        }
    }

    /// Why an answer counts for nothing, where it does not.
    fn disbelieves(
        &self,
        server: &Server,
        from: NodeId,
        answer: &AppendAnswer,
    ) -> Option<RaftRule> {
        let Some(progress) = self.followers.get(&from) else {
            return Some(RaftRule::AnswerUnneeded);
        };
        let last = server.log.last_index();
        let isolated = !server.settings.breaks(Mutant::ProgressNotSessionIsolated);
        if answer.session < progress.since && isolated {
            // Who said so was another follower of the same name.
            Some(RaftRule::AnswerOtherSession)
        } else if answer.session > progress.session
            || answer.round > self.rounds.latest()
            || answer.matched() > Some(last)
        {
            // It was sent no such entry, or in no such round or session.
            Some(RaftRule::IgnoredMalformed)
        } else {
            None
        }
    }

    /// A follower holds the log up to some place, which is news, or only a sign of life (R12).
    fn accepted(
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
