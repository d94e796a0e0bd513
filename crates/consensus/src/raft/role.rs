//! The four roles, and every way from one to another (Raft figure 4; thesis §9.6).

use super::Raft;
use super::candidate::Candidate;
use super::follower::Follower;
use super::leader::Leader;
use super::message::RaftMessage;
use super::position::{LogIndex, Term};
use super::pre_candidate::PreCandidate;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::timer::RaftTimer;
use crate::client::{Answer, Refusal};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::observation::{self, Observation, Reign};
use crate::time::Micros;
use core::mem;

/// A role with what only that role knows (R1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Follower(Follower),
    PreCandidate(PreCandidate),
    Candidate(Candidate),
    Leader(Leader),
}

/// What a role's step leads to.
pub(super) enum Next {
    /// The role stays.
    Stay,
    /// A candidate has won.
    Lead,
    /// It calls an election: it would win one, or its leader told it to.
    Stand {
        /// Whether its leader told it to.
        transfer: bool,
    },
    /// A candidate or pre-candidate follows again, and reads this as a follower, where there is
    /// something left to read.
    Follow(Option<RaftMessage>),
    /// A pre-candidate has learned of this later term.
    Enter(Term),
}

/// Why a server seeks votes, in words: for an election, and for the question that goes before it.
#[derive(Clone, Copy)]
pub(super) struct Occasion {
    election: RaftRule,
    pre_vote: RaftRule,
}

