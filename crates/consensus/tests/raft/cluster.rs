//! A tiny cluster on a bad network and slow disks. (The real simulator lives in its own crate.)

use crate::server::*;
use consensus::raft::{Raft, RaftDurable, RaftMessage, RaftRule, RaftTimer, RaftWrite};
use consensus::{
    ClusterId, Durable, Effect, Effects, Envelope, Incarnation, Input, Mandate, Micros, NodeId,
    Now, Observation, Output, Protocol, Receiver, Role, Token,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

struct Machine {
    raft: Raft,
    durable: RaftDurable,
    writes: VecDeque<(Token, RaftWrite)>,
    timers: BTreeSet<RaftTimer>,
    applied: VecDeque<(u64, Output)>,
}

struct Cluster {
    size: u16,
    machines: Vec<Machine>,
    network: Vec<(NodeId, NodeId, RaftMessage)>,
    leaders: BTreeMap<u64, NodeId>,
    committed: BTreeMap<u64, (u64, u64)>,
    rules: BTreeSet<RaftRule>,
    answered: BTreeSet<u64>,
    calls: u64,
}

impl Cluster {
    fn new(size: u16) -> Self {
        let machine = |node| Machine {
            raft: boot(
                NodeId(node),
                size,
                RaftDurable::default(),
                Default::default(),
            ),
            durable: RaftDurable::default(),
            writes: VecDeque::new(),
            timers: BTreeSet::new(),
            applied: VecDeque::new(),
        };
        let mut cluster = Self {
            size,
            machines: (0..size).map(machine).collect(),
            network: Vec::new(),
            leaders: BTreeMap::new(),
            committed: BTreeMap::new(),
            rules: BTreeSet::new(),
            answered: BTreeSet::new(),
            calls: 0,
        };
        for node in 0..size {
            cluster.give(NodeId(node), Input::Start);
        }
        cluster
    }

    fn give(&mut self, node: NodeId, input: Input<Raft>) {
        let mut effects = Effects::new();
        let now = Now {
            monotonic: Micros(1),
            wall: Micros(1),
        };
        let machine = &mut self.machines[usize::from(node.0)];
        machine.raft.step(now, input, &mut effects);
        for effect in effects.drain() {
            let machine = &mut self.machines[usize::from(node.0)];
            match effect {
                Effect::Send { to, message } => self.network.push((node, to, message)),
                Effect::Persist { token, write } => machine.writes.push_back((token, write)),
                Effect::Arm { timer, .. } => drop(machine.timers.insert(timer)),
                Effect::Disarm(timer) => drop(machine.timers.remove(&timer)),
                Effect::Apply { index, command } => {
                    machine.applied.push_back((index, Output(command.payload)));
                }
                Effect::Answer { call, answer } => {
                    if matches!(answer, consensus::Answer::Done(_)) {
                        self.answered.insert(call.sequence);
                    }
                }
                Effect::Observe(observation) => self.check(node, observation),
                Effect::Why { rule, .. } => drop(self.rules.insert(rule)),
                _ => {}
            }
        }
    }

    fn check(&mut self, node: NodeId, observation: Observation) {
        match observation {
            // Election Safety.
            Observation::Role {
                role: Role::Leader,
                mandate: Mandate::Term(term),
            } => {
                let first = *self.leaders.entry(term).or_insert(node);
                assert_eq!(first, node, "two leaders in term {term}");
            }
            // Leader Completeness and State Machine Safety: one history is committed.
            Observation::Committed {
                index,
                term,
                digest,
            } => {
                let first = *self.committed.entry(index).or_insert((term, digest));
                assert_eq!(first, (term, digest), "two entries committed at {index}");
            }
            _ => {}
        }
    }

    fn deliver(&mut self, at: usize, keep: bool) {
        let (sender, to, message) = match keep {
            true => self.network[at].clone(),
            false => self.network.swap_remove(at),
        };
        let envelope = Envelope {
            cluster: ClusterId(7),
            sender,
            incarnation: Incarnation(1),
            receiver: Receiver::Node(to),
            message,
        };
        self.give(to, Input::Receive(envelope));
    }

    fn store(&mut self, node: NodeId) {
        let machine = &mut self.machines[usize::from(node.0)];
        if let Some((token, write)) = machine.writes.pop_front() {
            machine.durable.store(&write);
            self.give(node, Input::Stored(token));
        }
    }

    fn apply(&mut self, node: NodeId) {
        let machine = &mut self.machines[usize::from(node.0)];
        if let Some((index, output)) = machine.applied.pop_front() {
            self.give(node, Input::Applied { index, output });
        }
    }

    fn fire(&mut self, node: NodeId, timer: RaftTimer) {
        if self.machines[usize::from(node.0)].timers.remove(&timer) {
            self.give(node, Input::Timer(timer));
        }
    }

    fn crash(&mut self, node: NodeId) {
        let machine = &mut self.machines[usize::from(node.0)];
        machine.writes.clear();
        machine.timers.clear();
        machine.applied.clear();
        machine.raft = boot(node, self.size, machine.durable.clone(), Default::default());
        self.give(node, Input::Start);
    }

    fn call(&mut self, node: NodeId) -> u64 {
        self.calls += 1;
        self.give(node, call(self.calls));
        self.calls
    }

    /// One choice of what happens next.
    fn happen(&mut self, kind: u8, which: usize) {
        let node = NodeId((which % usize::from(self.size)) as u16);
        let flying = self.network.len();
        match kind {
            0..=54 if flying > 0 => self.deliver(which % flying, false),
            55..=59 if flying > 0 => self.deliver(which % flying, true),
            60..=64 if flying > 0 => drop(self.network.swap_remove(which % flying)),
            65..=80 => self.store(node),
            81..=85 => self.apply(node),
            86..=88 => self.fire(node, RaftTimer::Election),
            89..=93 => self.fire(node, RaftTimer::Heartbeat),
            94..=98 => drop(self.call(node)),
            99 => self.crash(node),
            _ => {}
        }
    }

    /// Everything arrives, is stored and applied, until nothing is left to do.
    fn settle(&mut self) {
        for _ in 0..100_000 {
            let nodes: Vec<NodeId> = (0..self.size).map(NodeId).collect();
            for node in &nodes {
                self.store(*node);
                self.apply(*node);
            }
            if !self.network.is_empty() {
                let (sender, to, message) = self.network.remove(0);
                self.network.insert(0, (sender, to, message));
                self.deliver(0, false);
            }
            let busy = |m: &Machine| !m.writes.is_empty() || !m.applied.is_empty();
            if self.network.is_empty() && !self.machines.iter().any(busy) {
                return;
            }
        }
        panic!("it never settles");
    }

    fn leader(&self) -> Option<NodeId> {
        let newest = |m: &&Machine| m.raft.inspect().role == Role::Leader;
        let leaders = self.machines.iter().filter(newest);
        let by_term = leaders.max_by_key(|m| m.raft.inspect().reign.mandate)?;
        by_term.raft.inspect().reign.leader
    }

    /// A healed cluster elects a leader, commits, and agrees, within a few timeouts.
    fn recover(&mut self) {
        self.settle();
        for round in 0..20 {
            if let Some(leader) = self.leader() {
                let sequence = self.call(leader);
                for _ in 0..3 {
                    self.settle();
                    self.fire(leader, RaftTimer::Heartbeat);
                }
                self.settle();
                if self.answered.contains(&sequence) && self.agrees() {
                    return;
                }
            }
            self.fire(NodeId(round % self.size), RaftTimer::Election);
            self.settle();
        }
        panic!("a healed cluster makes no progress");
    }

    /// Whether every server has committed all that is committed anywhere, and nothing else.
    fn agrees(&self) -> bool {
        let newest = self.committed.keys().max().copied().unwrap_or(0);
        let agrees = |machine: &Machine| {
            machine.raft.inspect().committed == newest && machine.durable.log.len() == newest
        };
        self.machines.iter().all(agrees)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_cluster_is_safe_in_any_weather_and_recovers(
        size in 3..=5_u16,
        choices in prop::collection::vec((0..100_u8, any::<u16>()), 0..1_500),
    ) {
        let mut cluster = Cluster::new(size);
        for (kind, which) in choices {
            cluster.happen(kind, usize::from(which));
        }
        cluster.recover();
    }
}

/// R9: {A, B} cut from {C, D, E} with A leading.
#[test]
fn the_story_of_the_five_servers() {
    let mut cluster = Cluster::new(5);
    cluster.fire(A, RaftTimer::Election);
    cluster.settle();
    cluster.call(A);
    cluster.settle();
    cluster.fire(A, RaftTimer::Heartbeat);
    cluster.settle();
    let commit = |cluster: &Cluster, node: NodeId| {
        cluster.machines[usize::from(node.0)]
            .raft
            .inspect()
            .committed
    };
    assert_eq!([A, B, C, D, E].map(|node| commit(&cluster, node)), [1; 5]);
    // The cut: whatever crosses it is lost.
    let settle_cut = |cluster: &mut Cluster| {
        for _ in 0..200 {
            let crosses =
                |(from, to, _): &(NodeId, NodeId, RaftMessage)| (from.0 < 2) != (to.0 < 2);
            cluster.network.retain(|flight| !crosses(flight));
            for node in [A, B, C, D, E] {
                cluster.store(node);
                cluster.apply(node);
            }
            if !cluster.network.is_empty() {
                cluster.deliver(0, false);
            }
        }
    };
    let lost = cluster.call(A);
    settle_cut(&mut cluster);
    for _ in 0..2 {
        cluster.fire(A, RaftTimer::Heartbeat);
        settle_cut(&mut cluster);
    }
    assert!(cluster.rules.contains(&RaftRule::CommitWaits));
    cluster.fire(C, RaftTimer::Election);
    settle_cut(&mut cluster);
    let kept = cluster.call(C);
    settle_cut(&mut cluster);
    assert!(cluster.answered.contains(&kept) && !cluster.answered.contains(&lost));
    assert_eq!((commit(&cluster, A), commit(&cluster, C)), (1, 2));
    // Healed: A hears of the later term, and A and B take the new log.
    cluster.fire(C, RaftTimer::Heartbeat);
    cluster.settle();
    cluster.fire(C, RaftTimer::Heartbeat);
    cluster.settle();
    assert!(cluster.rules.contains(&RaftRule::SteppedDown));
    assert!(cluster.rules.contains(&RaftRule::ConflictTruncated));
    assert_eq!([A, B, C, D, E].map(|node| commit(&cluster, node)), [2; 5]);
}
