//! A run of one protocol: what is to come, and how each event is carried out.

use crate::Action;
use crate::action::TimedAction;
use crate::check::{Peer, Watch};
use crate::choose::{Choose, Seeded};
use crate::client::{Clients, Next};
use crate::flight::Endpoint;
use crate::happening::{Happening, What};
use crate::host::Host;
use crate::network::{Cargo, Network, Transit};
use crate::queue::EventQueue;
use crate::tally::Tally;
use crate::view::Power;
use crate::world::{WALL_AT_START, World};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use consensus::{
    Answer, CallId, Effects, Incarnation, Input, Micros, NodeId, Now, Protocol, StableHasher, Token,
};
use core::hash::{Hash, Hasher};
use litemap::LiteMap;

/// Something that is to come.
#[derive(Clone, Debug)]
pub(crate) enum Event<P: Protocol> {
    /// A node boots.
    Boot(NodeId),
    /// A message arrives.
    Arrive(u64),
    /// A timer fires, if this arming still stands.
    Timer {
        node: NodeId,
        timer: P::Timer,
        generation: u64,
    },
    /// A write reaches the disk.
    Stored {
        node: NodeId,
        incarnation: Incarnation,
        token: Token,
    },
    /// A client has waited long enough for this attempt.
    ClientTimeout { call: CallId, attempt: u32 },
}

/// A deterministic run of one protocol.
#[derive(Clone, Debug)]
pub struct Simulation<P: Protocol, C: Choose = Seeded> {
    pub(crate) world: World,
    pub(crate) choose: C,
    pub(crate) now: Micros,
    pub(crate) events: u64,
    pub(crate) digest: u64,
    pub(crate) queue: EventQueue<Event<P>>,
    /// Actions still to come, by time. They stand outside the queue, so that a run is the same
    /// whether an action was known from the start or came from a person's hand.
    script: VecDeque<TimedAction>,
    pub(crate) network: Network<P::Message>,
    pub(crate) hosts: LiteMap<NodeId, Host<P>>,
    pub(crate) settings: P::Settings,
    pub(crate) clients: Clients,
    pub(crate) tally: Tally,
    pub(crate) watch: Watch,
    effects: Effects<P>,
}

