//! The network: its links, its cuts, and every message on its way.

use crate::choose::{Choose, Stream};
use crate::flight::{DropCause, Endpoint, Fate};
use crate::link::{LinkChange, LinkSettings, Links};
use crate::shelf::Shelf;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use litemap::LiteMap;
use serde::Serialize;

mod cut;
mod damage;
mod hand;
mod refused;
mod transit;
mod wires;

use cut::Cuts;
use refused::Refused;
pub(crate) use transit::{Cargo, Transit};
use wires::Wires;

/// One direction of one link.
#[derive(Clone, Copy, Debug)]
struct Link {
    from: Endpoint,
    to: Endpoint,
    settings: LinkSettings,
    /// How many messages are on it.
    on_wire: u32,
    /// No message that keeps the order arrives before this.
    latest: Micros,
}

impl Link {
    /// A link on which nothing was sent yet.
    const fn new(from: Endpoint, to: Endpoint, settings: LinkSettings) -> Self {
        Self {
            from,
            to,
            settings,
            on_wire: 0,
            latest: Micros::ZERO,
        }
    }

    /// When a message arrives that would be there at `due`, if it overtakes nothing.
    fn in_order(&mut self, due: Micros) -> Micros {
        self.latest = self.latest.max(due);
        self.latest
    }
}

/// One message as it was put on its wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posted {
    pub(crate) number: u64,
    pub(crate) due: Micros,
    pub(crate) fate: Fate,
}

/// All links, and what is on them.
#[derive(Clone, Debug)]
pub(crate) struct Network<M> {
    /// What holds where no rule says otherwise.
    base: LinkSettings,
    /// Changes to some of the links, oldest first: for links that come later, too.
    rules: Vec<(Links, LinkChange)>,
    links: Shelf<Link>,
    pub(crate) cuts: Cuts,
    wires: Wires<M>,
    /// Dropped messages by the time at which they are forgotten.
    sinking: LiteMap<(Micros, u64), ()>,
    drops: LiteMap<DropCause, u64>,
    refused: Refused<M>,
}

impl<M: Clone + Serialize> Network<M> {
    /// A whole network with nothing on it.
    pub(crate) fn new(base: LinkSettings) -> Self {
        Self {
            base,
            rules: Vec::new(),
            links: Shelf::new(),
            cuts: Cuts::default(),
            wires: Wires::new(),
            sinking: LiteMap::new(),
            drops: LiteMap::new(),
            refused: Refused::new(),
        }
    }

    /// How links are where no rule says otherwise.
    pub(crate) const fn base(&self) -> LinkSettings {
        self.base
    }

    /// How this link is, whether anything was sent on it or not.
    pub(crate) fn settings(&self, from: Endpoint, to: Endpoint) -> LinkSettings {
        settings(self.base, &self.rules, from, to)
    }

    /// Changes some of the links. Where that ends a clog, what stood still goes on: gives what
    /// arrives after all.
    pub(crate) fn change(&mut self, links: Links, change: LinkChange, now: Micros) -> Vec<Posted> {
        self.rules
            .retain(|(others, old)| !(links.cover(others) && change.is_like(old)));
        if links == Links::ALL {
            self.base.change(change);
        } else {
            self.rules.push((links, change));
        }
        let mut opened = Vec::new();
        for link in self.links.iter_mut() {
            let now = settings(self.base, &self.rules, link.from, link.to);
            if link.settings.clogged && !now.clogged {
                opened.push((link.from, link.to));
            }
            link.settings = now;
        }
        if change == LinkChange::Clogged(true) {
            self.clog(now);
        }
        self.unclog(&opened, now)
    }

