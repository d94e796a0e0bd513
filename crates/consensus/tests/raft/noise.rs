//! One server under any input whatever, true or forged, in any order, with crashes.

use crate::server::*;
use consensus::raft::{
    AppendOutcome, Entry, LogIndex, LogPosition, Raft, RaftDurable, RaftMessage, RaftRule,
    RaftSettings, RaftTimer, RaftWrite, Term,
};
use consensus::{
    ClusterId, Control, Durable, Effect, Effects, Envelope, Explain, Facts, Incarnation, Input,
    Mandate, Micros, NodeId, Now, Observation, Output, Protocol, Receiver, SnapshotId, Token,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// How many runs it takes to reach the rarest rule, with room to spare.
const NOISE_RUNS: u32 = 3_000;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Event {
    Input(Input<Raft>),
    /// A write on its way completes.
    Store(prop::sample::Index),
    /// The server crashes, and comes back on what its disk kept.
    Crash,
    /// It stands, and gets the votes: without such help, noise alone makes few leaders.
    Win,
    /// B leads its term or the next one, and sends entries that may follow after a place in its
    /// log, of this or an older term.
    Led {
        next: bool,
        place: prop::sample::Index,
        terms: Vec<u64>,
    },
    /// A peer confirms its log up to a place, or refuses there.
    Answered {
        peer: NodeId,
        place: prop::sample::Index,
        yes: bool,
    },
    /// Its state machine does what it was asked for.
    Apply,
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 0..6_u64, 1 => Just(u64::MAX), 1 => Just(u64::MAX / 2), 1 => any::<u64>()]
}

fn term() -> impl Strategy<Value = Term> {
    number().prop_map(Term)
}

fn index() -> impl Strategy<Value = LogIndex> {
    number().prop_map(LogIndex)
}

fn position() -> impl Strategy<Value = LogPosition> {
    (term(), index()).prop_map(|(term, index)| LogPosition { term, index })
}

fn entry_list() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (1..5_u64, 0..9_u64).prop_map(|(term, sequence)| Entry {
        term: Term(term),
        command: command(sequence),
    });
    let sorted = prop::collection::vec(entry, 0..5).prop_map(|mut list| {
        list.sort_by_key(|entry| entry.term);
        list
    });
    sorted.boxed()
}

fn outcome_of_append() -> impl Strategy<Value = AppendOutcome> {
    prop_oneof![
        index().prop_map(AppendOutcome::Matched),
        (index(), index()).prop_map(|(at, agree)| AppendOutcome::Differs { at, agree }),
        Just(AppendOutcome::Stale),
    ]
}

fn message() -> impl Strategy<Value = RaftMessage> {
    prop_oneof![
        2 => (term(), position()).prop_map(|(term, last)| RaftMessage::VoteRequest { term, last }),
        2 => (term(), any::<bool>())
            .prop_map(|(term, granted)| RaftMessage::VoteAnswer { term, granted }),
        4 => (term(), position(), entry_list(), index()).prop_map(
            |(term, previous, entries, commit)| RaftMessage::Append {
                term,
                previous,
                entries: entries.into(),
                commit,
            }
        ),
        2 => (term(), any::<bool>(), outcome_of_append()).prop_map(|(term, carried, outcome)| {
            RaftMessage::AppendAnswer { term, carried, outcome }
        }),
    ]
}

fn envelope() -> impl Strategy<Value = Envelope<RaftMessage>> {
    let cluster = prop_oneof![30 => Just(7_u32), 1 => Just(8)];
    (cluster, 0..4_u16, 0..20_u16, message()).prop_map(|(cluster, sender, receiver, message)| {
        Envelope {
            cluster: ClusterId(cluster),
            sender: NodeId(sender),
            incarnation: Incarnation(1),
            receiver: match receiver {
                0 => Receiver::Node(B),
                1 => Receiver::Everyone,
                _ => Receiver::Node(A),
            },
            message,
        }
    })
}

