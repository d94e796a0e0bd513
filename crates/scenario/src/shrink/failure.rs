//! What fails in a run.

use crate::document::Scenario;
use crate::expect::{Expectation, That};
use crate::report::Report;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::Property;

/// What fails in a run; it stays the same while its scenario shrinks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A guarantee broke.
    Guarantee(Property),
    /// Something that the scenario expects did not come true, while every guarantee held.
    Expectation(Expectation),
}

impl Failure {
    /// What failed first: the guarantee that broke, else the first expectation that did not come
    /// true; `None` where all is well.
    #[must_use]
    pub fn of(scenario: &Scenario, report: &Report) -> Option<Self> {
        if let Some(broken) = &report.violation {
            return Some(Self::Guarantee(broken.property));
        }
        let unmet = report.verdicts.iter().find(|it| it.found.is_err())?;
        scenario
            .expect
            .get(unmet.place)
            .cloned()
            .map(Self::Expectation)
    }

    /// What a scenario expects that shows nothing but this failure.
    pub(super) fn expected(&self) -> Vec<Expectation> {
        Vec::from([match self {
            Self::Guarantee(_) => Expectation {
                of: None,
                at: None,
                that: That::ChecksHold,
            },
            Self::Expectation(it) => Expectation {
                of: None,
                ..it.clone()
            },
        }])
    }

    /// When a run failed in this way; `None` where it did not. The scenario expects one thing.
    pub(super) fn seen(&self, report: &Report) -> Option<Micros> {
        match (self, &report.violation) {
            (Self::Guarantee(property), Some(broken)) => {
                (broken.property == *property).then_some(broken.at)
            }
            (Self::Expectation(_), None) => {
                let unmet = report.verdicts.iter().find(|it| it.found.is_err());
                unmet.map(|it| it.at)
            }
            _ => None,
        }
    }

    /// The name that people read.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Guarantee(property) => property.name(),
            Self::Expectation(_) => "An expectation",
        }
    }
}
