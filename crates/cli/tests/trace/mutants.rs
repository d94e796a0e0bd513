//! Rule-breakers: whoever reads nothing but the trace finds what they broke.

use crate::broken;
use crate::run::{Run, text, traced};
use scenario::Scenario;
use scenario::gallery::gallery;
use std::fs;

fn run(name: &str, scenario: &Scenario) -> Run {
    let path = format!("{}/{name}.json", env!("CARGO_TARGET_TMPDIR"));
    let text = serde_json::to_string(scenario).expect("a scenario can be written");
    fs::write(&path, text).expect("the file can be written");
    traced(name, &[&path]).remove(0)
}

/// Runs the seeds of the gallery's mutant until a guarantee breaks; a reader must then find the
/// same property broken.
#[track_caller]
fn caught(name: &str, property: &str) {
    let exhibit = gallery().find(|it| it.mutant.name() == name).expect(name);
    let mut runs = (0..exhibit.seeds).map(|seed| run(name, &exhibit.scenario(seed)));
    let run = runs.find(|run| run.code == 1 && run.of("violated").next().is_some());
    let run = run.unwrap_or_else(|| panic!("{name} shows within no seed"));
    let found: Vec<&str> = broken(&run).iter().map(|it| it.0).collect();
    assert!(found.contains(&property), "{name}: {found:?}");
    let told = run.of("violated").next().expect("it was there");
    assert_eq!(text(told, "property"), property);
}

#[test]
fn a_vote_that_is_not_persisted_is_found() {
    caught("vote-not-persisted", "one-vote-per-term");
}

#[test]
fn a_majority_of_the_reachable_is_found() {
    caught("majority-of-reachable", "election-safety");
}

#[test]
fn a_log_that_is_not_checked_is_found() {
    caught("log-not-checked", "leader-completeness");
}

#[test]
fn an_election_id_that_is_ignored_is_found() {
    caught("election-ids-ignored", "closed-elections");
}
