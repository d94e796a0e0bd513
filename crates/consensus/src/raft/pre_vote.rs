//! Answering whoever asks first: PreVote on the side of those who are asked (Raft thesis §9.6).

use super::message::{PreVoteRound, RaftMessage};
use super::position::{LogPosition, Term};
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::node::NodeId;

impl Server {
    /// Decides on a pre-vote request of this term or a later one. It changes nothing: a pre-vote
    /// is no vote, and resets no patience. `leader_lives` says whether this server has reason to
    /// believe so.
    pub(super) fn consider_pre_vote(
        &self,
        from: NodeId,
        question: (Term, PreVoteRound),
        last: LogPosition,
        leader_lives: bool,
        out: &mut Out,
    ) {
        let rule = if leader_lives {
            // An election would only disturb it.
            RaftRule::PreVoteRefusedLeaderLives
        } else if self.is_ahead_of(last) {
            // The vote itself would be refused, too.
            RaftRule::PreVoteRefusedLogBehind
        } else {
            // In the term after that of the request, the vote is free.
            RaftRule::PreVoteGranted
        };
        out.why(rule, Facts::peer(from));
        let granted = rule == RaftRule::PreVoteGranted;
        self.answer_pre_vote(from, question, granted, out);
    }

    /// Sends the answer to a pre-vote request.
    pub(super) fn answer_pre_vote(
        &self,
        to: NodeId,
        (term, round): (Term, PreVoteRound),
        granted: bool,
        out: &mut Out,
    ) {
        let answer = RaftMessage::PreVoteAnswer {
            term: term.max(self.term),
            round,
            granted,
        };
        out.send(to, answer);
    }
}
