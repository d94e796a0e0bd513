//! What runs came to, so that nobody mistakes calm water for a test.

use scenario::ProtocolName;
use scenario::Report;
use scenario::consensus::almighty::AlmightyRule;
use scenario::consensus::raft::RaftRule;
use scenario::consensus::watercraft::WatercraftRule;
use scenario::consensus::{Micros, Observation};
use scenario::simulator::{BreakerState, Happening, What};
use scenario::swarm::{Ending, FaultKind, Mix};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// How often a kind of fault came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindCount {
    /// In the mixes of how many seeds.
    pub(crate) seeds: u64,
    /// How often it had an effect in safety mode.
    pub(crate) acted: u64,
}

/// Counts of some runs, by name; those of several runs add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counts {
    /// Events of the simulator.
    pub(crate) events: u64,
    /// Virtual time, in microseconds.
    pub(crate) virtual_us: u64,
    /// What protocols and clients did.
    pub(crate) reached: BTreeMap<String, u64>,
    /// Messages that reached nobody, by cause.
    pub(crate) drops: BTreeMap<String, u64>,
    /// Faults in safety mode.
    pub(crate) kinds: BTreeMap<String, KindCount>,
    /// What liveness mode asked of how many seeds.
    pub(crate) endings: BTreeMap<String, u64>,
    /// Nodes outside of cores, by what broke them.
    pub(crate) outages: BTreeMap<String, u64>,
    /// In how many runs each rule decided something.
    pub(crate) rules: BTreeMap<String, u64>,
}

impl Counts {
    /// Adds those of other runs.
    pub(crate) fn add(&mut self, other: &Self) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.events, other.events);
        add(&mut self.virtual_us, other.virtual_us);
        for (sums, more) in [
            (&mut self.reached, &other.reached),
            (&mut self.drops, &other.drops),
            (&mut self.endings, &other.endings),
            (&mut self.outages, &other.outages),
            (&mut self.rules, &other.rules),
        ] {
            for (name, count) in more {
                add(sums.entry(name.clone()).or_default(), *count);
            }
        }
        for (name, count) in &other.kinds {
            let sum = self.kinds.entry(name.clone()).or_default();
            add(&mut sum.seeds, count.seeds);
            add(&mut sum.acted, count.acted);
        }
    }
}

/// How many rules a protocol has.
pub(crate) fn rules_of(protocol: ProtocolName) -> usize {
    match protocol {
        ProtocolName::Raft => RaftRule::ALL.len(),
        ProtocolName::Almighty => AlmightyRule::ALL.len(),
        ProtocolName::Watercraft => WatercraftRule::ALL.len(),
    }
}

/// Counts as a run goes on.
#[derive(Default)]
pub(crate) struct Tally {
    rough: Micros,
    rules: HashSet<&'static str>,
    acted: BTreeMap<FaultKind, u64>,
    snapshots: u64,
    members: u64,
    doubled: u64,
    breakers: u64,
    backoffs: u64,
}

impl Tally {
    /// For a run whose safety mode takes so long.
    pub(crate) fn new(rough: Micros) -> Self {
        Self {
            rough,
            ..Self::default()
        }
    }

    /// Takes in what happened.
    pub(crate) fn see(&mut self, told: &[Happening]) {
        for happening in told {
            match &happening.what {
                What::Why(_, why) => {
                    self.rules.insert(why.rule.name);
                }
                What::Acted(action) if happening.at < self.rough => {
                    if let Some(kind) = FaultKind::of(action) {
                        *self.acted.entry(kind).or_default() += 1;
                    }
                }
                What::Observed(_, Observation::SnapshotInstalled { .. }) => self.snapshots += 1,
                What::Observed(_, Observation::Members { index: 1.., .. }) => self.members += 1,
                What::Doubled { .. } => self.doubled += 1,
                What::Breaker {
                    state: BreakerState::Open,
                    ..
                } => self.breakers += 1,
                What::BacksOff { .. } => self.backoffs += 1,
                _ => {}
            }
        }
    }

    /// All counts of the run.
    pub(crate) fn counts(self, mix: &Mix, ending: &Ending, report: &Report) -> Counts {
        let measures = &report.measures;
        let undecided = report.undecided.iter().map(|(_, keys)| keys).sum();
        let reached = [
            ("elections", measures.elections),
            ("failed elections", measures.failed_elections),
            ("leader changes", measures.leader_changes),
            ("leader losses", measures.leader_losses),
            ("truncations", measures.truncations),
            ("snapshots installed", self.snapshots),
            ("configurations adopted", self.members),
            ("writes acknowledged", measures.acknowledged),
            ("acknowledged writes lost", measures.lost),
            ("messages", measures.messages),
            ("messages doubled", self.doubled),
            ("breakers opened", self.breakers),
            ("back-offs", self.backoffs),
            ("keys not judged to the end", undecided),
            (
                "runs with two leaders at once",
                u64::from(measures.two_claim > Micros::ZERO),
            ),
        ];
        let drops = measures.drops.iter();
        let one = |name: &str| (name.to_string(), 1);
        let kind = |kind: &FaultKind| {
            let acted = self.acted.get(kind).copied().unwrap_or(0);
            (kind.to_string(), KindCount { seeds: 1, acted })
        };
        let mut outages = BTreeMap::new();
        let (name, outside) = match ending {
            Ending::Core(core) if core.open => ("open core", &*core.outside),
            Ending::Core(core) => ("closed core", &*core.outside),
            Ending::Whole => ("whole", [].as_slice()),
            Ending::Nothing => ("nothing", [].as_slice()),
        };
        for (_, outage) in outside {
            *outages.entry(outage.to_string()).or_default() += 1;
        }
        Counts {
            events: report.events,
            virtual_us: report.until.0,
            reached: reached
                .map(|(name, count)| (name.to_string(), count))
                .into(),
            drops: drops
                .map(|(cause, count)| (cause.name().to_string(), *count))
                .collect(),
            kinds: mix.kinds.iter().map(kind).collect(),
            endings: [one(name)].into(),
            outages,
            rules: self.rules.iter().map(|rule| one(rule)).collect(),
        }
    }
}
