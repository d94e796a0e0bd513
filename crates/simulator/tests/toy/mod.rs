//! A protocol small enough to be right or wrong on purpose: each test says what a node does.
#![allow(dead_code, missing_docs, unreachable_pub)]

use consensus::{
    Boot, CallId, Command, Describe, Durable, Effects, EntryKind, EntrySummary, EntryView, Explain,
    Explanation, Facts, Input, Inspection, LedgerRow, Mandate, MembersView, Membership,
    MessageShape, MessageSummary, Micros, NodeId, Now, Observation, Protocol, Reign, Role,
    SessionId, SingleCommand, TimerKind, WriteSummary,
};
use serde::{Deserialize, Serialize};
use simulator::{Action, Engine, Happening, Simulation, TimedAction, What, World};
use std::fmt::Debug;
use std::hash::Hash;

/// What a node does with an input.
pub trait Behaviour: Copy + Eq + Hash + Debug + 'static {
    const MEMBERSHIP: Membership = Membership::SelfDeclared;

    fn step(toy: &mut Toy<Self>, now: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>);
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Toy<B> {
    pub me: NodeId,
    pub written: u64,
    pub disk: Disk,
    /// What it asked its disk to write in this life.
    pub asked: Vec<u64>,
    /// How much it says that it keeps.
    pub keeps: u64,
    /// Whom it says that it knows.
    pub ledger: Vec<LedgerRow>,
    kind: std::marker::PhantomData<B>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Talk(pub Option<Command>);

impl Describe for Talk {
    fn describe(&self) -> MessageSummary {
        MessageSummary {
            kind: "talk",
            shape: MessageShape::Call,
            answer: None,
            heartbeat: false,
            reign: None,
            command: self.0.clone(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u8);

impl TimerKind for Clock {
    fn name(self) -> &'static str {
        "clock"
    }
    fn meaning(self) -> &'static str {
        "What the test waits for."
    }
    fn is_patience(self) -> bool {
        self.0 == 0
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Disk(pub Vec<u64>);

impl Durable for Disk {
    type Write = u64;
    fn store(&mut self, write: &u64) {
        self.0.push(*write);
    }
    fn describe(&self, write: &u64) -> WriteSummary {
        let [kind, term, number, count, ..] = write.to_be_bytes();
        let vote = (number > 0).then(|| NodeId(u16::from(number) - 1));
        let entry = |place: u8| EntrySummary {
            term: u64::from(term),
            digest: u64::from(term) * 100 + u64::from(number + place),
        };
        match kind {
            BALLOT => WriteSummary::Ballot {
                term: u64::from(term),
                vote,
            },
            ENTRIES => WriteSummary::Entries {
                after: u64::from(number),
                entries: (1..=count).map(entry).collect(),
            },
            SNAPSHOT => WriteSummary::Snapshot {
                index: u64::from(number),
                term: u64::from(term),
                digest: digest(term, number),
                start: u64::from(number),
            },
            // A number is a log entry of its own.
            _ => WriteSummary::Entries {
                after: self.0.len() as u64 - 1,
                entries: vec![EntrySummary {
                    term: 0,
                    digest: *write,
                }],
            },
        }
    }
    fn summaries(&self) -> Vec<WriteSummary> {
        self.0.iter().map(|write| self.describe(write)).collect()
    }
    fn tear(_: &u64, _: u64) -> Option<u64> {
        None
    }
    fn holds(&self, _: u64, _: CallId) -> bool {
        false
    }
}

const BALLOT: u8 = 1;
const ENTRIES: u8 = 2;
const SNAPSHOT: u8 = 3;

/// A write that is a term and a vote in it.
pub fn ballot(term: u8, vote: Option<NodeId>) -> u64 {
    let number = vote.map_or(0, |node| node.0 as u8 + 1);
    u64::from_be_bytes([BALLOT, term, number, 0, 0, 0, 0, 0])
}

/// A write that is so many entries behind `after`, each with the digest of its term and place.
pub fn entries(term: u8, after: u8, count: u8) -> u64 {
    u64::from_be_bytes([ENTRIES, term, after, count, 0, 0, 0, 0])
}

/// A write that is a snapshot of everything up to this entry, which the log goes on behind.
pub fn snapshot(term: u8, index: u8) -> u64 {
    u64::from_be_bytes([SNAPSHOT, term, index, 0, 0, 0, 0, 0])
}

/// The running digest of an entry as [`entries`] writes it.
pub fn digest(term: u8, index: u8) -> u64 {
    u64::from(term) * 100 + u64::from(index)
}

/// The one rule: a number that the test wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Says;

impl Explain for Says {
    fn explanation(self) -> &'static Explanation {
        &Explanation {
            name: "says",
            sentence: "{node} says {number}.",
            because: "the test asks",
            source: "none",
            weight: 0,
        }
    }
}

impl<B: Behaviour> Protocol for Toy<B> {
    type Settings = ();
    type Message = Talk;
    type Timer = Clock;
    type Purpose = ();
    type Commands = SingleCommand;
    type Durable = Disk;
    type Write = u64;
    type Rule = Says;
    fn name((): &()) -> &'static str {
        "toy"
    }
    fn membership((): &()) -> Membership {
        B::MEMBERSHIP
    }

    fn boot(boot: Boot<Self>) -> Self {
        Self {
            me: boot.node,
            written: boot.durable.0.len() as u64,
            disk: boot.durable,
            asked: Vec::new(),
            keeps: 0,
            ledger: Vec::new(),
            kind: std::marker::PhantomData,
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, fx: &mut Effects<Self>) {
        B::step(self, now, input, fx);
    }

    fn bookkeeping(&self) -> u64 {
        self.keeps
    }

    /// Shows what it booted from: an entry whose term is the number written.
    fn glance(&self, entries: u64) -> Inspection {
        let all = self.disk.0.len();
        let earlier = (all as u64).saturating_sub(entries);
        let entry = |(place, number): (usize, &u64)| EntryView {
            index: place as u64 + 1,
            term: *number,
            at: Micros::ZERO,
            command: Some(command(0)),
            kind: EntryKind::Command,
            digest: 0,
            committed: true,
        };
        Inspection {
            role: Role::Follower,
            reign: Reign {
                mandate: Mandate::Term(0),
                leader: None,
            },
            votes: Vec::new(),
            quorum: 0,
            voted_for: None,
            members: MembersView::default(),
            earlier,
            log: self
                .disk
                .0
                .iter()
                .enumerate()
                .skip(earlier as usize)
                .map(entry)
                .collect(),
            committed: self.written,
            ledger: self.ledger.clone(),
            secret: None,
            unanswered: 0,
            followers: Vec::new(),
        }
    }
}

pub fn command(number: u8) -> Command {
    Command {
        call: CallId::default(),
        session: SessionId::LASTING,
        payload: [number].into(),
    }
}

pub fn says<B: Behaviour>(number: u64, fx: &mut Effects<Toy<B>>) {
    fx.why(Says, Facts::number(number));
}

pub fn leads<B: Behaviour>(toy: &Toy<B>, mandate: Mandate, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Role {
        role: Role::Leader,
        mandate,
    });
    follows(toy.me, mandate, fx);
}

pub fn follows<B: Behaviour>(leader: NodeId, mandate: Mandate, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Follows(Reign {
        mandate,
        leader: Some(leader),
    }));
}

pub fn toy<B: Behaviour>(world: World, script: &[(u64, Action)]) -> Box<dyn Engine> {
    let mut run: Box<dyn Engine> = Box::new(Simulation::<Toy<B>>::new(world, ()));
    for (millis, action) in script {
        run.schedule(TimedAction {
            at: Micros::from_millis(*millis),
            action: action.clone(),
        });
    }
    run
}

pub fn play(run: &mut dyn Engine, millis: u64) -> Vec<Happening> {
    let until = Micros::from_millis(millis);
    let mut story = Vec::new();
    while run.next_event().is_some_and(|at| at <= until) && run.step(&mut story) {}
    story
}

/// The numbers that nodes said, and when.
pub fn said(story: &[Happening]) -> Vec<(Micros, NodeId, u64)> {
    let numbers = story.iter().filter_map(|it| match &it.what {
        What::Why(node, why) => Some((it.at, *node, why.facts.number?)),
        _ => None,
    });
    numbers.collect()
}
