//! Rule-breakers: each is caught within 150 seeds, by the check that is named for it and by no
//! other before that; the honest protocol comes through the same water clean.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

mod elders;
mod newcomer;
mod peer_waters;
mod waters;

use peer_waters::*;
use scenario::consensus::{almighty, raft};
use scenario::simulator::Property;
use scenario::{ProtocolName, Report, Scenario};
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
        M::AnsweredBeforeCommit => (Property::NoAcknowledgedWriteLost, storm_of_founders),
        M::ReadNotConfirmed => (Property::Linearizable, leader_cut_off_amid_a_write),
        M::ProgressNotSessionIsolated => return None,
    };
    Some(trial)
}

/// As [`trial_of_server`]; what nobody could call wrong breaks the water's own expectations.
fn trial_of_peer(mutant: almighty::Mutant) -> Option<(Option<Property>, Water)> {
    use almighty::Mutant as M;
    let trial: (_, Water) = match mutant {
        M::ElectionIdsIgnored | M::ElectionIdByClockAlone => {
            (Some(Property::ClosedElections), storm)
        }
        M::ClosedElectionReopened => (Some(Property::ClosedElections), winner_comes_late),
        M::StampedAnew => (Some(Property::LastingIdentity), storm),
        M::JoinAnsweredByEveryone => (Some(Property::OneSecretPerReign), storm),
        M::SilentPeerKept => (Some(Property::LedgersAgree), storm),
        M::NewestWins | M::FaceOffIgnored | M::LedgersNotMerged | M::DeadElderKept => {
            (Some(Property::OldestLeads), storm)
        }
        M::OlderPeerSilent => (Some(Property::OldestLeads), elder_joins),
        M::AnyPongAccepted => (Some(Property::OldestLeads), leader_returns),
        M::EarlierAgeKept => (Some(Property::LedgersAgree), follower_returns),
        M::PreviousSecretRefused => (Some(Property::OldestLeads), secrets_rotate),
        M::GoodbyeIgnored => (None, leader_leaves),
        M::LeaderNotChecked => (None, clusters_meet),
        M::EldersSilent => return None,
    };
    Some(trial)
}

/// What broke in the eyes of whom: a check, or the scenario's own expectations.
fn broken(report: &Report) -> Option<&'static str> {
    match &report.violation {
        Some(violation) => Some(violation.property.name()),
        None => (!report.holds()).then_some("expectations"),
    }
}

fn caught(
    protocol: ProtocolName,
    name: &str,
    (property, water): (Option<Property>, Water),
    mutate: impl Fn(&mut Scenario),
) -> Result<(), String> {
    let catcher = property.map_or("expectations", Property::name);
    let mut found = BTreeMap::<_, u64>::new();
    for seed in 0..SEEDS {
        let mut scenario = water(protocol, seed);
        let honest = scenario.run(protocol, |_| {});
        assert_eq!(honest.violation, None, "honest, seed {seed}");
        if property.is_none() {
            assert!(honest.holds(), "honest, seed {seed}: {:?}", honest.verdicts);
        }
        mutate(&mut scenario);
        let report = scenario.run(protocol, |_| {});
        let breaks = broken(&report).filter(|it| property.is_none() || *it != "expectations");
        if let Some(breaks) = breaks {
            assert_eq!(report.seed, seed);
            if found.is_empty() {
                let told = report.violation.map(|it| it.sentence());
                println!("{}", told.unwrap_or_default());
            }
            *found.entry(breaks).or_default() += 1;
        }
    }
    println!("{name}: {found:?} of {SEEDS} seeds");
    match found.keys().eq([&catcher]) {
        true => Ok(()),
        false => Err(format!("{name}: {catcher} was to catch it, not {found:?}")),
    }
}

#[test]
fn every_mutant_of_raft_is_caught_by_its_check() {
    let trials = raft::Mutant::ALL.into_iter().filter_map(|mutant| {
        let (property, water) = trial_of_server(mutant)?;
        let trial = (Some(property), water);
        let mutate = |scenario: &mut Scenario| scenario.raft.mutant = Some(mutant);
        caught(ProtocolName::Raft, mutant.name(), trial, mutate).err()
    });
    assert_eq!(trials.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_mutant_of_the_oldest_peer_is_caught_by_its_check() {
    let trials = almighty::Mutant::ALL.into_iter().filter_map(|mutant| {
        let trial = trial_of_peer(mutant)?;
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
