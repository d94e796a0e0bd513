//! A few peers, a virtual clock and a bad network: just enough to ask whether the oldest ends up
//! leading.
#![allow(dead_code, missing_docs, unreachable_pub)]

use consensus::almighty::{
    Almighty, AlmightyMessage, AlmightyRule, AlmightySettings, AlmightyTimer,
};
use consensus::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub enum Event {
    Input(Input<Almighty>),
    Timer(AlmightyTimer, u64),
}

pub struct Peer {
    pub node: Option<Almighty>,
    pub lives: u32,
    pub skew: u64,
    pub timers: BTreeMap<AlmightyTimer, u64>,
}

pub struct Cluster {
    pub now: u64,
    pub peers: Vec<Peer>,
    pub side: Vec<u8>,
    /// Directed links that let nothing through.
    pub cut: BTreeSet<(usize, usize)>,
    /// Lost messages per hundred, and duplicated ones.
    pub loss: u64,
    pub settings: AlmightySettings,
    pub whys: BTreeMap<AlmightyRule, u64>,
    pub log: Vec<String>,
    pub verbose: bool,
    pub sent: BTreeMap<&'static str, u64>,
    queue: BTreeMap<(u64, u64), (usize, u32, Event)>,
    sequence: u64,
    random: u64,
}

impl Cluster {
    pub fn new(nodes: usize, seed: u64, settings: AlmightySettings) -> Self {
        let peer = || Peer {
            node: None,
            lives: 0,
            skew: 3_600_000_000,
            timers: BTreeMap::new(),
        };
        Self {
            now: 0,
            peers: (0..nodes).map(|_| peer()).collect(),
            side: vec![0; nodes],
            cut: BTreeSet::new(),
            loss: 0,
            settings,
            whys: BTreeMap::new(),
            log: Vec::new(),
            verbose: false,
            sent: BTreeMap::new(),
            queue: BTreeMap::new(),
            sequence: 0,
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
        }
    }

    /// Uniform enough over `0..of`.
    pub fn draw(&mut self, of: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % of.max(1)
    }

    pub fn start(&mut self, i: usize) {
        self.peers[i].lives += 1;
        self.peers[i].node = Some(Almighty::boot(Boot {
            node: NodeId(i as u16),
            cluster: ClusterId(0),
            incarnation: Incarnation(self.peers[i].lives),
            members: Vec::new(),
            settings: self.settings,
            durable: Default::default(),
        }));
        self.give(i, Input::Start);
    }

    pub fn crash(&mut self, i: usize) {
        self.peers[i].node = None;
        self.peers[i].timers.clear();
    }

    pub fn leave(&mut self, i: usize) {
        self.give(i, Input::Control(Control::Leave));
        self.crash(i);
    }

    pub fn give(&mut self, i: usize, input: Input<Almighty>) {
        let peer = &mut self.peers[i];
        let Some(node) = &mut peer.node else { return };
        let mut effects = Effects::new();
        let now = Now {
            monotonic: Micros(self.now),
            wall: Micros(self.now + peer.skew),
        };
        if self.verbose
            && !format!("{input:?}").contains("Po")
            && !format!("{input:?}").contains("Ping")
        {
            self.log
                .push(format!("{:>9} {} << {input:?}", self.now, NodeId(i as u16)));
        }
        node.step(now, input, &mut effects);
        let effects: Vec<_> = effects.drain().collect();
        for effect in effects {
            self.perform(i, effect);
        }
    }

    fn perform(&mut self, i: usize, effect: Effect<Almighty>) {
        match effect {
            Effect::Send { to, message } => {
                self.carry(i, to.0 as usize, Receiver::Node(to), message);
            }
            Effect::Broadcast { message } => {
                for to in (0..self.peers.len()).filter(|to| *to != i) {
                    self.carry(i, to, Receiver::Everyone, message.clone());
                }
            }
            Effect::Arm { timer, least, most } => {
                let after = least.0 + self.draw(most.0 - least.0 + 1);
                let sequence = self.later(i, after, Event::Timer(timer, self.sequence + 1));
                self.peers[i].timers.insert(timer, sequence);
            }
            Effect::Disarm(timer) => {
                self.peers[i].timers.remove(&timer);
            }
            Effect::Draw(purpose) => {
                let value = self.draw(u64::MAX);
                self.later(i, 0, Event::Input(Input::Drawn { purpose, value }));
            }
            Effect::Apply { index, command } => {
                let output = Output(command.payload);
                self.later(i, 0, Event::Input(Input::Applied { index, output }));
            }
            Effect::Why { rule, facts } => {
                *self.whys.entry(rule).or_default() += 1;
                if self.verbose && rule.weight() > 0 {
                    let line = format!(
                        "{:>9} {} {} {:?}",
                        self.now,
                        NodeId(i as u16),
                        rule.name(),
                        facts.peer
                    );
                    self.log.push(line);
                }
            }
            _ => {}
        }
    }

