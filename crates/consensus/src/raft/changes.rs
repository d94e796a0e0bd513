//! Changing the members of a running cluster: one change at a time, led through the log (Raft §6,
//! thesis §4).

use super::configuration::{Configuration, in_order, list_without};
use super::leader::Leader;
use super::log::EntryContent;
use super::message::RaftMessage;
use super::mutant::Mutant;
use super::next_configuration::{Refused, replaced, with_learner, without};
use super::position::LogIndex;
use super::progress::Progress;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::input::MembershipChange;
use crate::node::NodeId;
use crate::time::Micros;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::{iter, mem};
use litemap::LiteMap;

/// One round in which a learner catches up: with what the log held when the round began (thesis
/// §4.2.1). It has caught up when a round took less than the shortest election timeout: for no
/// longer would it then hold up a commit as a voter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct CatchUp {
    goal: LogIndex,
    since: Micros,
}

/// What a leader has yet to do about its members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Changes {
    /// The learners that are to get a vote when they have caught up.
    promotions: LiteMap<NodeId, CatchUp>,
    /// Those who were taken out by a configuration that is not committed yet.
    leaving: Vec<(NodeId, Progress)>,
}

impl Changes {
    /// How many members it keeps a book on.
    pub(super) fn bookkeeping(&self) -> u64 {
        (self.promotions.len() + self.leaving.len()) as u64
    }
}

impl Leader {
    /// Begins the change that an operator asks for, or says why not.
    pub(super) fn change_members(
        &mut self,
        server: &mut Server,
        now: Micros,
        change: MembershipChange,
        out: &mut Out,
    ) {
        let target = match change {
            MembershipChange::Promote(node) => {
                self.promise_a_vote(server, now, node, out);
                return;
            }
            MembershipChange::AddLearner(node) => with_learner(server.configuration(), node),
            MembershipChange::Remove(node) => without(server.configuration(), node),
            MembershipChange::Replace { voters, learners } => replaced(server, &voters, &learners),
        };
        match target.and_then(|it| self.may_change(server).map(|()| it)) {
            Ok(target) => {
                out.why(target.rule, target.facts);
                self.change_to(server, now, target.configuration, out);
            }
            Err(Refused { rule, facts }) => {
                out.why(rule, facts);
                self.make_ready_to_change(server, now, rule, out);
            }
        }
    }

    /// Notes that a learner is to get a vote as soon as it has caught up.
    fn promise_a_vote(&mut self, server: &Server, now: Micros, node: NodeId, out: &mut Out) {
        let facts = Facts::peer(node);
        if !server.configuration().is_learner(node) {
            out.why(RaftRule::ChangeRefusedNoLearner, facts);
            return;
        }
        out.why(RaftRule::PromotionWaits, facts);
        // Who asks again does not make it wait anew.
        if self.changes.promotions.get(&node).is_none() {
            let goal = server.log.last_index();
            self.changes
                .promotions
                .insert(node, CatchUp { goal, since: now });
        }
    }

    /// Whether the log may take another configuration now.
    fn may_change(&self, server: &Server) -> Result<(), Refused> {
        let rule = if server.log.term_at(server.commit) != Some(server.term) {
            // A change that an earlier leader began and nobody here knows of might come back.
            RaftRule::ChangeRefusedTooEarly
        } else if server.membership.is_changing(server.commit) {
            // Majorities before the first and after the second need not meet.
            RaftRule::ChangeRefusedUnderWay
        } else if self.transfer.is_some() {
            // The log has to stand still.
            RaftRule::ChangeRefusedHandingOver
        } else {
            return Ok(());
        };
        Err(Refused {
            rule,
            facts: Facts::NONE,
        })
    }

    /// Begins what a change has to wait for, where no client would.
    fn make_ready_to_change(
        &mut self,
        server: &mut Server,
        now: Micros,
        rule: RaftRule,
        out: &mut Out,
    ) {
        let own = server.log.last().term == server.term;
        if rule == RaftRule::ChangeRefusedTooEarly && !own {
            self.append_no_op(server, now, out);
        }
    }

