//! Storms from many seeds, per protocol: no guarantee breaks, and in the calm one leader is known
//! to all. `WHITEWATER_SEEDS` sets how many; the soak run sets far more.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

mod rules;

use scenario::consensus::{Answer, Micros, Observation};
use scenario::simulator::{
    Action, BreakerState, ClockSettings, DropCause, Measures, Property, Standing, What,
};
use scenario::{ProtocolName, Scenario, Storm, That};
use std::collections::{BTreeMap, BTreeSet};

/// Half of the calm is over.
const LATE: Micros = Micros::from_secs(11);

fn seeds() -> u64 {
    let asked = std::env::var("WHITEWATER_SEEDS").ok();
    asked.map_or(300, |it| it.parse().expect("WHITEWATER_SEEDS is a number"))
}

/// What the storms of all seeds came to, so that nobody mistakes calm water for a test.
#[derive(Debug, Default)]
struct Reached {
    events: u64,
    elections: u64,
    failed_elections: u64,
    truncations: u64,
    leader_losses: u64,
    dropped: u64,
    acknowledged: u64,
    lost: u64,
    two_claim_seeds: u64,
    faults: Faults,
    /// Names of the rules that decided something.
    rules: BTreeSet<&'static str>,
}

/// How often each fault of the world was seen at work.
#[derive(Debug, Default)]
struct Faults {
    pauses: u64,
    slowed: u64,
    wrong_clocks: u64,
    disks: u64,
    cuts: u64,
    one_way_cuts: u64,
    joins: u64,
    leaves: u64,
    transfers: u64,
    snapshots: u64,
    changes: u64,
    doubled: u64,
    breakers_opened: u64,
    breakers_closed: u64,
    backoffs: u64,
    drops: BTreeMap<DropCause, u64>,
}

impl Faults {
    fn see(&mut self, what: &What) {
        let count = match what {
            What::Acted(Action::Pause(_)) => &mut self.pauses,
            What::Acted(Action::Slow { service, .. }) if *service > Micros::ZERO => {
                &mut self.slowed
            }
            What::Acted(Action::Clock { settings, .. })
                if *settings != ClockSettings::default() =>
            {
                &mut self.wrong_clocks
            }
            What::Acted(Action::Disk { .. }) => &mut self.disks,
            What::Acted(Action::Cut(_)) => &mut self.cuts,
            What::Acted(Action::CutOneWay { .. }) => &mut self.one_way_cuts,
            What::Acted(Action::Join(_)) => &mut self.joins,
            What::Acted(Action::Leave(_)) => &mut self.leaves,
            What::Acted(Action::Transfer(_)) => &mut self.transfers,
            What::Observed(_, Observation::SnapshotInstalled { .. }) => &mut self.snapshots,
            What::Observed(_, Observation::Members { index: 1.., .. }) => &mut self.changes,
            What::Doubled { .. } => &mut self.doubled,
            What::Breaker {
                state: BreakerState::Open,
                ..
            } => &mut self.breakers_opened,
            What::Breaker {
                state: BreakerState::Closed,
                ..
            } => &mut self.breakers_closed,
            What::BacksOff { .. } => &mut self.backoffs,
            What::Dropped { cause, .. } => self.drops.entry(*cause).or_default(),
            _ => return,
        };
        *count += 1;
    }

    /// Every kind of fault came, and often enough to matter.
    fn assert_floors(&self, seeds: u64) {
        for (count, least) in [
            (self.pauses, seeds / 4),
            (self.slowed, seeds / 4),
            (self.wrong_clocks, seeds / 2),
            (self.disks, seeds + seeds / 2),
            (self.cuts, seeds / 2),
            (self.one_way_cuts, seeds / 2),
            (self.doubled, 20 * seeds),
            (self.breakers_opened, seeds),
            (self.breakers_closed, seeds / 4),
            (self.backoffs, 10 * seeds),
        ] {
            assert!(count > least, "{least}: {self:?}");
        }
        for (cause, least) in [
            (DropCause::Lost, 5 * seeds),
            (DropCause::Cut, 20 * seeds),
            (DropCause::LinkFull, 5 * seeds),
            (DropCause::InboxFull, seeds),
            (DropCause::NodeDown, 10 * seeds),
            (DropCause::Damaged, 5 * seeds),
        ] {
            let count = self.drops.get(&cause).copied().unwrap_or(0);
            assert!(count > least, "{cause:?} {least}: {self:?}");
        }
    }
}

impl Reached {
    fn add(&mut self, events: u64, measures: &Measures) {
        self.events += events;
        self.elections += measures.elections;
        self.failed_elections += measures.failed_elections;
        self.truncations += measures.truncations;
        self.leader_losses += measures.leader_losses;
        self.dropped += measures.dropped;
        self.acknowledged += measures.acknowledged;
        self.lost += measures.lost;
        self.two_claim_seeds += u64::from(measures.two_claim > Micros::ZERO);
    }
}

/// Whether a client is told that its write is done.
fn is_done(told: &What) -> bool {
    let What::Answered {
        written, answer, ..
    } = told
    else {
        return false;
    };
    written.is_some() && matches!(answer, Answer::Done(_))
}

fn scenario(protocol: ProtocolName, seed: u64) -> Scenario {
    let storm = Storm {
        seed,
        nodes: 2 + (seed % 6) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(8),
    };
    storm.scenario(protocol)
}

