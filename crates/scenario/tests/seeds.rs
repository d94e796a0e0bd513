//! Storms from many seeds, per protocol: no guarantee breaks, and in the calm one leader is known
//! to all. `WHITEWATER_SEEDS` sets how many; the soak run sets far more.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::simulator::Measures;
use scenario::{ProtocolName, Storm};

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

fn storm(protocol: ProtocolName) -> Reached {
    let mut reached = Reached::default();
    for seed in 0..seeds() {
        let storm = Storm {
            seed,
            nodes: 3 + (seed % 5) as u16,
            rough: Micros::from_secs(8),
            calm: Micros::from_secs(6),
        };
        let scenario = storm.scenario(protocol);
        let report = scenario.run(protocol, |_| {});
        assert!(
            report.holds(),
            "seed {seed} under {protocol}: {:?} {:?}\n{}",
            report.violation,
            report.verdicts,
            serde_json::to_string_pretty(&scenario).expect("a scenario can be written"),
        );
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
}
