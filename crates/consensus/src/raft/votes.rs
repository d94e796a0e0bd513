//! The tally of an election.

use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::inspection::VoteView;
use crate::node::NodeId;
use alloc::vec::Vec;
use litemap::LiteMap;

/// How many of `members` make a majority: more than half of *all* of them, reachable or not (R4).
#[must_use]
pub const fn majority(members: u32) -> u32 {
    members / 2 + 1
}

/// The rules by which an election tells how it goes.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// A voter said no.
    pub(super) denied: RaftRule,
    /// A yes that makes no quorum yet.
    pub(super) counted: RaftRule,
    /// The yes that makes one.
    pub(super) won: RaftRule,
}

/// What the voters answered to one candidate in one term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Votes {
    /// True for a yes. A voter without an answer is not in it.
    answers: LiteMap<NodeId, bool>,
}

impl Votes {
    /// Counts an answer, and says whether it is the one that makes a quorum of the voters (R4).
    pub(super) fn win(
        &mut self,
        server: &Server,
        (voter, granted): (NodeId, bool),
        words: Words,
        out: &mut Out,
    ) -> bool {
        let facts = Facts::peer(voter);
        // What decides is asked of voters alone.
        if !server.configuration().is_voter(voter) {
            out.why(RaftRule::AnswerUnneeded, facts);
            return false;
        }
        if !self.record(voter, granted) {
            let rule = match granted {
                true => RaftRule::AnswerUnneeded,
                false => words.denied,
            };
            out.why(rule, facts);
            return false;
        }
        let facts = facts
            .with_number(u64::from(self.granted()))
            .with_of(u64::from(server.size()));
        let quorum = server.quorum(|| self.count());
        let won = quorum.is_reached(|voter| self.has(voter));
        out.why(if won { words.won } else { words.counted }, facts);
        won
    }

    /// Notes an answer, and says whether it is a yes that was not counted before.
    ///
    /// A yes stands: a no that comes after it answers an older request.
    pub(super) fn record(&mut self, voter: NodeId, granted: bool) -> bool {
        let before = self.answers.get(&voter).copied().unwrap_or(false);
        self.answers.insert(voter, before || granted);
        granted && !before
    }

    /// How many said yes.
    pub(super) fn granted(&self) -> u32 {
        self.answers.values().map(|yes| u32::from(*yes)).sum()
    }

    /// Whether this voter said yes.
    pub(super) fn has(&self, voter: NodeId) -> bool {
        self.answers.get(&voter) == Some(&true)
    }

    /// How many answered.
    pub(super) fn count(&self) -> u32 {
        self.answers.values().map(|_| 1).sum()
    }

    /// The tally in the order of `voters`.
    pub(super) fn view(&self, voters: impl Iterator<Item = NodeId>) -> Vec<VoteView> {
        let view = |voter| VoteView {
            voter,
            granted: self.answers.get(&voter).copied(),
        };
        voters.map(view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_majority_is_more_than_half_of_all() {
        let wins: Vec<u32> = (1..=7).map(majority).collect();
        assert_eq!(wins, [1, 2, 2, 3, 3, 4, 4]);
    }

    #[test]
    fn a_voter_counts_once_and_a_yes_stands() {
        let mut votes = Votes::default();
        assert!(!votes.record(NodeId(1), false));
        assert!(votes.record(NodeId(1), true));
        assert!(!votes.record(NodeId(1), true));
        assert!(!votes.record(NodeId(1), false));
        assert_eq!(votes.granted(), 1);
    }
}
