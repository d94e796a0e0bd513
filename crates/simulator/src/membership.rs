//! Nodes that come and go, by themselves or by their leader's word.

use crate::choose::Choose;
use crate::happening::{Happening, IdleReason};
use crate::host::Host;
use crate::operator::Errand;
use crate::simulation::Simulation;
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{Control, Input, Membership, MembershipChange, NodeId, Protocol};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Attaches a node, and makes it a member.
    pub(crate) fn join(
        &mut self,
        node: NodeId,
        story: &mut Vec<Happening>,
    ) -> Result<(), IdleReason> {
        match P::membership(&self.settings) {
            Membership::Fixed => Err(IdleReason::FixedMembership),
            Membership::SelfDeclared if self.attach(node, story) => Ok(()),
            Membership::SelfDeclared => Err(IdleReason::AlreadySo),
            Membership::Managed => {
                let news = self.attach(node, story);
                // One that is attached may have been taken out, or wait to be taken in.
                let sent = self.send_operator(node, Errand::Join, story);
                (news || sent).then_some(()).ok_or(IdleReason::AlreadySo)
            }
        }
    }

    /// Lets a node go.
    pub(crate) fn leave(
        &mut self,
        node: NodeId,
        story: &mut Vec<Happening>,
    ) -> Result<(), IdleReason> {
        match P::membership(&self.settings) {
            Membership::Fixed => return Err(IdleReason::FixedMembership),
            Membership::SelfDeclared => self.depart(node, story),
            Membership::Managed if self.send_operator(node, Errand::Leave, story) => {}
            Membership::Managed => return Err(IdleReason::AlreadySo),
        }
        Ok(())
    }

    /// Asks the leader for a change of the members, once.
    pub(crate) fn change_membership(
        &mut self,
        change: &MembershipChange,
        story: &mut Vec<Happening>,
    ) -> Result<(), IdleReason> {
        if P::membership(&self.settings) != Membership::Managed {
            return Err(IdleReason::FixedMembership);
        }
        let leader = self.leader().ok_or(IdleReason::NoSuchNode)?;
        match change {
            MembershipChange::AddLearner(node) => {
                self.attach(*node, story);
            }
            MembershipChange::Promote(_) | MembershipChange::Remove(_) => {}
            MembershipChange::Replace { voters, learners } => {
                for node in voters.iter().chain(learners.iter()) {
                    self.attach(*node, story);
                }
            }
        }
        let wish = Control::ChangeMembership(change.clone());
        self.give(leader, Input::Control(wish), story);
        Ok(())
    }

    /// Boots a node that is not here; whether it was not.
    fn attach(&mut self, node: NodeId, story: &mut Vec<Happening>) -> bool {
        let settings = self.settings.clone();
        let world = &self.world;
        let fresh = || Host::new(node, world, settings);
        let absent = self.hosts.get_or_insert_with(node, fresh).power == Power::Absent;
        if absent {
            self.boot(node, story);
        }
        absent
    }

    /// Lets a node say good-bye, and switches it off.
    pub(crate) fn depart(&mut self, node: NodeId, story: &mut Vec<Happening>) {
        // Before it says good-bye: it stands down with that.
        self.count_loss(node);
        self.give(node, Input::Control(Control::Leave), story);
        self.halt(node, Power::Absent, story);
    }

    /// Counts a leader that is about to be gone.
    pub(crate) fn count_loss(&mut self, node: NodeId) {
        if self.hosts.get(node).is_some_and(Host::claims) {
            self.tally.leader_lost();
        }
    }

    /// Takes a node's power away, and what its disk had not stored.
    pub(crate) fn halt(&mut self, node: NodeId, power: Power, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get_mut(node) else {
            return;
        };
        let booted = host.is_booted();
        host.halt(power);
        let mut kept = Vec::new();
        if booted {
            host.disk
                .crash(&mut self.choose, node, |write| kept.push(write));
        }
        self.tell_power(node, story);
        self.tell_stored(node, kept, story);
    }
}
