//! One server under any order of what concerns snapshots, with a host that takes its time, and
//! crashes.

use super::*;
use crate::noise::is_about_snapshots;
use consensus::raft::{AppendAnswer, AppendOutcome, RaftRule, RaftTimer};
use consensus::{Commands, Durable, Explain, Mandate, NodeId, Output, Token};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Event {
    /// The host does so many of the things that it was asked for.
    Serve(usize),
    Crash,
    Input(Input<Raft>),
    /// It stands, and is elected.
    Win,
    /// B leads its term, or the next, and appends so many entries where its log ends, all
    /// committed but for the last few.
    Led {
        next: bool,
        entries: usize,
        open: u64,
    },
    /// From now on B's snapshot stands for so much more than the log of A.
    Offered(u64),
    /// B sends a piece of its snapshot: from where A wants it, or from anywhere.
    Piece {
        wanted: bool,
        offset: u64,
        len: usize,
        session: u64,
    },
    /// A peer confirms so much of its log, counted from the end.
    Matched {
        peer: NodeId,
        less: u64,
    },
    /// C answers a piece.
    Answered(SnapshotOutcome),
}

fn event() -> impl Strategy<Value = Event> {
    let outcome = prop_oneof![
        6 => (0..12_u64).prop_map(SnapshotOutcome::Received),
        2 => Just(SnapshotOutcome::Installed),
        1 => Just(SnapshotOutcome::Stale),
    ];
    let input = prop_oneof![
        3 => Just(wish()),
        3 => (0..99_u64).prop_map(call),
        2 => Just(Input::Timer(RaftTimer::Heartbeat)),
        1 => Just(Input::Timer(RaftTimer::Election)),
        1 => (1..4_u64).prop_map(|term| timeout_now(B, term)),
        1 => (0..9_u64).prop_map(installed),
        1 => (0..9_u64).prop_map(|id| taken(id, 9)),
    ];
    prop_oneof![
        10 => (0..4_usize).prop_map(Event::Serve),
        1 => Just(Event::Crash),
        6 => input.prop_map(Event::Input),
        1 => Just(Event::Win),
        2 => (0..4_u8, 0..4_usize, 0..3_u64)
            .prop_map(|(next, entries, open)| Event::Led { next: next == 0, entries, open }),
        1 => (0..4_u64).prop_map(Event::Offered),
        8 => (0..5_u8, 0..12_u64, 0..6_usize, 1..10_u64).prop_map(|(wanted, offset, len, session)| {
            Event::Piece { wanted: wanted > 0, offset, len, session: session / 8 + 1 }
        }),
        4 => (1..3_u16, 0..9_u64)
            .prop_map(|(peer, less)| Event::Matched { peer: NodeId(peer), less }),
        4 => outcome.prop_map(Event::Answered),
    ]
}

/// What the host was asked for.
enum Asked {
    Write(Token, RaftWrite),
    Machine(Effect<Raft>),
}

