//! Scenario files that mean harm: whatever is in one, it is read or refused, and what is read runs.
//!
//! `WHITEWATER_HOSTILE` sets how many files of each kind are tried; the soak run sets far more. Each
//! run prints the seed that repeats it, `WHITEWATER_SEED`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

mod damage;
mod lessons;

use damage::{damaged_files, misshapen_files};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use scenario::consensus::raft::ReadPath;
use scenario::{Deed, PRESETS, ProtocolName, STORIES, Scenario, ScenarioError, Step};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

/// How many events of a run are carried out under each protocol.
const EVENTS: u32 = 1_000;
/// What all of it may take, in KiB: a file has at most 1 MiB and 10,000 steps, 31 nodes run, and
/// the events above are all that happens.
const MOST_MEMORY: u64 = 1 << 20;

/// A file that ships.
fn shipped(index: &Index) -> &'static str {
    let place = index.index(PRESETS.len() + STORIES.len());
    let mut all = PRESETS.iter().chain(STORIES);
    all.nth(place).expect("it is one of them").text
}

fn cases() -> u32 {
    let asked = std::env::var("WHITEWATER_HOSTILE").ok();
    asked.map_or(200, |it| {
        it.parse().expect("WHITEWATER_HOSTILE is a number")
    })
}

/// Draws from the seed in `WHITEWATER_SEED`, or a new one, and prints it.
fn runner(config: Config) -> TestRunner {
    let asked = std::env::var("WHITEWATER_SEED").ok();
    let seed: u64 = match asked {
        Some(it) => it.parse().expect("WHITEWATER_SEED is a number"),
        // Hashers draw their keys anew in each process.
        None => RandomState::new().hash_one(0),
    };
    println!("WHITEWATER_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(config, rng)
}

/// Tries so many files; gives how many were read, and how many of those ran.
fn try_files(files: impl Strategy<Value = String>) -> (u32, u32) {
    try_to(files, Scenario::parse, run)
}

/// Tries so many files; gives how many were read, and how many of those did something.
fn try_to<T>(
    files: impl Strategy<Value = String>,
    parse: impl Fn(&str) -> Result<T, ScenarioError>,
    run: impl Fn(&T) -> bool,
) -> (u32, u32) {
    let (read, ran) = (Cell::new(0), Cell::new(0));
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let tried = runner(config).run(&files, |text| {
        match parse(&text) {
            Ok(file) => {
                read.set(read.get() + 1);
                ran.set(ran.get() + u32::from(run(&file)));
            }
            Err(error) => {
                let lines = text.lines().count().max(1) + 1;
                prop_assert!((1..=lines).contains(&error.line), "{error}");
                prop_assert!(!error.field.is_empty() && !error.problem.is_empty());
            }
        }
        Ok(())
    });
    assert_eq!(tried, Ok(()));
    assert!(peak_memory().is_none_or(|it| it < MOST_MEMORY));
    println!("{} read, {} ran, of {}", read.get(), ran.get(), cases());
    (read.get(), ran.get())
}

/// Runs it for a while under each of its protocols; whether anything happened.
fn run(scenario: &Scenario) -> bool {
    let mut happened = false;
    for protocol in &scenario.protocols {
        let mut engine = scenario.engine(*protocol);
        let mut story = Vec::new();
        for _ in 0..EVENTS {
            if engine.next_event().is_none_or(|at| at > scenario.until.0) {
                break;
            }
            engine.step(&mut story);
            happened |= !story.is_empty();
            story.clear();
        }
        if *protocol == ProtocolName::Raft && keeps_the_rules(scenario) {
            assert_eq!(engine.violation(), None);
        }
        let _ = (
            engine.view(),
            engine.measures(engine.now()),
            engine.state_digest(),
        );
    }
    happened
}

/// Whether servers are as Raft wants them: none breaks a rule, none loses what it has stored, and
/// none answers by a lease, which wrong clocks spoil.
fn keeps_the_rules(scenario: &Scenario) -> bool {
    let wipes = |step: &Step| matches!(step.deed, Deed::Wipe(_));
    let sound = scenario.raft.mutant.is_none() && !scenario.steps.iter().any(wipes);
    sound && scenario.raft.reads != ReadPath::Lease
}

/// The most memory that this process has had, in KiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn bytes_by_chance_are_refused() {
    let bytes = prop::collection::vec(any::<u8>(), 0..2_000);
    let (read, _) = try_files(bytes.prop_map(|it| String::from_utf8_lossy(&it).into_owned()));
    assert_eq!(read, 0);
    try_files("[\\[\\]{}\",:0-9a-z \\n-]{0,400}");
}

#[test]
fn damaged_files_are_refused_or_run() {
    let (read, ran) = try_files(damaged_files(shipped));
    assert!(read < cases() / 2 && ran > cases() / 100, "{read} {ran}");
}

#[test]
fn misshapen_files_are_refused_or_run() {
    let (read, ran) = try_files(misshapen_files(shipped));
    assert!(read < cases() && ran > cases() / 20, "{read} {ran}");
}
