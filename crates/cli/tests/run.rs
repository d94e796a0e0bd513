//! `whitewater run`, as somebody at a terminal meets it.
#![allow(missing_docs)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn whitewater(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whitewater"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn scenario(name: &str) -> String {
    format!(
        "{}/../scenario/scenarios/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn scratch(name: &str, content: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the scratch file can be written");
    path.to_string_lossy().into_owned()
}

#[track_caller]
fn refused(arguments: &[&str], words: &[&str]) {
    let out = whitewater(arguments);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    for word in words {
        assert!(error.contains(word), "{word}: {error}");
    }
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn a_scenario_whose_expectations_hold_exits_with_0() {
    for name in [
        "five-server-story",
        "succession",
        "cut",
        "leader-stops",
        "calm",
    ] {
        let out = whitewater(&["run", &scenario(name)]);
        let text = String::from_utf8_lossy(&out.stdout);
        assert_eq!(out.status.code(), Some(0), "{text}");
    }
}

#[test]
fn an_expectation_turned_round_exits_with_1_and_says_what_is_the_case() {
    let text = fs::read_to_string(scenario("succession")).expect("the file is there");
    let wrong = text.replacen("{ \"leaders\": [\"B\"] }", "{ \"leaders\": [\"C\"] }", 1);
    assert_ne!(text, wrong);
    let out = whitewater(&["run", &scratch("wrong.json", wrong.as_bytes())]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{text}");
    assert!(
        text.contains("FAILS") && text.contains("these lead: B"),
        "{text}"
    );
}

#[test]
fn json_is_one_object_with_digests_and_measures() {
    let out = whitewater(&["run", &scenario("cut"), "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
    let runs = value["runs"].as_array().expect("there are runs");
    assert_eq!(runs.len(), 3, "one of each protocol");
    assert_eq!(runs[0]["protocol"], "raft");
    assert_eq!(runs[0]["measures"]["lost"], 0);
    assert_eq!(runs[1]["holds"], true);
    assert_eq!(runs[1]["digest"].as_str().map(str::len), Some(16));
}

#[test]
fn a_trace_has_a_line_of_json_for_every_thing_that_happened() {
    let path = scratch("trace.ndjson", b"");
    let out = whitewater(&["run", &scenario("five-server-story"), "--trace", &path]);
    assert_eq!(out.status.code(), Some(0));
    let text = fs::read_to_string(path).expect("the trace was written");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert!(lines.len() > 1_000);
    let rule = |name: &str| lines.iter().any(|line| line["rule"] == name);
    assert!(lines.iter().all(|line| line["protocol"] == "raft"));
    assert!(rule("election-won"), "somebody was elected");
}

#[test]
fn another_seed_is_another_run() {
    let run = |seed| whitewater(&["run", &scenario("calm"), "--until", "3s", "--seed", seed]);
    assert_eq!(run("5").stdout, run("5").stdout);
    assert_ne!(run("5").stdout, run("6").stdout);
}

#[test]
fn bad_input_exits_with_2_and_names_place_and_remedy() {
    refused(
        &["run", "no-such-file.json"],
        &["no-such-file.json", "name a scenario file"],
    );
    let unknown = scratch("unknown.json", b"{\n \"title\": \"x\",\n \"nodez\": 5 }");
    refused(
        &["run", &unknown],
        &["line 3, nodez", "unknown field", "`nodes`"],
    );
    let noise: Vec<u8> = (0..10_000_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    refused(&["run", &scratch("noise.json", &noise)], &["noise.json"]);
    let text: Vec<u8> = noise.iter().map(|byte| b' ' + byte % 90).collect();
    refused(
        &["run", &scratch("text.json", &text)],
        &["text.json", "bytes"],
    );
    refused(
        &["run", &scenario("calm"), "--until", "9"],
        &["--until", "150ms"],
    );
    let accents = format!(" {}", "é".repeat(2_000_000));
    refused(
        &["run", &scratch("accents.json", accents.as_bytes())],
        &["accents.json", "too long"],
    );
    let quick = fs::read_to_string(scenario("calm")).expect("the file is there");
    let quick = quick.replacen('{', r#"{ "almighty": { "ping-interval": "1ms" },"#, 1);
    refused(
        &[
            "run",
            &scratch("quick.json", quick.as_bytes()),
            "--until",
            "3600s",
        ],
        &["--until", "too many steps", "end at 500s"],
    );
    refused(
        &["run", &scenario("calm"), "--until", "1s"],
        &["expect[0] is judged at 2s"],
    );
    refused(
        &["run", &scenario("succession"), "--protocol", "raft"],
        &["`protocols`"],
    );
    refused(
        &["run", &scenario("calm"), "--trace", "/"],
        &["name a file that can be written"],
    );
}