/// Server A, and what was seen of it.
struct World {
    bench: Bench<Raft>,
    asked: VecDeque<Asked>,
    /// Snapshots by id, and how long each is.
    kept: BTreeMap<SnapshotId, u64>,
    offered: LogPosition,
    wanted: u64,
    round: u64,
    /// The last index of the snapshot that C is sent.
    sent: u64,
    committed: u64,
    rules: BTreeSet<&'static str>,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            bench: start(RaftDurable::default()),
            asked: VecDeque::new(),
            kept: BTreeMap::new(),
            offered: at(3, 1),
            wanted: 0,
            round: 1,
            sent: 0,
            committed: 0,
            rules: BTreeSet::new(),
        };
        world.give(Input::Start);
        world
    }

    fn term(&self) -> u64 {
        let Mandate::Term(term) = self.bench.node.inspect().reign.mandate else {
            panic!("a Raft mandate is a term")
        };
        term
    }

    /// Whether the host is to put a snapshot in place of the state machine.
    fn installs(&self) -> bool {
        let install = |it: &Asked| matches!(it, Asked::Machine(Effect::InstallSnapshot { .. }));
        self.asked.iter().any(install)
    }

    fn end(&self) -> LogPosition {
        let view = self.bench.node.inspect().log;
        let last = view.last().map(|entry| at(entry.index, entry.term));
        last.unwrap_or_else(|| at(self.committed, self.term().min(1)))
    }

    fn happen(&mut self, event: Event) {
        let term = self.term().max(1);
        match event {
            Event::Serve(times) => (0..times).for_each(|_| self.serve()),
            Event::Crash => self.crash(),
            Event::Input(input) => self.give(input),
            Event::Win => {
                self.give(Input::Timer(RaftTimer::Election));
                while !self.asked.is_empty() {
                    self.serve();
                }
                self.give(vote(B, self.term(), true));
            }
            // It might commit what contradicts the snapshot, as no correct leader does.
            Event::Led { .. } if self.installs() => {}
            Event::Led {
                next,
                entries,
                open,
            } => {
                let (term, previous) = (term + u64::from(next), self.end());
                let end = previous.index.0 + entries as u64;
                let commit = end.saturating_sub(open);
                self.give(append(B, term, previous, &vec![term; entries], commit));
            }
            Event::Offered(more) => {
                self.offered = at(self.end().index.0 + more, term);
            }
            Event::Piece {
                wanted,
                offset,
                len,
                session,
            } => {
                let offset = if wanted { self.wanted } else { offset }.min(10);
                let piece = self.piece(offset as usize, len);
                self.give(sent(SnapshotChunk {
                    term: Term(term),
                    session: ReplicationSession(session),
                    ..piece
                }));
            }
            Event::Matched { peer, less } => {
                let answer = self.matched(Term(term), less);
                self.give(from(peer, RaftMessage::AppendAnswer(answer)));
            }
            Event::Answered(outcome) => self.give(from(
                C,
                RaftMessage::SnapshotAnswer(SnapshotAnswer {
                    term: Term(term),
                    session: ReplicationSession(1),
                    round: HeartbeatRound(self.round),
                    last: LogIndex(self.sent),
                    outcome,
                }),
            )),
        }
    }

    /// A piece of the snapshot on offer, of ten bytes in all.
    fn piece(&self, offset: usize, len: usize) -> SnapshotChunk {
        let whole = Snapshot {
            last: self.offered,
            digest: 7,
            configuration: voters(&[A, B, C]),
        };
        piece_of(&whole, offset, len.min(10 - offset))
    }

    /// The answer of a follower that lacks so many of the last entries.
    fn matched(&self, term: Term, less: u64) -> AppendAnswer {
        let index = LogIndex(self.end().index.0.saturating_sub(less));
        AppendAnswer {
            term,
            session: ReplicationSession(1),
            round: HeartbeatRound(self.round),
            carried: false,
            outcome: AppendOutcome::Matched(index),
        }
    }

    /// The host does the next thing that it was asked for.
    fn serve(&mut self) {
        match self.asked.pop_front() {
            Some(Asked::Write(token, write)) => {
                self.bench.durable.store(&write);
                self.check_disk();
                self.give(Input::Stored(token));
            }
            Some(Asked::Machine(effect)) => {
                if let Some(input) = self.work(effect) {
                    self.give(input);
                }
            }
            None => {}
        }
    }

    fn work(&mut self, effect: Effect<Raft>) -> Option<Input<Raft>> {
        Some(match effect {
            Effect::Apply(run) => Input::Applied(run.carry_out(|_, _| Output::EMPTY)),
            Effect::TakeSnapshot(id) => {
                self.kept.insert(id, 10);
                taken(id.0, 10)
            }
            Effect::ReadSnapshot { id, offset, len } => {
                let whole = *self.kept.get(&id).expect("what is sent is kept");
                let until = whole.min(offset + u64::from(len));
                let bytes = (offset..until).map(|it| it as u8).collect();
                Input::SnapshotRead { id, offset, bytes }
            }
            Effect::InstallSnapshot { id, bytes } => {
                self.kept.insert(id, bytes.len() as u64);
                Input::SnapshotInstalled { id }
            }
            Effect::RestoreSnapshot(id) => {
                assert!(self.kept.contains_key(&id), "what the disk names is kept");
                Input::SnapshotInstalled { id }
            }
            Effect::ForgetSnapshots { before } => {
                self.kept.retain(|id, _| *id >= before);
                return None;
            }
            _ => return None,
        })
    }

    fn crash(&mut self) {
        self.asked.clear();
        self.bench = start(self.bench.durable.clone());
        (self.round, self.wanted, self.committed) = (1, 0, 0);
        self.give(Input::Start);
    }

    fn give(&mut self, input: Input<Raft>) {
        let done = self.bench.give(input);
        for effect in done {
            match effect {
                Effect::Persist { token, write } => {
                    self.asked.push_back(Asked::Write(token, write))
                }
                Effect::Why { rule, .. } => {
                    self.rules.insert(rule.name());
                }
                Effect::Send { message, .. } => self.check_message(&message),
                effect => self.asked.push_back(Asked::Machine(effect)),
            }
        }
        let committed = committed(&self.bench);
        assert!(committed >= self.committed, "what is committed stays so");
        self.committed = committed;
    }

    fn check_message(&mut self, message: &RaftMessage) {
        match message {
            RaftMessage::Append(append) => self.round = append.round.0,
            RaftMessage::Snapshot(chunk) => {
                self.sent = chunk.snapshot.last.index.0;
                assert!(chunk.bytes.len() <= 4, "as large as is allowed");
                assert_eq!(chunk.sessions.is_some(), chunk.offset == 0);
            }
            RaftMessage::SnapshotAnswer(answer) => match answer.outcome {
                SnapshotOutcome::Received(offset) => self.wanted = offset,
                SnapshotOutcome::Installed => {
                    let durable = self.bench.durable.log.last_index();
                    assert!(durable >= answer.last, "told before it is durable");
                }
                SnapshotOutcome::Stale => {}
            },
            _ => {}
        }
    }

    /// The log begins where a snapshot ends, or before, and goes as far at least; and the host
    /// keeps that one.
    fn check_disk(&self) {
        let durable = &self.bench.durable;
        let (start, end) = (durable.log.start().index, durable.log.last_index());
        let Some(record) = &durable.snapshot else {
            assert_eq!(start, LogIndex::ZERO, "nothing stands for what is gone");
            return;
        };
        let last = record.snapshot.last.index;
        assert!(start <= last && last <= end, "{start} {last} {end}");
        assert!(
            self.kept.contains_key(&record.id()),
            "named before it is kept"
        );
    }
}

