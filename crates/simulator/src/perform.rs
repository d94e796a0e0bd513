//! Carrying out what the script does.

use crate::action::{Action, Target};
use crate::choose::Choose;
use crate::happening::{Happening, IdleReason, What};
use crate::host::Host;
use crate::register::Ask;
use crate::simulation::Simulation;
use crate::view::Power;
use crate::world::SpanRange;
use alloc::vec::Vec;
use consensus::{ClientId, Control, Input, NodeId, Protocol};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Carries out an action of the script and tells what came of it.
    pub(crate) fn perform(&mut self, action: Action, story: &mut Vec<Happening>) {
        self.fold(&action);
        let place = story.len();
        match self.attempt(&action, story) {
            Ok(()) => {
                let told = Happening {
                    at: self.now,
                    event: self.events,
                    what: What::Acted(action),
                };
                story.insert(place, told);
            }
            Err(reason) => self.tell(story, What::Idle { action, reason }),
        }
    }

    fn attempt(&mut self, action: &Action, story: &mut Vec<Happening>) -> Result<(), IdleReason> {
        match action {
            Action::Stop(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.count_loss(node);
                self.halt(node, Power::Stopped, story);
            }
            Action::Start(target) => {
                let node = self.one_that_is(*target, Power::Stopped)?;
                self.boot(node, story);
            }
            Action::TimeOut(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.give(node, Input::Control(Control::TimeOut), story);
            }
            Action::Join(node) => self.join(*node, story)?,
            Action::Leave(target) => self.leave(*target, story)?,
            Action::Cut(sides) => self.network.cut(sides.clone(), self.now),
            Action::Heal if self.network.is_cut() => self.network.heal(),
            Action::Heal => return Err(IdleReason::AlreadySo),
            Action::Loss(share) => self.network.loss = *share,
            Action::Delay { least, most } => {
                self.network.delay = SpanRange {
                    least: *least,
                    most: *most,
                };
            }
            Action::Write {
                client,
                key,
                value,
                to,
            } => {
                let ask = Ask::Write {
                    key: *key,
                    value: *value,
                };
                return self.ask(ClientId(*client), ask, *to, story);
            }
            Action::Read { client, key, to } => {
                return self.ask(ClientId(*client), Ask::Read { key: *key }, *to, story);
            }
        }
        self.disturb();
        Ok(())
    }

    /// Something befell the network or a node: the checks that need quiet wait for it anew.
    pub(crate) fn disturb(&mut self) {
        let network = &self.network;
        let slow = network.delay.most > self.world.quiet_delay;
        let rough = network.is_cut() || network.loss.0 > 0 || slow;
        let patience = self.world.quiet + self.world.quiet_per_node * self.hosts.len() as u64;
        self.watch.disturb((!rough).then_some(self.now + patience));
    }

    fn one_that_is(&self, target: Target, power: Power) -> Result<NodeId, IdleReason> {
        let node = match target {
            Target::Node(node) => node,
            Target::Leader => self.leader().ok_or(IdleReason::NoSuchNode)?,
        };
        let host = self.hosts.get(&node).ok_or(IdleReason::NoSuchNode)?;
        if host.power == power {
            Ok(node)
        } else {
            Err(IdleReason::AlreadySo)
        }
    }

    /// Whoever claims to lead under the latest mandate.
    fn leader(&self) -> Option<NodeId> {
        let claims = self.hosts.values().filter(|host| host.claims());
        let latest = claims.max_by_key(|host| (host.reported.mandate, host.id))?;
        Some(latest.id)
    }

    fn count_loss(&mut self, node: NodeId) {
        if self.hosts.get(&node).is_some_and(Host::claims) {
            self.tally.leader_lost();
        }
    }

    fn halt(&mut self, node: NodeId, power: Power, story: &mut Vec<Happening>) {
        if let Some(host) = self.hosts.get_mut(&node) {
            host.halt(power);
            self.tell(story, What::Power(node, power));
        }
    }

    fn join(&mut self, node: NodeId, story: &mut Vec<Happening>) -> Result<(), IdleReason> {
        if !P::DYNAMIC_MEMBERSHIP {
            return Err(IdleReason::FixedMembership);
        }
        let settings = self.settings.clone();
        let members = (0..self.world.nodes).map(NodeId).collect();
        let fresh = || Host::new(node, members, settings);
        if self.hosts.entry(node).or_insert_with(fresh).power != Power::Absent {
            return Err(IdleReason::AlreadySo);
        }
        self.boot(node, story);
        Ok(())
    }

    fn leave(&mut self, target: Target, story: &mut Vec<Happening>) -> Result<(), IdleReason> {
        if !P::DYNAMIC_MEMBERSHIP {
            return Err(IdleReason::FixedMembership);
        }
        let node = self.one_that_is(target, Power::Running)?;
        // Before it says good-bye: it stands down with that.
        self.count_loss(node);
        self.give(node, Input::Control(Control::Leave), story);
        self.halt(node, Power::Absent, story);
        Ok(())
    }
}
