//! Who is in the cluster, and who of them decides (Raft §6).

use super::quorum::Quorum;
use crate::node::NodeId;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The members of a cluster. Each list is in order and without doubles.
///
/// # Changing the members
///
/// Who votes is itself an entry of the log ([`super::EntryContent::Membership`], §6), and each
/// server goes by the last one that it has, committed or not; where the log is cut back, the one
/// before is in force again. Before the first such entry it is [`crate::Boot::members`] that
/// count, so all servers of a new cluster must be given the same ones: nothing could tell two
/// clusters of one name apart. A server that is added later is given none. It waits to hear from a
/// leader, whoever that is, and calls no election until its log says that it votes
/// (`WaitsForAVote`).
///
/// *One server at a time* (thesis §4.1). A newcomer gets the log as a learner first
/// ([`MembershipChange::AddLearner`]) and its vote when a round of catching up took less than an
/// election timeout ([`MembershipChange::Promote`]); until then it would hold up every commit. Any
/// majority of n voters and any of n + 1 share a server, so one more or one less is safe, if a
/// leader has no second change under way and has committed an entry of its own term
/// (`ChangeRefusedTooEarly`): otherwise a change that an earlier leader began could come back.
///
/// *All at once* ([`MembershipChange::Replace`], §6). The old and the new voters decide together
/// first, by a majority of each ([`Configuration::outgoing`]); when that is committed, whoever
/// leads goes over to the new ones alone (`JointLeft`). New voters hold up commits while they
/// catch up, so they are better learners before.
///
/// *Leaving* ([`MembershipChange::Remove`]). From the entry on, the removed server counts no more
/// and gets nothing more; it is sent the entry once it is committed, so that it knows. A leader
/// that removes itself leads until then, without counting itself, and has a successor stand at
/// once (`LeaderRemoved`). A server that missed the news will time out. With CheckQuorum nobody
/// who hears the leader listens, and with PreVote it does not even raise its term; the paper's
/// preset has neither, and there such a server can unseat a leader, though never win (§6 asks of
/// servers what CheckQuorum does here). A removed server may stand while it does not know its
/// removal to be committed: its log may be the one that is needed (thesis §4.2.2).
///
/// Whoever asks is listened to, member or not: it may be one by an entry that is still on its way.
/// Answers count only if they come from members, and only in the session in which they were asked
/// for ([`super::ReplicationSession`]): a server that was removed and added again starts from
/// nothing. It has to come back with its disk: where that is lost, so are the votes that it gave,
/// and it must come back under another name.
///
/// [`MembershipChange::AddLearner`]: crate::MembershipChange::AddLearner
/// [`MembershipChange::Promote`]: crate::MembershipChange::Promote
/// [`MembershipChange::Replace`]: crate::MembershipChange::Replace
/// [`MembershipChange::Remove`]: crate::MembershipChange::Remove
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
