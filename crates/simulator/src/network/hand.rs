//! Messages held, let go, dropped, delayed and damaged by hand, and clogged links.

use super::{Network, Posted, Transit, damage};
use crate::action::MessageDeed;
use crate::flight::{DropCause, Endpoint, Fate};
use alloc::vec::Vec;
use consensus::Micros;
use serde::Serialize;

impl<M: Clone + Serialize> Network<M> {
    /// Does something to a message on its way. Gives it as it travels now; `None` where there is
    /// no such message on its way, or where that would change nothing.
    pub(crate) fn handle(&mut self, number: u64, deed: MessageDeed, now: Micros) -> Option<Posted> {
        if !self.wires.get(number)?.is_on_wire() {
            return None;
        }
        match deed {
            MessageDeed::Hold => self.hold(number, now),
            MessageDeed::Release => self.release(number, now),
            MessageDeed::Drop => self.drop_by_hand(number, now),
            MessageDeed::Delay(span) => {
                let transit = self.wires.keep(number)?;
                transit.due += span;
                Some(posted(number, transit))
            }
            MessageDeed::Corrupt(draw) => {
                let transit = self.wires.keep(number)?;
                transit.damaged = Some(damage::flip(&transit.cargo, draw)?);
                Some(posted(number, transit))
            }
        }
    }

    fn hold(&mut self, number: u64, now: Micros) -> Option<Posted> {
        let transit = self.wires.keep(number)?;
        if transit.fate != Fate::Arrives {
            return None;
        }
        transit.fate = Fate::Held(now);
        Some(posted(number, transit))
    }

    /// The rest of the way takes as long as it would have taken.
    fn release(&mut self, number: u64, now: Micros) -> Option<Posted> {
        let transit = self.wires.keep(number)?;
        let Fate::Held(since) = transit.fate else {
            return None;
        };
        transit.due += now.since(since);
        transit.sent += now.since(since);
        transit.fate = Fate::Arrives;
        let (from, to) = (transit.from, transit.to);
        if self.cuts.separate(from, to) && transit.middle() >= now {
            transit.fate = Fate::Cut(transit.middle());
            let (posted, sunk) = (posted(number, transit), transit.sunk());
            self.leave_wire(from, to);
            self.sink(number, sunk, DropCause::Cut);
            return Some(posted);
        }
        let posted = posted(number, transit);
        let link = self.link(from, to);
        link.latest = link.latest.max(posted.due);
        Some(posted)
    }

    fn drop_by_hand(&mut self, number: u64, now: Micros) -> Option<Posted> {
        let transit = self.wires.keep(number)?;
        transit.fate = Fate::Dropped(now);
        let (from, to) = (transit.from, transit.to);
        let (posted, sunk) = (posted(number, transit), transit.sunk().max(now));
        self.leave_wire(from, to);
        self.sink(number, sunk, DropCause::ByHand);
        Some(posted)
    }

    /// The messages that stand (or do not) on these links, by number.
    fn on(&self, held: bool, links: impl Fn((Endpoint, Endpoint)) -> bool) -> Vec<u64> {
        let wanted = |transit: &Transit<M>| match transit.fate {
            Fate::Arrives => !held,
            Fate::Held(_) => held,
            _ => false,
        };
        let mut numbers = Vec::new();
        for (number, transit) in self.wires.iter() {
            if wanted(transit) && links((transit.from, transit.to)) {
                numbers.insert(numbers.partition_point(|it| *it < number), number);
            }
        }
        numbers
    }

    /// Everything on clogged links stands still from now on.
    pub(super) fn clog(&mut self, now: Micros) {
        let clogged = |(from, to): (Endpoint, Endpoint)| {
            let link = self.links.find(from.way(to));
            link.is_some_and(|link| link.settings.clogged)
        };
        for number in self.on(false, clogged) {
            self.hold(number, now);
        }
    }

    /// Everything that stands still on these links goes on: they are clogged no more.
    pub(super) fn unclog(&mut self, opened: &[(Endpoint, Endpoint)], now: Micros) -> Vec<Posted> {
        let held = self.on(true, |link| opened.contains(&link));
        let released = held.into_iter();
        released
            .filter_map(|number| self.release(number, now))
            .collect()
    }
}

fn posted<M>(number: u64, transit: &Transit<M>) -> Posted {
    Posted {
        number,
        due: transit.due,
        fate: transit.fate,
    }
}
