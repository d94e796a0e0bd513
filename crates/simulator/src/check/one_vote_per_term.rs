//! One vote per term (Raft §5.2, figure 2): a server votes once in a term, and what its disk holds
//! never takes that back.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{NodeId, Observation, WriteSummary};
use litemap::LiteMap;

/// Each server's latest vote: its term, and who got it.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct OneVotePerTerm {
    votes: LiteMap<NodeId, (u64, NodeId)>,
}

impl OneVotePerTerm {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        let (voter, term, candidate) = match *sight {
            Sight::Observed(voter, &Observation::Voted { term, candidate }) => {
                (voter, term, Some(candidate))
            }
            Sight::Stored(voter, &WriteSummary::Ballot { term, vote }) => (voter, term, vote),
            _ => return None,
        };
        let before = self.votes.get(&voter).copied();
        if let Some((_, first)) = before.filter(|(voted, _)| *voted == term)
            && candidate != Some(first)
        {
            return Some(Conflict {
                property: Property::OneVotePerTerm,
                nodes: vec![voter],
                place: term,
            });
        }
        if let Some(candidate) = candidate
            && before.is_none_or(|(voted, _)| voted < term)
        {
            self.votes.insert(voter, (term, candidate));
        }
        None
    }
}