impl Occasion {
    /// Its patience with the leader has ended.
    pub(super) const SILENCE: Self = Self {
        election: RaftRule::ElectionStarted,
        pre_vote: RaftRule::PreVoteStarted,
    };
    /// Its patience with the voters has ended.
    pub(super) const NO_MAJORITY: Self = Self {
        election: RaftRule::ElectionRepeated,
        pre_vote: RaftRule::PreVoteRepeated,
    };
    /// An operator ends its patience.
    pub(super) const FORCED: Self = Self {
        election: RaftRule::ElectionForced,
        pre_vote: RaftRule::PreVoteForced,
    };
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
            Role::PreCandidate(_) | Role::Candidate(_) => RaftRule::CandidacyEnded,
            Role::Leader(_) => RaftRule::SteppedDown,
        };
        out.why(rule, Facts::peer(from).with_number(term.0));
        self.server.set_ballot(term, None, out);
        self.follow(leader, LogIndex::ZERO, out);
    }

    /// Follows again in the term that it is in, and keeps what is known of that term's leader's
    /// log.
    pub(super) fn step_back(&mut self, hint: Option<NodeId>, out: &mut Out) {
        self.follow(hint, self.matched(), out);
    }

    /// Up to where its log is that of its term's leader.
    fn matched(&self) -> LogIndex {
        match &self.role {
            Role::Follower(follower) => follower.matched,
            Role::PreCandidate(candidate) => candidate.matched,
            // It has followed nobody in the term of its candidacy.
            Role::Candidate(_) => LogIndex::ZERO,
            Role::Leader(_) => self.server.log.last_index(),
        }
    }

    /// Becomes a follower that has not heard from a leader yet. Calls that wait are told that
    /// their leader is gone, and of `hint`.
    fn follow(&mut self, hint: Option<NodeId>, matched: LogIndex, out: &mut Out) {
        let follower = Role::Follower(Follower::new(matched));
        let before = mem::replace(&mut self.role, follower);
        self.observe_role(observation::Role::Follower, out);
        self.server.give_up_reads(hint, out);
        match before {
            // It believed in nobody.
            Role::PreCandidate(_)
            | Role::Candidate(_)
            | Role::Follower(Follower { leader: None, .. }) => {}
            // Its leader led the term before.
            Role::Follower(_) => self.observe_leader(None, out),
            // A leader has had no patience running, and a follower needs one.
            Role::Leader(leader) => {
                self.observe_leader(None, out);
                out.disarm(RaftTimer::Heartbeat);
                self.server.arm_patience(out);
                leader.abandon_promotions(out);
                abandon(&mut self.server, hint, out);
            }
        }
    }

    /// Its patience has ended: it calls an election, or asks first whether it could win one.
    pub(super) fn seek_votes(&mut self, now: Micros, occasion: Occasion, out: &mut Out) {
        if self.server.puts_election_off(now, out) {
            return;
        }
        if !self.server.may_stand() {
            self.wait_for_a_vote(out);
        } else if self.server.snapshots.installs() {
            out.why(RaftRule::SnapshotBeforeElection, Facts::NONE);
            self.server.arm_patience(out);
        } else if self.server.settings.pre_vote {
            self.ask_first(occasion.pre_vote, out);
        } else {
            self.stand(occasion.election, false, out);
        }
    }

    /// A server without a vote stands for nothing: it believes in nobody until a leader is heard
    /// from. It needs no patience either: only a leader can give it a vote.
    fn wait_for_a_vote(&mut self, out: &mut Out) {
        out.why(RaftRule::WaitsForAVote, Facts::NONE);
        if let Role::Follower(follower) = &mut self.role {
            self.server.give_up_reads(None, out);
            if follower.leader.take().is_some() {
                self.observe_leader(None, out);
            }
        } else {
            self.step_back(None, out);
        }
    }

    /// Asks who would vote for it (thesis §9.6), and has patience for the answers. Nothing else
    /// changes: neither its term nor its vote.
    fn ask_first(&mut self, rule: RaftRule, out: &mut Out) {
        self.observe_failure(out);
        out.why(rule, Facts::NONE);
        self.server.give_up_reads(None, out);
        let matched = self.matched();
        let mut asking = PreCandidate::ask(&mut self.server, matched, out);
        // Its own pre-vote is a majority where it is alone.
        let next = asking.count(&self.server, self.server.node, true, out);
        let before = mem::replace(&mut self.role, Role::PreCandidate(asking));
        if let Role::Follower(follower) = before {
            self.observe_role(observation::Role::Candidate, out);
            if follower.leader.is_some() {
                self.observe_leader(None, out);
            }
        }
        self.server.arm_patience(out);
        if let Next::Stand { transfer } = next {
            self.stand(RaftRule::ElectionStarted, transfer, out);
        }
    }

    /// Starts an election (§5.2): a new term, its own vote, and patience for the outcome. It asks
    /// for votes when its own is stored. `transfer` says whether its leader told it to stand.
    pub(super) fn stand(&mut self, rule: RaftRule, transfer: bool, out: &mut Out) {
        debug_assert!(!matches!(self.role, Role::Leader(_)), "a leader leads");
        self.observe_failure(out);
        let term = self.server.term.next();
        out.why(rule, Facts::number(term.0));
        self.server.give_up_reads(None, out);
        self.server.set_ballot(term, Some(self.server.node), out);
        let candidate = Role::Candidate(Candidate::new(transfer));
        let before = mem::replace(&mut self.role, candidate);
        self.observe_role(observation::Role::Candidate, out);
        if let Role::Follower(Follower {
            leader: Some(_), ..
        }) = before
        {
            self.observe_leader(None, out);
        }
        out.observe(Observation::ElectionCalled(term.mandate()));
        self.server.arm_patience(out);
    }

    /// Reports that its election found no winner, where it has called one.
    fn observe_failure(&self, out: &mut Out) {
        if let Role::Candidate(_) = self.role {
            let mandate = self.server.term.mandate();
            out.observe(Observation::ElectionFailed(mandate));
        }
    }

    /// Becomes the leader of its term and asserts itself at once (R6).
    pub(super) fn lead(&mut self, now: Micros, out: &mut Out) {
        debug_assert!(
            matches!(self.role, Role::Candidate(_)),
            "leaders are elected"
        );
        let mut leader = Leader::new(&self.server, now);
        self.observe_role(observation::Role::Leader, out);
        self.observe_leader(Some(self.server.node), out);
        out.disarm(RaftTimer::Election);
        leader.begin(&mut self.server, now, out);
        leader.heartbeat(&self.server, now, out);
        self.role = Role::Leader(leader);
    }

    /// Goes on with a change of the members as far as the step that ends here made it possible.
    pub(super) fn go_on_changing(&mut self, now: Micros, out: &mut Out) {
        if let Role::Leader(leader) = &mut self.role
            && leader.go_on_changing(&mut self.server, now, out)
        {
            self.step_back(None, out);
        }
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
fn abandon(server: &mut Server, hint: Option<NodeId>, out: &mut Out) {
    let mut calls = server.calls.abandon().peekable();
    if calls.peek().is_some() {
        out.why(RaftRule::CallsAbandoned, Facts::NONE);
    }
    for call in calls {
        let reason = Refusal::LostLeadership;
        let answer = Answer::Refused { reason, hint };
        out.push(Effect::Answer { call, answer });
    }
}
