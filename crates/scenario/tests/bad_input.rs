//! Bad scenario files: each is refused with the line, the field and the remedy; none panics.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use proptest::prelude::*;
use scenario::simulator::ClientSettings;
use scenario::{PRESETS, ProtocolName, Run, STORIES, Scenario, ScenarioError};

const GOOD: &str = r#"{
  "title": "Good",
  "nodes": 5,
  "seed": 1,
  "until": "2s",
  "steps": [
    { "at": "1s", "do": { "stop": "A" } }
  ],
  "expect": [
    { "at": "2s", "that": "one-leader" }
  ]
}"#;

fn refusal(from: &str, to: &str) -> ScenarioError {
    assert!(GOOD.contains(from), "{from}");
    Scenario::parse(&GOOD.replace(from, to)).expect_err("it must be refused")
}

#[track_caller]
fn refused(from: &str, to: &str, line: usize, field: &str, problem: &str) {
    let error = refusal(from, to);
    assert_eq!((error.line, &*error.field), (line, field), "{error}");
    assert!(error.problem.contains(problem), "{error}");
}

#[test]
fn the_good_one_is_read() {
    Scenario::parse(GOOD).expect("it is good");
}

#[test]
fn wrong_types_name_their_line_and_field() {
    refused("5", "\"five\"", 3, "nodes", "invalid type");
    refused("\"2s\",", "2,", 5, "until", "invalid type");
    refused("\"A\"", "[]", 7, "steps[0].do.stop", "invalid type");
}

#[test]
fn unknown_fields_and_words_name_what_would_be_known() {
    refused(
        "\"seed\": 1",
        "\"sead\": 1",
        4,
        "sead",
        "unknown field `sead`, expected one of",
    );
    refused(
        "stop",
        "stopp",
        7,
        "steps[0].do.stopp",
        "unknown variant `stopp`, expected one of",
    );
    refused(
        "one-leader",
        "two-leaders",
        10,
        "expect[0].that",
        "unknown variant",
    );
}

#[test]
fn numbers_out_of_range_name_the_range() {
    refused(
        "\"nodes\": 5",
        "\"nodes\": 0",
        3,
        "nodes",
        "it takes 1 to 31",
    );
    refused(
        "\"nodes\": 5",
        "\"nodes\": 32",
        3,
        "nodes",
        "it takes 1 to 31",
    );
    refused("\"nodes\": 5", "\"nodes\": 70000", 3, "nodes", "");
    refused("\"nodes\": 5", "\"nodes\": -1", 3, "nodes", "");
    refused("\"seed\": 1", "\"seed\": 1.5", 4, "seed", "");
    refused("\"2s\",", "\"9h\",", 5, "until", "such as \"150ms\"");
    refused(
        "\"2s\",",
        "\"99999999999999999999s\",",
        5,
        "until",
        "such as",
    );
}

#[test]
fn what_contradicts_itself_names_the_remedy() {
    refused(
        "\"A\"",
        "\"F\"",
        7,
        "steps[0].do.stop",
        "this cluster has A to E",
    );
    refused(
        "\"A\"",
        "\"nobody\"",
        7,
        "steps[0].do.stop",
        "nodes are called",
    );
    refused("\"1s\"", "\"3s\"", 7, "steps[0].at", "the run ends at 2s");
    refused(
        "{ \"stop\": \"A\" }",
        "{ \"cut\": [[\"A\", \"B\"],\n [\"A\"]] }",
        8,
        "steps[0].do.cut[1][0]",
        "stands on two sides",
    );
    refused(
        "\"seed\": 1",
        "\"seed\": 1, \"raft\": { \"heartbeat\": \"200ms\" }",
        4,
        "raft.heartbeat",
        "third",
    );
    refused(
        "\"seed\": 1",
        "\"seed\": 1,\n \"network\": { \"delay\": [\"9ms\", \"3ms\"] }",
        5,
        "network.delay",
        "put the shorter span first",
    );
}

/// A scenario of so many nodes and such fields, put on the fourth line.
fn with(nodes: u16, fields: &str) -> Result<Scenario, ScenarioError> {
    Scenario::parse(&format!(
        "{{\n\"title\": \"x\", \"seed\": 1,\n\"nodes\": {nodes},\n{fields} }}"
    ))
}

