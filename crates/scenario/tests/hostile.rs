//! Scenario files that mean harm: whatever is in one, it is read or refused, and what is read runs.
//!
//! `WHITEWATER_HOSTILE` sets how many files of each kind are tried; the soak run sets far more. Each
//! run prints the seed that repeats it, `WHITEWATER_SEED`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use scenario::consensus::raft::ReadPath;
use scenario::{Deed, PRESETS, Preset, ProtocolName, STORIES, Scenario, Step};
use serde_json::{Value, json};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

/// How many events of a run are carried out under each protocol.
const EVENTS: u32 = 1_000;
/// What all of it may take, in KiB: a file has at most 1 MiB and 10,000 steps, 31 nodes run, and
/// the events above are all that happens.
const MOST_MEMORY: u64 = 1 << 20;

/// A file that ships.
fn shipped(index: &Index) -> &'static Preset {
    let place = index.index(PRESETS.len() + STORIES.len());
    PRESETS
        .iter()
        .chain(STORIES)
        .nth(place)
        .expect("it is one of them")
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
    let (read, ran) = (Cell::new(0), Cell::new(0));
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let tried = runner(config).run(&files, |text| {
        match Scenario::parse(&text) {
            Ok(scenario) => {
                read.set(read.get() + 1);
                ran.set(ran.get() + u32::from(run(&scenario)));
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

/// What is done to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    CutOff(Index),
    Double(Index, Index),
    Insert(Index, String),
    Number(Index, String),
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[0-9]{1,3}",
        1 => "[0-9]{4,40}",
        1 => "-[0-9]{1,20}",
        1 => Just("1e308".to_string()),
        1 => Just("18446744073709551615".to_string()),
        1 => Just("\"18446744073709551615s\"".to_string()),
        1 => Just("\"0.0000000000000000000000001us\"".to_string()),
        1 => Just("null".to_string()),
        1 => Just("\u{0}\u{feff}\u{10ffff}".to_string()),
        1 => (1_usize..40_000).prop_map(|depth| "[".repeat(depth)),
        1 => (1_usize..20_000).prop_map(|depth| "{\"not\":".repeat(depth)),
        1 => (1_usize..200_000).prop_map(|length| format!("\"{}\"", "A".repeat(length))),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        1 => (any::<Index>(), 0_u8..8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => any::<Index>().prop_map(Damage::CutOff),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Double(from, to)),
        1 => (any::<Index>(), hostile_text()).prop_map(|(at, it)| Damage::Insert(at, it)),
        6 => (any::<Index>(), hostile_text()).prop_map(|(at, it)| Damage::Number(at, it)),
    ]
}

fn damaged(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let len = bytes.len();
    match damage {
        Damage::Flip(at, bit) => bytes[at.index(len)] ^= 1 << bit,
        Damage::CutOff(at) => bytes.truncate(at.index(len)),
        Damage::Double(from, to) => {
            let (from, to) = (from.index(len), to.index(len));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, piece);
        }
        Damage::Insert(at, text) => drop(bytes.splice(at.index(len)..at.index(len), text.bytes())),
        Damage::Number(at, text) => {
            let begins = |at: &usize| {
                bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit())
            };
            let numbers: Vec<usize> = (0..len).filter(begins).collect();
            if !numbers.is_empty() {
                let from = *at.get(&numbers);
                let digits = bytes[from..].iter().take_while(|it| it.is_ascii_digit());
                let to = from + digits.count();
                bytes.splice(from..to, text.bytes());
            }
        }
    }
}

/// What stands in place of something of its kind.
#[derive(Clone, Debug)]
struct Instead {
    number: Value,
    text: String,
    /// In place of an object, or of anything where it is drawn so.
    other: Value,
    times: usize,
    anything: bool,
}

fn instead() -> impl Strategy<Value = Instead> {
    let number = prop_oneof![
        4 => (0_u64..100).prop_map(|it| json!(it)),
        1 => any::<u64>().prop_map(|it| json!(it)),
        1 => any::<i64>().prop_map(|it| json!(it)),
    ];
    let text = prop_oneof![
        4 => (1_u64..3_000).prop_map(|it| format!("{it}ms")),
        1 => "[0-9]{1,9}(us|ms|s)",
        2 => "[A-G]",
        1 => Just("leader".to_string()),
    ];
    let other = prop_oneof![Just(json!([])), Just(json!({})), Just(Value::Null)];
    let whether = (1_usize..20, 0_u8..20);
    (number, text, other, whether).prop_map(|(number, text, other, (times, draw))| Instead {
        number,
        text,
        other,
        times,
        anything: draw == 0,
    })
}

/// A file that ships, with some of its values in place of others, or with more of the same.
fn misshapen() -> impl Strategy<Value = String> {
    let changes = prop::collection::vec((any::<Index>(), instead()), 1..4);
    (any::<Index>(), changes).prop_map(|(preset, changes)| {
        let mut file: Value = serde_json::from_str(shipped(&preset).text).expect("it is JSON");
        for (place, instead) in changes {
            let mut count = 0;
            visit(&mut file, &mut |_| count += 1);
            let mut left = place.index(count);
            visit(&mut file, &mut |it| {
                if left == 0 {
                    replace(it, &instead);
                }
                left = left.wrapping_sub(1);
            });
        }
        file.to_string()
    })
}

fn replace(value: &mut Value, instead: &Instead) {
    match value {
        it if instead.anything => *it = instead.other.clone(),
        Value::Number(_) => *value = instead.number.clone(),
        Value::String(_) => *value = json!(instead.text),
        Value::Array(items) => *items = vec![items.clone(); instead.times].concat(),
        Value::Bool(it) => *it = !*it,
        Value::Object(_) | Value::Null => {}
    }
}

/// Visits a value and all within it.
fn visit(value: &mut Value, seen: &mut impl FnMut(&mut Value)) {
    seen(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| visit(it, seen)),
        Value::Object(fields) => fields.values_mut().for_each(|it| visit(it, seen)),
        _ => {}
    }
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
    let damages = prop::collection::vec(damage(), 1..4);
    let files = (any::<Index>(), damages).prop_map(|(preset, damages)| {
        let mut bytes = shipped(&preset).text.as_bytes().to_vec();
        damages.iter().for_each(|it| damaged(&mut bytes, it));
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let (read, ran) = try_files(files);
    assert!(read < cases() / 2 && ran > cases() / 100, "{read} {ran}");
}

#[test]
fn misshapen_files_are_refused_or_run() {
    let (read, ran) = try_files(misshapen());
    assert!(read < cases() && ran > cases() / 20, "{read} {ran}");
}
