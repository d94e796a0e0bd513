//! CheckQuorum: a leader that no majority answers leads nobody (Raft thesis §6.2).

use super::leader::Leader;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

impl Leader {
    /// Whether a majority of all voters, of both sets while there are two, answered within the
    /// longest election timeout. Whoever votes from now on, as the reign or a change begins, counts
    /// as if it had just answered.
    pub(super) fn has_quorum(&self, server: &Server, now: Micros) -> bool {
        let quorum = server.configuration().quorum();
        quorum.is_reached(|node| self.answers(server, node, now))
    }

    /// Whether it has to step down because it has no quorum any more.
    pub(super) fn lost_quorum(&self, server: &Server, now: Micros, out: &mut Out) -> bool {
        if !server.settings.check_quorum || self.has_quorum(server, now) {
            return false;
        }
        let facts = Facts::number(u64::from(self.answering(server, now)));
        out.why(
            RaftRule::QuorumLost,
            facts.with_of(u64::from(server.size())),
        );
        true
    }

    /// How many voters answered lately, itself among them where it votes.
    fn answering(&self, server: &Server, now: Micros) -> u32 {
        let voters = server.configuration().all_voters();
        voters
            .map(|node| u32::from(self.answers(server, node, now)))
            .sum()
    }

    /// Whether this server answered lately; it always answers itself.
    fn answers(&self, server: &Server, node: NodeId, now: Micros) -> bool {
        if node == server.node {
            return true;
        }
        let patience = server.settings.longest_patience();
        let progress = self.followers.get(&node);
        progress.is_some_and(|it| now.since(it.last_answer.unwrap_or(it.opened)) < patience)
    }
}