impl<P: Protocol> Simulation<P> {
    /// A run at its beginning: every node boots at time zero, in order of id.
    #[must_use]
    pub fn new(world: World, settings: P::Settings) -> Self {
        let choose = Seeded::new(world.seed);
        Self::with_choices(world, settings, choose)
    }
}

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// A run whose choices are made by somebody else than its seed.
    #[must_use]
    pub fn with_choices(world: World, settings: P::Settings, choose: C) -> Self {
        let members: Vec<NodeId> = (0..world.nodes).map(NodeId).collect();
        let mut queue = EventQueue::default();
        let mut hosts = LiteMap::new();
        for node in &members {
            queue.push(Micros::ZERO, Event::Boot(*node));
            let mut host = Host::new(*node, members.clone(), settings.clone());
            // All are attached before any boots, so that the first to speak is heard by all.
            host.power = Power::Stopped;
            hosts.insert(*node, host);
        }
        let mut run = Self {
            network: Network::new(world.delay, world.loss),
            clients: Clients::new(world.clients, world.client),
            watch: Watch::new(world.promises, world.nodes, world.seed),
            choose,
            now: Micros::ZERO,
            events: 0,
            digest: 0,
            queue,
            script: VecDeque::new(),
            hosts,
            settings,
            tally: Tally::default(),
            effects: Effects::new(),
            world,
        };
        run.disturb();
        run
    }

    /// Puts an action into the script, after those of the same time.
    pub(crate) fn put(&mut self, timed: TimedAction) {
        let place = self.script.partition_point(|it| it.at <= timed.at);
        self.script.insert(place, timed);
    }

    /// When the next event comes. An action comes after everything else of its time.
    pub(crate) fn next(&self) -> Option<Micros> {
        let queued = self.queue.peek().map(|(at, _)| at);
        let scripted = self.script.front().map(|it| it.at.max(self.now));
        match (queued, scripted) {
            (Some(queued), Some(scripted)) => Some(queued.min(scripted)),
            (one, other) => one.or(other),
        }
    }

    fn pop_scripted(&mut self) -> Option<(Micros, Action)> {
        let at = self.script.front()?.at.max(self.now);
        let first = self.queue.peek().is_none_or(|(queued, _)| at < queued);
        let timed = if first {
            self.script.pop_front()?
        } else {
            return None;
        };
        Some((at, timed.action))
    }

    /// Carries out the next event; false where there is none or where a guarantee is broken.
    pub(crate) fn advance(&mut self, story: &mut Vec<Happening>) -> bool {
        if self.watch.violation().is_some() {
            return false;
        }
        if let Some((at, action)) = self.pop_scripted() {
            self.begin(at, 0);
            self.perform(action, story);
        } else if let Some((at, sequence, event)) = self.queue.pop() {
            self.begin(at, sequence);
            self.carry_out(event, story);
        } else {
            return false;
        }
        self.end(story);
        true
    }

    fn begin(&mut self, at: Micros, sequence: u64) {
        self.tally.pass(at, self.claims());
        self.now = at;
        self.events += 1;
        self.fold(&(at, sequence));
        self.network.forget_sunk(at);
    }

    fn end(&mut self, story: &mut Vec<Happening>) {
        let (now, events) = (self.now, self.events);
        let live = self.hosts.values().filter(|host| host.is_up());
        let kept = live.clone().map(|host| (host.id, host.node.bookkeeping()));
        self.watch.kept(events, kept);
        let peers = live.map(|host| Peer {
            node: host.id,
            joined: host.reported.joined,
            leads: host.claims(),
            follows: host.reported.follows,
        });
        if let Some(violation) = self.watch.close(now, events, peers) {
            self.tell(story, What::Violated(violation));
        }
        self.skip_stale();
    }

    fn carry_out(&mut self, event: Event<P>, story: &mut Vec<Happening>) {
        match event {
            Event::Boot(node) => self.boot(node, story),
            Event::Arrive(number) => {
                if let Some(transit) = self.network.arrive(number) {
                    self.arrive(number, transit, story);
                }
            }
            Event::Timer { node, timer, .. } => {
                if let Some(host) = self.hosts.get_mut(&node) {
                    host.disarm(timer);
                }
                self.give(node, Input::Timer(timer), story);
            }
            Event::Stored { node, token, .. } => {
                let host = self.hosts.get_mut(&node);
                if let Some(stored) = host.and_then(|host| host.sync(token)) {
                    self.watch.stored(node, &stored);
                    self.give(node, Input::Stored(token), story);
                }
            }
            Event::ClientTimeout { call, .. } => {
                let attached = self.attached();
                let next = self.clients.timed_out(&mut self.choose, call, &attached);
                self.go_on(call, &next, story);
            }
        }
    }

    /// Drops events that can no longer happen, so that the next one is always real.
    fn skip_stale(&mut self) {
        while let Some((_, event)) = self.queue.peek() {
            let stale = match event {
                Event::Boot(_) => false,
                Event::Arrive(number) => !self.network.will_arrive(*number),
                Event::Timer {
                    node,
                    timer,
                    generation,
                } => !self
                    .hosts
                    .get(node)
                    .is_some_and(|host| host.is_armed(*timer, *generation)),
                Event::Stored {
                    node, incarnation, ..
                } => !self
                    .hosts
                    .get(node)
                    .is_some_and(|host| host.is_up() && host.incarnation == *incarnation),
                Event::ClientTimeout { call, attempt } => self
                    .clients
                    .open(*call)
                    .is_none_or(|open| open.attempt != *attempt),
            };
            if !stale {
                break;
            }
            self.queue.pop();
        }
    }

    /// Gives a node one input and carries out what follows, the answers of its state machine and
    /// its random values included: these take no time.
    pub(crate) fn give(&mut self, node: NodeId, input: Input<P>, story: &mut Vec<Happening>) {
        let mut inputs = VecDeque::from([input]);
        let mut effects = core::mem::take(&mut self.effects);
        while let Some(input) = inputs.pop_front() {
            let now = Now {
                monotonic: self.now,
                wall: self.now + WALL_AT_START,
            };
            let Some(host) = self.hosts.get_mut(&node).filter(|host| host.is_up()) else {
                break;
            };
            let mut hasher = StableHasher::default();
            (self.digest, node, &input).hash(&mut hasher);
            host.node.step(now, input, &mut effects);
            effects.as_slice().hash(&mut hasher);
            self.digest = hasher.finish();
            for effect in effects.drain() {
                inputs.extend(self.carry(node, effect, story));
            }
        }
        self.effects = effects;
    }

    fn arrive(&mut self, number: u64, transit: Transit<P::Message>, story: &mut Vec<Happening>) {
        let kind = crate::look::kind_of(&transit.cargo);
        self.tell(
            story,
            What::Arrived {
                flight: number,
                from: transit.from,
                to: transit.to,
                kind,
            },
        );
        match (transit.cargo, transit.from, transit.to) {
            (Cargo::Message(envelope), _, Endpoint::Node(to)) => {
                self.give(to, Input::Receive(envelope), story);
            }
            (Cargo::Call(call), _, Endpoint::Node(to)) => self.give(to, Input::Call(call), story),
            (
                Cargo::Answer {
                    call,
                    answer,
                    index,
                },
                Endpoint::Node(by),
                _,
            ) => {
                let next = self.clients.answered(call, by, &answer);
                self.fold(&(call, &answer));
                if let Next::Answered(open) = &next {
                    let written = open.written();
                    if written.is_some() && matches!(answer, Answer::Done(_)) {
                        self.tally.acknowledge(call, index);
                    }
                    let what = What::Answered {
                        call,
                        written,
                        by,
                        answer,
                    };
                    self.tell(story, what);
                }
                self.go_on(call, &next, story);
            }
            _ => {}
        }
    }

    /// A client does what it decided to do next about a call.
    pub(crate) fn go_on(&mut self, call: CallId, next: &Next, story: &mut Vec<Happening>) {
        match next {
            Next::Ask(node) => {
                let Some(open) = self.clients.open(call).cloned() else {
                    return;
                };
                let due = self.now + self.clients.timeout();
                let attempt = open.attempt;
                self.queue.push(due, Event::ClientTimeout { call, attempt });
                let (from, to) = (Endpoint::Client(call.client), Endpoint::Node(*node));
                self.dispatch(from, to, Cargo::Call(open.call), story);
            }
            Next::GaveUp(open) => {
                let written = open.written();
                self.tell(story, What::GaveUp { call, written });
            }
            Next::Answered(_) | Next::Wait => {}
        }
    }

    /// Puts a message on its wire, and gives its kind.
    pub(crate) fn dispatch(
        &mut self,
        from: Endpoint,
        to: Endpoint,
        cargo: Cargo<P::Message>,
        story: &mut Vec<Happening>,
    ) -> &'static str {
        let kind = crate::look::kind_of(&cargo);
        let now = self.now;
        let (number, due) = self.network.send(&mut self.choose, now, from, to, cargo);
        if let Some(due) = due {
            self.queue.push(due, Event::Arrive(number));
        }
        self.tell(
            story,
            What::Sent {
                flight: number,
                from,
                to,
                kind,
            },
        );
        kind
    }

    /// Boots a node and tells the story of it.
    pub(crate) fn boot(&mut self, node: NodeId, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get_mut(&node) else {
            return;
        };
        host.boot();
        self.watch.born(node, host.incarnation);
        self.tell(story, What::Power(node, Power::Running));
        self.give(node, Input::Start, story);
    }

    /// Adds to the story.
    pub(crate) fn tell(&self, story: &mut Vec<Happening>, what: What) {
        story.push(Happening {
            at: self.now,
            event: self.events,
            what,
        });
    }

    /// Folds something into the digest.
    pub(crate) fn fold<T: Hash>(&mut self, value: &T) {
        self.digest = consensus::digest_of(&(self.digest, value));
    }

    /// Every node that is attached to the network, up or not.
    pub(crate) fn attached(&self) -> Vec<NodeId> {
        let attached = self
            .hosts
            .values()
            .filter(|host| host.power != Power::Absent);
        attached.map(|host| host.id).collect()
    }

    /// How many nodes claim to lead.
    pub(crate) fn claims(&self) -> u64 {
        self.hosts.values().filter(|host| host.claims()).count() as u64
    }
}
