//! Keeping to a leader that lives: no vote is given against it (Raft thesis §4.2.3).

use super::Raft;
use super::message::RaftMessage;
use super::role::Role;
use super::rule::RaftRule;
use super::server::Out;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

impl Raft {
    /// Refuses a vote while a leader lives, without entering the candidate's term; says whether
    /// it did. A candidate that its leader told to stand is no disturbance.
    pub(super) fn keeps_to_leader(
        &self,
        now: Micros,
        from: NodeId,
        message: &RaftMessage,
        out: &mut Out,
    ) -> bool {
        let asks = matches!(
            message,
            RaftMessage::VoteRequest {
                transfer: false,
                ..
            }
        );
        let rule = if !asks {
            return false;
        } else if self.server.settings.check_quorum && self.knows_live_leader(now) {
            RaftRule::VoteRefusedLeaderLives
        } else if self.server.is_bound_by_lease(now) {
            RaftRule::VoteRefusedLeaseMayHold
        } else {
            return false;
        };
        out.why(rule, Facts::peer(from));
        let (term, granted) = (self.server.term, false);
        out.send(from, RaftMessage::VoteAnswer { term, granted });
        true
    }

    /// Whether it has heard from its leader within the shortest election timeout, or leads and is
    /// answered by a majority.
    fn knows_live_leader(&self, now: Micros) -> bool {
        match &self.role {
            Role::Follower(follower) => follower.hears_leader(&self.server, now),
            Role::PreCandidate(_) | Role::Candidate(_) => false,
            Role::Leader(leader) => leader.has_quorum(&self.server, now),
        }
    }
}
