//! Bad expectations: each is refused with the line, the field and the remedy.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::Scenario;

/// The field after `expect[0].that`, and a part of the problem.
#[track_caller]
fn refused(that: &str, field: &str, problem: &str) {
    let head = r#""title": "x", "seed": 1, "nodes": 5, "until": "2s""#;
    let text = format!("{{ {head},\n\"expect\": [{{ \"that\": {that} }}] }}");
    let error = Scenario::parse(&text).expect_err(that);
    let field = format!("expect[0].that{field}");
    assert_eq!((error.line, &error.field), (2, &field), "{error}");
    assert!(error.problem.contains(problem), "{error}");
}

/// An expectation, the field that is wrong in it, and what is said of it.
const MISSPELT: &[(&str, &str, &str)] = &[
    (
        r#"{"measure": {"name": "lost", "mosst": 0}}"#,
        ".measure.mosst",
        "unknown field",
    ),
    (
        r#"{"rule": {"name": "election-won", "bye": "A"}}"#,
        ".rule.bye",
        "unknown field",
    ),
    (
        r#"{"answer": {"value": 1, "outcome": "done", "x": 1}}"#,
        ".answer.x",
        "unknown field",
    ),
    (
        r#"{"measure": {"name": "lost"}}"#,
        ".measure",
        "true of every run",
    ),
    (
        r#"{"not": {"measure": {"name": "lost", "least": 2, "most": 1}}}"#,
        ".not.measure",
        "more than",
    ),
    (
        r#"{"not": {"rule": {"name": "election-one"}}}"#,
        ".not.rule.name",
        "no protocol has",
    ),
    (r#"{"leaders": ["A", "B", "A"]}"#, ".leaders[2]", "once"),
    (
        r#"{"ledger": {"node": "A", "alive": ["A", "A"]}}"#,
        ".ledger.alive[1]",
        "once",
    ),
    (
        r#"{"ledger": {"node": "Z", "alive": []}}"#,
        "",
        "there is no node Z",
    ),
    (
        r#"{"rule": {"name": "leader-dead", "about": "Z"}}"#,
        "",
        "there is no node Z",
    ),
    (
        r#"{"follow": {"nodes": [], "leader": "A"}}"#,
        ".follow.nodes",
        "at least 1",
    ),
    (r#"{"core-leads": []}"#, ".core-leads", "at least 1"),
    (
        r#"{"core-leads": ["A", "B", "A"]}"#,
        ".core-leads[2]",
        "once",
    ),
    (r#"{"core-leads": ["Z"]}"#, "", "there is no node Z"),
    (
        r#"{"same-election": ["A"]}"#,
        ".same-election",
        "at least 2",
    ),
    (r#"{"same-secret": ["A", "A"]}"#, ".same-secret[1]", "once"),
    (
        r#"{"sent": {"kind": "ledgre", "least": 0, "most": 3}}"#,
        ".sent.least",
        "misspelt",
    ),
    (
        r#"{"sent": {"kind": "ledger", "least": 4, "most": 3}}"#,
        ".sent",
        "more than",
    ),
];

#[test]
fn a_misspelt_bound_is_refused_and_does_not_make_an_expectation_empty() {
    for (text, field, problem) in MISSPELT {
        refused(text, field, problem);
    }
}

#[test]
fn a_list_names_the_statement_that_is_wrong() {
    for (steps, field, problem) in [
        ("", "", "two statements"),
        (r#""one-leader""#, "", "two statements"),
        (
            r#""one-leader", {"rule": {"name": "leader-deed"}}"#,
            "[1].rule.name",
            "no protocol has",
        ),
        (
            r#""one-leader", {"leaders": ["Z"]}"#,
            "[1]",
            "there is no node Z",
        ),
        (
            r#""one-leader", {"in-order": ["one-leader", "one-leader"]}"#,
            "[1]",
            "put its statements here",
        ),
        (
            r#"{"not": {"not": {"in-order": ["one-leader", "one-leader"]}}}, "one-leader""#,
            "[0]",
            "put its statements here",
        ),
        (
            r#""one-leader", {"not": {"leaders": ["A", "A"]}}"#,
            "[1].not.leaders[1]",
            "once",
        ),
    ] {
        let list = format!("{{\"in-order\": [{steps}]}}");
        refused(&list, &format!(".in-order{field}"), problem);
    }
}
