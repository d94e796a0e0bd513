//! How one mutant is caught.

use scenario::Mutant;
use scenario::gallery::Exhibit;
use scenario::shrink::{Failure, Shrunk, USUAL_RUNS, shrink};

/// A failure that proves nothing about a mutant.
pub(crate) struct Astray {
    pub(crate) seed: u64,
    pub(crate) failure: Failure,
    /// Whether it was the honest protocol that failed in the mutant's water.
    pub(crate) is_honest: bool,
}

/// What came of the hunt for one mutant.
pub(crate) struct Caught {
    pub(crate) exhibit: &'static Exhibit,
    /// The seeds that whoever has to catch it caught it from.
    pub(crate) seeds: Vec<u64>,
    /// The first seed from which something else failed.
    pub(crate) astray: Option<Astray>,
    /// The counterexample of the first seed, made small.
    pub(crate) shrunk: Option<Shrunk>,
}

impl Caught {
    /// Tries all seeds of the exhibit, and makes its first counterexample small.
    pub(crate) fn new(exhibit: &'static Exhibit) -> Self {
        let (mut seeds, mut astray) = (Vec::new(), None);
        for seed in 0..exhibit.seeds {
            let strays = |is_honest| {
                move |failure| Astray {
                    seed,
                    failure,
                    is_honest,
                }
            };
            let honest = exhibit.honest_failure(seed).map(strays(true));
            astray = astray.or(honest);
            match exhibit.failure(seed) {
                Some(failure) if exhibit.catcher.caught(&failure) => seeds.push(seed),
                other => astray = astray.or(other.map(strays(false))),
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

    /// Whether it was caught by whom it is to be caught by, and by nobody else, where the honest
    /// protocol came through; its counterexample has nothing in it that it does not need.
    pub(crate) fn is_caught(&self) -> bool {
        let proves = |it: &Shrunk| it.is_minimal && it.honest_holds;
        self.shrunk.as_ref().is_some_and(proves) && self.astray.is_none()
    }

    /// The name and the text of its counterexample's file.
    pub(crate) fn file(&self) -> Option<(String, String)> {
        let mutant = self.mutant();
        let name = format!("{}-{}.json", mutant.protocol(), mutant.name());
        Some((name, self.shrunk.as_ref()?.scenario.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenario::gallery::gallery;

    #[test]
    fn a_counterexample_that_proves_nothing_catches_nobody() {
        let two_votes = gallery().find(|it| it.mutant.name() == "two-votes");
        let mut caught = Caught::new(two_votes.expect("it is on show"));
        assert!(caught.is_caught());
        let failure = caught
            .shrunk
            .as_ref()
            .expect("it is caught")
            .failure
            .clone();
        let spoiled = |caught: &mut Caught, spoil: fn(&mut Shrunk)| {
            let whole = caught.shrunk.clone();
            caught.shrunk.iter_mut().for_each(spoil);
            assert!(!caught.is_caught());
            caught.shrunk = whole;
        };
        spoiled(&mut caught, |it| it.is_minimal = false);
        spoiled(&mut caught, |it| it.honest_holds = false);
        assert!(caught.is_caught());
        caught.astray = Some(Astray {
            seed: 0,
            failure,
            is_honest: true,
        });
        assert!(!caught.is_caught());
    }
}
