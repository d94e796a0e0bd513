//! The tally of an election.

use crate::inspection::VoteView;
use crate::node::NodeId;
use alloc::vec::Vec;
use litemap::LiteMap;

/// How many of `members` make a majority: more than half of *all* of them, reachable or not (R4).
#[must_use]
pub const fn majority(members: u32) -> u32 {
    members / 2 + 1
}

/// What the voters answered to one candidate in one term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Votes {
    /// True for a yes. A voter without an answer is not in it.
    answers: LiteMap<NodeId, bool>,
}

impl Votes {
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