#[track_caller]
fn with_refused(fields: &str, field: &str, problem: &str) {
    let error = with(5, &format!("\"until\": \"2s\", {fields}")).expect_err(fields);
    assert_eq!((error.line, &*error.field), (4, field), "{error}");
    assert!(error.problem.contains(problem), "{error}");
}

/// Settings, the field that is wrong in them, and what is said of it.
const SETTINGS: &[(&str, &str, &str)] = &[
    (
        r#""raft": {"election-timeout": ["9ms", "3ms"]}"#,
        "raft.election-timeout",
        "longer",
    ),
    (
        r#""raft": {"heartbeat": "0s"}"#,
        "raft.heartbeat",
        "more than zero",
    ),
    (
        r#""almighty": {"ping-interval": "0s"}"#,
        "almighty.ping-interval",
        "ping-interval must",
    ),
    (
        r#""almighty": {"missed-pongs": 4000000000}"#,
        "almighty.missed-pongs",
        "1 to 1000",
    ),
    (r#""client": {"timeout": "0s"}"#, "client.timeout", "longer"),
    (
        r#""client": {"redirects": 1001}"#,
        "client.redirects",
        "0 to 1000",
    ),
    (
        r#""client": {"backoff": ["2s", "1s"]}"#,
        "client.backoff",
        "shorter span first",
    ),
    (
        r#""client": {"breaker-failures": 1001}"#,
        "client.breaker-failures",
        "0 to 1000",
    ),
    (
        r#""client": {"breaker-cooling": "0s"}"#,
        "client.breaker-cooling",
        "longer",
    ),
    (
        r#""workload": {"think": ["0s", "1s"]}"#,
        "workload.think",
        "longer",
    ),
    (
        r#""workload": {"think": ["3s", "1s"]}"#,
        "workload.think",
        "shorter span first",
    ),
    (
        r#""workload": {"keys": 0}"#,
        "workload.keys",
        "1 to 1000000",
    ),
    (
        r#""workload": {"reads-per-million": 1000001}"#,
        "workload.reads-per-million",
        "0 to 1000000",
    ),
    (
        r#""workload": {"start": "3s"}"#,
        "workload.start",
        "the run ends at 2s",
    ),
    (
        r#""workload": {"thinks": "3s"}"#,
        "workload.thinks",
        "unknown field",
    ),
    (r#""protocols": ["raft", "raft"]"#, "protocols[1]", "once"),
    (
        r#""steps": [{"at": "1s", "do": {"cut": [["A"], []]}}]"#,
        "steps[0].do.cut[1]",
        "leave it out",
    ),
];

#[test]
fn settings_name_the_field_to_change() {
    for (text, field, problem) in SETTINGS {
        with_refused(text, field, problem);
    }
}

#[test]
fn a_run_that_would_not_end_is_refused_and_told_how_long_it_may_be() {
    with(31, "\"until\": \"1h\"").expect_err("an hour has no unit of its own");
    with(31, "\"until\": \"3600s\"").expect("an hour of the defaults comes to its end");
    let fields = "\"until\": \"3600s\", \"almighty\": { \"ping-interval\": \"1us\" }";
    let error = with(5, fields).expect_err("thousands of millions of pings");
    assert_eq!((error.line, &*error.field), (4, "until"), "{error}");
    assert!(error.problem.contains("end at 500ms"), "{error}");
    assert!(error.problem.contains("almighty.ping-interval"), "{error}");
    let read = r#"{"at": "1s", "do": {"read": {}}}"#;
    let reads = vec![read; 1_001].join(",");
    with_refused(
        &format!("\"client\": {{\"attempts\": 1000}}, \"steps\": [{reads}]"),
        "client.attempts",
        "999 times",
    );
    with_refused(
        r#""workload": {"think": ["29us", "1s"], "start": "0s"}"#,
        "workload.think",
        "68965 calls of up to 20 attempts",
    );
}

#[test]
fn clients_are_read_as_they_are_written() {
    let fields = r#""until": "2s", "client": {"breaker-failures": 0, "breaker-cooling": "0s", "backoff": ["0s", "0s"]}, "workload": {"think": ["40us", "1s"], "start": "0s"}"#;
    let scenario = with(5, fields).expect("a breaker that is off needs no time to cool");
    let settings = scenario.client.settings();
    assert_eq!((settings.breaker, settings.redirects), (None, 3));
    let workload = scenario.workload.expect("it is written").settings();
    assert_eq!(
        (workload.think.least.0, workload.reads.0, workload.keys),
        (40, 500_000, 1)
    );
    let plain = with(5, "\"until\": \"2s\"").expect("clients may be left out");
    assert_eq!(plain.client.settings(), ClientSettings::default());
    assert_eq!(plain.workload, None);
}

#[test]
fn a_field_with_escapes_hides_no_line() {
    let text = GOOD
        .replace("\"title\"", "\"t\\u0069tle\"")
        .replace("\"A\"", "\"F\"");
    assert_eq!(Scenario::parse(&text).expect_err("there is no F").line, 7);
}

#[test]
fn missing_fields_name_the_object_that_lacks_them() {
    refused("\"nodes\": 5,", "", 12, "the file", "missing field `nodes`");
    refused("\"at\": \"1s\", ", "", 7, "steps[0]", "missing field `at`");
}

#[test]
fn broken_text_is_refused_where_it_breaks() {
    let error = Scenario::parse(&GOOD[..GOOD.len() / 2]).expect_err("cut off");
    assert!(error.line > 1, "{error}");
    assert!(error.problem.contains("ends too early"), "{error}");
    let error = Scenario::parse(&format!("{GOOD} x")).expect_err("more follows");
    assert_eq!(error.line, 12, "{error}");
}

/// Somebody opens a picture, a list, or nothing at all.
#[test]
fn what_is_no_scenario_is_refused_for_that() {
    for text in ["", "\u{fffd}PNG\r\n", "hello", "[\"Good\", 5]", "7"] {
        let error = Scenario::parse(text).expect_err(text);
        assert_eq!((error.line, &*error.field), (1, "the file"), "{error}");
        assert!(error.problem.contains("begins with `{`"), "{error}");
    }
}

#[test]
fn an_editor_may_put_a_byte_order_mark_before_it() {
    let marked = format!("\u{feff}{GOOD}");
    assert_eq!(Scenario::parse(&marked), Scenario::parse(GOOD));
    let error = Scenario::parse(&marked.replace("\"A\"", "\"F\"")).expect_err("no F");
    assert_eq!(
        (error.line, &*error.field),
        (7, "steps[0].do.stop"),
        "{error}"
    );
}

#[test]
fn ten_megabytes_of_noise_are_refused_at_once() {
    let noise: String = (0..10_000_000_u32)
        .map(|n| char::from(b' ' + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
        .collect();
    let error = Scenario::parse(&noise).expect_err("noise");
    assert!(error.problem.contains("bytes"), "{error}");
    let deep = "[".repeat(500_000);
    Scenario::parse(&deep).expect_err("too deep");
}

#[test]
fn every_scenario_that_comes_with_the_product_survives_being_written_and_read() {
    for preset in PRESETS.iter().chain(STORIES) {
        let scenario =
            Scenario::parse(preset.text).unwrap_or_else(|it| panic!("{}: {it}", preset.name));
        let text = serde_json::to_string_pretty(&scenario).expect("it can be written");
        assert_eq!(
            Scenario::parse(&text).as_ref(),
            Ok(&scenario),
            "{}",
            preset.name
        );
    }
}

proptest! {
    #[test]
    fn noise_never_panics(text in ".{0,200}") {
        let _ = Scenario::parse(&text);
    }

    #[test]
    fn a_good_file_with_one_byte_changed_never_panics(at in 0..GOOD.len(), byte in 32_u8..127) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[at] = byte;
        let text = String::from_utf8(bytes).expect("it stays ASCII");
        if let Ok(scenario) = Scenario::parse(&text) {
            let _ = Run::between(scenario.setup(), [ProtocolName::Raft, ProtocolName::Almighty]);
        }
    }
}
