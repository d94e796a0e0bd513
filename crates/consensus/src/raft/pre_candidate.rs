//! A pre-candidate: it asks who would vote for it before it disturbs anybody (Raft thesis §9.6).

use super::message::{PreVoteRound, RaftMessage};
use super::position::LogIndex;
use super::role::Next;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::votes::{Votes, Words};
use crate::explain::Facts;
use crate::node::NodeId;

/// What only a pre-candidate knows. Its term is the one it was in before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PreCandidate {
    /// The tally of those who would vote for it.
    pub(super) votes: Votes,
    /// The round that it asks in: answers to an earlier one are out of date.
    round: PreVoteRound,
    /// Up to here its log is that of the leader that it followed in this term.
    pub(super) matched: LogIndex,
}

impl PreCandidate {
    /// Begins a round and asks all others. Its own pre-vote promises nothing, so it waits for no
    /// disk; the caller counts it.
    pub(super) fn ask(server: &mut Server, matched: LogIndex, out: &mut Out) -> Self {
        server.round.number = server.round.number.saturating_add(1);
        let (term, round, last) = (server.term, server.round, server.log.last());
        for peer in server.other_voters() {
            out.send(peer, RaftMessage::PreVoteRequest { term, round, last });
        }
        Self {
            votes: Votes::default(),
            round,
            matched,
        }
    }

    /// Takes one message of the current term, or one about a pre-vote of a later term.
    pub(super) fn step(
        &mut self,
        server: &mut Server,
        from: NodeId,
        message: RaftMessage,
        out: &mut Out,
    ) -> Next {
        match message {
            // The leader lives after all, and there is nothing to ask any more.
            RaftMessage::Append(_) | RaftMessage::Snapshot(_) | RaftMessage::TimeoutNow { .. } => {
                out.why(RaftRule::PreVoteEnded, Facts::peer(from));
                return Next::Follow(Some(message));
            }
            // Somebody else stands already, and whoever gets the vote is to be given time.
            RaftMessage::VoteRequest { last, .. } => {
                if server.consider_vote(from, last, out) {
                    return Next::Follow(None);
                }
            }
            // Several may ask at once, and nobody promises anything.
            RaftMessage::PreVoteRequest { term, round, last } => {
                server.consider_pre_vote(from, (term, round), last, false, out);
            }
            RaftMessage::PreVoteAnswer {
                term,
                round,
                granted,
            } if round == self.round => match granted {
                // Whoever refuses from a later term tells of it, so that the next round is of it.
                false if term > server.term => return Next::Enter(term),
                // Nobody grants what is asked in a term before its own.
                true if term > server.term => {
                    out.why(RaftRule::IgnoredMalformed, Facts::peer(from));
                }
                _ => return self.count(server, from, granted, out),
            },
            // It answers an earlier round, the candidacy before, or the reign before that.
            RaftMessage::PreVoteAnswer { .. }
            | RaftMessage::VoteAnswer { .. }
            | RaftMessage::AppendAnswer(_)
            | RaftMessage::SnapshotAnswer(_)
            | RaftMessage::ReadRequest { .. }
            | RaftMessage::ReadAnswer { .. } => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
        }
        Next::Stay
    }

    /// Counts an answer; a majority of all members is leave to stand.
    pub(super) fn count(
        &mut self,
        server: &Server,
        voter: NodeId,
        granted: bool,
        out: &mut Out,
    ) -> Next {
        let words = Words {
            denied: RaftRule::PreVoteDenied,
            counted: RaftRule::PreVoteCounted,
            won: RaftRule::PreVoteWon,
        };
        match self.votes.win(server, (voter, granted), words, out) {
            true => Next::Stand { transfer: false },
            false => Next::Stay,
        }
    }
}
