//! One server under any input whatever, true or forged, in any order, with crashes.

use crate::any_input::{Event, event, read_number};
use crate::server::*;
use crate::session_model::{carried_out, seen_as};
use consensus::raft::{
    AppendAnswer, AppendOutcome, Entry, LogIndex, LogPosition, Raft, RaftMessage, RaftRule,
    RaftSettings, RaftTimer, ReadPath, Term,
};
use consensus::{Explain, Facts, Input, Mandate, Micros, NodeId, Observation};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use simulator::{
    CrashLoss, DiskSettings, Driver, DriverError, Endpoint, PerMillion, Property, SpanRange, What,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many runs it takes to reach the rarest rule, with room to spare.
const NOISE_RUNS: u64 = 3_000;

/// The slowest write, in milliseconds.
const SLOWEST: u64 = 9;

/// Where sessions expire, they do so within a run.
const EXPIRY: Option<Micros> = Some(Micros::from_millis(2));

/// Forged entries break what a cluster promises; these a server alone must keep to.
const GUARANTEES: &[Property] = &[
    Property::OneVotePerTerm,
    Property::LeaderAppendOnly,
    Property::NothingGoesBack,
    Property::BoundedBookkeeping,
];

/// Server A, whose peers say nothing of their own, and what it must keep to.
struct World {
    driver: Driver<Raft>,
    expiry: Option<Micros>,
    /// How much of the story was looked at.
    seen: usize,
    votes: BTreeMap<u64, NodeId>,
    term: u64,
    committed: Vec<u64>,
    rules: BTreeSet<&'static str>,
}

type Done = Result<(), DriverError>;

impl World {
    fn new(seed: u64) -> Result<Self, DriverError> {
        let disks = DiskSettings {
            disorder: PerMillion::percent(50),
            crash_loss: CrashLoss::Torn,
            ..DiskSettings::sound(SpanRange::millis(0, SLOWEST))
        };
        let reads = match seed / 2 % 3 {
            0 => ReadPath::Log,
            1 => ReadPath::Index,
            _ => ReadPath::Lease,
        };
        let settings = match seed % 2 {
            0 => RaftSettings::paper(),
            // Short patience: a run of noise takes a quarter of a second.
            _ => RaftSettings {
                session_expiry: EXPIRY,
                reads,
                follower_reads: true,
                election_timeout_least: Micros::from_millis(30),
                election_timeout_most: Micros::from_millis(60),
                heartbeat: Micros::from_millis(10),
                in_flight_messages: 1,
                uncommitted_bytes: 100,
                ..RaftSettings::production()
            },
        };
        let expiry = settings.session_expiry;
        let builder = Driver::builder().nodes(3).seed(seed).disks(disks);
        let builder = builder.settings(settings).guarantees(GUARANTEES);
        let mut driver = builder.build();
        driver.crash(B)?;
        driver.crash(C)?;
        let mut world = Self {
            driver,
            expiry,
            seen: 0,
            votes: BTreeMap::new(),
            term: 0,
            committed: Vec::new(),
            rules: BTreeSet::new(),
        };
        world.check();
        Ok(world)
    }

    fn happen(&mut self, event: Event) -> Done {
        match event {
            Event::Input(input) => self.give(input),
            Event::Pass(millis) => self.pass(millis),
            Event::Crash => self.crash(),
            Event::Win => self.win(),
            Event::PreVoted(granted) => self.answer_pre_vote(C, granted),
            Event::Led { next, place, terms } => {
                let previous = self.place(place)?;
                let term = self.term.saturating_add(u64::from(next)).max(1);
                let mut terms: Vec<u64> = terms.iter().map(|t| term.saturating_sub(*t)).collect();
                terms.sort_unstable();
                self.give(append(B, term, previous, &terms, previous.index.0))
            }
            Event::Reformed {
                place,
                configuration,
            } => {
                let previous = self.place(place)?;
                let term = self.term.max(1);
                let index = previous.index.0 + 1;
                self.give(append_of(
                    B,
                    term,
                    previous,
                    vec![membership(term, configuration)],
                    index,
                ))
            }
            Event::Asserted(peer) => self.answer_round(peer),
            Event::Asked { peer, number } => {
                let (term, read) = (Term(self.term), read_number(number));
                self.give(from(peer, RaftMessage::ReadRequest { term, read }))
            }
            Event::Told(index) => self.answer_question(index),
            Event::Answered {
                peer,
                session,
                place,
                yes,
            } => {
                let index = self.place(place)?.index.0;
                self.give(match yes {
                    true => matched_in(session, peer, self.term, index),
                    false => {
                        let agree = at(index.saturating_sub(2), index.saturating_sub(2).min(1));
                        differs_in(session, peer, self.term, index, agree)
                    }
                })
            }
        }
    }

    /// A place in its log, or the one before all.
    fn place(&self, place: prop::sample::Index) -> Result<LogPosition, DriverError> {
        let log = self.driver.log(A)?;
        let index = place.index(log.len() + 1);
        let term = log.iter().take(index).next_back();
        Ok(at(index as u64, term.map_or(0, |entry| entry.term)))
    }

    fn win(&mut self) -> Done {
        self.give(Input::Timer(RaftTimer::Election))?;
        self.answer_pre_vote(B, true)?;
        while self.driver.pending_writes(A)?.count() > 0 {
            self.pass(1)?;
        }
        self.give(vote(B, self.term, true))
    }

    /// Answers its latest append, where one is on its way.
    fn answer_round(&mut self, peer: NodeId) -> Done {
        let messages = self.driver.messages();
        let mut sent = messages.iter().rev().map(|it| it.message());
        let answer = sent.find_map(|it| match it {
            RaftMessage::Append(append) => Some(RaftMessage::AppendAnswer(AppendAnswer {
                term: append.term,
                session: append.session,
                round: append.round,
                carried: false,
                outcome: AppendOutcome::Matched(append.previous.index),
            })),
            _ => None,
        });
        answer.map_or(Ok(()), |answer| self.give(from(peer, answer)))
    }

    /// Answers its latest question about reads, where one is on its way.
    fn answer_question(&mut self, index: Option<LogIndex>) -> Done {
        let messages = self.driver.messages();
        let mut sent = messages.iter().rev().map(|it| it.message());
        let answer = sent.find_map(|it| match it {
            RaftMessage::ReadRequest { term, read } => Some(RaftMessage::ReadAnswer {
                term: *term,
                read: *read,
                index,
            }),
            _ => None,
        });
        answer.map_or(Ok(()), |answer| self.give(from(B, answer)))
    }

    /// Answers its latest pre-vote request, where one is on its way.
    fn answer_pre_vote(&mut self, peer: NodeId, granted: bool) -> Done {
        let asked = self.driver.messages().into_iter().rev();
        let answer = asked.map(|it| it.message()).find_map(|it| match it {
            RaftMessage::PreVoteRequest { term, round, .. } => Some(RaftMessage::PreVoteAnswer {
                term: *term,
                round: *round,
                granted,
            }),
            _ => None,
        });
        answer.map_or(Ok(()), |answer| self.give(from(peer, answer)))
    }

    /// Event by event: what is promised must be durable in that moment, not only soon after.
    fn pass(&mut self, millis: u64) -> Done {
        let end = self.driver.now() + Micros::from_millis(millis);
        while self.driver.next_event().is_some_and(|at| at <= end) {
            self.driver.step();
            self.check();
        }
        self.driver.run_to(end)
    }

    fn crash(&mut self) -> Done {
        self.driver.crash(A)?;
        self.term = self.driver.durable(A)?.term.0;
        self.committed.clear();
        self.driver.restart(A)?;
        self.check();
        Ok(())
    }

    fn give(&mut self, input: Input<Raft>) -> Done {
        // A forged token would be the disk's lie, and no protocol can outlive that.
        if let Input::Stored(token) = &input
            && self.driver.pending_writes(A)?.any(|(it, _)| it == *token)
        {
            return Ok(());
        }
        self.driver.give(A, input)?;
        self.check();
        Ok(())
    }

    /// Looks at what happened since it looked last.
    fn check(&mut self) {
        let story = self.driver.story();
        for it in &story[self.seen..] {
            match &it.what {
                What::Observed(A, Observation::Voted { term, candidate }) => {
                    let first = *self.votes.entry(*term).or_insert(*candidate);
                    assert_eq!(first, *candidate, "two votes in term {term}");
                }
                What::Observed(A, Observation::Committed { index, digest, .. }) => {
                    self.committed.push(*digest);
                    assert_eq!(*index, self.committed.len() as u64, "commits in order");
                }
                What::Why(A, why) => {
                    self.rules.insert(why.rule.name);
                    check_facts(why.rule.sentence, why.facts);
                }
                What::Sent { flight, from, .. } if *from == Endpoint::Node(A) => {
                    self.check_promise(*flight);
                }
                _ => {}
            }
        }
        self.seen = story.len();
        self.check_state();
    }

    /// What it promises must stand on its disk.
    fn check_promise(&self, number: u64) {
        let messages = self.driver.messages();
        let Some(sent) = messages.iter().find(|it| it.number == number) else {
            return;
        };
        let durable = self.driver.durable(A).expect("A is there");
        let ballot = (durable.term, durable.vote);
        match sent.message() {
            RaftMessage::VoteAnswer { term, granted } => {
                let told = (*term, Some(sent.to));
                assert!(!granted || ballot == told, "an undurable vote");
            }
            RaftMessage::VoteRequest { term, .. } => {
                assert_eq!(ballot, (*term, Some(A)), "its own vote is not durable");
            }
            RaftMessage::AppendAnswer(AppendAnswer {
                outcome: AppendOutcome::Matched(index),
                ..
            }) => {
                let durable = durable.log.len();
                assert!(index.0 <= durable, "{index} is promised, not {durable}");
            }
            _ => {}
        }
    }

    fn check_state(&mut self) {
        let view = self.driver.inspect(A).expect("A is there");
        let Mandate::Term(term) = view.reign.mandate else {
            panic!("a Raft mandate is a term")
        };
        assert!(term >= self.term, "the term fell");
        self.term = term;
        let committed = self.committed.len() as u64;
        assert_eq!(view.committed, committed);
        let terms: Vec<u64> = view.log.iter().map(|entry| entry.term).collect();
        assert!(terms.is_sorted() && terms.last() <= Some(&term));
        for (entry, digest) in view.log.iter().zip(&self.committed) {
            assert_eq!(entry.digest, *digest, "a committed entry changed");
        }
        let committed = view.log.get(..self.committed.len());
        let committed = committed.expect("a committed entry is gone");
        let committed: Vec<Entry> = committed.iter().map(seen_as).collect();
        let applied = carried_out(&committed, self.expiry).pop().unwrap_or(0);
        assert_eq!(
            self.driver.applied(A),
            Ok(applied),
            "commands alone, each once"
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

/// The rules that decided in one run.
fn make_noise(seed: u64, events: Vec<Event>) -> Result<BTreeSet<&'static str>, DriverError> {
    let mut world = World::new(seed)?;
    for event in events {
        world.happen(event)?;
    }
    Ok(world.rules)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_input_breaks_a_server(seed: u64, events in prop::collection::vec(event(), 0..120)) {
        if let Err(error) = make_noise(seed, events) {
            panic!("{error}");
        }
    }
}

/// Those have a noise of their own.
pub(crate) fn is_about_snapshots(rule: &str) -> bool {
    rule.starts_with("snapshot") || rule == RaftRule::LogCompacted.name()
}

/// The noise is worth something only if it gets everywhere.
#[test]
fn noise_reaches_every_rule() -> Result<(), DriverError> {
    let mut runner = TestRunner::deterministic();
    let events = prop::collection::vec(event(), 150);
    let mut reached = BTreeSet::new();
    for seed in 0..NOISE_RUNS {
        let list = events.new_tree(&mut runner).expect("a list").current();
        reached.append(&mut make_noise(seed, list)?);
    }
    let missing: Vec<_> = RaftRule::ALL
        .iter()
        .filter(|rule| !reached.contains(rule.name()) && !is_about_snapshots(rule.name()))
        .collect();
    assert!(missing.is_empty(), "not reached: {missing:?}");
    Ok(())
}
