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
