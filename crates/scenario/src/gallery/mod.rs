//! The gallery of mutants: for each, what it breaks, and the water in which it is caught.

mod almighty;
mod raft;
mod water;
mod watercraft;

use crate::document::Scenario;
use crate::mutant::Mutant;
use crate::shrink::Failure;
use simulator::Property;
use water::Water;

/// Who has to catch a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catcher {
    /// This check: the guarantee breaks.
    Check(Property),
    /// What its water expects: nothing that the mutant does could be called wrong by a check.
    Expectation,
}

impl Catcher {
    /// The name that people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check(property) => property.name(),
            Self::Expectation => "an expectation",
        }
    }

    /// Whether it was this that failed.
    #[must_use]
    pub fn caught(self, failure: &Failure) -> bool {
        match (self, failure) {
            (Self::Check(named), Failure::Guarantee(broken)) => named == *broken,
            (Self::Expectation, Failure::Expectation(_)) => true,
            _ => false,
        }
    }
}

/// A mutant on show.
#[derive(Clone, Copy, Debug)]
pub struct Exhibit {
    /// The mutant.
    pub mutant: Mutant,
    /// What it does that nobody may do, in a sentence.
    pub breaks: &'static str,
    /// Who has to catch it.
    pub catcher: Catcher,
    /// From 0 on, so many seeds are enough to catch it.
    pub seeds: u64,
    /// The file of the smallest scenario that was found in which it is caught, as `whitewater
    /// mutants --out` writes it.
    pub counterexample: &'static str,
    water: Water,
}

/// Every mutant of every protocol.
pub fn gallery() -> impl Iterator<Item = &'static Exhibit> {
    [raft::EXHIBITS, almighty::EXHIBITS, watercraft::EXHIBITS]
        .into_iter()
        .flatten()
}

impl Exhibit {
    /// The water of this seed, in which nobody breaks a rule: all that it expects comes true.
    #[must_use]
    pub fn honest(&self, seed: u64) -> Scenario {
        (self.water)(self.mutant.protocol(), seed)
    }

    /// The same water, where every node breaks the rule.
    #[must_use]
    pub fn scenario(&self, seed: u64) -> Scenario {
        let mut scenario = self.honest(seed);
        self.mutant.put_into(&mut scenario);
        scenario
    }

    /// What fails in the water of this seed, if anything does.
    #[must_use]
    pub fn failure(&self, seed: u64) -> Option<Failure> {
        self.failure_of(&self.scenario(seed))
    }

    /// What fails there where nobody breaks a rule: nothing, or the water proves nothing.
    #[must_use]
    pub fn honest_failure(&self, seed: u64) -> Option<Failure> {
        self.failure_of(&self.honest(seed))
    }

    fn failure_of(&self, scenario: &Scenario) -> Option<Failure> {
        let report = scenario.run(self.mutant.protocol(), |_| {});
        Failure::of(scenario, &report)
    }
}
