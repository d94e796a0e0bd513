//! Rule-breakers: each is caught within 150 seeds, by the check that is named for it and by no
//! other before that; the honest protocol comes through the same water clean.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

mod newcomer;
mod waters;

use scenario::consensus::{almighty, raft};
use scenario::simulator::Property;
use scenario::{ProtocolName, Scenario};
use std::collections::BTreeMap;
use waters::*;

const SEEDS: u64 = 150;

/// Which check must catch it, and in which water; `None` where it takes more than a storm.
fn trial_of_server(mutant: raft::Mutant) -> Option<(Property, Water)> {
    use raft::Mutant as M;
    let trial: (_, Water) = match mutant {
        M::VoteNotPersisted => (Property::OneVotePerTerm, two_stand),
        M::MajorityOfReachable => (Property::ElectionSafety, storm_without_calls),
        M::OldTermCommitted => (Property::LeaderCompleteness, leaders_fall),
        M::LogNotChecked => (Property::LeaderCompleteness, storm_of_founders),
        M::AckBeforeFsync | M::CommittedTruncated => {
            (Property::CommittedIsDurable, storm_of_founders)
        }
        M::TwoVotes => (Property::OneVotePerTerm, storm_of_founders),
        M::LearnerCounted => (Property::CommittedIsDurable, leader_beside_newcomers),
        M::JointLeftEarly => (Property::LeaderCompleteness, leader_goes_over_to_newcomers),
        M::StaleLeaseRead => (Property::NoStaleRead, leader_cut_off_with_its_lease),
        M::SessionsNotInSnapshot => (Property::ExactlyOnce, leaders_and_snapshots),
        M::ProgressNotSessionIsolated => return None,
    };
    Some(trial)
}

/// As [`trial_of_server`].
fn trial_of_peer(mutant: almighty::Mutant) -> (Property, Water) {
    use almighty::Mutant as M;
    match mutant {
        M::AnyPongAccepted => (Property::OldestLeads, leader_returns),
        M::ElectionIdsIgnored => (Property::ClosedElections, storm),
    }
}

fn caught(
    protocol: ProtocolName,
    name: &str,
    (property, water): (Property, Water),
    mutate: impl Fn(&mut Scenario),
) -> Result<(), String> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for seed in 0..SEEDS {
        let mut scenario = water(protocol, seed);
        let honest = scenario.run(protocol, |_| {});
        assert_eq!(honest.violation, None, "honest, seed {seed}");
        mutate(&mut scenario);
        if let Some(violation) = scenario.run(protocol, |_| {}).violation {
            assert_eq!(violation.seed, seed);
            found.entry(violation.property).or_default().push(violation);
        }
    }
    let counts: Vec<_> = found
        .iter()
        .map(|(it, all)| (it.name(), all.len()))
        .collect();
    println!("{name}: {counts:?} of {SEEDS} seeds");
    let named = found.remove(&property).unwrap_or_default();
    let first = named.first().ok_or(format!("{name} was not caught"))?;
    println!("{}", first.sentence());
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("another check was first with {name}: {counts:?}"))
    }
}

#[test]
fn every_mutant_of_raft_is_caught_by_its_check() {
    let trials = raft::Mutant::ALL.into_iter().filter_map(|mutant| {
        let trial = trial_of_server(mutant)?;
        let mutate = |scenario: &mut Scenario| scenario.raft.mutant = Some(mutant);
        caught(ProtocolName::Raft, mutant.name(), trial, mutate).err()
    });
    assert_eq!(trials.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_mutant_of_the_oldest_peer_is_caught_by_its_check() {
    let trials = almighty::Mutant::ALL.into_iter().filter_map(|mutant| {
        let trial = trial_of_peer(mutant);
        let mutate = |scenario: &mut Scenario| scenario.almighty.mutant = Some(mutant);
        caught(ProtocolName::Almighty, mutant.name(), trial, mutate).err()
    });
    assert_eq!(trials.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_scenario_names_its_mutant() {
    let text = |fields: &str| {
        format!("{{\n\"title\": \"x\", \"seed\": 1, \"nodes\": 3, \"until\": \"1s\",\n{fields} }}")
    };
    for mutant in raft::Mutant::ALL {
        let fields = format!("\"raft\": {{ \"mutant\": \"{}\" }}", mutant.name());
        let scenario = Scenario::parse(&text(&fields)).expect("the name is known");
        assert_eq!(scenario.raft.mutant, Some(mutant));
        assert_eq!(scenario.almighty.mutant, None);
    }
    for mutant in almighty::Mutant::ALL {
        let fields = format!("\"almighty\": {{ \"mutant\": \"{}\" }}", mutant.name());
        let scenario = Scenario::parse(&text(&fields)).expect("the name is known");
        assert_eq!(scenario.almighty.mutant, Some(mutant));
    }
    let unknown = "\"raft\": { \"mutant\": \"any-pong-accepted\" }";
    let error = Scenario::parse(&text(unknown)).expect_err("Raft has no pongs");
    assert_eq!((error.line, &*error.field), (3, "raft.mutant"), "{error}");
    for mutant in raft::Mutant::ALL {
        assert!(error.problem.contains(mutant.name()), "{error}");
    }
}
