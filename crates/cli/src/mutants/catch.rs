//! How one mutant is caught.

use scenario::Mutant;
use scenario::gallery::Exhibit;
use scenario::shrink::{Failure, Shrunk, USUAL_RUNS, shrink};

/// What came of the hunt for one mutant.
pub(crate) struct Caught {
    pub(crate) exhibit: &'static Exhibit,
    /// The seeds that whoever has to catch it caught it from.
    pub(crate) seeds: Vec<u64>,
    /// The first seed from which something else failed, and what that was.
    pub(crate) astray: Option<(u64, Failure)>,
    /// The counterexample of the first seed, made small.
    pub(crate) shrunk: Option<Shrunk>,
}

impl Caught {
    /// Tries all seeds of the exhibit, and makes its first counterexample small.
    pub(crate) fn new(exhibit: &'static Exhibit) -> Self {
        let (mut seeds, mut astray) = (Vec::new(), None);
        for seed in 0..exhibit.seeds {
            match exhibit.failure(seed) {
                Some(failure) if exhibit.catcher.caught(&failure) => seeds.push(seed),
                Some(failure) if astray.is_none() => astray = Some((seed, failure)),
                _ => {}
            }
        }
        let shrunk = seeds.first().and_then(|seed| {
            let scenario = exhibit.scenario(*seed);
            shrink(&scenario, exhibit.mutant.protocol(), USUAL_RUNS)
        });
        Self {
            exhibit,
            seeds,
            astray,
            shrunk,
        }
    }

    pub(crate) const fn mutant(&self) -> Mutant {
        self.exhibit.mutant
    }

    /// Whether it was caught by whom it is to be caught by, and by nobody else.
    pub(crate) const fn is_caught(&self) -> bool {
        self.shrunk.is_some() && self.astray.is_none()
    }

    /// The name and the text of its counterexample's file.
    pub(crate) fn file(&self) -> Option<(String, String)> {
        let mutant = self.mutant();
        let name = format!("{}-{}.json", mutant.protocol(), mutant.name());
        Some((name, self.shrunk.as_ref()?.scenario.text()))
    }
}
