//! The smallest scenario so far, and tries at smaller ones.

use super::failure::Failure;
use super::weight::Weight;
use crate::document::{ProtocolName, Scenario};
use crate::expect::Expectation;
use crate::mutant::Mutant;
use crate::report::Report;
use crate::span::Span;
use crate::text::sparse;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Micros, digest_of};
use litemap::LiteMap;
use serde::Deserialize;
use serde_json::Value;
use simulator::Happening;

/// The other seeds that a scenario is tried with.
const SEEDS: core::ops::RangeInclusive<u64> = 1..=20;

/// Settings that say how long it takes until something is to be expected.
const TIMINGS: [&str; 4] = ["/raft", "/almighty", "/watercraft", "/client"];

/// What the end of a run is rounded to, the roundest first, in microseconds.
const ROUND: [u64; 5] = [1_000_000, 100_000, 10_000, 1_000, 1];

/// What is searched for, what was found, and what it cost.
pub(super) struct Search<'a> {
    protocol: ProtocolName,
    failure: Failure,
    /// The places of what is expected and does not come true; none where a guarantee broke.
    unmet: Vec<usize>,
    /// Whether the same without its rule-breaker has to come through unharmed.
    honest_holds: bool,
    /// The smallest so far.
    pub(super) best: Draft,
    /// Runs so far.
    pub(super) runs: u64,
    /// Whether there may be another run after so many.
    goes_on: &'a dyn Fn(u64) -> bool,
    /// Whether some try was left out because there were no runs left.
    pub(super) is_spent: bool,
    /// Whether tries that fail from the seed at hand are made from others.
    pub(super) tries_seeds: bool,
    /// The digests of those that were tried in vain.
    vain: LiteMap<u64, ()>,
}

/// A scenario that fails.
pub(super) struct Draft {
    /// As a file, without what is as by default.
    pub(super) file: Value,
    pub(super) scenario: Scenario,
    pub(super) weight: Weight,
    /// When it fails.
    pub(super) fails_at: Micros,
    /// What is done from then on stays as it is, and so does the end.
    pub(super) calm: Option<Micros>,
}

impl Draft {
    /// Whether this step may be changed.
    pub(super) fn is_loose(&self, place: usize) -> bool {
        let step = self.scenario.steps.get(place);
        step.is_some_and(|step| self.calm.is_none_or(|calm| step.at.0 < calm))
    }

    /// Whether what stands there in the file may be changed.
    pub(super) fn is_free(&self, pointer: &str) -> bool {
        let Some(steps) = pointer.strip_prefix("/steps") else {
            let is_timing = TIMINGS.iter().any(|it| pointer.starts_with(it));
            return self.calm.is_none() || !is_timing;
        };
        let place = steps.split('/').nth(1).and_then(|it| it.parse().ok());
        place.map_or(self.calm.is_none(), |place| self.is_loose(place))
    }

    /// Whether the calm is left as it is, but for what is done to nodes that are gone.
    fn has_calm_of(&self, before: &Self) -> bool {
        let Some(calm) = before.calm else {
            return true;
        };
        let late = |it: &Self| {
            let steps = it.scenario.steps.iter();
            steps.filter(|step| step.at.0 >= calm).count()
        };
        let gone = self.weight.nodes < before.weight.nodes;
        self.scenario.until == before.scenario.until && (gone || late(self) == late(before))
    }
}

impl<'a> Search<'a> {
    /// Starts from a scenario that fails; `None` where it does not.
    pub(super) fn new(
        scenario: &Scenario,
        protocol: ProtocolName,
        calm: Option<Micros>,
        goes_on: &'a dyn Fn(u64) -> bool,
    ) -> Option<Self> {
        let report = scenario.run(protocol, |_| {});
        let failure = Failure::of(scenario, &report)?;
        let expected = match (&failure, calm) {
            (Failure::Expectation(_), Some(_)) => scenario.expect.clone(),
            _ => failure.expected(),
        };
        let unmet = match (&failure, expected.len()) {
            (Failure::Guarantee(_), _) => Vec::new(),
            (Failure::Expectation(_), 1) => Vec::from([0]),
            _ => unmet(&report),
        };
        let scenario = alone(scenario, protocol, expected);
        let (file, fails_at) = (sparse(&scenario), failure.seen(&report)?);
        let mut search = Self {
            protocol,
            failure,
            unmet,
            honest_holds: false,
            best: Draft {
                weight: Weight::of(&scenario, &file),
                file,
                scenario,
                fails_at,
                calm,
            },
            runs: 1,
            goes_on,
            is_spent: false,
            tries_seeds: false,
            vain: LiteMap::new(),
        };
        let honest = search.best.scenario.honest();
        let has_mutant = search.mutant(&search.best.scenario).is_some();
        search.honest_holds = has_mutant && search.run(&honest).holds();
        Some(search)
    }

    pub(super) const fn protocol(&self) -> ProtocolName {
        self.protocol
    }

    pub(super) const fn honest_holds(&self) -> bool {
        self.honest_holds
    }

    /// What fails in the smallest, where nodes may have other names by now.
    pub(super) fn failure_there(&self) -> Failure {
        let place = self.unmet.first();
        match place.and_then(|place| self.best.scenario.expect.get(*place)) {
            Some(there) => Failure::Expectation(there.clone()),
            None => self.failure.clone(),
        }
    }