/// Server A on this disk, not started yet.
fn start(durable: RaftDurable) -> Bench<Raft> {
    let settings = RaftSettings {
        entries_kept: 1,
        no_op: true,
        ..settings()
    };
    let mut bench = Bench::new(boot(A, 3, durable.clone(), settings));
    bench.durable = durable;
    (bench.instant_disk, bench.instant_machine) = (false, false);
    bench
}

fn make_noise(events: Vec<Event>) -> BTreeSet<&'static str> {
    let mut world = World::new();
    events.into_iter().for_each(|event| world.happen(event));
    world.rules
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_about_snapshots_breaks_a_server(
        events in prop::collection::vec(event(), 0..200),
    ) {
        make_noise(events);
    }
}

/// The noise is worth something only if it gets everywhere.
#[test]
fn noise_reaches_every_rule_of_snapshots() {
    let mut runner = TestRunner::deterministic();
    let events = prop::collection::vec(event(), 200);
    let mut reached = BTreeSet::new();
    for _ in 0..1_000 {
        let list = events.new_tree(&mut runner).expect("a list").current();
        reached.append(&mut make_noise(list));
    }
    let about = RaftRule::ALL.iter().map(|rule| rule.name());
    let missing: Vec<_> = about
        .filter(|name| is_about_snapshots(name) && !reached.contains(name))
        // A newcomer's alone.
        .filter(|name| *name != RaftRule::SnapshotTooEarly.name())
        .collect();
    assert!(missing.is_empty(), "not reached: {missing:?}");
}
