//! A candidate: it has voted for itself and counts the votes of the others (Raft §5.2).

use super::message::RaftMessage;
use super::role::Next;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::votes::{Votes, Words};
use crate::explain::Facts;
use crate::node::NodeId;

/// What only a candidate knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Candidate {
    /// The tally, its own vote in it once that is stored.
    pub(super) votes: Votes,
    /// Whether its own vote is stored, so that it has asked for the others.
    asked: bool,
    /// Whether its leader told it to stand (thesis §3.10).
    transfer: bool,
}

impl Candidate {
    /// A candidate that has asked nobody yet.
    pub(super) fn new(transfer: bool) -> Self {
        Self {
            transfer,
            ..Self::default()
        }
    }

    /// Takes one message of the current term.
    pub(super) fn step(
        &mut self,
        server: &mut Server,
        from: NodeId,
        message: RaftMessage,
        out: &mut Out,
    ) -> Next {
        match message {
            // Somebody else has won this term: follow, and read the message as a follower.
            RaftMessage::Append(_) | RaftMessage::Snapshot(_) | RaftMessage::TimeoutNow { .. } => {
                out.why(RaftRule::ElectionLost, Facts::peer(from));
                return Next::Follow(Some(message));
            }
            // Its own vote went to itself.
            RaftMessage::VoteRequest { last, .. } => {
                server.consider_vote(from, last, out);
            }
            // It knows of no leader, and a pre-vote takes nothing from its own election.
            RaftMessage::PreVoteRequest { term, round, last } => {
                server.consider_pre_vote(from, (term, round), last, false, out);
            }
            // An answer to what it has not asked yet cannot be meant for this candidacy.
            RaftMessage::VoteAnswer { .. } if !self.asked => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
            // Every voter counts once, however often it answers.
            RaftMessage::VoteAnswer { granted, .. } => {
                return self.count(server, from, granted, out);
            }
            // A candidate has sent no entries in this term, and is past asking first.
            RaftMessage::AppendAnswer(_)
            | RaftMessage::SnapshotAnswer(_)
            | RaftMessage::PreVoteAnswer { .. }
            | RaftMessage::ReadRequest { .. }
            | RaftMessage::ReadAnswer { .. } => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
        }
        Next::Stay
    }

    /// Its own vote is stored: counts it, and asks all others at once (R3).
    pub(super) fn own_vote_stored(&mut self, server: &Server, out: &mut Out) -> Next {
        self.asked = true;
        let request = RaftMessage::VoteRequest {
            term: server.term,
            last: server.log.last(),
            transfer: self.transfer,
        };
        for peer in server.other_voters() {
            out.send(peer, request.clone());
        }
        self.count(server, server.node, true, out)
    }

    fn count(&mut self, server: &Server, voter: NodeId, granted: bool, out: &mut Out) -> Next {
        let words = Words {
            denied: RaftRule::VoteDenied,
            counted: RaftRule::VoteCounted,
            won: RaftRule::ElectionWon,
        };
        match self.votes.win(server, (voter, granted), words, out) {
            true => Next::Lead,
            false => Next::Stay,
        }
    }
}
