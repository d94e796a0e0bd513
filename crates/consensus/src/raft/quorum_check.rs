//! CheckQuorum: a leader that no majority answers leads nobody (Raft thesis §6.2).

use super::leader::Leader;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::votes::majority;
use crate::explain::Facts;
use crate::time::Micros;

impl Leader {
    /// Whether a majority of all members, itself among them, answered within the longest election
    /// timeout. Its election counts as an answer of everybody.
    pub(super) fn has_quorum(&self, server: &Server, now: Micros) -> bool {
        self.answering(server, now) >= majority(server.size())
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

    /// How many servers answered lately, itself among them.
    fn answering(&self, server: &Server, now: Micros) -> u32 {
        let patience = server.settings.longest_patience();
        let answers = self.followers.values();
        let last = answers.map(|progress| progress.last_answer.unwrap_or(self.since));
        1 + last
            .map(|at| u32::from(now.since(at) < patience))
            .sum::<u32>()
    }
}
