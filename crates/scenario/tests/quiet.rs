//! When the water counts as calm: the oldest peer's promise is judged only where its timing lets
//! it be kept.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::{NodeName, ProtocolName, Report, Scenario};

fn run(fields: &str) -> Report {
    let text = format!(r#"{{ "title": "x", "seed": 1, "protocols": ["almighty"], {fields} }}"#);
    let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}"));
    scenario.run(ProtocolName::Almighty, |_| {})
}

#[track_caller]
fn unbroken(fields: &str) {
    let report = run(fields);
    assert!(
        report.holds(),
        "{:?} {:?}",
        report.violation,
        report.verdicts
    );
}

const ONE_LEADER: &str = r#""expect": [{ "that": "one-leader" }]"#;

#[test]
fn many_that_fail_together_are_found_out_one_after_the_other() {
    let stops: Vec<String> = (0..30)
        .map(|id| NodeName(scenario::consensus::NodeId(id)))
        .map(|name| format!(r#"{{ "at": "3s", "do": {{ "stop": "{name}" }} }}"#))
        .collect();
    let stops = stops.join(",");
    unbroken(&format!(
        r#""nodes": 31, "until": "40s", "steps": [{stops}], {ONE_LEADER}"#
    ));
}

#[test]
fn slow_timing_takes_its_time() {
    let stops = r#"{ "at": "9s", "do": { "stop": "A" } }, { "at": "9s", "do": { "stop": "B" } }"#;
    let slow = r#""almighty": { "winner-timeout": "10s" }"#;
    unbroken(&format!(
        r#""nodes": 5, "until": "120s", "steps": [{stops}], {slow}, {ONE_LEADER}"#
    ));
}

#[test]
fn messages_slower_than_every_wait_promise_nothing() {
    let network = r#""network": { "delay": ["150ms", "150ms"] }"#;
    unbroken(&format!(r#""nodes": 5, "until": "20s", {network}"#));
}

#[test]
fn clusters_that_never_announce_themselves_never_meet() {
    let steps = r#"{ "at": "3s", "do": { "cut": [["A", "B"]] } }, { "at": "5s", "do": "heal" }"#;
    let never = r#""almighty": { "reannounce-every": 0 }"#;
    let both = r#""expect": [{ "that": { "leaders": ["A", "C"] } }]"#;
    unbroken(&format!(
        r#""nodes": 5, "until": "20s", "steps": [{steps}], {never}, {both}"#
    ));
}
