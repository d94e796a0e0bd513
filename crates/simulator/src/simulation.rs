//! A run of one protocol: what is to come, and how each event is carried out.

use crate::Action;
use crate::action::TimedAction;
use crate::by_node::ByNode;
use crate::check::{Peer, Watch};
use crate::choose::{Choose, Seeded};
use crate::client::{ClientEvent, Clients};
use crate::happening::{Happening, What};
use crate::host::{Host, Missed};
use crate::network::Network;
use crate::operator::Operator;
use crate::queue::EventQueue;
use crate::tally::Tally;
use crate::view::Power;
use crate::world::World;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use consensus::{
    Control, Effects, Incarnation, Input, Micros, NodeId, Protocol, Queue, StableHasher, Token,
};
use core::hash::{Hash, Hasher};

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
    /// A node has worked on a message for long enough, in this turn.
    Worked { node: NodeId, turn: u64 },
    /// Something that a client waits for.
    Client(ClientEvent),
    /// The operator looks again.
    Operator,
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
    script: Queue<TimedAction>,
    pub(crate) network: Network<P::Message>,
    pub(crate) hosts: ByNode<Host<P>>,
    pub(crate) settings: P::Settings,
    pub(crate) clients: Clients,
    pub(crate) operator: Operator,
    pub(crate) tally: Tally,
    pub(crate) watch: Watch,
    effects: Effects<P>,
    answers: VecDeque<Input<P>>,
    /// Whether nobody is told what happens, because nobody wants to know.
    pub(crate) untold: bool,
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
        let mut hosts = ByNode::new();
        for node in &members {
            queue.push(Micros::ZERO, Event::Boot(*node));
            let host = || Host::new(*node, &world, settings.clone());
            // All are attached before any boots, so that the first to speak is heard by all.
            hosts.get_or_insert_with(*node, host).power = Power::Stopped;
        }
        let mut run = Self {
            network: Network::new(world.link),
            clients: Clients::new(world.clients, world.client, world.workload),
            watch: Watch::new(world.promises, world.nodes, world.seed),
            operator: Operator::default(),
            choose,
            now: Micros::ZERO,
            events: 0,
            digest: 0,
            queue,
            script: Queue::new(),
            hosts,
            settings,
            tally: Tally::default(),
            effects: Effects::new(),
            answers: VecDeque::new(),
            untold: false,
            world,
        };
        run.disturb();
        run.start_clients();
        run
    }

    /// Puts an action into the script, after those of the same time.
    pub(crate) fn put(&mut self, timed: TimedAction) {
        let place = self.script.partition_point(|it| it.at <= timed.at);
        self.script.insert(place, timed);
    }

    /// Takes an action out of the script; false where it is not to come.
    pub(crate) fn take_out(&mut self, timed: &TimedAction) -> bool {
        let place = self.script.iter().rposition(|it| it == timed);
        place.and_then(|place| self.script.remove(place)).is_some()
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

    /// Begins an event at this time.
    pub(crate) fn begin(&mut self, at: Micros, sequence: u64) {
        self.tally.pass(at, self.claims());
        self.now = at;
        self.events += 1;
        self.fold(&(at, sequence));
        self.network.forget_sunk(at);
    }

    /// Ends an event: the checks look at what it brought.
    pub(crate) fn end(&mut self, story: &mut Vec<Happening>) {
        let (now, events) = (self.now, self.events);
        let live = || self.hosts.values().filter(|host| host.is_up());
        let kept = live().map(|host| (host.id, host.node.bookkeeping()));
        self.watch.kept(events, kept);
        let peers = live().map(|host| Peer {
            node: host.id,
            incarnation: host.incarnation,
            joined: host.reported.joined,
            leads: host.claims(),
            follows: host.reported.follows,
            ledger: host.node.inspect().ledger,
        });
        if let Some(violation) = self.watch.close(now, events, peers) {
            self.tell(story, What::Violated(violation));
        }
        self.skip_stale();
    }

    /// Carries an event out.
    pub(crate) fn carry_out(&mut self, event: Event<P>, story: &mut Vec<Happening>) {
        match event {
            Event::Boot(node) => self.boot(node, story),
            Event::Arrive(number) => self.arrive(number, story),
            Event::Worked { node, .. } => self.worked(node, story),
            Event::Timer {
                node,
                timer,
                generation,
            } => self.befall(node, Missed::Timer(timer, generation), story),
            Event::Stored { node, token, .. } => {
                self.complete(node, token, story);
                self.befall(node, Missed::Stored(token), story);
            }
            Event::Client(event) => self.wake_client(event, story),
            Event::Operator => self.operate(story),
        }
    }

    /// Something of a node's own reaches it, now or when it goes on.
    fn befall(&mut self, node: NodeId, what: Missed<P::Timer>, story: &mut Vec<Happening>) {
        let paused = self.hosts.get_mut(node);
        match paused.filter(|host| host.power == Power::Paused) {
            Some(host) => host.missed.push(what),
            None => self.catch_up(node, what, story),
        }
    }

    /// Gives a node something of its own.
    pub(crate) fn catch_up(
        &mut self,
        node: NodeId,
        missed: Missed<P::Timer>,
        story: &mut Vec<Happening>,
    ) {
        let input = match missed {
            Missed::Stored(token) => Input::Stored(token),
            Missed::Timer(timer, generation) => {
                let Some(host) = self.hosts.get_mut(node) else {
                    return;
                };
                if !host.is_armed(timer, generation) {
                    return;
                }
                host.disarm(timer);
                Input::Timer(timer)
            }
        };
        self.give(node, input, story);
    }

    /// Gives a node one input and carries out what follows, the answers of its state machine and
    /// its random values included: these take no time.
    pub(crate) fn give(&mut self, node: NodeId, input: Input<P>, story: &mut Vec<Happening>) {
        let mut answers = core::mem::take(&mut self.answers);
        self.give_one(node, input, &mut answers, story);
        while let Some(input) = answers
            .pop_front()
            .or_else(|| self.word_of_application(node))
        {
            self.give_one(node, input, &mut answers, story);
        }
        self.answers = answers;
    }

    /// Gives a node one input, where it is up, and carries out what it asks for but what `answers`
    /// it.
    fn give_one(
        &mut self,
        node: NodeId,
        input: Input<P>,
        answers: &mut VecDeque<Input<P>>,
        story: &mut Vec<Happening>,
    ) {
        let Some(host) = self.hosts.get_mut(node).filter(|host| host.is_up()) else {
            return;
        };
        let mut effects = core::mem::take(&mut self.effects);
        let now = host.clock.now(self.now);
        let mut hasher = StableHasher::default();
        (self.digest, node, &input).hash(&mut hasher);
        host.node.step(now, input, &mut effects);
        effects.as_slice().hash(&mut hasher);
        self.digest = hasher.finish();
        for effect in effects.drain() {
            answers.extend(self.carry(node, effect, story));
        }
        self.effects = effects;
    }

    /// A node's application has its snapshot taken when it has applied enough since the last one.
    fn word_of_application(&mut self, node: NodeId) -> Option<Input<P>> {
        let every = self.world.snapshot_every?;
        let host = self.hosts.get_mut(node)?;
        if host.applied_since_snapshot < every {
            return None;
        }
        // What was applied beyond counts for the next, so that nodes stay in step with each other.
        host.applied_since_snapshot %= every.max(1);
        Some(Input::Control(Control::TakeSnapshot))
    }

    /// Boots a node and tells the story of it.
    pub(crate) fn boot(&mut self, node: NodeId, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get_mut(node) else {
            return;
        };
        host.boot();
        self.watch.born(node, host.incarnation);
        self.tell_power(node, story);
        self.give(node, Input::Start, story);
    }

    /// Tells what a node is now.
    pub(crate) fn tell_power(&self, node: NodeId, story: &mut Vec<Happening>) {
        if let Some(host) = self.hosts.get(node) {
            let (power, incarnation) = (host.power, host.incarnation);
            self.tell(
                story,
                What::Power {
                    node,
                    power,
                    incarnation,
                },
            );
        }
    }

    /// Adds to the story.
    pub(crate) fn tell(&self, story: &mut Vec<Happening>, what: What) {
        if self.untold {
            return;
        }
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
