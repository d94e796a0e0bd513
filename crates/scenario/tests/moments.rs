//! What is said of named nodes is not true while one of them is not there.
#![allow(missing_docs)]

use scenario::{ProtocolName, Scenario};

/// Four peers, of which D joins after a second.
fn holds_before_and_after_d_joins(that: &str) -> [bool; 2] {
    let text = format!(
        r#"{{
            "title": "D joins late", "protocols": ["almighty"], "nodes": 3, "seed": 1, "until": "3s",
            "steps": [{{ "at": "1s", "do": {{ "join": "D" }} }}],
            "expect": [{{ "at": "900ms", "that": {that} }}, {{ "that": {that} }}]
        }}"#
    );
    let scenario = Scenario::parse(&text).expect("it can be run");
    let report = scenario.run(ProtocolName::Almighty, |_| {});
    let held: Vec<bool> = report.verdicts.iter().map(|it| it.found.is_ok()).collect();
    held.try_into().expect("two verdicts")
}

#[test]
fn nobody_follows_who_is_not_there() {
    let follow = r#"{ "follow": { "nodes": ["B", "D"], "leader": "A" } }"#;
    assert_eq!(holds_before_and_after_d_joins(follow), [false, true]);
}

#[test]
fn a_core_has_no_leader_while_some_of_it_is_not_there() {
    let core = r#"{ "core-leads": ["B", "A", "D"] }"#;
    assert_eq!(holds_before_and_after_d_joins(core), [false, true]);
}

#[test]
fn who_is_not_there_shares_nothing() {
    for that in ["same-election", "same-secret"] {
        let that = format!(r#"{{ "{that}": ["A", "D"] }}"#);
        assert_eq!(
            holds_before_and_after_d_joins(&that),
            [false, true],
            "{that}"
        );
    }
}

/// How five nodes of a protocol stand at two seconds, after A and B were cut off at one.
fn holds_in_a_cut(protocol: ProtocolName, that: &str) -> bool {
    let text = format!(
        r#"{{
            "title": "A cut", "protocols": ["{protocol}"], "nodes": 5, "seed": 3, "until": "3s",
            "steps": [{{ "at": "10ms", "do": {{ "time-out": "A" }} }},
                {{ "at": "1s", "do": {{ "cut": [["A", "B"]] }} }}],
            "expect": [{{ "that": {that} }}]
        }}"#
    );
    let scenario = Scenario::parse(&text).expect("it can be run");
    scenario.run(protocol, |_| {}).holds()
}

/// The side without a majority keeps its leader of old, as Raft's paper tells it.
#[test]
fn a_core_leads_itself_whatever_is_outside_of_it() {
    for (core, holds) in [
        (r#"["C", "D", "E"]"#, true),
        (r#"["A", "B"]"#, true),
        // The leader of one side, and one of the other.
        (r#"["A", "C"]"#, false),
        (r#"["B", "C"]"#, false),
        // It follows somebody outside.
        (r#"["B"]"#, false),
        (r#"["A", "B", "C", "D", "E"]"#, false),
    ] {
        for protocol in ProtocolName::ALL {
            let that = format!(r#"{{ "core-leads": {core} }}"#);
            assert_eq!(holds_in_a_cut(protocol, &that), holds, "{protocol} {core}");
        }
    }
}

/// A cluster whose newcomer's clock is behind: it is older than those who led before it.
#[test]
fn by_age_a_core_is_led_by_its_oldest() {
    let text = r#"{
        "title": "An elder joins", "protocols": ["almighty"], "nodes": 3, "seed": 1, "until": "3s",
        "almighty": { "mutant": "older-peer-silent" },
        "clocks": [{ "node": "D", "offset": "-60s" }],
        "steps": [{ "at": "1s", "do": { "join": "D" } }],
        "expect": [
            { "that": { "follow": { "nodes": ["A", "B", "C", "D"], "leader": "A" } } },
            { "that": { "core-leads": ["A", "B", "C"] } },
            { "that": { "not": { "core-leads": ["A", "B", "C", "D"] } } }
        ]
    }"#;
    let scenario = Scenario::parse(text).expect("it can be run");
    let report = scenario.run(ProtocolName::Almighty, |_| {});
    let found: Vec<_> = report.verdicts.iter().map(|it| &it.found).collect();
    assert!(found.iter().all(|it| it.is_ok()), "{found:?}");
}