    fn carry(&mut self, from: usize, to: usize, receiver: Receiver, message: AlmightyMessage) {
        *self.sent.entry(message.describe().kind).or_default() += 1;
        let lost = self.draw(100) < self.loss;
        let copies = 1 + u64::from(self.draw(100) < self.loss / 2);
        if to >= self.peers.len()
            || lost
            || self.side[from] != self.side[to]
            || self.cut.contains(&(from, to))
        {
            return;
        }
        let envelope = Envelope {
            cluster: ClusterId(0),
            sender: NodeId(from as u16),
            incarnation: Incarnation(self.peers[from].lives),
            receiver,
            message,
        };
        for _ in 0..copies {
            let delay = 5_000 + self.draw(25_001);
            self.later(to, delay, Event::Input(Input::Receive(envelope.clone())));
        }
    }

    fn later(&mut self, i: usize, after: u64, event: Event) -> u64 {
        self.sequence += 1;
        let life = match event {
            Event::Input(Input::Receive(_)) => 0,
            _ => self.peers[i].lives,
        };
        self.queue
            .insert((self.now + after, self.sequence), (i, life, event));
        self.sequence
    }

    pub fn run_until(&mut self, end: u64) {
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 > end {
                break;
            }
            let ((at, sequence), (i, life, event)) = entry.remove_entry();
            self.now = at;
            if life != 0 && life != self.peers[i].lives {
                continue;
            }
            match event {
                Event::Input(input) => self.give(i, input),
                Event::Timer(timer, _) if self.peers[i].timers.get(&timer) == Some(&sequence) => {
                    self.peers[i].timers.remove(&timer);
                    self.give(i, Input::Timer(timer));
                }
                Event::Timer(..) => {}
            }
        }
        self.now = end;
    }

    pub fn run_for(&mut self, span: u64) {
        self.run_until(self.now + span);
    }

    pub fn live(&self) -> Vec<(usize, &Almighty)> {
        let live = self.peers.iter().enumerate();
        live.filter_map(|(i, peer)| Some((i, peer.node.as_ref()?)))
            .collect()
    }

    /// The oldest live peer, by the stamp in its own ledger.
    pub fn oldest(&self) -> Option<NodeId> {
        let age = |(i, node): &(usize, &Almighty)| {
            let id = NodeId(*i as u16);
            let row = node
                .inspect()
                .ledger
                .into_iter()
                .find(|row| row.node == id)?;
            Some((row.joined, id))
        };
        self.live().iter().filter_map(age).min().map(|(_, id)| id)
    }

    /// Whether the oldest live peer leads, alone and known to all, with one secret.
    pub fn stable(&self) -> bool {
        let oldest = self.oldest();
        let mut reigns = BTreeSet::new();
        self.live().iter().all(|(i, node)| {
            let view = node.inspect();
            let leads = view.role == Role::Leader;
            // A rotation in flight is no second reign.
            let fixed = self.settings.secret_rotation.is_none();
            reigns.insert((view.reign, view.secret.filter(|_| fixed)));
            reigns.len() == 1
                && view.reign.leader == oldest
                && leads == (oldest == Some(NodeId(*i as u16)))
                && view.role != Role::Candidate
        })
    }

    pub fn ledgers_agree(&self) -> bool {
        let ledgers: Vec<_> = self
            .live()
            .iter()
            .map(|(_, node)| node.inspect().ledger)
            .collect();
        ledgers.windows(2).all(|pair| pair[0] == pair[1])
    }

    pub fn quiet(&mut self) {
        self.loss = 0;
        self.cut.clear();
        self.side.fill(0);
    }

    pub fn count(&self, rule: AlmightyRule) -> u64 {
        self.whys.get(&rule).copied().unwrap_or(0)
    }
}
