//! `whitewater lesson` as people and programs call it.
#![allow(missing_docs)]

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const LESSON: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../web/lessons/04-a-partition.json"
);

fn whitewater(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whitewater"));
    command.args(arguments).output().expect("it starts")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The lesson with something replaced, in a file of this name.
fn changed(name: &str, from: &str, to: &str) -> PathBuf {
    let text = fs::read_to_string(LESSON).expect("it is there");
    assert!(text.contains(from), "{from}");
    let name = format!("whitewater-{name}-{}.json", std::process::id());
    let path = std::env::temp_dir().join(name);
    fs::write(&path, text.replacen(from, to, 1)).expect("it can be written");
    path
}

#[test]
fn a_lesson_that_holds_is_told_in_figures() {
    let output = whitewater(&["lesson", "check", LESSON, "--seeds", "2"]);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("a-partition.json: holds"), "{text}");
    assert!(
        text.contains("seeds: 3") && text.contains("words in the median"),
        "{text}"
    );
}

#[test]
fn a_wrong_answer_fails_with_its_line_in_text_and_in_json() {
    let path = changed("right", "\"right\": 2", "\"right\": 3");
    let file = path.to_str().expect("it is text");
    let output = whitewater(&["lesson", "check", file, LESSON, "--seeds", "0"]);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("FAILS") && text.contains("holds"), "{text}");
    assert!(
        text.contains("steps[3].ask.right: answer 3 ought"),
        "{text}"
    );
    let format = ["--seeds", "0", "--format", "json"];
    let output = whitewater(&[&["lesson", "check", file][..], &format].concat());
    let told: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(told["holds"], false);
    let complaint = &told["lessons"][0]["complaints"][0];
    assert_eq!(complaint["field"], "steps[3].ask.right");
    assert!(
        complaint["line"].as_u64().is_some_and(|it| it > 30),
        "{complaint}"
    );
    fs::remove_file(path).expect("it was written");
}

#[test]
fn a_lesson_that_cannot_be_played_is_refused_with_its_place() {
    let path = changed("field", "\"minutes\"", "\"hours\"");
    let file = path.to_str().expect("it is text");
    let output = whitewater(&["lesson", "check", file]);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("REFUSED") && text.contains("line 5, hours"),
        "{text}"
    );
    let output = whitewater(&["lesson", "transcript", file]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("line 5, hours: unknown field"), "{told}");
    fs::remove_file(path).expect("it was written");
}

#[test]
fn a_transcript_and_a_hand_out_are_printed() {
    let transcript = printed(&whitewater(&["lesson", "transcript", LESSON, "--notes"]));
    assert!(
        transcript.starts_with("A partition\n===========\n"),
        "{transcript}"
    );
    assert!(transcript.contains("Notes: "), "{transcript}");
    let hand_out = printed(&whitewater(&["lesson", "hand-out", LESSON]));
    assert!(
        hand_out.contains("[ ] 1.") && hand_out.contains("Answers"),
        "{hand_out}"
    );
}
