//! `whitewater compare` and `whitewater audit` as people and programs call them.
#![allow(missing_docs)]

use serde_json::Value;
use std::process::{Command, Output};

const STORY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../scenario/scenarios/five-server-story.json"
);
const CUT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../scenario/scenarios/cut.json"
);

fn whitewater(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whitewater"));
    command.args(arguments).output().expect("it starts")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_file_does_not_part_from_itself() {
    let output = whitewater(&["compare", CUT, CUT]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
}

#[test]
fn one_more_step_of_the_script_is_the_first_that_differs() {
    let text = std::fs::read_to_string(CUT).expect("it is there");
    let mut other: Value = serde_json::from_str(&text).expect("it is JSON");
    let steps = other["steps"].as_array_mut().expect("it has steps");
    let added = serde_json::json!({ "at": "300ms", "do": { "pause": "E" } });
    steps.insert(0, added);
    let path = std::env::temp_dir().join(format!("whitewater-compare-{}.json", std::process::id()));
    std::fs::write(&path, other.to_string()).expect("it can be written");
    let changed = path.to_str().expect("it is text");
    for format in ["text", "json"] {
        let output = whitewater(&["compare", CUT, changed, "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
        let text = printed(&output);
        assert!(text.contains("Pause"), "{text}");
        if format == "json" {
            let found: Value = serde_json::from_str(&text).expect("it is JSON");
            assert_eq!(found["divergence"]["sides"][1]["at_us"], 300_000, "{text}");
        }
    }
    std::fs::remove_file(&path).expect("it was there");
}

#[test]
fn two_protocols_part_where_who_leads_differs() {
    let output = whitewater(&["compare", CUT, "--protocol", "raft", "--with", "almighty"]);
    assert_eq!(output.status.code(), Some(1));
    let text = printed(&output);
    assert!(text.starts_with("raft and almighty part at "), "{text}");
}

#[test]
fn runs_are_the_same_again() {
    for arguments in [&["audit", STORY][..], &["audit", "--storm-seeds", "3..5"]] {
        let output = whitewater(arguments);
        let text = printed(&output);
        assert_eq!(output.status.code(), Some(0), "{text}");
        assert!(text.contains("same again"), "{text}");
    }
}

#[test]
fn what_cannot_be_compared_or_audited_is_refused() {
    let refused: [&[&str]; 6] = [
        &["compare", CUT],
        &["compare", CUT, "--with", "raft"],
        &["compare", "no-such-file.json", CUT],
        &[
            "compare",
            STORY,
            "--protocol",
            "raft",
            "--with",
            "watercraft",
        ],
        &["audit"],
        &["audit", "--storm-seeds", "7..7"],
    ];
    for arguments in refused {
        let output = whitewater(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}
