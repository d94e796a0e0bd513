//! `whitewater linearizability`, as somebody at a terminal meets it.
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

fn scratch(name: &str, content: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the scratch file can be written");
    path.to_string_lossy().into_owned()
}

#[track_caller]
fn refused(name: &str, content: &str, words: &[&str]) {
    let out = whitewater(&["linearizability", &scratch(name, content)]);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    for word in words {
        assert!(error.contains(word), "{word}: {error}");
    }
}

const STALE: &str = r#"
{"what":"called","at_us":0,"client":1,"call":1,"key":3,"written":5,"operation":"write","attempt":1}
{"what":"answered","at_us":10,"client":1,"call":1,"key":3,"written":5,"outcome":"done","value":5}
{"what":"called","at_us":11,"client":2,"call":1,"key":4,"written":null}
{"what":"called","at_us":12,"client":3,"call":1,"key":3,"written":null}
{"what":"backs-off","client":3,"call":1,"until_us":30}
{"what":"answered","at_us":13,"client":2,"call":1,"key":4,"written":null,"outcome":"done","value":null}
{"what":"answered","at_us":20,"client":3,"call":1,"key":3,"written":null,"outcome":"done","value":null}
"#;

#[test]
fn a_history_that_no_order_explains_exits_with_1_and_shows_the_smallest_part() {
    let path = scratch("stale.ndjson", STALE);
    let out = whitewater(&["linearizability", &path]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{text}");
    assert_eq!(
        text,
        "history: 3 calls of 2 keys: not linearizable\n  \
         no order explains these 2 calls of key 3, and none can be left out:\n    \
         from   0.000000 s to 0.000010 s    client 1 writes 5\n    \
         from   0.000012 s to 0.000020 s    client 3 finds no value\n"
    );
    let out = whitewater(&["linearizability", &path, "--format", "json"]);
    let found: Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
    let run = &found["runs"][0];
    assert_eq!(
        (&run["linearizable"], &run["calls"]),
        (&false.into(), &3.into())
    );
    let calls = &run["unexplained"][0]["calls"];
    assert_eq!(
        (&calls[0]["written"], &calls[0]["to_us"]),
        (&5.into(), &10.into())
    );
    assert_eq!(
        (&calls[1]["value"], &calls[1]["client"]),
        (&Value::Null, &3.into())
    );
}

#[test]
fn a_trace_of_raft_is_linearizable_and_one_of_the_oldest_peer_need_not_be() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("both.ndjson");
    let path = path.to_string_lossy();
    let mut unexplained = 0;
    for seed in 0..10 {
        whitewater(&["run", "--storm", &seed.to_string(), "--trace", &path]);
        let out = whitewater(&["linearizability", &path, "--format", "json"]);
        let found: Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
        let runs = found["runs"].as_array().expect("a list");
        assert_eq!(runs.len(), 3);
        for run in runs {
            assert!(run["calls"].as_u64() > Some(5), "{run}");
            let linearizable = run["linearizable"] == true;
            assert!(linearizable || run["protocol"] != "raft", "{seed}: {run}");
            unexplained += u32::from(!linearizable);
        }
    }
    assert!(unexplained > 2, "{unexplained}");
}

#[test]
fn a_run_that_is_not_linearizable_shows_the_smallest_part() {
    let mutant = r#"{
        "title": "Unconfirmed", "protocols": ["raft"], "nodes": 3, "clients": 2, "seed": 1,
        "until": "3s", "raft": { "reads": "index", "no-op": true, "mutant": "read-not-confirmed" },
        "steps": [
            { "at": "10ms", "do": { "time-out": "A" } },
            { "at": "1s", "do": { "write": { "value": 1, "to": "A" } } },
            { "at": "1500ms", "do": { "cut-one-way": { "from": ["B", "C"], "to": ["A"] } } },
            { "at": "1500ms", "do": { "write": { "value": 2, "to": "A" } } },
            { "at": "1600ms", "do": { "cut": [["A"]] } },
            { "at": "1650ms", "do": { "time-out": "B" } },
            { "at": "2s", "do": { "read": { "client": 2, "to": "B" } } },
            { "at": "2100ms", "do": { "read": { "client": 2, "to": "A" } } }
        ]
    }"#;
    let path = scratch("unconfirmed.json", mutant);
    let out = whitewater(&["run", &path]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{text}");
    for words in [
        "BROKEN: Linearizability",
        "no order explains these 4 calls of key 0",
        "client 1 may have written 2",
        "client 2 reads 1",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let out = whitewater(&["run", &path, "--format", "json"]);
    let found: Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
    let part = &found["runs"][0]["violation"]["unexplained"];
    assert_eq!(part.as_array().map(Vec::len), Some(4), "{found}");
}

#[test]
fn errors_name_the_line_and_the_remedy() {
    refused("empty.ndjson", "", &["no client asks", "--trace"]);
    refused("other.ndjson", "{\"what\":\"heal\"}\n", &["no client asks"]);
    refused(
        "broken.ndjson",
        "{\"what\":\"heal\"}\n{\"wh",
        &["line 2", "TRACE.md"],
    );
    let without = |from: &str, to: &str| STALE.replacen(from, to, 1);
    refused(
        "time.ndjson",
        &without("\"at_us\":12", "\"at_us\":2"),
        &["line 5", "order of time"],
    );
    refused(
        "twice.ndjson",
        &without("\"client\":3,\"call\":1", "\"client\":1,\"call\":1"),
        &["called"],
    );
    refused(
        "key.ndjson",
        &without(
            "\"key\":3,\"written\":5,\"outcome\"",
            "\"key\":9,\"written\":5,\"outcome\"",
        ),
        &["line 3", "another key"],
    );
    refused(
        "first.ndjson",
        &without("\"client\":1", "\"client\":0"),
        &["line 2", "count from 1"],
    );
    refused(
        "outcome.ndjson",
        &without("\"done\"", "\"dome\""),
        &["line 3", "outcome"],
    );
    refused(
        "write.ndjson",
        &without("\"written\":5,\"op", "\"written\":null,\"op"),
        &["line 2", "written"],
    );
    let out = whitewater(&["linearizability", "nowhere.ndjson"]);
    assert_eq!(out.status.code(), Some(2));
}
