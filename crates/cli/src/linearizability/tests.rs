//! Histories that mean harm: they are read or refused, and judged soon, in bounded memory.
//!
//! `WHITEWATER_HOSTILE` sets how many of each kind are tried; the soak run sets far more. Each run
//! prints the seed that repeats it, `WHITEWATER_SEED`.

use super::lines::Lines;
use super::transcript::MOST_CALLS;
use super::{LinearizabilityError, Transcript, TranscriptError, read};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use scenario::consensus::{CallId, Micros};
use scenario::simulator::linearizability::judge;
use scenario::{ProtocolName, Storm};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

fn cases() -> u32 {
    let asked = std::env::var("WHITEWATER_HOSTILE").ok();
    asked.map_or(200, |it| {
        it.parse().expect("WHITEWATER_HOSTILE is a number")
    })
}

/// Reads and judges a file's bytes; how many calls it has.
fn calls(bytes: &[u8]) -> Result<usize, LinearizabilityError> {
    let mut count = 0;
    read(Path::new("hostile"), bytes, |(_, transcript)| {
        count += transcript.len();
        let _ = judge(transcript.into_calls());
    })?;
    Ok(count)
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

/// Tries so many files; how many of them are read, with at least a call.
fn try_files(files: impl Strategy<Value = Vec<u8>>) -> u32 {
    let is_read = Cell::new(0);
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    };
    let tried = runner(config).run(&files, |bytes| {
        match calls(&bytes) {
            Ok(count) => is_read.set(is_read.get() + u32::from(count > 0)),
            Err(error) => prop_assert!(error.to_string().contains("hostile"), "{error}"),
        }
        Ok(())
    });
    assert_eq!(tried, Ok(()));
    println!("{} of {} are read", is_read.get(), cases());
    is_read.get()
}

/// A client's line.
fn line() -> impl Strategy<Value = String> {
    let what = prop::sample::select(vec!["called", "called", "answered", "gave-up", "header"]);
    let number = prop_oneof![8 => 0_u64..4, 1 => any::<u64>()];
    let written = prop_oneof![
        Just("null".to_string()),
        number.clone().prop_map(|it| it.to_string())
    ];
    let told = prop_oneof![8 => Just("done"), 1 => Just("refused"), 1 => Just("dome")];
    let names = (1_u64..4, number.clone(), 0_u64..2, written, told, 0_u64..6);
    (what, names).prop_map(|(what, (client, call, key, written, outcome, value))| {
        format!(
            r#"{{"what":"{what}","at_us":7,"client":{client},"call":{call},"key":{key},"written":{written},"outcome":"{outcome}","value":{value}}}"#
        )
    })
}

#[test]
fn bytes_by_chance_are_no_history() {
    let bytes = prop::collection::vec(any::<u8>(), 0..2_000);
    assert_eq!(try_files(bytes), 0);
}

#[test]
fn lines_by_chance_are_judged_or_refused() {
    let lines = prop::collection::vec(line(), 1..12);
    let is_read = try_files(lines.prop_map(|it| it.join("\n").into_bytes()));
    assert!(is_read > cases() / 20, "{is_read}");
}

/// What a client's lines say in the trace of a storm, and little else.
fn trace() -> String {
    let storm = Storm {
        seed: 3,
        nodes: 3,
        rough: Micros::from_secs(5),
        calm: Micros::from_secs(3),
    };
    let mut text = String::new();
    storm
        .scenario(ProtocolName::Raft)
        .run(ProtocolName::Raft, |told| {
            for happening in told {
                let mut line = crate::trace::line_of(&happening.what);
                if line.get("client").is_some() {
                    line["at_us"] = happening.at.0.into();
                    text.push_str(&format!("{line}\n"));
                }
            }
        });
    text
}

