//! What single lines say, where no safety property reads them.

use crate::run::{Run, traced};
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;

/// A write that is done, a read that finds it, and a write that nobody can do any more.
const SCENARIO: &str = r#"{
    "title": "Lines", "protocols": ["raft"], "nodes": 3, "seed": 1, "until": "60s",
    "steps": [
        { "at": "1s", "do": { "write": { "value": 5, "key": 2 } } },
        { "at": "2s", "do": { "read": { "key": 2 } } },
        { "at": "3s", "do": { "cut": [["A"], ["B", "C"]] } },
        { "at": "4s", "do": { "stop": "A" } },
        { "at": "4s", "do": { "stop": "B" } },
        { "at": "5s", "do": { "start": "A" } },
        { "at": "5s", "do": { "start": "A" } },
        { "at": "6s", "do": { "write": { "value": 6, "key": 3 } } }
    ]
}"#;

/// Run once: tests run at the same time, and its files have one name.
static RUN: LazyLock<Run> = LazyLock::new(|| {
    let path = format!("{}/lines.json", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&path, SCENARIO).expect("the file can be written");
    traced("lines", &[&path]).remove(0)
});

/// The last line of a kind, without its time.
fn last(run: &Run, what: &str) -> Value {
    let mut line = run.of(what).last().expect("there is one").clone();
    let fields = line.as_object_mut().expect("a line is an object");
    for field in ["what", "protocol", "at_us", "event"] {
        assert!(fields.remove(field).is_some(), "{field}");
    }
    line
}

#[test]
fn a_header_says_who_takes_part_and_who_decides() {
    let letters = json!(["A", "B", "C"]);
    assert_eq!(
        RUN.header,
        json!({
            "what": "header", "format": "whitewater-trace", "version": 1, "protocol": "raft",
            "title": "Lines", "seed": 1, "until_us": 60_000_000, "nodes": letters,
            "voters": letters, "clients": 1,
        })
    );
}

#[test]
fn calls_come_with_key_and_value_and_returns_with_their_outcome() {
    let run = &*RUN;
    let read = json!({
        "client": 1, "call": 2, "key": 2, "written": null, "by": last(run, "answered")["by"],
        "outcome": "done", "value": 5,
    });
    assert_eq!(last(run, "answered"), read);
    let lost = json!({"client": 1, "call": 3, "key": 3, "written": 6});
    assert_eq!(last(run, "gave-up"), lost);
    let asked = last(run, "called");
    assert_eq!(
        (&asked["operation"], &asked["key"]),
        (&json!("write"), &json!(3))
    );
    assert!(asked["attempt"].as_u64() > Some(1), "{asked}");
}

#[test]
fn actions_and_power_are_told_with_their_values() {
    let run = &*RUN;
    let actions: Vec<&Value> = run.of("acted").map(|line| &line["action"]).collect();
    let cut = json!({"kind": "cut", "sides": [["A"], ["B", "C"]]});
    assert!(actions.contains(&&cut), "{actions:?}");
    let idle = json!({
        "action": {"kind": "start", "target": "A"}, "reason": "already-so",
    });
    assert_eq!(last(run, "idle"), idle);
    let up = json!({"node": "A", "power": "running", "incarnation": 2});
    assert_eq!(last(run, "power"), up);
    let down = run.of("power").find(|line| line["power"] == "stopped");
    assert_eq!(down.expect("A crashed")["incarnation"], 1);
}

/// No value is the debugging form of one of the program's own types.
#[test]
fn every_value_is_json_all_the_way_down() {
    for run in traced("down", &["--storm", "9"]) {
        for line in &run.lines {
            for (field, value) in line.as_object().expect("a line is an object") {
                let prose = matches!(&**field, "sentence" | "because" | "source");
                let text = value.as_str().filter(|_| !prose);
                let odd = text.is_some_and(|it| it.contains([' ', '(', '{', '_']));
                assert!(!odd, "{field}: {line}");
            }
        }
    }
}
