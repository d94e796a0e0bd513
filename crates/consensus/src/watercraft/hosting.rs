//! The host's side (W3, W5): it keeps the list, answers calls, removes who is silent, and calls who
//! is not on the list.

use super::list::Standing;
use super::message::Report;
use super::mutant::Mutant;
use super::role::{Hosting, Seat};
use super::rule::WatercraftRule as Rule;
use super::seniority::AdmissionNumber;
use super::timer::WatercraftTimer as Timer;
use super::version::{ReignNumber, Version};
use super::{Fx, Watercraft, WatercraftMessage as Message};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;
use crate::time::Now;
use alloc::vec::Vec;

/// Whether there is anybody to tell of a new host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announce {
    /// Everyone on the list.
    ToAll,
    /// Nobody: a founder is alone.
    Silently,
}

impl Watercraft {
    /// Becomes the host of everyone on its list, in a reign above all that it heard of (W6).
    pub(super) fn become_host(&mut self, announce: Announce, fx: &mut Fx) {
        Self::stand_down(fx);
        self.stand_in_list();
        self.seat = Seat::Hosting(Hosting::default());
        self.begin_reign();
        // Nobody else is asked: that a node takes the lead is all that there is of an election.
        fx.observe(Observation::ElectionCalled(self.reign.mandate()));
        self.report(fx);
        if announce == Announce::ToAll {
            self.tell_list(fx);
        }
        fx.arm(Timer::Round, self.settings.call_interval);
    }

    /// The first version of a reign of its own.
    pub(super) fn begin_reign(&mut self) {
        self.reigns = self.reigns.saturating_add(1);
        self.reign = ReignNumber {
            number: self.reigns,
            host: self.node,
        };
        self.version = Version {
            reign: self.reign,
            change: 1,
        };
    }

    /// The others on the list.
    pub(super) fn others(&self) -> Vec<Life> {
        let nodes = self.list.alive().map(|it| it.node);
        nodes
            .filter(|node| *node != self.node)
            .filter_map(|node| self.list.life(node))
            .collect()
    }

    /// Sends the whole list to everyone on it (W3).
    pub(super) fn tell_list(&self, fx: &mut Fx) {
        for other in self.others() {
            self.send_list(other.node, fx);
        }
    }

    pub(super) fn send_list(&self, to: NodeId, fx: &mut Fx) {
        let (version, list) = (self.version, self.list.clone());
        fx.send(to, Message::List { version, list });
    }

    /// Notifies the others that nodes are gone (W3).
    pub(super) fn tell_removal(&mut self, lives: &[Life], standing: Standing, fx: &mut Fx) {
        self.version = self.version.next();
        for other in self.others() {
            let notice = Message::Removal {
                version: self.version,
                lives: lives.to_vec(),
                standing,
            };
            fx.send(other.node, notice);
        }
    }

    /// A first call: the host admits the caller under the next number (W2, W3).
    pub(super) fn hear_contact(&mut self, from: Life, now: Now, fx: &mut Fx) {
        if !matches!(self.seat, Seat::Hosting(_)) {
            return self.tell_not_host(from.node, fx);
        }
        self.hears(from.node, now);
        if self.list.living(from).is_some() {
            fx.why(Rule::TellsListAgain, Facts::peer(from.node));
            return self.send_list(from.node, fx);
        }
        let before = self.list.entry(from.node);
        let number = match before {
            Some(entry) if entry.incarnation == from.incarnation => entry.number,
            Some(entry) if self.settings.breaks(Mutant::NumberOutlivesCrash) => entry.number,
            _ if self.settings.breaks(Mutant::NumbersEqual) => self.seniority().number,
            _ => self.list.highest().next(),
        };
        let rule = match before {
            Some(entry) if entry.incarnation == from.incarnation => Rule::TakesBack,
            Some(_) => Rule::AdmitsAnew,
            None => Rule::Admits,
        };
        fx.why(rule, Facts::peer(from.node).with_number(number.0));
        self.list.enter(from, number, Standing::Alive);
        self.list_grew(from.node, fx);
    }

