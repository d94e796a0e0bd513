//! The search: breadth first, so that what it finds is found in the fewest events.

use super::Bounds;
use super::counterexample::{Counterexample, Step};
use super::free_run::FreeRun;
use crate::check::Violation;
use crate::engine::Engine;
use crate::happening::{Happening, What};
use crate::world::World;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use consensus::{Explain, Micros, Protocol};
use litemap::LiteMap;

/// Explores every order of events of one cluster, up to a depth.
#[derive(Clone, Debug)]
pub struct Explorer<P: Protocol> {
    start: FreeRun<P>,
}

/// What an exploration came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exploration {
    /// How many states are reached in so many events and not in fewer: the first is the start.
    pub states: Vec<u64>,
    /// How many events were followed to come so far: every one that may come next, from every
    /// state of one event less.
    pub transitions: Vec<u64>,
    /// In how many of the states a calm was long enough for the checks to look at it.
    pub calmed: u64,
    /// How often each rule decided something in the events that were followed.
    pub decided: LiteMap<&'static str, u64>,
    /// How a guarantee can be broken, where it can; the search ends there.
    pub counterexample: Option<Counterexample>,
}

impl Exploration {
    /// How many states were found.
    #[must_use]
    pub fn found(&self) -> u64 {
        self.states.iter().sum()
    }

    /// How many events were followed.
    #[must_use]
    pub fn followed(&self) -> u64 {
        self.transitions.iter().sum()
    }

    /// How often this rule decided something.
    #[must_use]
    pub fn decisions<R: Explain>(&self, rule: R) -> u64 {
        self.decided.get(rule.name()).copied().unwrap_or_default()
    }
}

/// A state that is yet to be explored, or was: how it was reached first.
#[derive(Clone, Copy)]
struct Found {
    /// The place of the state before it; the start has none.
    before: Option<u32>,
    /// Which of the things that could come next came.
    pick: u32,
}

/// The search as far as it has come. States are kept as the choices that lead there: to take them
/// again costs less than to keep a run for each.
struct Search {
    seen: BTreeSet<u64>,
    found: Vec<Found>,
    so_far: Exploration,
}

impl<P: Protocol> Explorer<P> {
    /// Explores a cluster from how it stands at `settled`, which it reaches in due time by the
    /// draws of the world's seed. The world's promises are what is checked; it has no clients.
    #[must_use]
    pub fn new(world: World, settings: P::Settings, settled: Micros, bounds: Bounds) -> Self {
        Self {
            start: FreeRun::new(world, settings, settled, bounds),
        }
    }

    /// Follows every order of events, until one breaks a guarantee or there are no more.
    #[must_use]
    pub fn explore(&self) -> Exploration {
        let mut search = Search {
            seen: BTreeSet::new(),
            found: Vec::new(),
            so_far: Exploration {
                states: Vec::new(),
                transitions: Vec::new(),
                calmed: 0,
                decided: LiteMap::new(),
                counterexample: None,
            },
        };
        let start = Found {
            before: None,
            pick: 0,
        };
        search.begin_level();
        self.enter(&mut search, &self.start, start);
        let mut level = 0..search.found.len();
        for _ in 0..self.start.left.depth {
            search.begin_level();
            for place in level.clone() {
                if search.so_far.counterexample.is_some() {
                    return search.so_far;
                }
                self.expand(&mut search, place);
            }
            level = level.end..search.found.len();
        }
        search.so_far
    }

    /// Follows everything that may come next in one state.
    fn expand(&self, search: &mut Search, place: usize) {
        let mut story = Vec::new();
        let mut run = self.start.clone();
        for pick in search.path(place) {
            run.run.choose.pick = u64::from(pick);
            run.advance(&mut story);
        }
        let options = run.options().len() as u32;
        for pick in 0..options {
            story.clear();
            let mut next = run.clone();
            next.run.choose.pick = u64::from(pick);
            next.advance(&mut story);
            search.count(&story);
            let found = Found {
                before: Some(place as u32),
                pick,
            };
            if let Some(violation) = next.run.violation() {
                let told = self.tell(search.path_to(found), false, violation.clone());
                search.so_far.counterexample = Some(told);
                return;
            }
            if !self.enter(search, &next, found) {
                return;
            }
        }
    }

    /// Takes a state up where it is new; false where its calm breaks a guarantee.
    fn enter(&self, search: &mut Search, run: &FreeRun<P>, found: Found) -> bool {
        if !search.seen.insert(run.fingerprint()) {
            return true;
        }
        if let Some(count) = search.so_far.states.last_mut() {
            *count += 1;
        }
        if self.start.left.calm {
            let mut calm = run.clone();
            let looked = calm.calm_down(&mut Vec::new());
            if let Some(violation) = calm.run.violation() {
                let told = self.tell(search.path_to(found), true, violation.clone());
                search.so_far.counterexample = Some(told);
                return false;
            }
            search.so_far.calmed += u64::from(looked);
        }
        search.found.push(found);
        true
    }

    /// Goes along the path to a violation once more, and tells it.
    fn tell(&self, path: Vec<u32>, calm: bool, violation: Violation) -> Counterexample {
        let mut run = self.start.clone();
        let mut steps = Vec::new();
        for pick in path {
            let Some(next) = run.options().into_iter().nth(pick as usize) else {
                break;
            };
            let event = run.headline(&next);
            let mut story = Vec::new();
            run.run.choose.pick = u64::from(pick);
            run.advance(&mut story);
            steps.push(Step { event, story });
        }
        let mut story: Vec<Happening> = Vec::new();
        if calm {
            run.calm_down(&mut story);
        }
        Counterexample {
            violation,
            steps,
            calm: story,
        }
    }
}

impl Search {
    /// The choices that lead to a state.
    fn path(&self, place: usize) -> Vec<u32> {
        self.found
            .get(place)
            .map_or(Vec::new(), |it| self.path_to(*it))
    }

    fn path_to(&self, found: Found) -> Vec<u32> {
        let mut path = Vec::new();
        let mut at = Some(found);
        while let Some(Found {
            before: Some(before),
            pick,
        }) = at
        {
            path.push(pick);
            at = self.found.get(before as usize).copied();
        }
        path.reverse();
        path
    }

    fn begin_level(&mut self) {
        self.so_far.states.push(0);
        self.so_far.transitions.push(0);
    }

    /// Counts an event that was followed.
    fn count(&mut self, story: &[Happening]) {
        if let Some(count) = self.so_far.transitions.last_mut() {
            *count += 1;
        }
        for happening in story {
            if let What::Why(_, why) = &happening.what {
                *self.so_far.decided.entry(why.rule.name).or_insert(0) += 1;
            }
        }
    }
}