    /// Takes this file for the smallest so far if it is smaller, can be run, and fails in the same
    /// way.
    pub(super) fn attempt(&mut self, file: Value) -> bool {
        if self.attempt_once(file.clone()) {
            return true;
        }
        self.tries_seeds
            && SEEDS.into_iter().any(|seed| {
                let mut other = file.clone();
                other["seed"] = seed.into();
                self.attempt_once(other)
            })
    }

    fn attempt_once(&mut self, file: Value) -> bool {
        let Some(scenario) = Scenario::deserialize(&file).ok().filter(Scenario::can_run) else {
            return false;
        };
        let mut draft = Draft {
            weight: Weight::of(&scenario, &file),
            file,
            scenario,
            fails_at: self.best.fails_at,
            calm: self.best.calm,
        };
        let scenario = &draft.scenario;
        let is_smaller = draft.weight < self.best.weight && draft.has_calm_of(&self.best);
        if !is_smaller || self.mutant(scenario) != self.mutant(&self.best.scenario) {
            return false;
        }
        let digest = digest_of(scenario);
        if self.vain.contains_key(&digest) {
            return false;
        }
        if !(self.goes_on)(self.runs) {
            self.is_spent = true;
            return false;
        }
        let report = self.run(scenario);
        let fails_at = self.failure.seen(&report);
        let fails_at = fails_at.filter(|_| unmet(&report) == self.unmet || self.unmet.is_empty());
        let Some(fails_at) = fails_at.filter(|_| self.is_the_mutants(scenario)) else {
            self.vain.insert(digest, ());
            return false;
        };
        draft.fails_at = fails_at;
        self.best = draft;
        true
    }

    /// Whether the honest protocol comes through unharmed: else it is no longer the rule-breaker
    /// that makes the scenario fail.
    fn is_the_mutants(&mut self, scenario: &Scenario) -> bool {
        !self.honest_holds || self.run(&scenario.honest()).holds()
    }

    fn mutant(&self, scenario: &Scenario) -> Option<Mutant> {
        Mutant::of(scenario, self.protocol)
    }

    fn run(&mut self, scenario: &Scenario) -> Report {
        self.runs += 1;
        scenario.run(self.protocol, |_| {})
    }

    /// Runs the smallest so far; `watch` sees what happens.
    pub(super) fn watch(&mut self, watch: impl FnMut(&[Happening])) {
        self.runs += 1;
        self.best.scenario.run(self.protocol, watch);
    }

    /// Tries the same with each of these things done to it, one after the other, for as long as
    /// there are any; whether any was good.
    ///
    /// `next` gives what is to be tried at a place, which stays where it is when a try was good.
    pub(super) fn attempt_each(
        &mut self,
        mut next: impl FnMut(&Draft, usize) -> Option<Vec<Value>>,
    ) -> bool {
        let (mut place, mut any) = (0, false);
        while let Some(files) = next(&self.best, place) {
            if self.is_spent {
                break;
            }
            match files.into_iter().any(|file| self.attempt(file)) {
                true => any = true,
                false => place += 1,
            }
        }
        any
    }

    /// Ends the run soon after its failure, at the roundest moment, with nothing to be done later.
    /// What is expected of the end is tried at earlier ones.
    pub(super) fn end_early(&mut self) -> bool {
        if self.best.calm.is_some() {
            return false;
        }
        let last = self.best.scenario.steps.iter().map(|step| step.at.0).max();
        let at = match self.best.scenario.expect.first() {
            Some(it) if it.at.is_none() && matches!(self.failure, Failure::Expectation(_)) => {
                last.unwrap_or_default() + Micros(1)
            }
            _ => self.best.fails_at,
        };
        let sooner = |until: Micros, search: &mut Self| {
            let mut sooner = search.best.scenario.clone();
            sooner.until = sooner.until.min(Span(until));
            sooner.steps.retain(|step| step.at <= sooner.until);
            search.attempt_once(sparse(&sooner))
        };
        let round = |unit| Micros(at.0.next_multiple_of(unit));
        ROUND.into_iter().any(|unit| sooner(round(unit), self))
            || (1..10).any(|second| sooner(round(ROUND[0]) + Micros::from_secs(second), self))
    }
}

/// The places of what is expected and does not come true, in order.
fn unmet(report: &Report) -> Vec<usize> {
    let unmet = report.verdicts.iter().filter(|it| it.found.is_err());
    let mut places: Vec<usize> = unmet.map(|it| it.place).collect();
    places.sort_unstable();
    places
}

/// The scenario with nothing but what the run and what is expected take, in order of time.
fn alone(scenario: &Scenario, protocol: ProtocolName, expect: Vec<Expectation>) -> Scenario {
    let mut alone = Scenario {
        watch: String::new(),
        covers: Vec::new(),
        protocols: Vec::from([protocol]),
        expect,
        ..scenario.clone()
    };
    alone.steps.sort_by_key(|step| step.at);
    let settings = (alone.raft, alone.almighty, alone.watercraft);
    (alone.raft, alone.almighty, alone.watercraft) = Default::default();
    match protocol {
        ProtocolName::Raft => alone.raft = settings.0,
        ProtocolName::Almighty => alone.almighty = settings.1,
        ProtocolName::Watercraft => alone.watercraft = settings.2,
    }
    alone
}
