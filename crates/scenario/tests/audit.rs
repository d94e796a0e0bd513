//! Every run is the same when it is played again, from a fork, or by seeks; and whoever keeps
//! something outside of the run is found out.
//!
//! `WHITEWATER_SEEDS` sets how many storms of each protocol are audited, a thousand at most.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::consensus::raft::{Raft, RaftSettings};
use scenario::simulator::{Choose, Engine, Seeded, Simulation, Stream, World};
use scenario::{Fault, PRESETS, ProtocolName, Scenario, Storm, audit};
use std::cell::Cell;
use std::rc::Rc;

/// How many storms of each protocol are audited where nobody says otherwise.
const SEEDS: u64 = 12;
/// The most.
const MOST_SEEDS: u64 = 1_000;

#[test]
fn storms_are_the_same_again_from_forks_and_by_seeks() {
    let seeds = std::env::var("WHITEWATER_SEEDS").ok();
    let seeds = seeds.and_then(|it| it.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds.min(MOST_SEEDS) {
        for protocol in ProtocolName::ALL {
            let storm = Storm {
                seed,
                nodes: 3 + (seed % 5) as u16,
                rough: Micros::from_secs(5),
                calm: Micros::from_secs(2),
            };
            let setup = storm.scenario(protocol).setup();
            let end = audit(|| setup.engine(protocol), Micros::from_secs(7));
            let end = end.unwrap_or_else(|it| panic!("{protocol}, seed {seed}: {}", it.words()));
            assert!(
                end.event > 200,
                "{protocol}, seed {seed}: {} events",
                end.event
            );
        }
    }
}

#[test]
fn each_story_is_the_same_again_from_forks_and_by_seeks() {
    for preset in PRESETS {
        let scenario = Scenario::parse(preset.text).expect("it comes with the product");
        for protocol in scenario.protocols.iter().copied() {
            let audited = audit(|| scenario.engine(protocol), scenario.until.0);
            audited.unwrap_or_else(|it| panic!("{}, {protocol}: {}", preset.name, it.words()));
        }
    }
}

thread_local! {
    /// What two runs of one thread share and must not.
    static HIDDEN: Cell<u64> = const { Cell::new(0) };
}

/// Draws from the seed, and spoils the draw of one number.
#[derive(Clone, Debug)]
struct Spoilt {
    seeded: Seeded,
    drawn: u64,
    by: Spoiler,
}

/// What the spoilt draw depends on.
#[derive(Clone, Debug)]
enum Spoiler {
    /// How many draws there were in this thread.
    Thread,
    /// How many draws there were in this run and all its forks.
    Forks(Rc<Cell<u64>>),
}

impl Choose for Spoilt {
    fn word(&mut self, stream: Stream) -> u64 {
        self.drawn += 1;
        let word = self.seeded.word(stream);
        if self.drawn < 5_000 {
            return word;
        }
        let count = |hidden: &Cell<u64>| hidden.replace(hidden.get() + 1);
        let hidden = match &self.by {
            Spoiler::Thread => HIDDEN.with(count),
            Spoiler::Forks(hidden) => count(hidden),
        };
        word ^ (hidden << 40)
    }
}

fn spoilt(by: impl Fn() -> Spoiler) -> Result<(), Box<Fault>> {
    let make = || -> Box<dyn Engine> {
        let choose = Spoilt {
            seeded: Seeded::new(1),
            drawn: 0,
            by: by(),
        };
        let (world, settings) = (World::default(), RaftSettings::default());
        Box::new(Simulation::<Raft, Spoilt>::with_choices(
            world, settings, choose,
        ))
    };
    audit(make, Micros::from_secs(20)).map(|_| ())
}

#[test]
fn a_run_that_depends_on_its_thread_is_found_out_at_the_first_step_that_differs() {
    let fault = spoilt(|| Spoiler::Thread).expect_err("it draws from outside of the run");
    let Fault::Again(divergence) = *fault else {
        panic!("{}", fault.words());
    };
    // The message that is drawn for differently is told alike: its delay comes to light later.
    let [Some(first), Some(second)] = &divergence.sides else {
        panic!("both go on: {divergence:?}");
    };
    assert_ne!((first.at, first.digest), (second.at, second.digest));
    let lines = [divergence.words(0), divergence.words(1)];
    assert!(
        lines.iter().all(|it| !it.is_empty()) && lines[0] != lines[1],
        "{lines:?}"
    );
}

#[test]
fn a_run_that_shares_something_with_its_forks_is_found_out_in_a_fork() {
    let fault = spoilt(|| Spoiler::Forks(Rc::default())).expect_err("its forks draw with it");
    let Fault::Fork { from, divergence } = *fault else {
        panic!("{}", fault.words());
    };
    assert!(divergence.event > from, "{from}, {divergence:?}");
}
