//! Runs that fail in liveness mode, made short.

use super::kind::FaultKind;
use super::{SwarmPlan, SwarmRun};
use crate::document::{ProtocolName, Scenario};
use alloc::vec::Vec;

impl SwarmRun {
    /// The plan's scenario without steps of safety mode that it fails without, too, in the same
    /// expectations; liveness mode stays as it is. Within so many runs. Where Raft's members
    /// change, all of it: who votes in the end hangs on every step.
    #[must_use]
    pub fn shorter(&self, plan: &SwarmPlan, protocol: ProtocolName, most_runs: u64) -> Scenario {
        let mut best = plan.scenario.clone();
        if protocol == ProtocolName::Raft && plan.mix.has(FaultKind::Members) {
            return best;
        }
        let broken = failed(&best, protocol);
        let mut runs = 0;
        let mut size = best.steps.len();
        while size > 0 {
            let mut from = 0;
            while from < best.steps.len() && runs < most_runs {
                runs += 1;
                let shorter = self.without(&best, from, size);
                // Whoever is named anywhere has to come.
                let same_nodes = shorter.every_node() == best.every_node();
                let is_shorter = shorter.steps.len() < best.steps.len();
                if is_shorter && same_nodes && failed(&shorter, protocol) == broken {
                    best = shorter;
                } else {
                    from += size;
                }
            }
            size /= 2;
        }
        best
    }

    /// The scenario without those of so many steps from a place on that belong to safety mode.
    fn without(&self, scenario: &Scenario, from: usize, size: usize) -> Scenario {
        let mut scenario = scenario.clone();
        let mut place = 0;
        scenario.steps.retain(|step| {
            let taken = (from..from + size).contains(&place) && step.at.0 < self.rough;
            place += 1;
            !taken
        });
        scenario
    }
}

/// Which expectations do not come true.
fn failed(scenario: &Scenario, protocol: ProtocolName) -> Vec<usize> {
    let report = scenario.run(protocol, |_| {});
    let failed = report.verdicts.iter().filter(|it| it.found.is_err());
    failed.map(|it| it.place).collect()
}