fn storm(protocol: ProtocolName) -> Reached {
    let mut reached = Reached::default();
    for seed in 0..seeds() {
        let scenario = scenario(protocol, seed);
        let (faults, rules) = (&mut reached.faults, &mut reached.rules);
        let mut done = Micros::ZERO;
        let report = scenario.run(protocol, |told| {
            for it in told {
                faults.see(&it.what);
                if let What::Why(_, why) = &it.what {
                    rules.insert(why.rule.name);
                }
                if is_done(&it.what) {
                    done = it.at;
                }
            }
        });
        assert!(
            report.holds(),
            "seed {seed} under {protocol}: {:?} {:?}\n{}",
            report.violation,
            report.verdicts,
            serde_json::to_string_pretty(&scenario).expect("a scenario can be written"),
        );
        let gets_on = scenario.expect.iter().any(|it| it.that == That::OneLeader);
        if protocol == ProtocolName::Raft && gets_on {
            assert!(done > LATE, "seed {seed}: no write was done after {done}");
        }
        reached.add(report.events, &report.measures);
    }
    println!("{protocol}, {} seeds: {reached:?}", seeds());
    reached
}

#[test]
fn raft_keeps_its_guarantees_in_every_storm() {
    let reached = storm(ProtocolName::Raft);
    let seeds = seeds();
    assert!(reached.elections > 5 * seeds, "{reached:?}");
    assert!(reached.failed_elections > seeds, "{reached:?}");
    assert!(reached.leader_losses > seeds / 2, "{reached:?}");
    assert!(reached.truncations > seeds / 20, "{reached:?}");
    assert!(reached.acknowledged > 5 * seeds, "{reached:?}");
    assert_eq!(reached.lost, 0, "{reached:?}");
    reached.faults.assert_floors(seeds);
    for (count, least) in [
        (reached.faults.transfers, seeds / 4),
        (reached.faults.snapshots, seeds / 2),
        (reached.faults.changes, seeds),
        (reached.faults.joins, seeds / 5),
        (reached.faults.leaves, seeds / 20),
    ] {
        assert!(count > least, "{least}: {reached:?}");
    }
    rules::assert_reached(&reached.rules, seeds);
}

#[test]
fn the_oldest_leads_after_every_storm() {
    let reached = storm(ProtocolName::Almighty);
    let seeds = seeds();
    assert!(reached.elections > 5 * seeds, "{reached:?}");
    assert!(reached.leader_losses > seeds / 2, "{reached:?}");
    assert!(reached.two_claim_seeds > seeds / 2, "{reached:?}");
    assert!(reached.acknowledged > 5 * seeds, "{reached:?}");
    assert!(
        reached.lost > seeds / 2,
        "it loses writes, and says so: {reached:?}"
    );
    reached.faults.assert_floors(seeds);
    assert!(reached.faults.joins > seeds / 5, "{reached:?}");
    assert!(reached.faults.leaves > seeds / 5, "{reached:?}");
    rules::assert_reached_by_age(&reached.rules, seeds);
}

#[test]
fn the_oldest_hosts_after_every_storm() {
    let reached = storm(ProtocolName::Watercraft);
    let seeds = seeds();
    assert!(reached.leader_losses > seeds / 2, "{reached:?}");
    assert!(reached.two_claim_seeds > seeds / 2, "{reached:?}");
    assert!(reached.acknowledged > 5 * seeds, "{reached:?}");
    assert!(reached.lost > seeds / 2, "{reached:?}");
    // A host is told what everyone else tells everyone: fewer messages, and fewer to befall.
    reached.faults.assert_floors(seeds / 3);
    assert!(reached.faults.joins > seeds / 5, "{reached:?}");
    assert!(reached.faults.leaves > seeds / 5, "{reached:?}");
}

#[test]
fn after_every_storm_the_water_counts_as_calm() {
    for protocol in [ProtocolName::Almighty, ProtocolName::Watercraft] {
        let promised = (0..seeds()).filter(|seed| is_calm_in_the_end(protocol, *seed));
        assert!(promised.count() as u64 > seeds() / 3 * 2, "{protocol}");
    }
}

/// Whether the oldest is promised to lead at the end of this storm; it then does.
fn is_calm_in_the_end(protocol: ProtocolName, seed: u64) -> bool {
    let scenario = scenario(protocol, seed);
    let mut engine = scenario.engine(protocol);
    let until = scenario.until.0;
    let mut told = Vec::new();
    while engine.next_event().is_some_and(|next| next <= until) && engine.step(&mut told) {}
    let checks = engine.checks(until);
    let oldest = checks.iter().find(|it| it.0 == Property::OldestLeads);
    let standing = oldest.map(|it| it.1);
    assert!(
        matches!(standing, None | Some(Standing::Holds { .. })),
        "{protocol}, seed {seed}"
    );
    standing.is_some()
}

#[test]
fn a_storm_is_a_scenario_that_can_be_kept() {
    for seed in 0..30 {
        for protocol in ProtocolName::ALL {
            let scenario = scenario(protocol, seed);
            let text = serde_json::to_string(&scenario).expect("a scenario can be written");
            assert_eq!(Scenario::parse(&text), Ok(scenario), "seed {seed}");
        }
    }
}