fn event() -> impl Strategy<Value = Event> {
    let output = || Output([0].into());
    let input = prop_oneof![
        12 => envelope().prop_map(Input::Receive),
        3 => Just(Input::Timer(RaftTimer::Election)),
        1 => Just(Input::Timer(RaftTimer::Heartbeat)),
        2 => (0..5_u64).prop_map(call),
        1 => number().prop_map(|token| Input::Stored(Token(token))),
        1 => number().prop_map(move |index| Input::Applied { index, output: output() }),
        1 => Just(Input::Control(Control::TimeOut)),
        1 => Just(Input::Control(Control::Leave)),
        1 => Just(Input::Start),
        1 => Just(Input::Unreachable(B)),
        1 => Just(Input::SnapshotInstalled { id: SnapshotId(1) }),
    ];
    prop_oneof![
        20 => input.prop_map(Event::Input),
        12 => any::<prop::sample::Index>().prop_map(Event::Store),
        1 => Just(Event::Crash),
        1 => Just(Event::Win),
        3 => (any::<bool>(), any::<prop::sample::Index>(), prop::collection::vec(0..3_u64, 0..3))
            .prop_map(|(next, place, terms)| Event::Led { next, place, terms }),
        4 => (1..3_u16, any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(peer, place, yes)| Event::Answered { peer: NodeId(peer), place, yes }),
        3 => Just(Event::Apply),
    ]
}

/// A write on its way, and whether the disk has it.
struct Flight {
    token: Token,
    write: RaftWrite,
    stored: bool,
}

/// The server, its disk, and what it must keep to.
struct World {
    raft: Raft,
    durable: RaftDurable,
    flights: Vec<Flight>,
    votes: BTreeMap<u64, NodeId>,
    term: u64,
    committed: Vec<u64>,
    applied: u64,
    rules: BTreeSet<RaftRule>,
}

impl World {
    fn new() -> Self {
        Self {
            raft: boot(A, 3, RaftDurable::default(), RaftSettings::default()),
            durable: RaftDurable::default(),
            flights: Vec::new(),
            votes: BTreeMap::new(),
            term: 0,
            committed: Vec::new(),
            applied: 0,
            rules: BTreeSet::new(),
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Input(input) => self.give(input),
            Event::Store(which) => {
                let open: Vec<usize> = (0..self.flights.len())
                    .filter(|at| !self.flights[*at].stored)
                    .collect();
                if !open.is_empty() {
                    self.store(open[which.index(open.len())]);
                }
            }
            Event::Crash => self.crash(),
            Event::Win => self.win(),
            Event::Led { next, place, terms } => {
                let previous = self.place(place);
                let term = self.term.saturating_add(u64::from(next)).max(1);
                let mut terms: Vec<u64> = terms.iter().map(|t| term.saturating_sub(*t)).collect();
                terms.sort_unstable();
                self.give(append(B, term, previous, &terms, previous.index.0));
            }
            Event::Answered { peer, place, yes } => {
                let index = self.place(place).index.0;
                self.give(match yes {
                    true => matched(peer, self.term, index),
                    false => differs(peer, self.term, index, index.saturating_sub(2)),
                });
            }
            Event::Apply => {
                let (index, output) = (self.applied, Output([1].into()));
                self.give(Input::Applied { index, output });
            }
        }
    }

    /// A place in its log, or the one before all.
    fn place(&self, place: prop::sample::Index) -> LogPosition {
        let log = self.raft.inspect().log;
        let index = place.index(log.len() + 1);
        let term = log
            .iter()
            .take(index)
            .next_back()
            .map_or(0, |entry| entry.term);
        at(index as u64, term)
    }

    fn win(&mut self) {
        self.give(Input::Timer(RaftTimer::Election));
        // The oldest write on its way is never stored yet.
        while !self.flights.is_empty() {
            self.store(0);
        }
        self.give(vote(B, self.term, true));
    }

    fn store(&mut self, at: usize) {
        self.flights[at].stored = true;
        let token = self.flights[at].token;
        while self.flights.first().is_some_and(|flight| flight.stored) {
            self.durable.store(&self.flights.remove(0).write);
        }
        self.give(Input::Stored(token));
    }

    /// Keeps what was stored, even where a write before it was lost.
    fn crash(&mut self) {
        for flight in self.flights.drain(..).filter(|flight| flight.stored) {
            self.durable.store(&flight.write);
        }
        self.raft = boot(A, 3, self.durable.clone(), RaftSettings::default());
        self.term = self.durable.term.0;
        self.committed.clear();
        self.applied = 0;
        self.give(Input::Start);
    }