    /// Whether every link between two of these nodes delivers everything once, unharmed, in order
    /// and within `longest`.
    pub(crate) fn is_sound(&self, nodes: &[NodeId], longest: Micros) -> bool {
        let sound = |settings: LinkSettings| settings.is_sound() && settings.delay.most <= longest;
        if self.cuts.is_cut() || !sound(self.base) {
            return false;
        }
        let links = nodes
            .iter()
            .flat_map(|from| nodes.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from != to);
        let mut links = links.map(|(from, to)| (Endpoint::Node(from), Endpoint::Node(to)));
        self.rules.is_empty() || links.all(|(from, to)| sound(self.settings(from, to)))
    }

    /// Puts a message on its wire, and its double where it has one. Takes the same draws whatever
    /// the faults.
    pub(crate) fn send<C: Choose>(
        &mut self,
        choose: &mut C,
        now: Micros,
        (from, to): (Endpoint, Endpoint),
        cargo: Cargo<M>,
    ) -> (Posted, Option<Posted>) {
        let place = self.place(from, to);
        let mut link = *self.links.at(place);
        let settings = link.settings;
        let stream = Stream::Link(from, to);
        let delay = settings.spread.draw(choose, stream, settings.delay);
        let lost = choose.chance(stream, settings.loss);
        let doubled = choose.chance(stream, settings.duplication);
        let copy_delay = settings.spread.draw(choose, stream, settings.delay);
        let overtaken = choose.chance(stream, settings.reordering);
        let longer = choose.span(stream, Micros(1), settings.delay.most);
        let unlucky = choose.chance(stream, settings.corruption);
        let bits = choose.word(stream);
        let mut transit = Transit {
            from,
            to,
            sent: now,
            due: now + delay,
            fate: Fate::Arrives,
            damaged: None,
            copy_of: None,
            cargo,
        };
        if unlucky {
            transit.damaged = damage::flip(&transit.cargo, bits);
        }
        let double = doubled.then(|| Transit {
            due: now + copy_delay,
            damaged: None,
            ..transit.clone()
        });
        if overtaken {
            transit.due += longer;
        } else {
            transit.due = link.in_order(transit.due);
        }
        if lost {
            transit.fate = Fate::Lost(transit.middle());
        }
        let posted = self.post(transit, &mut link, now);
        let double = double.map(|mut double| {
            double.due = link.in_order(double.due);
            double.copy_of = Some(posted.number);
            self.post(double, &mut link, now)
        });
        *self.links.at(place) = link;
        (posted, double)
    }

    fn link(&mut self, from: Endpoint, to: Endpoint) -> &mut Link {
        let place = self.place(from, to);
        self.links.at(place)
    }

    fn place(&mut self, from: Endpoint, to: Endpoint) -> usize {
        let (base, rules) = (self.base, &self.rules);
        let fresh = || Link::new(from, to, settings(base, rules, from, to));
        self.links.place(from.way(to), fresh)
    }

    /// Puts a message on its wire, where there is a way and room for it.
    fn post(&mut self, mut transit: Transit<M>, link: &mut Link, now: Micros) -> Posted {
        let separate = self.cuts.separate(transit.from, transit.to);
        let middle = transit.middle();
        let full = link.settings.capacity > 0 && link.on_wire >= link.settings.capacity;
        if transit.fate == Fate::Arrives {
            transit.fate = match () {
                () if full => Fate::Overflowed(now),
                () if separate => Fate::Cut(middle),
                () if link.settings.clogged => Fate::Held(now),
                () => Fate::Arrives,
            };
        } else if separate {
            transit.fate = Fate::Cut(middle);
        }
        if transit.is_on_wire() {
            link.on_wire += 1;
        }
        let (due, fate, sunk) = (transit.due, transit.fate, transit.sunk());
        let number = self.wires.push(transit);
        if let Some(cause) = fate.cause() {
            self.sink(number, sunk, cause);
        }
        Posted { number, due, fate }
    }

    fn sink(&mut self, number: u64, forget_at: Micros, cause: DropCause) {
        self.count_drop(cause);
        self.sinking.insert((forget_at, number), ());
    }

    /// Counts a message that reached nobody who took it.
    fn count_drop(&mut self, cause: DropCause) {
        *self.drops.entry(cause).or_insert(0) += 1;
    }

