//! Rule-breakers: whoever reads nothing but the trace finds what they broke.

use crate::broken;
use crate::run::{Run, text, traced};
use scenario::consensus::{Micros, almighty, raft};
use scenario::{Deed, ProtocolName, Scenario, Step, Storm};
use std::fs;

/// Within how many seeds a mutant shows.
const SEEDS: u64 = 60;

fn storm(protocol: ProtocolName, seed: u64) -> Scenario {
    let storm = Storm {
        seed,
        nodes: 3 + 2 * (seed % 2) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    storm.scenario(protocol)
}

/// Where nothing is committed, it is elections that go wrong.
fn without_calls(mut scenario: Scenario) -> Scenario {
    let is_call = |step: &Step| matches!(step.deed, Deed::Write(_) | Deed::Read(_));
    scenario.steps.retain(|step| !is_call(step));
    scenario
}

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

fn servers(mutant: raft::Mutant, seed: u64) -> Scenario {
    let mut scenario = storm(ProtocolName::Raft, seed);
    scenario.raft.mutant = Some(mutant);
    scenario
}

#[test]
fn a_vote_that_is_not_persisted_is_found() {
    caught("vote-not-persisted", "one-vote-per-term", |seed| {
        servers(raft::Mutant::VoteNotPersisted, seed)
    });
}

#[test]
fn a_majority_of_the_reachable_is_found() {
    caught("majority-of-reachable", "election-safety", |seed| {
        without_calls(servers(raft::Mutant::MajorityOfReachable, seed))
    });
}

#[test]
fn a_log_that_is_not_checked_is_found() {
    caught("log-not-checked", "leader-completeness", |seed| {
        servers(raft::Mutant::LogNotChecked, seed)
    });
}

#[test]
fn an_election_id_that_is_ignored_is_found() {
    caught("election-ids-ignored", "closed-elections", |seed| {
        let mut scenario = storm(ProtocolName::Almighty, seed);
        scenario.almighty.mutant = Some(almighty::Mutant::ElectionIdsIgnored);
        scenario
    });
}
