//! Rule-breakers: whoever reads nothing but the trace finds what they broke.

use crate::broken;
use crate::run::{Run, text, traced};
use scenario::consensus::{almighty, raft};
use scenario::{ProtocolName, Scenario};
use std::fs;

// The water of the crate that has the checks.
#[allow(dead_code)]
#[path = "../../../scenario/tests/mutants/waters.rs"]
mod waters;

/// Within how many seeds a mutant shows.
const SEEDS: u64 = 60;

fn run(name: &str, scenario: &Scenario) -> Run {
    let path = format!("{}/{name}.json", env!("CARGO_TARGET_TMPDIR"));
    let text = serde_json::to_string(scenario).expect("a scenario can be written");
    fs::write(&path, text).expect("the file can be written");
    traced(name, &[&path]).remove(0)
}

/// Runs seeds until a guarantee breaks; a reader must then find the same property broken.
#[track_caller]
fn caught(name: &str, property: &str, water: impl Fn(u64) -> Scenario) {
    let mut runs = (0..SEEDS).map(|seed| run(name, &water(seed)));
    let run = runs.find(|run| run.code == 1 && run.of("violated").next().is_some());
    let run = run.unwrap_or_else(|| panic!("{name} shows within no seed"));
    let found: Vec<&str> = broken(&run).iter().map(|it| it.0).collect();
    assert!(found.contains(&property), "{name}: {found:?}");
    let told = run.of("violated").next().expect("it was there");
    assert_eq!(text(told, "property"), property);
}

fn servers(mutant: raft::Mutant, water: waters::Water, seed: u64) -> Scenario {
    let mut scenario = water(ProtocolName::Raft, seed);
    scenario.raft.mutant = Some(mutant);
    scenario
}

#[test]
fn a_vote_that_is_not_persisted_is_found() {
    caught("vote-not-persisted", "one-vote-per-term", |seed| {
        servers(raft::Mutant::VoteNotPersisted, waters::two_stand, seed)
    });
}

#[test]
fn a_majority_of_the_reachable_is_found() {
    caught("majority-of-reachable", "election-safety", |seed| {
        servers(
            raft::Mutant::MajorityOfReachable,
            waters::storm_without_calls,
            seed,
        )
    });
}

#[test]
fn a_log_that_is_not_checked_is_found() {
    caught("log-not-checked", "leader-completeness", |seed| {
        servers(raft::Mutant::LogNotChecked, waters::storm_of_founders, seed)
    });
}

#[test]
fn an_election_id_that_is_ignored_is_found() {
    caught("election-ids-ignored", "closed-elections", |seed| {
        let mut scenario = waters::storm(ProtocolName::Almighty, seed);
        scenario.almighty.mutant = Some(almighty::Mutant::ElectionIdsIgnored);
        scenario
    });
}
