//! The three roles, and every way from one to another (Raft figure 4).

use super::Raft;
use super::candidate::Candidate;
use super::follower::Follower;
use super::leader::Leader;
use super::message::RaftMessage;
use super::position::Term;
use super::rule::RaftRule;
use super::server::Out;
use super::timer::RaftTimer;
use crate::client::{Answer, Refusal};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::observation::{self, Observation, Reign};
use core::mem;

/// A role with what only that role knows (R1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Follower(Follower),
    Candidate(Candidate),
    Leader(Leader),
}

/// What a role's step leads to.
pub(super) enum Next {
    /// The role stays.
    Stay,
    /// A candidate has won.
    Lead,
    /// A candidate has lost to the leader that sent this, which is to be read as a follower.
    Follow(RaftMessage),
}

impl Raft {
    /// Enters a later term as a follower with a free vote, before anything else is done about
    /// the message that told of it (R5). `leader` is its sender, where that claims to lead.
    pub(super) fn enter_term(
        &mut self,
        term: Term,
        from: NodeId,
        leader: Option<NodeId>,
        out: &mut Out,
    ) {
        debug_assert!(term > self.server.term, "terms only rise");
        let rule = match self.role {
            Role::Follower(_) => RaftRule::TermAdopted,
            Role::Candidate(_) => RaftRule::CandidacyEnded,
            Role::Leader(_) => RaftRule::SteppedDown,
        };
        out.why(rule, Facts::peer(from).with_number(term.0));
        self.server.set_ballot(term, None, out);
        self.follow(leader, out);
    }

    /// Becomes a follower that has not heard from a leader yet. Calls that wait are told that
    /// their leader is gone, and of `hint`.
    pub(super) fn follow(&mut self, hint: Option<NodeId>, out: &mut Out) {
        let before = mem::replace(&mut self.role, Role::Follower(Follower::default()));
        self.observe_role(observation::Role::Follower, out);
        match before {
            // It believed in nobody.
            Role::Candidate(_) | Role::Follower(Follower { leader: None, .. }) => {}
            // Its leader led the term before.
            Role::Follower(_) => self.observe_leader(None, out),
            // A leader has had no patience running, and a follower needs one.
            Role::Leader(leader) => {
                self.observe_leader(None, out);
                out.disarm(RaftTimer::Heartbeat);
                self.server.arm_patience(out);
                abandon(leader, hint, out);
            }
        }
    }

    /// Starts an election (§5.2): a new term, its own vote, and patience for the outcome. It asks
    /// for votes when its own is stored.
    pub(super) fn stand(&mut self, rule: RaftRule, out: &mut Out) {
        let lost = self.server.term;
        let before = mem::replace(&mut self.role, Role::Candidate(Candidate::default()));
        match before {
            Role::Candidate(_) => out.observe(Observation::ElectionFailed(lost.mandate())),
            Role::Follower(_) => {}
            Role::Leader(_) => debug_assert!(false, "a leader calls no election"),
        }
        let term = lost.next();
        out.why(rule, Facts::number(term.0));
        self.server.set_ballot(term, Some(self.server.node), out);
        self.observe_role(observation::Role::Candidate, out);
        if !matches!(
            before,
            Role::Follower(Follower { leader: None, .. }) | Role::Candidate(_)
        ) {
            self.observe_leader(None, out);
        }
        out.observe(Observation::ElectionCalled(term.mandate()));
        self.server.arm_patience(out);
    }

    /// Becomes the leader of its term and asserts itself at once (R6).
    pub(super) fn lead(&mut self, out: &mut Out) {
        debug_assert!(
            matches!(self.role, Role::Candidate(_)),
            "leaders are elected"
        );
        let mut leader = Leader::new(&self.server);
        self.observe_role(observation::Role::Leader, out);
        self.observe_leader(Some(self.server.node), out);
        out.disarm(RaftTimer::Election);
        leader.heartbeat(&self.server, out);
        self.role = Role::Leader(leader);
    }

    /// Reports its role and term.
    pub(super) fn observe_role(&self, role: observation::Role, out: &mut Out) {
        let mandate = self.server.term.mandate();
        out.observe(Observation::Role { role, mandate });
    }

    /// Reports whom it believes to lead.
    pub(super) fn observe_leader(&self, leader: Option<NodeId>, out: &mut Out) {
        let mandate = self.server.term.mandate();
        out.observe(Observation::Follows(Reign { mandate, leader }));
    }
}

/// Tells the waiting clients that their leader leads no more.
fn abandon(leader: Leader, hint: Option<NodeId>, out: &mut Out) {
    let mut calls = leader.abandoned().peekable();
    if calls.peek().is_some() {
        out.why(RaftRule::CallsAbandoned, Facts::NONE);
    }
    for call in calls {
        let reason = Refusal::LostLeadership;
        let answer = Answer::Refused { reason, hint };
        out.push(Effect::Answer { call, answer });
    }
}