    /// Takes an arriving message off its wire.
    pub(crate) fn arrive(&mut self, number: u64) -> Option<Transit<M>> {
        let transit = self.wires.take(number)?;
        self.leave_wire(transit.from, transit.to);
        Some(transit)
    }

    /// Counts a message that came to a node and was not taken, and keeps it for as long as it is
    /// seen to bounce off. One for a node that is down has nothing to bounce off.
    pub(crate) fn refuse(&mut self, number: u64, transit: Transit<M>, cause: DropCause) {
        self.count_drop(cause);
        if cause != DropCause::NodeDown {
            self.refused.push(number, transit, cause);
        }
    }

    /// Messages that bounced off their receiver and are still seen.
    pub(crate) fn refused(&self) -> impl Iterator<Item = (u64, &Transit<M>)> {
        self.refused.iter()
    }

    fn leave_wire(&mut self, from: Endpoint, to: Endpoint) {
        let link = self.link(from, to);
        link.on_wire = link.on_wire.saturating_sub(1);
    }

    /// Whether the message still travels and will arrive at this time.
    pub(crate) fn will_arrive(&self, number: u64, at: Micros) -> bool {
        let transit = self.wires.get(number);
        transit.is_some_and(|it| it.fate == Fate::Arrives && it.due == at)
    }

    /// Forgets dropped messages that nobody can see any more.
    pub(crate) fn forget_sunk(&mut self, now: Micros) {
        self.refused.forget(now);
        while let Some((&(at, number), ())) = self.sinking.first() {
            if at > now {
                break;
            }
            self.sinking.remove(&(at, number));
            self.wires.take(number);
        }
    }

    /// A cut came: what has not passed the middle of its wire falls into it. Gives what fell.
    pub(crate) fn drop_across_cuts(&mut self, now: Micros) -> Vec<Posted> {
        let mut fell = Vec::new();
        for (number, transit) in self.wires.iter_mut() {
            let middle = transit.middle();
            let apart = self.cuts.separate(transit.from, transit.to);
            if transit.fate == Fate::Arrives && apart && middle >= now {
                transit.fate = Fate::Cut(middle);
                fell.push((
                    number,
                    transit.from,
                    transit.to,
                    transit.due,
                    transit.sunk(),
                ));
            }
        }
        let mut posted = Vec::new();
        for (number, from, to, due, sunk) in fell {
            self.leave_wire(from, to);
            self.sink(number, sunk, DropCause::Cut);
            let fate = self.wires.get(number).map_or(Fate::Arrives, |it| it.fate);
            posted.push(Posted { number, due, fate });
        }
        posted
    }

    /// Lets everything on the wires arrive so much later.
    pub(crate) fn put_off(&mut self, span: Micros) {
        for (_, transit) in self.wires.iter_mut() {
            transit.due += span;
        }
    }

    /// How many messages reached nobody, by cause.
    pub(crate) const fn drops(&self) -> &LiteMap<DropCause, u64> {
        &self.drops
    }

    /// The message of this number, while it is kept.
    pub(crate) fn get(&self, number: u64) -> Option<&Transit<M>> {
        self.wires.get(number)
    }

    /// Everything on the wires, and what sinks: those kept for long first, then by number.
    pub(crate) fn transits(&self) -> impl Iterator<Item = (u64, &Transit<M>)> {
        self.wires.iter()
    }
}

fn settings(
    base: LinkSettings,
    rules: &[(Links, LinkChange)],
    from: Endpoint,
    to: Endpoint,
) -> LinkSettings {
    let (Endpoint::Node(from), Endpoint::Node(to)) = (from, to) else {
        let spread = base.spread;
        let sound = LinkSettings::sound(base.delay);
        return LinkSettings { spread, ..sound };
    };
    let mut settings = base;
    for (links, change) in rules {
        if links.include(from, to) {
            settings.change(*change);
        }
    }
    settings
}
