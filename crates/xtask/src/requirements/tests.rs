use super::mention::{Kind, Mention, browser_tests, rust_tests};
use super::{Coverage, Fault, row, sources};
use crate::error::Error;
use crate::workspace::Workspace;

const DOCUMENT: &str = "\
# Rows

A line about A1.

| id | requirement |
|---|---|
| A1 | The oldest leads. No newer peer can. |
| A2 | Every peer keeps a ledger of all the peers that it knows and of those that it takes for dead. |
| P1 | Drawn | from the core |
";

fn coverage(mentions: Vec<Mention>) -> Coverage {
    let rows = row::read(DOCUMENT);
    Coverage { rows, mentions }
}

fn scenario(rows: &[&str]) -> Mention {
    Mention {
        kind: Kind::Scenario,
        file: "calm.json".into(),
        test: String::new(),
        rows: rows.iter().map(|&row| row.to_owned()).collect(),
    }
}

fn faults(coverage: &Coverage, not_yet: &[(&str, &str)]) -> Vec<Fault> {
    match coverage.judge(not_yet) {
        Ok(()) => Vec::new(),
        Err(Error::Requirements(faults)) => faults,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn rows_are_read_from_the_tables_and_cut_to_a_line() {
    let rows = row::read(DOCUMENT);
    let ids: Vec<&str> = rows.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, ["A1", "A2", "P1"]);
    assert_eq!(rows[0].short(), "The oldest leads. No newer peer can.");
    assert!(
        rows[1].short().ends_with("of those …"),
        "{}",
        rows[1].short()
    );
    assert_eq!(rows[2].short(), "Drawn | from the core");
}

#[test]
fn a_row_without_test_and_scenario_is_a_fault() {
    let some = coverage(vec![scenario(&["A1", "P1"])]);
    assert_eq!(faults(&some, &[]), [Fault::Uncovered("A2".into())]);
    assert_eq!(faults(&some, &[("A2", "it comes later")]), []);
    let all = coverage(vec![scenario(&["A1", "P1"]), scenario(&["A2"])]);
    assert_eq!(faults(&all, &[]), []);
}

fn mention(kind: Kind, rows: &[&str]) -> Mention {
    Mention {
        kind,
        ..scenario(rows)
    }
}

#[test]
fn a_row_that_people_can_see_needs_a_scenario_or_a_lesson() {
    let of = |kind| coverage(vec![scenario(&["A1"]), mention(kind, &["A2", "P1"])]);
    assert_eq!(faults(&of(Kind::Lesson), &[]), []);
    assert_eq!(faults(&of(Kind::Test), &[]), [Fault::Unseen("A2".into())]);
}

#[test]
fn the_list_of_the_not_yet_has_no_row_that_is_covered_or_unknown() {
    let all = coverage(vec![scenario(&["A1", "A2", "P1"])]);
    let found = faults(&all, &[("A2", "late"), ("A3", "late")]);
    assert!(matches!(&found[0], Fault::CoveredAfterAll { id, .. } if id == "A2"));
    assert!(matches!(&found[1], Fault::Unknown { id, .. } if id == "A3"));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_row_that_is_not_there_is_named_with_the_place() {
    let all = coverage(vec![scenario(&["A1", "A2", "P1", "A99"])]);
    let (id, place) = ("A99".into(), "scenario calm.json".into());
    assert_eq!(faults(&all, &[]), [Fault::Unknown { id, place }]);
}

#[test]
fn a_scenario_covers_what_it_says() {
    let rows = sources::covers(r#"{ "title": "x", "covers": ["A1", "P1"] }"#);
    assert_eq!(rows, Ok(vec!["A1".to_owned(), "P1".to_owned()]));
    assert_eq!(sources::covers(r#"{ "title": "x" }"#), Ok(Vec::new()));
    assert!(sources::covers(r#"{ "covers": "A1" }"#).is_err());
    assert!(sources::covers(r#"{ "covers": [1] }"#).is_err());
    assert!(sources::covers("no JSON").is_err());
}

#[test]
fn a_test_in_rust_covers_what_its_name_and_the_comment_above_it_name() {
    // In quotes line by line, so that this very file names none of them.
    let text = [
        "//! All of A1 to A9.",
        "/// A7: helps.",
        "fn helper() {}",
        "/// The oldest (A1, R5) leads, not P100 nor XA2.",
        "#[test]",
        "#[cfg(unix)]",
        "fn the_oldest_leads() {",
        "// A8",
        "let x = 1;",
        "}",
        "#[wasm_bindgen_test]",
        "fn a16_a_return_of_w3<T>() {}",
        "#[cfg(test)]",
        "fn a2_is_no_test() {}",
        "// A3",
        "",
        "#[test]",
        "fn names_none() {}",
    ]
    .join("\n");
    let found: Vec<(String, Vec<String>)> = rust_tests("x.rs", &text)
        .into_iter()
        .map(|it| (it.test, it.rows))
        .collect();
    let pair = |name: &str, rows: [&str; 2]| (name.to_owned(), rows.map(str::to_owned).to_vec());
    let leads = pair("the_oldest_leads", ["A1", "R5"]);
    let returns = pair("a16_a_return_of_w3", ["A16", "W3"]);
    assert_eq!(found, [leads, returns]);
}

#[test]
fn a_browser_test_covers_what_its_title_and_the_comment_above_it_name() {
    let text = "
        // F1
        import { test } from './page.mjs';
        // Works without a network
        // (P5).
        test(\"goes on (P4)\", async () => {
          // P1
        });
        test('names none', () => {});";
    let found = browser_tests("x.spec.mjs", text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].test, "goes on (P4)");
    assert_eq!(found[0].rows, ["P4", "P5"]);
}

#[test]
fn this_project_is_covered() {
    let workspace = Workspace::locate().unwrap_or_else(|error| panic!("{error}"));
    super::check(&workspace).unwrap_or_else(|error| panic!("{error}"));
}