#[test]
fn a_damaged_trace_is_judged_or_refused() {
    let trace = trace().into_bytes();
    assert!(calls(&trace).expect("it is one") > 20);
    let damage = (any::<Index>(), any::<Index>(), 0_u8..8, 0_u8..9);
    let damages = prop::collection::vec(damage, 1..4);
    let files = damages.prop_map(|damages| {
        let mut bytes = trace.clone();
        for (one, other, bit, kind) in damages {
            let (from, to) = (one.index(bytes.len()), other.index(bytes.len()));
            match kind {
                0 => bytes[from] ^= 1 << bit,
                1 => bytes.truncate(from.max(1)),
                2 => drop(bytes.drain(from.min(to)..from.max(to).min(from.min(to) + 300))),
                3 => {
                    let piece = bytes[from.min(to)..from.max(to)].to_vec();
                    bytes.splice(from..from, piece);
                }
                // A line is missing.
                _ => {
                    let end = |it: &u8| *it == b'\n';
                    let begin = bytes[..from].iter().rposition(end).map_or(0, |it| it + 1);
                    let length = bytes[begin..].iter().position(end);
                    let length = length.unwrap_or(bytes.len() - begin);
                    drop(bytes.drain(begin..begin + length));
                }
            }
            bytes.push(b'\n');
        }
        bytes
    });
    let is_read = try_files(files);
    assert!(is_read > cases() / 20, "{is_read}");
}

#[test]
fn what_is_too_long_or_too_deep_is_refused() {
    let refused = |bytes: Vec<u8>| calls(&bytes).expect_err("it is refused").to_string();
    let long = refused(
        vec![b' '; Lines::MOST_BYTES + 1]
            .into_iter()
            .chain(*b"{}")
            .collect(),
    );
    assert!(long.contains("line 1") && long.contains("bytes"), "{long}");
    let deep = format!("{{}}{}", "[".repeat(100_000));
    assert!(refused(deep.into_bytes()).contains("line 1"));
    let nested = format!("\n\n{{\"what\":\"called\",\"x\":{}1", "[".repeat(100_000));
    assert!(refused(nested.into_bytes()).contains("line 3"));
}

#[test]
fn what_lacks_a_field_is_refused_and_null_is_none() {
    let about = r#""at_us":1,"client":1,"call":1,"key":0"#;
    let called = format!(r#"{{"what":"called",{about},"written":null}}"#);
    let answered = |rest: &str| {
        let answered = format!(r#"{{"what":"answered",{about},"outcome":"done"{rest}}}"#);
        calls(format!("{called}\n{answered}\n").as_bytes()).map_err(|it| it.to_string())
    };
    assert_eq!(answered(r#","written":null,"value":null"#), Ok(1));
    let error = answered(r#","written":null"#).expect_err("it is refused");
    assert!(error.contains("line 2: its `value` is missing"), "{error}");
    let error = answered(r#","value":null"#).expect_err("it is refused");
    assert!(
        error.contains("line 2: its `written` is missing"),
        "{error}"
    );
    let error = calls(format!(r#"{{"what":"called",{about}}}"#).as_bytes());
    let error = error.expect_err("it is refused").to_string();
    assert!(
        error.contains("line 1: its `written` is missing"),
        "{error}"
    );
}

#[test]
fn each_run_is_given_when_it_is_over() {
    let header = r#"{"what":"header","protocol":"raft"}"#;
    let called = r#"{"what":"called","at_us":1,"client":1,"call":1,"key":0,"written":7}"#;
    let text = format!("{header}\n{called}\n{header}\n{header}\n{called}\nbroken\n");
    let mut given = 0;
    let end = read(Path::new("hostile"), text.as_bytes(), |_| given += 1);
    assert!(end.is_err() && given == 1, "the second never ends: {given}");
}

#[test]
fn too_many_calls_are_refused() {
    let mut transcript = Transcript::default();
    let mut call = CallId::default();
    for _ in 0..MOST_CALLS {
        assert_eq!(transcript.called(call, 0, None, Micros(1)), Ok(()));
        call.sequence += 1;
    }
    let more = transcript.called(call, 0, None, Micros(1));
    assert_eq!(more, Err(TranscriptError::TooMany));
}
