//! Three servers with their hosts, effect by effect: a crash may come between any two.

use super::*;
use consensus::raft::RaftTimer;
use consensus::{
    Answer, Boot, ClusterId, Commands, Durable, Effects, Envelope, Incarnation, Micros, NodeId,
};
use consensus::{Now, Output, Receiver, Role};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(super) const ALL: [NodeId; 3] = [A, B, C];

/// A host: what it keeps through a crash, and what it does not.
pub(super) struct Host {
    /// `None` while it is down.
    pub(super) node: Option<Raft>,
    life: u32,
    pub(super) durable: RaftDurable,
    pub(super) kept: BTreeMap<SnapshotId, Vec<u8>>,
    /// The state machine: the payloads of all commands, in order.
    pub(super) state: Vec<u8>,
    /// How many effects it has carried out.
    pub(super) effects: u64,
}

/// The hosts, and a network that keeps the order.
pub(super) struct Hosts {
    pub(super) hosts: Vec<Host>,
    queue: VecDeque<(NodeId, Input<Raft>)>,
    /// Whom nothing reaches.
    pub(super) cut_off: Option<NodeId>,
    /// Who crashes, after how many of its effects.
    pub(super) crash: Option<(NodeId, u64)>,
    /// The calls that were answered with yes.
    pub(super) answered: BTreeSet<u64>,
    settings: RaftSettings,
}

impl Hosts {
    pub(super) fn new(settings: RaftSettings, crash: Option<(NodeId, u64)>) -> Self {
        let host = |_| Host {
            node: None,
            life: 0,
            durable: RaftDurable::default(),
            kept: BTreeMap::new(),
            state: Vec::new(),
            effects: 0,
        };
        let mut hosts = Self {
            hosts: ALL.map(host).into(),
            queue: VecDeque::new(),
            cut_off: None,
            crash,
            answered: BTreeSet::new(),
            settings,
        };
        ALL.into_iter().for_each(|node| hosts.start(node));
        hosts
    }

    fn host(&mut self, node: NodeId) -> &mut Host {
        &mut self.hosts[usize::from(node.0)]
    }

    /// Starts a server on what its disk kept, with an empty state machine; unless it is up.
    pub(super) fn start(&mut self, node: NodeId) {
        let settings = self.settings.clone();
        let host = self.host(node);
        if host.node.is_some() {
            return;
        }
        host.life += 1;
        host.state.clear();
        host.node = Some(Raft::boot(Boot {
            node,
            cluster: ClusterId(0),
            incarnation: Incarnation(host.life),
            members: ALL.into(),
            settings,
            durable: host.durable.clone(),
        }));
        self.give(node, Input::Start);
    }

    /// Gives one input, and lets everything run that follows.
    pub(super) fn give(&mut self, node: NodeId, input: Input<Raft>) {
        self.queue.push_back((node, input));
        while let Some((node, input)) = self.queue.pop_front() {
            self.step(node, input);
        }
    }

    fn step(&mut self, node: NodeId, input: Input<Raft>) {
        let Some(server) = &mut self.host(node).node else {
            return;
        };
        let mut effects = Effects::new();
        let now = Now {
            monotonic: Micros::ZERO,
            wall: Micros::ZERO,
        };
        server.step(now, input, &mut effects);
        for effect in effects.drain() {
            let host = self.host(node);
            host.effects += 1;
            let done = host.effects;
            if self.crash == Some((node, done)) {
                self.crash = None;
                self.host(node).node = None;
                self.queue.retain(|(to, _)| *to != node);
                return;
            }
            self.carry_out(node, effect);
        }
    }

    fn carry_out(&mut self, node: NodeId, effect: Effect<Raft>) {
        match effect {
            Effect::Send { to, message } => {
                if self.cut_off != Some(to) && self.cut_off != Some(node) {
                    let envelope = Envelope {
                        cluster: ClusterId(0),
                        sender: node,
                        incarnation: Incarnation(self.host(node).life),
                        receiver: Receiver::Node(to),
                        message,
                    };
                    self.queue.push_back((to, Input::Receive(envelope)));
                }
            }
            Effect::Persist { token, write } => {
                self.host(node).durable.store(&write);
                self.queue.push_back((node, Input::Stored(token)));
            }
            Effect::Answer {
                call,
                answer: Answer::Done(_),
            } => {
                self.answered.insert(call.sequence);
            }
            effect => {
                if let Some(input) = self.host(node).serve(effect) {
                    self.queue.push_back((node, input));
                }
            }
        }
    }

    pub(super) fn leader(&self) -> Option<NodeId> {
        let leads = |host: &Host| {
            let node = host.node.as_ref();
            node.is_some_and(|it| it.inspect().role == Role::Leader)
        };
        let found = self.hosts.iter().rposition(leads)?;
        Some(NodeId(found as u16))
    }

    /// So many rounds of heartbeats of whoever leads.
    pub(super) fn beat(&mut self, rounds: u64) {
        for _ in 0..rounds {
            for node in ALL {
                self.give(node, Input::Timer(RaftTimer::Heartbeat));
            }
        }
    }
}

impl Host {
    /// The state machine's part.
    fn serve(&mut self, effect: Effect<Raft>) -> Option<Input<Raft>> {
        match effect {
            Effect::Apply(run) => Some(Input::Applied(run.carry_out(|_, command| {
                self.state.extend(command.payload.iter());
                Output::new(Arc::clone(&command.payload))
            }))),
            Effect::TakeSnapshot(id) => {
                self.kept.insert(id, self.state.clone());
                Some(taken(id.0, self.state.len() as u64))
            }
            Effect::ReadSnapshot { id, offset, len } => {
                let whole = self.kept.get(&id).expect("what is sent is kept");
                let piece = whole.iter().skip(offset as usize).take(len as usize);
                let bytes = piece.copied().collect();
                Some(Input::SnapshotRead { id, offset, bytes })
            }
            Effect::InstallSnapshot { id, bytes } => {
                self.kept.insert(id, bytes.to_vec());
                self.restore(id)
            }
            Effect::RestoreSnapshot(id) => self.restore(id),
            Effect::ForgetSnapshots { before } => {
                self.kept.retain(|id, _| *id >= before);
                None
            }
            _ => None,
        }
    }

    fn restore(&mut self, id: SnapshotId) -> Option<Input<Raft>> {
        let bytes = self.kept.get(&id).expect("what the disk names is kept");
        self.state.clone_from(bytes);
        Some(installed(id.0))
    }
}
