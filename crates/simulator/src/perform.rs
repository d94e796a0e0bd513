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
use consensus::{ClientId, Control, Input, Micros, NodeId, Protocol};

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
                self.change(*node, |host, _| host.inbox.settings.service = *service)?;
            }
            Action::Clock { node, settings } => {
                self.change(*node, |host, now| host.clock.set(now, *settings))?;
            }
            Action::Disk { node, settings } => self.set_disk(*node, *settings)?,
            Action::Wipe(node) => self.wipe(*node)?,
            Action::Start(target) => {
                let node = self.one_that_is(*target, Power::Stopped)?;
                self.boot(node, story);
            }
            Action::TimeOut(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.give(node, Input::Control(Control::TimeOut), story);
            }
            Action::Join(node) => self.join(*node, story)?,
            Action::Leave(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.leave(node, story)?;
            }
            Action::Transfer(to) => {
                let leader = self.one_that_is(Target::Leader, Power::Running)?;
                self.give(leader, Input::Control(Control::TransferTo(*to)), story);
            }
            Action::TakeSnapshot(target) => {
                let node = self.one_that_is(*target, Power::Running)?;
                self.give(node, Input::Control(Control::TakeSnapshot), story);
            }
            Action::ChangeMembership(change) => self.change_membership(change, story)?,
            Action::Cut(_)
            | Action::CutOneWay { .. }
            | Action::Heal
            | Action::Link { .. }
            | Action::Message { .. } => self.touch_network(action, story)?,
            Action::Write { .. } | Action::Read { .. } => return self.call(action, story),
        }
        self.disturb();
        Ok(())
    }

    /// Lets a client call.
    fn call(&mut self, action: &Action, story: &mut Vec<Happening>) -> Result<(), IdleReason> {
        let (client, ask, to) = match *action {
            Action::Write {
                client,
                key,
                value,
                to,
            } => (client, Ask::Write { key, value }, to),
            Action::Read { client, key, to } => (client, Ask::Read { key }, to),
            _ => return Ok(()),
        };
        self.ask(ClientId(client), ask, to, story)
    }

    /// Changes something about a node, up or not.
    fn change(
        &mut self,
        target: Target,
        change: impl FnOnce(&mut Host<P>, Micros),
    ) -> Result<(), IdleReason> {
        let node = self.one_that(target, |_| true)?;
        let host = self.hosts.get_mut(node).ok_or(IdleReason::NoSuchNode)?;
        change(host, self.now);
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
            for host in self.hosts.values_mut() {
                host.disk.settings = settings;
            }
            return Ok(());
        };
        let host = self.hosts.get_mut(node).ok_or(IdleReason::NoSuchNode)?;
        host.disk.settings = settings;
        Ok(())
    }

    fn wipe(&mut self, node: NodeId) -> Result<(), IdleReason> {
        let node = self.one_that_is(Target::Node(node), Power::Stopped)?;
        let host = self.hosts.get_mut(node).ok_or(IdleReason::NoSuchNode)?;
        host.disk.replace(P::Durable::default());
        self.watch.wiped(node);
        self.tally.acknowledged.wiped();
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
        let host = self.hosts.get(node).ok_or(IdleReason::NoSuchNode)?;
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
}