    /// Appends a configuration, which is in force from here on, for this server and for everyone
    /// who takes it over (§6).
    fn change_to(
        &mut self,
        server: &mut Server,
        now: Micros,
        configuration: Configuration,
        out: &mut Out,
    ) {
        // Whoever leaves is not sent the entry: it would adopt it and be of no help to the others
        // if it were lost. It is told when that is impossible.
        let gone = self.followers.keys().copied();
        let gone: Vec<NodeId> = gone
            .filter(|node| !configuration.is_member(*node))
            .collect();
        for node in gone {
            if let Some(progress) = self.followers.remove(&node) {
                self.changes.leaving.push((node, progress));
            }
        }
        let content = EntryContent::Membership(Arc::new(configuration));
        let entry = self.entry(server, now, content);
        self.append(server, iter::once(entry).collect(), out);
        let come: Vec<NodeId> = server.peers().collect();
        for node in come {
            if self.followers.get(&node).is_none() {
                self.follow_member(server, now, node);
                self.probe(server, node, out);
            }
        }
        let learns = |node: &NodeId| server.configuration().is_learner(*node);
        self.changes.promotions.retain(|node, _| learns(node));
    }

    /// Goes on with what a commit or an answer makes possible. True when this server is to lead no
    /// more, because it is not a member any more.
    pub(super) fn go_on_changing(
        &mut self,
        server: &mut Server,
        now: Micros,
        out: &mut Out,
    ) -> bool {
        let committed = server.membership.since() <= server.commit;
        let joint = server.configuration().is_joint();
        if committed {
            self.take_leave(server, out);
            if !server.configuration().is_voter(server.node) {
                out.why(RaftRule::LeaderRemoved, Facts::NONE);
                self.name_successor(server, out);
                return true;
            }
        }
        if joint
            && self.transfer.is_none()
            && (committed || server.settings.breaks(Mutant::JointLeftEarly))
        {
            out.why(RaftRule::JointLeft, Facts::NONE);
            let configuration = Configuration {
                outgoing: Arc::default(),
                ..server.configuration().clone()
            };
            self.change_to(server, now, configuration, out);
        } else if !self.changes.promotions.is_empty() {
            self.promote_who_caught_up(server, now, out);
        }
        false
    }

    /// Tells those who were taken out, now that nothing can bring them back: once, and perhaps in
    /// vain.
    fn take_leave(&mut self, server: &Server, out: &mut Out) {
        for (node, progress) in mem::take(&mut self.changes.leaving) {
            self.followers.insert(node, progress);
            self.feed(server, node, out);
            self.forget_member(node);
        }
    }

    /// A leader that was taken out tells a voter that has its whole log to stand at once, so that
    /// nobody has to lose patience first.
    fn name_successor(&self, server: &Server, out: &mut Out) {
        let last = server.log.last_index();
        let whole = |node: &NodeId| {
            self.followers
                .get(node)
                .is_some_and(|it| it.matched == last)
        };
        let term = server.term;
        if let Some(successor) = server.other_voters().find(whole) {
            out.send(successor, RaftMessage::TimeoutNow { term });
        }
    }

    /// Gives a vote to the first learner that is to have one and has caught up.
    fn promote_who_caught_up(&mut self, server: &mut Server, now: Micros, out: &mut Out) {
        let (last, least) = (
            server.log.last_index(),
            server.settings.election_timeout_least,
        );
        let mut ready = None;
        for (node, round) in &mut self.changes.promotions {
            let matched = self.followers.get(node).map(|it| it.matched);
            if matched < Some(round.goal) {
                continue;
            }
            if now.since(round.since) < least {
                ready = Some(*node);
                break;
            }
            *round = CatchUp {
                goal: last,
                since: now,
            };
        }
        let Some(node) = ready else {
            return;
        };
        if let Err(refused) = self.may_change(server) {
            self.make_ready_to_change(server, now, refused.rule, out);
            return;
        }
        out.why(RaftRule::LearnerPromoted, Facts::peer(node));
        let before = server.configuration();
        let configuration = Configuration {
            voters: in_order(before.voters.iter().copied().chain([node])),
            learners: list_without(&before.learners, node),
            ..Configuration::default()
        };
        self.change_to(server, now, configuration, out);
    }

    /// Says what it leaves undone when it leads no more: whoever leads next does not know of it.
    pub(super) fn abandon_promotions(&self, out: &mut Out) {
        for node in self.changes.promotions.keys() {
            out.why(RaftRule::PromotionAbandoned, Facts::peer(*node));
        }
    }
}
