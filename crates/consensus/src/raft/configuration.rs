//! Who is in the cluster, and who of them decides (Raft §6).

use super::quorum::Quorum;
use crate::node::NodeId;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The members of a cluster. Each list is in order and without doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Configuration {
    /// Those who vote. While a joint change runs, the new set.
    pub voters: Arc<[NodeId]>,
    /// While a joint change runs, the old set of voters; empty otherwise.
    pub outgoing: Arc<[NodeId]>,
    /// Those who get the log and decide nothing. While a joint change runs, the new set: one that
    /// votes in the old set may be among them already.
    pub learners: Arc<[NodeId]>,
}

impl Configuration {
    /// One set of voters, in any order, and nobody else.
    #[must_use]
    pub fn of_voters(voters: impl IntoIterator<Item = NodeId>) -> Self {
        Self {
            voters: in_order(voters),
            ..Self::default()
        }
    }

    /// Whether a joint change runs: two sets of voters decide together.
    #[must_use]
    pub fn is_joint(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// Whether this node votes, in either set.
    #[must_use]
    pub fn is_voter(&self, node: NodeId) -> bool {
        holds(&self.voters, node) || holds(&self.outgoing, node)
    }

    /// Whether this node is in it at all.
    #[must_use]
    pub fn is_member(&self, node: NodeId) -> bool {
        self.is_voter(node) || holds(&self.learners, node)
    }

    /// Whether this node gets the log and has no vote.
    #[must_use]
    pub fn is_learner(&self, node: NodeId) -> bool {
        holds(&self.learners, node) && !self.is_voter(node)
    }

    /// Those who vote in either set, each once: the new set, then those who are only in the old.
    pub fn all_voters(&self) -> impl Iterator<Item = NodeId> + '_ {
        let outgoing = self.outgoing.iter().copied();
        let only_old = outgoing.filter(|node| !holds(&self.voters, *node));
        self.voters.iter().copied().chain(only_old)
    }

    /// Everyone in it, each once: those who vote, then those who do not.
    pub fn members(&self) -> impl Iterator<Item = NodeId> + '_ {
        let learners = self.learners.iter().copied();
        self.all_voters()
            .chain(learners.filter(|node| !self.is_voter(*node)))
    }

    /// How many vote, in either set.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.all_voters().map(|_| 1).sum()
    }

    /// Who has to agree: a majority of the voters, and of the old ones, too, while there are any.
    pub(super) fn quorum(&self) -> Quorum<'_> {
        Quorum::of(&self.voters, &self.outgoing)
    }

    /// Whether some correct server could have made it.
    pub(in crate::raft) fn is_plausible(&self) -> bool {
        let sorted = |list: &[NodeId]| list.is_sorted_by(|one, next| one < next);
        let learns_only = |node: &NodeId| !holds(&self.voters, *node);
        !self.voters.is_empty()
            && [&self.voters, &self.outgoing, &self.learners]
                .iter()
                .all(|list| sorted(list))
            && self.learners.iter().all(learns_only)
    }
}

/// Nodes in order, each once.
pub(super) fn in_order(nodes: impl IntoIterator<Item = NodeId>) -> Arc<[NodeId]> {
    let mut list = Vec::new();
    for node in nodes {
        if let Err(place) = list.binary_search(&node) {
            list.insert(place, node);
        }
    }
    list.into()
}

/// Whether a node stands in a list that is in order.
pub(super) fn holds(list: &[NodeId], node: NodeId) -> bool {
    list.binary_search(&node).is_ok()
}

/// A list that is in order, without this node.
pub(super) fn list_without(list: &[NodeId], node: NodeId) -> Arc<[NodeId]> {
    let others = list.iter().copied().filter(|other| *other != node);
    others.collect()
}