    fn give(&mut self, input: Input<Raft>) {
        // A forged token would be the disk's lie, and no protocol can outlive that.
        let lie = |token: &Token| self.flights.iter().any(|f| f.token == *token && !f.stored);
        if matches!(&input, Input::Stored(token) if lie(token)) {
            return;
        }
        let mut effects = Effects::new();
        let now = Now {
            monotonic: Micros(1),
            wall: Micros(1),
        };
        self.raft.step(now, input, &mut effects);
        for effect in effects.drain() {
            self.check(effect);
        }
        self.check_state();
    }

    fn check(&mut self, effect: Effect<Raft>) {
        match effect {
            Effect::Persist { token, write } => self.flights.push(Flight {
                token,
                write,
                stored: false,
            }),
            Effect::Send { to, message } => self.check_promise(to, &message),
            Effect::Observe(Observation::Voted { term, candidate }) => {
                let first = *self.votes.entry(term).or_insert(candidate);
                assert_eq!(first, candidate, "two votes in term {term}");
            }
            Effect::Observe(Observation::Committed { index, digest, .. }) => {
                self.committed.push(digest);
                assert_eq!(index, self.committed.len() as u64, "commits in order");
            }
            Effect::Apply { index, .. } => {
                self.applied += 1;
                assert_eq!(index, self.applied, "applies in order");
            }
            Effect::Why { rule, facts } => {
                self.rules.insert(rule);
                check_facts(rule.sentence(), facts);
            }
            _ => {}
        }
    }

    /// What it promises must stand on its disk.
    fn check_promise(&self, to: NodeId, message: &RaftMessage) {
        let ballot = (self.durable.term, self.durable.vote);
        match message {
            RaftMessage::VoteAnswer { term, granted } => {
                assert!(!granted || ballot == (*term, Some(to)), "an undurable vote");
            }
            RaftMessage::VoteRequest { term, .. } => {
                assert_eq!(
                    ballot,
                    (*term, Some(A)),
                    "it asks before its own vote is durable"
                );
            }
            RaftMessage::AppendAnswer {
                outcome: AppendOutcome::Matched(index),
                ..
            } => {
                let durable = self.durable.log.len();
                assert!(
                    index.0 <= durable,
                    "{index} is promised, {durable} is durable"
                );
            }
            _ => {}
        }
    }

    fn check_state(&mut self) {
        let view = self.raft.inspect();
        let Mandate::Term(term) = view.reign.mandate else {
            panic!("a Raft mandate is a term")
        };
        assert!(term >= self.term, "the term fell");
        self.term = term;
        assert_eq!(view.committed, self.committed.len() as u64);
        let terms: Vec<u64> = view.log.iter().map(|entry| entry.term).collect();
        assert!(terms.is_sorted() && terms.last() <= Some(&term));
        // What was committed still stands as it was: rebuild its digest from the log.
        let mut log = consensus::raft::Log::default();
        for (entry, digest) in view.log.iter().zip(&self.committed) {
            log.push(Entry {
                term: Term(entry.term),
                command: entry.command.clone(),
            });
            assert_eq!(log.digest(), *digest, "a committed entry changed");
        }
        assert_eq!(
            log.len(),
            self.committed.len() as u64,
            "a committed entry is gone"
        );
    }
}

fn check_facts(sentence: &str, facts: Facts) {
    for (name, known) in [
        ("{peer}", facts.peer.is_some()),
        ("{number}", facts.number.is_some()),
        ("{of}", facts.of.is_some()),
    ] {
        assert!(known || !sentence.contains(name), "{sentence} lacks {name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_input_breaks_a_server(events in prop::collection::vec(event(), 0..120)) {
        let mut world = World::new();
        world.give(Input::Start);
        for event in events {
            world.happen(event);
        }
    }
}

/// The noise is worth something only if it gets everywhere.
#[test]
fn noise_reaches_every_rule() {
    let mut runner = TestRunner::deterministic();
    let events = prop::collection::vec(event(), 150);
    let mut reached = BTreeSet::new();
    for _ in 0..NOISE_RUNS {
        let mut world = World::new();
        world.give(Input::Start);
        for event in events.new_tree(&mut runner).expect("a list").current() {
            world.happen(event);
        }
        reached.append(&mut world.rules);
    }
    let missing: Vec<_> = RaftRule::ALL
        .iter()
        .filter(|r| !reached.contains(r))
        .collect();
    assert!(missing.is_empty(), "not reached: {missing:?}");
}
