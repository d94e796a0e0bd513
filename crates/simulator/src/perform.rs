//! Carrying out what the script does.

use crate::action::{Action, Target};
use crate::choose::Choose;
use crate::disk::DiskSettings;
use crate::happening::{Happening, IdleReason, What};
use crate::host::Host;
use crate::register::Ask;
use crate::simulation::Simulation;
use crate::view::Power;
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
                let node = self.one_that(*target, Host::is_booted)?;
                self.count_loss(node);
                self.halt(node, Power::Stopped, story);
            }
            Action::Pause(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.stand_still(node, true, story);
            }
            Action::Resume(target) => {
                let node = self.one_that_is(*target, Power::Paused)?;
                self.stand_still(node, false, story);
            }
            Action::Slow { node, service } => {
                let node = self.one_that(*node, |_| true)?;
                if let Some(host) = self.hosts.get_mut(&node) {
                    host.inbox.settings.service = *service;
                }
            }
            Action::Clock { node, settings } => {
                let node = self.one_that(*node, |_| true)?;
                if let Some(host) = self.hosts.get_mut(&node) {
                    host.clock.set(self.now, *settings);
                }
            }
            Action::Disk { node, settings } => self.set_disk(*node, *settings)?,
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
            Action::Cut(_)
            | Action::CutOneWay { .. }
            | Action::Heal
            | Action::Link { .. }
            | Action::Message { .. } => self.touch_network(action, story)?,
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

    fn touch_network(
        &mut self,
        action: &Action,
        story: &mut Vec<Happening>,
    ) -> Result<(), IdleReason> {
        let now = self.now;
        let moved = match action {
            Action::Cut(sides) => {
                self.network.cuts.divide(sides.clone());
                self.network.drop_across_cuts(now)
            }
            Action::CutOneWay { from, to } => {
                self.network.cuts.deafen(from.clone(), to.clone());
                self.network.drop_across_cuts(now)
            }
            Action::Heal if !self.network.cuts.is_cut() => return Err(IdleReason::AlreadySo),
            Action::Heal => {
                self.network.cuts.heal();
                Vec::new()
            }
            Action::Link { links, change } => self.network.change(*links, *change, now),
            Action::Message { number, deed } => {
                let handled = self.network.handle(*number, *deed, now);
                Vec::from([handled.ok_or(IdleReason::NoSuchMessage)?])
            }
            _ => Vec::new(),
        };
        for posted in moved {
            self.expect(posted, story);
        }
        Ok(())
    }

    fn set_disk(&mut self, node: Option<NodeId>, settings: DiskSettings) -> Result<(), IdleReason> {
        let Some(node) = node else {
            self.world.disk = settings;
            for (_, host) in self.hosts.iter_mut() {
                host.disk.settings = settings;
            }
            return Ok(());
        };
        let host = self.hosts.get_mut(&node).ok_or(IdleReason::NoSuchNode)?;
        host.disk.settings = settings;
        Ok(())
    }

    fn one_that_is(&self, target: Target, power: Power) -> Result<NodeId, IdleReason> {
        self.one_that(target, |host| host.power == power)
    }

    fn one_that(
        &self,
        target: Target,
        fits: impl Fn(&Host<P>) -> bool,
    ) -> Result<NodeId, IdleReason> {
        let node = match target {
            Target::Node(node) => node,
            Target::Leader => self.leader().ok_or(IdleReason::NoSuchNode)?,
        };
        let host = self.hosts.get(&node).ok_or(IdleReason::NoSuchNode)?;
        if fits(host) {
            Ok(node)
        } else {
            Err(IdleReason::AlreadySo)
        }
    }

    /// Whoever claims to lead under the latest mandate.
    pub(crate) fn leader(&self) -> Option<NodeId> {
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
        let Some(host) = self.hosts.get_mut(&node) else {
            return;
        };
        host.halt(power);
        let mut kept = Vec::new();
        host.disk
            .crash(&mut self.choose, node, |write| kept.push(write));
        self.tell_power(node, story);
        self.tell_stored(node, kept, story);
    }

    fn join(&mut self, node: NodeId, story: &mut Vec<Happening>) -> Result<(), IdleReason> {
        if !P::DYNAMIC_MEMBERSHIP {
            return Err(IdleReason::FixedMembership);
        }
        let settings = self.settings.clone();
        let world = &self.world;
        let fresh = || Host::new(node, world, settings);
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
