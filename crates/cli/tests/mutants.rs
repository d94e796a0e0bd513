//! `whitewater mutants`, as somebody at a terminal meets it.
#![allow(missing_docs)]

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn whitewater(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whitewater"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn json(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout).expect("it is JSON")
}

#[test]
fn a_mutant_is_told_with_its_catcher_its_seed_and_its_length() {
    let out = whitewater(&["mutants", "two-votes", "goodbye-ignored"]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{text}");
    let line = |name: &str| {
        let mut lines = text.lines();
        lines.find(|it| it.contains(name)).expect("it is listed")
    };
    for (name, catcher) in [
        ("two-votes", "One vote per term"),
        ("goodbye-ignored", "an expectation"),
    ] {
        let line = line(name);
        assert!(line.contains(catcher), "{line}");
        assert!(line.contains("seed 0") && line.contains("steps"), "{line}");
    }
    assert!(text.contains("All 2 are caught"), "{text}");
}

#[test]
fn names_of_two_protocols_show_both_and_threads_change_nothing() {
    let told = |threads: &str| {
        let names = ["dead-elder-kept", "stamped-anew"];
        let options = ["--format", "json", "--threads", threads];
        json(&whitewater(
            &[&["mutants"], &names[..], &options[..]].concat(),
        ))
    };
    let one = told("1");
    let protocols = one["mutants"].as_array().expect("a list").iter();
    let protocols: Vec<_> = protocols.map(|it| it["protocol"].as_str()).collect();
    assert_eq!(
        protocols,
        [Some("almighty"), Some("almighty"), Some("watercraft")]
    );
    assert_eq!(one, told("3"));
}

#[test]
fn a_written_counterexample_fails_when_it_is_run() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("counterexamples");
    let path = directory.to_string_lossy();
    let out = whitewater(&["mutants", "ack-before-fsync", "--out", &path]);
    assert_eq!(out.status.code(), Some(0));
    let file = directory.join("raft-ack-before-fsync.json");
    let text = fs::read_to_string(&file).expect("it is written");
    assert!(text.contains("Committed is durable broken by ack-before-fsync"));
    let run = whitewater(&["run", &file.to_string_lossy()]);
    let told = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(told.contains("BROKEN: Committed is durable"), "{told}");
}

#[test]
fn an_unknown_name_is_refused_with_those_that_there_are() {
    let out = whitewater(&["mutants", "log-unchecked"]);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    for name in ["log-unchecked", "log-not-checked", "younger-keeps-hosting"] {
        assert!(error.contains(name), "{name}: {error}");
    }
}

#[test]
fn a_directory_that_cannot_be_written_is_refused() {
    let taken = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("taken");
    fs::write(&taken, "a file").expect("the scratch file can be written");
    let out = whitewater(&["mutants", "two-votes", "--out", &taken.to_string_lossy()]);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    assert!(
        error.contains("taken") && error.contains("directory"),
        "{error}"
    );
}
