//! Rule-breakers: each is caught within 500 seeds, by the check that is named for it and by no
//! other before that; the honest protocol comes through the same water clean.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId, almighty, raft};
use scenario::simulator::{Choose, Property, Seeded, Stream};
use scenario::{Deed, NodeName, ProtocolName, Scenario, Span, Step, Storm, Whom, Write};

const SEEDS: u64 = 500;

/// The water that a mutant is tried in, by seed.
type Water = fn(ProtocolName, u64) -> Scenario;

fn storm(protocol: ProtocolName, seed: u64) -> Scenario {
    let storm = Storm {
        seed,
        nodes: 3 + 2 * (seed % 2) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    storm.scenario(protocol)
}

/// A storm in which nothing is ever committed, so that it is elections that go wrong.
fn storm_without_calls(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = storm(protocol, seed);
    let is_call = |step: &Step| matches!(step.deed, Deed::Write(_) | Deed::Read(_));
    scenario.steps.retain(|step| !is_call(step));
    scenario
}

/// Calm water of a seed, with what `deeds` does before the calm; it is given a dice, and the time
/// in milliseconds to add a deed at.
fn steered(
    protocol: ProtocolName,
    (nodes, rough): (u16, Micros),
    seed: u64,
    deeds: impl Fn(&mut dyn FnMut(u64, u64) -> u64, &mut dyn FnMut(u64, Deed)),
) -> Scenario {
    let calm = Micros::from_secs(6);
    let storm = Storm {
        seed,
        nodes,
        rough,
        calm,
    };
    let mut scenario = storm.scenario(protocol);
    scenario.steps.retain(|step| step.at.0 >= rough);
    let mut choose = Seeded::new(seed);
    let mut draw = |least, most| choose.between(Stream::Environment, least, most);
    deeds(&mut draw, &mut |at, deed| {
        let at = Span(Micros::from_millis(at));
        scenario.steps.push(Step { at, deed });
    });
    scenario
}

/// Three servers whose leader, again and again, falls with an entry that nobody else has yet: the
/// water of the Raft paper's figure 8.
fn leaders_fall(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(20);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        let mut at = 0;
        while at < 19_000 {
            at += draw(200, 600);
            let writes = draw(0, 2) > 0;
            for node in (0..3).map(|id| NodeName(NodeId(id))) {
                let write = Write {
                    value: at,
                    key: 0,
                    client: 1,
                    to: Some(node),
                };
                if writes {
                    add(at, Deed::Write(write));
                }
                if draw(0, 1) > 0 {
                    add(at + draw(70, 400), Deed::Start(node));
                }
            }
            add(at + draw(20, 50), Deed::Stop(Whom::Leader));
        }
    });
    scenario.raft.replicate_with_heartbeat = true;
    scenario
}

/// A leader falls and is back at once, and one peer is cut off while the next election is held.
fn leader_returns(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_millis(2_500);
    steered(protocol, (5, rough), seed, |draw, add| {
        let at = draw(1_000, 1_300);
        add(at, Deed::Stop(Whom::Leader));
        let back = at + draw(11, 80);
        for node in 0..5 {
            add(back, Deed::Start(NodeName(NodeId(node))));
        }
        let alone = NodeName(NodeId(draw(0, 4) as u16));
        add(back + draw(40, 120), Deed::Cut(vec![vec![alone]]));
        add(back + draw(160, 300), Deed::Heal);
    })
}

/// Which check must catch it, and in which water; `None` where `consensus` shows it itself.
fn trial_of_server(mutant: raft::Mutant) -> Option<(Property, Water)> {
    use raft::Mutant as M;
    let trial: (_, Water) = match mutant {
        M::VoteNotPersisted => (Property::OneVotePerTerm, storm),
        M::MajorityOfReachable => (Property::ElectionSafety, storm_without_calls),
        M::OldTermCommitted => (Property::LeaderCompleteness, leaders_fall),
        M::LogNotChecked => (Property::LeaderCompleteness, storm),
        M::AckBeforeFsync | M::CommittedTruncated => (Property::CommittedIsDurable, storm),
        M::TwoVotes => (Property::OneVotePerTerm, storm),
        // They need water in which more happens than in these.
        _ => return None,
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
) {
    let mut first = None;
    let mut count = 0;
    for seed in 0..SEEDS {
        let mut scenario = water(protocol, seed);
        let honest = scenario.run(protocol, |_| {});
        assert_eq!(honest.violation, None, "honest, seed {seed}");
        mutate(&mut scenario);
        let Some(violation) = scenario.run(protocol, |_| {}).violation else {
            continue;
        };
        let found = (violation.property, violation.seed);
        assert_eq!(found, (property, seed), "{name}: {}", violation.sentence());
        count += 1;
        first.get_or_insert(violation);
    }
    let first = first.unwrap_or_else(|| panic!("{name} was not caught"));
    println!(
        "{name}: caught with {count} of {SEEDS} seeds. {}",
        first.sentence()
    );
}

#[test]
fn every_mutant_of_raft_is_caught_by_its_check() {
    for mutant in raft::Mutant::ALL {
        let Some(trial) = trial_of_server(mutant) else {
            continue;
        };
        caught(ProtocolName::Raft, mutant.name(), trial, |scenario| {
            scenario.raft.mutant = Some(mutant);
        });
    }
}

#[test]
fn every_mutant_of_the_oldest_peer_is_caught_by_its_check() {
    for mutant in almighty::Mutant::ALL {
        let trial = trial_of_peer(mutant);
        caught(ProtocolName::Almighty, mutant.name(), trial, |scenario| {
            scenario.almighty.mutant = Some(mutant);
        });
    }
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
