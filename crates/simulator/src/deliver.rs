//! From a wire to a node: sending, arriving, and waiting in an inbox.

use crate::choose::Choose;
use crate::flight::{DropCause, Endpoint};
use crate::happening::{Happening, What};
use crate::host::Letter;
use crate::network::{Cargo, Posted, Transit};
use crate::simulation::{Event, Simulation};
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{Input, NodeId, Protocol, wire};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Puts a message of this kind and length on its wire.
    pub(crate) fn dispatch(
        &mut self,
        (from, to): (Endpoint, Endpoint),
        cargo: Cargo<P::Message>,
        (kind, bytes): (&'static str, u32),
        story: &mut Vec<Happening>,
    ) {
        let now = self.now;
        let (posted, copy) = self.network.send(&mut self.choose, now, (from, to), cargo);
        let flight = posted.number;
        self.tell(
            story,
            What::Sent {
                flight,
                from,
                to,
                kind,
                bytes,
            },
        );
        self.expect(posted, story);
        if let Some(posted) = copy {
            let copy = posted.number;
            self.tell(story, What::Doubled { flight, copy });
            self.expect(posted, story);
        }
    }

    /// Waits for a message that arrives, and tells of one that does not.
    pub(crate) fn expect(&mut self, posted: Posted, story: &mut Vec<Happening>) {
        let Posted { number, due, fate } = posted;
        match fate.cause() {
            None if fate == crate::Fate::Arrives => self.queue.push(due, Event::Arrive(number)),
            None => {}
            Some(cause) => {
                if let Some(transit) = self.network.get(number) {
                    let what = dropped(number, transit, cause);
                    self.tell(story, what);
                }
            }
        }
    }

    /// A message comes to the end of its wire.
    pub(crate) fn arrive(&mut self, number: u64, story: &mut Vec<Happening>) {
        let Some(transit) = self.network.arrive(number) else {
            return;
        };
        // Too few bits are flipped to get past the checksum, so there is never anything to decode.
        let damaged = transit.damaged.as_deref();
        if damaged.is_some_and(|bytes| wire::checked(bytes).is_err()) {
            return self.refuse(number, transit, DropCause::Damaged, story);
        }
        let Endpoint::Node(node) = transit.to else {
            self.tell(story, arrived(number, &transit));
            if let (
                Cargo::Answer {
                    call,
                    answer,
                    applied,
                },
                Endpoint::Node(by),
            ) = (transit.cargo, transit.from)
            {
                self.answer_arrives(call, by, &answer, applied, story);
            }
            return;
        };
        let down = !self.hosts.get(node).is_some_and(|host| host.is_booted());
        if down {
            return self.refuse(number, transit, DropCause::NodeDown, story);
        }
        self.enter(number, node, transit, story);
    }

    fn enter(
        &mut self,
        number: u64,
        node: NodeId,
        transit: Transit<P::Message>,
        story: &mut Vec<Happening>,
    ) {
        let what = arrived(number, &transit);
        let Some(host) = self.hosts.get_mut(node) else {
            return;
        };
        let full = host.inbox.is_full();
        let at_once = host.is_up() && host.inbox.is_idle();
        if full && !at_once {
            return self.refuse(number, transit, DropCause::InboxFull, story);
        }
        let letter = match transit.cargo {
            Cargo::Message(envelope) => Letter::Message(envelope),
            Cargo::Call(call) => Letter::Call(call),
            Cargo::Answer { .. } => return,
        };
        if at_once {
            self.tell(story, what);
            self.give(node, read(letter), story);
        } else {
            host.inbox.push(letter);
            self.tell(story, what);
            self.work(node);
        }
    }

    /// Lets a node begin to work on what waits in its inbox.
    pub(crate) fn work(&mut self, node: NodeId) {
        let Some(host) = self.hosts.get_mut(node).filter(|host| host.is_up()) else {
            return;
        };
        if let Some((span, turn)) = host.inbox.begin() {
            self.queue
                .push(self.now + span, Event::Worked { node, turn });
        }
    }

    /// A node has worked on the oldest letter of its inbox for long enough.
    pub(crate) fn worked(&mut self, node: NodeId, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get_mut(node) else {
            return;
        };
        host.inbox.rest();
        if let Some(letter) = host.inbox.pop() {
            self.give(node, read(letter), story);
        }
        self.work(node);
    }

    fn refuse(
        &mut self,
        number: u64,
        transit: Transit<P::Message>,
        cause: DropCause,
        story: &mut Vec<Happening>,
    ) {
        self.tell(story, dropped(number, &transit, cause));
        self.network.refuse(number, transit, cause);
    }

    /// Stands a node still, or lets it go on and catch up with what it missed.
    pub(crate) fn stand_still(&mut self, node: NodeId, still: bool, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get_mut(node) else {
            return;
        };
        host.power = if still { Power::Paused } else { Power::Running };
        host.inbox.rest();
        let missed = core::mem::take(&mut host.missed);
        self.tell_power(node, story);
        for missed in missed {
            self.catch_up(node, missed, story);
        }
        self.work(node);
    }
}

fn read<P: Protocol>(letter: Letter<P::Message>) -> Input<P> {
    match letter {
        Letter::Message(envelope) => Input::Receive(envelope),
        Letter::Call(call) => Input::Call(call),
    }
}

fn arrived<M: consensus::Describe>(flight: u64, transit: &Transit<M>) -> What {
    What::Arrived {
        flight,
        from: transit.from,
        to: transit.to,
        kind: crate::look::kind_of(&transit.cargo),
    }
}

fn dropped<M: consensus::Describe>(flight: u64, transit: &Transit<M>, cause: DropCause) -> What {
    What::Dropped {
        flight,
        from: transit.from,
        to: transit.to,
        kind: crate::look::kind_of(&transit.cargo),
        cause,
    }
}
