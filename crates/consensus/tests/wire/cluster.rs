//! A cluster of any protocol in bad water: cuts, losses, crashes, calls. It is there for what its
//! nodes say, and to be lied to while it runs.

use crate::dice::Dice;
use consensus::{
    Boot, Call, CallId, ClientId, ClusterId, Command, Commands, Control, Durable, Effect, Effects,
    Envelope, Incarnation, Input, Micros, NodeId, Now, Operation, Output, Protocol, Receiver,
    SessionId,
};
use std::collections::BTreeMap;

const NODES: u16 = 5;
const SECOND: u64 = 1_000_000;

enum Event<P: Protocol> {
    Input(Input<P>),
    Timer(P::Timer),
}

struct Host<P: Protocol> {
    node: P,
    life: u32,
    durable: P::Durable,
    /// When each timer that runs is due, and its place in the queue.
    timers: BTreeMap<P::Timer, (u64, u64)>,
}

/// A cluster and its clock.
pub struct Cluster<P: Protocol> {
    hosts: Vec<Host<P>>,
    settings: P::Settings,
    queue: BTreeMap<(u64, u64), (usize, u32, Event<P>)>,
    now: u64,
    sequence: u64,
    /// Nodes below this hear each other, and so do the others.
    cut: usize,
    dice: Dice,
    /// Everything that was sent since somebody took it.
    pub sent: Vec<Envelope<P::Message>>,
}

impl<P: Protocol> Cluster<P> {
    pub fn new(settings: P::Settings, seed: u64) -> Self {
        let mut cluster = Self {
            hosts: Vec::new(),
            settings,
            queue: BTreeMap::new(),
            now: 0,
            sequence: 0,
            cut: 0,
            dice: Dice(seed),
            sent: Vec::new(),
        };
        for id in 0..NODES {
            let durable = P::Durable::default();
            cluster.hosts.push(Host {
                node: cluster.boot(NodeId(id), 1, durable.clone()),
                life: 1,
                durable,
                timers: BTreeMap::new(),
            });
        }
        for place in 0..cluster.hosts.len() {
            cluster.give(place, Input::Start);
        }
        cluster
    }

    fn boot(&self, node: NodeId, life: u32, durable: P::Durable) -> P {
        P::boot(Boot {
            node,
            cluster: ClusterId(0),
            incarnation: Incarnation(life),
            members: (0..NODES).map(NodeId).collect(),
            settings: self.settings.clone(),
            durable,
        })
    }

    /// Lets one more thing happen: now and then something bad, else the next event.
    pub fn turn(&mut self) {
        let place = self.dice.place(self.hosts.len());
        match self.dice.below(1_000) {
            0 => self.restart(place, None),
            1 => self.restart(place, Some(Control::Leave)),
            2 => self.cut = self.dice.place(self.hosts.len()),
            3..6 => self.cut = 0,
            6..30 => self.call(place),
            30 => self.give(place, Input::Control(Control::TimeOut)),
            _ => self.next(),
        }
    }

    fn next(&mut self) {
        let Some(((at, sequence), (place, life, event))) = self.queue.pop_first() else {
            return;
        };
        self.now = at;
        let host = &mut self.hosts[place];
        match event {
            _ if life != host.life => {}
            Event::Input(input) => self.give(place, input),
            Event::Timer(timer) if host.timers.get(&timer) == Some(&(at, sequence)) => {
                host.timers.remove(&timer);
                self.give(place, Input::Timer(timer));
            }
            Event::Timer(_) => {}
        }
    }

    fn restart(&mut self, place: usize, farewell: Option<Control>) {
        if let Some(farewell) = farewell {
            self.give(place, Input::Control(farewell));
        }
        let host = &self.hosts[place];
        let (life, durable) = (host.life + 1, host.durable.clone());
        let node = u16::try_from(place).expect("few nodes");
        self.hosts[place] = Host {
            node: self.boot(NodeId(node), life, durable.clone()),
            life,
            durable,
            timers: BTreeMap::new(),
        };
        self.give(place, Input::Start);
    }

    fn call(&mut self, place: usize) {
        let operation = match self.dice.below(2) {
            0 => Operation::Read,
            _ => Operation::Write,
        };
        let call = CallId {
            client: ClientId(1),
            sequence: self.dice.below(100),
        };
        let payload = self.dice.word().to_le_bytes().into();
        let command = Command {
            call,
            session: SessionId::LASTING,
            payload,
        };
        self.give(place, Input::Call(Call { operation, command }));
    }

    /// Gives one of the nodes a message.
    pub fn lie(&mut self, lie: Envelope<P::Message>) {
        let place = self.dice.place(self.hosts.len());
        self.give(place, Input::Receive(lie));
    }

    fn give(&mut self, place: usize, input: Input<P>) {
        let mut effects = Effects::new();
        let now = Now {
            monotonic: Micros(self.now),
            wall: Micros(self.now + 3_600 * SECOND),
        };
        self.hosts[place].node.step(now, input, &mut effects);
        for effect in effects.drain() {
            self.carry_out(place, effect);
        }
        // Whatever can be seen of it can be looked at.
        self.hosts[place].node.inspect();
    }

    fn carry_out(&mut self, place: usize, effect: Effect<P>) {
        match effect {
            Effect::Send { to, message } => {
                self.send(place, usize::from(to.0), Receiver::Node(to), message);
            }
            Effect::Broadcast { message } => {
                for to in (0..self.hosts.len()).filter(|to| *to != place) {
                    self.send(place, to, Receiver::Everyone, message.clone());
                }
            }
            Effect::Arm { timer, least, most } => {
                let spread = most.since(least).0.saturating_add(1);
                let after = least.0.saturating_add(self.dice.below(spread));
                let due = self.later(place, after, Event::Timer(timer));
                self.hosts[place].timers.insert(timer, due);
            }
            Effect::Disarm(timer) => {
                self.hosts[place].timers.remove(&timer);
            }
            Effect::Persist { token, write } => {
                self.hosts[place].durable.store(&write);
                self.later(place, 1_000, Event::Input(Input::Stored(token)));
            }
            Effect::Draw(purpose) => {
                let value = self.dice.word();
                self.later(place, 0, Event::Input(Input::Drawn { purpose, value }));
            }
            Effect::Apply(commands) => {
                let echo = |_, command: &Command| Output::new(command.payload.clone());
                let applied = commands.carry_out(echo);
                self.later(place, 0, Event::Input(Input::Applied(applied)));
            }
            _ => {}
        }
    }

    fn send(&mut self, from: usize, to: usize, receiver: Receiver, message: P::Message) {
        let envelope = Envelope {
            cluster: ClusterId(0),
            sender: NodeId(u16::try_from(from).expect("few nodes")),
            incarnation: Incarnation(self.hosts[from].life),
            receiver,
            message,
        };
        self.sent.push(envelope.clone());
        let apart = (from < self.cut) != (to < self.cut);
        let lost = self.dice.below(20) == 0;
        if to < self.hosts.len() && !apart && !lost {
            let delay = 5_000 + self.dice.below(25_000);
            self.later(to, delay, Event::Input(Input::Receive(envelope)));
        }
    }

    fn later(&mut self, place: usize, after: u64, event: Event<P>) -> (u64, u64) {
        self.sequence += 1;
        let due = (self.now.saturating_add(after), self.sequence);
        let life = self.hosts[place].life;
        self.queue.insert(due, (place, life, event));
        due
    }
}