    /// Somebody joined: everyone gets the new list (W3).
    fn list_grew(&mut self, node: NodeId, fx: &mut Fx) {
        self.know([node]);
        self.version = self.version.next();
        fx.why(Rule::TellsEveryone, Facts::peer(node));
        self.tell_list(fx);
    }

    fn hears(&mut self, node: NodeId, now: Now) {
        if let Seat::Hosting(hosting) = &mut self.seat {
            let hearing = hosting.hearings.entry(node).or_default();
            hearing.silent = 0;
            hearing.last = Some(now.monotonic);
        }
    }

    /// A call in a heartbeat round (W5).
    pub(super) fn hear_call(
        &mut self,
        from: Life,
        number: AdmissionNumber,
        report: Report,
        now: Now,
        fx: &mut Fx,
    ) {
        if !matches!(self.seat, Seat::Hosting(_)) {
            return self.tell_not_host(from.node, fx);
        }
        self.hears(from.node, now);
        if self.take_in(from, number, fx) {
            return self.list_grew(from.node, fx);
        }
        let (right, rule) = match report {
            Report::Count(count) => (count == self.list.count(), Rule::CountWrong),
            Report::Version(version) => (version == self.version, Rule::VersionWrong),
        };
        if right {
            fx.why(Rule::ReportRight, Facts::peer(from.node));
            let version = self.version;
            fx.send(from.node, Message::Right { version });
        } else {
            fx.why(rule, Facts::peer(from.node));
            self.send_list(from.node, fx);
        }
    }

    /// Puts a caller with a number on the list, where it does not stand so already (W10).
    fn take_in(&mut self, from: Life, number: AdmissionNumber, fx: &mut Fx) -> bool {
        let before = self.list.entry(from.node);
        if !self.list.enter(from, number, Standing::Alive) {
            return false;
        }
        let rule = match before {
            Some(entry) if entry.incarnation != from.incarnation => Rule::TakesIn,
            Some(entry) if entry.standing == Standing::Alive => Rule::NumberCorrected,
            Some(_) => Rule::TakesBack,
            None => Rule::TakesIn,
        };
        fx.why(rule, Facts::peer(from.node).with_number(number.0));
        true
    }

    /// A round is over: who was silent for too long is removed (W5), and every so often the host
    /// calls who is not on its list (W10).
    pub(super) fn sweep(&mut self, fx: &mut Fx) {
        let others = self.others();
        let missed = self.settings.missed_calls;
        let Seat::Hosting(hosting) = &mut self.seat else {
            return;
        };
        hosting
            .hearings
            .retain(|node, _| others.iter().any(|life| life.node == *node));
        hosting.rounds = hosting.rounds.saturating_add(1);
        let call = self.settings.host_call_every;
        let call = call.is_some_and(|every| hosting.rounds >= every);
        let mut gone = Vec::new();
        for life in others {
            let hearing = hosting.hearings.entry(life.node).or_default();
            hearing.silent = hearing.silent.saturating_add(1);
            if hearing.silent > missed {
                gone.push(life);
            }
        }
        if call {
            hosting.rounds = 0;
        }
        for life in &gone {
            self.list.strike(*life, Standing::Removed);
            let facts = Facts::peer(life.node).with_number(missed.into());
            fx.why(Rule::Removes, facts);
        }
        if !gone.is_empty() && !self.settings.breaks(Mutant::RemovalsUntold) {
            self.tell_removal(&gone, Standing::Removed, fx);
        }
        if call {
            self.call_outsiders(fx);
        }
    }

    /// Calls every node that it knows of and that is not on its list (W10).
    pub(super) fn call_outsiders(&self, fx: &mut Fx) {
        for node in &self.contacts {
            let entry = self.list.entry(*node);
            if entry.is_none_or(|entry| entry.standing != Standing::Alive) {
                fx.why(Rule::CallsOutsider, Facts::peer(*node));
                self.send_host_call(*node, None, fx);
            }
        }
    }

    /// Tells one node that it hosts, in answer to that one's word as a host where there is one.
    pub(super) fn send_host_call(&self, to: NodeId, answers: Option<ReignNumber>, fx: &mut Fx) {
        if let Some(number) = self.number {
            let call = Message::HostCall {
                version: self.version,
                number,
                answers,
            };
            fx.send(to, call);
        }
    }
}
