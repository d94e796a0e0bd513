//! The first step in which two runs of one protocol differ: by settings, by seed, by branch, or
//! because something is not as deterministic as it ought to be.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Engine, Happening, Measures, Playback, TimedAction};

/// The first step that is not the same in both of two runs: their rolling digests are equal before
/// it and differ after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The step's number, from 1.
    pub event: u64,
    /// What each run did in it; `None` for a run that had come to its end.
    pub sides: [Option<Stepped>; 2],
}

/// What a run did in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// When.
    pub at: Micros,
    /// The rolling digest after it.
    pub digest: u64,
    /// What happened.
    pub told: Vec<Happening>,
}

impl Stepped {
    fn of(run: &dyn Engine, told: Vec<Happening>) -> Self {
        Self {
            at: run.now(),
            digest: run.digest(),
            told,
        }
    }
}

impl Divergence {
    /// Plays two runs, which stand at the same step, up to and including `until`, and gives the first
    /// step in which they differ; `None` where they do not.
    pub fn first(left: &mut dyn Engine, right: &mut dyn Engine, until: Micros) -> Option<Self> {
        loop {
            let ([first, second], told) = step_both(left, right, until);
            if !first && !second {
                return None;
            }
            if !first || !second || left.digest() != right.digest() || left.now() != right.now() {
                return Some(Self::between(left, right, [first, second], told));
            }
        }
    }

    /// The step that two runs have just taken, those that took one.
    pub(crate) fn between(
        left: &dyn Engine,
        right: &dyn Engine,
        [first, second]: [bool; 2],
        [told, other]: [Vec<Happening>; 2],
    ) -> Self {
        Self {
            event: left.events().max(right.events()),
            sides: [
                first.then(|| Stepped::of(left, told)),
                second.then(|| Stepped::of(right, other)),
            ],
        }
    }

    /// When the earlier of the two steps came.
    #[must_use]
    pub fn at(&self) -> Micros {
        let sides = self.sides.iter().flatten();
        sides.map(|it| it.at).min().unwrap_or_default()
    }

    /// What one side did and the other did not, a line each. Where both did the same, at other times
    /// or with another effect on what is to come, that is the line.
    #[must_use]
    pub fn words(&self, side: usize) -> Vec<String> {
        let Some(Some(own)) = self.sides.get(side) else {
            return Vec::from(["nothing more happens".into()]);
        };
        let other = self.sides.get(1 - side.min(1)).and_then(Option::as_ref);
        let heard = |it: &Happening| {
            other.is_some_and(|other| other.told.iter().any(|told| told.what == it.what))
        };
        let told = own.told.iter().filter(|it| !heard(it));
        let mut lines: Vec<String> = told.map(Happening::words).collect();
        if lines.is_empty() {
            let first = own.told.first().map(Happening::words);
            let first = first.unwrap_or_else(|| "nothing is told".into());
            lines.push(format!(
                "{first}; at {}, digest {:016x}",
                own.at, own.digest
            ));
        }
        lines
    }
}

/// Steps both runs that have an event up to `until`: which did, and what happened.
pub(crate) fn step_both(
    left: &mut dyn Engine,
    right: &mut dyn Engine,
    until: Micros,
) -> ([bool; 2], [Vec<Happening>; 2]) {
    let mut told = [Vec::new(), Vec::new()];
    let step = |run: &mut dyn Engine, told: &mut Vec<Happening>| {
        run.next_event().is_some_and(|next| next <= until) && run.step(told)
    };
    let [first, second] = &mut told;
    let stepped = [step(left, first), step(right, second)];
    (stepped, told)
}

/// Two branches of one run, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Up to when they are compared.
    pub until: Micros,
    /// The first step in which they differ.
    pub divergence: Option<Divergence>,
    /// The measures at the end: of the script that is played now, then of the branch.
    pub measures: [Measures; 2],
}

impl Comparison {
    /// Compares what is played with the branch in which `gone` are not done and `come` are.
    pub(crate) fn of_branches(
        run: &Playback,
        gone: &[TimedAction],
        come: &[TimedAction],
        until: Micros,
    ) -> Self {
        let part = gone.iter().chain(come).map(|it| it.at).min();
        let mut played = run.fork_before(part.unwrap_or(until));
        let mut branch = played.fork();
        for action in gone {
            branch.unschedule(action);
        }
        for action in come {
            branch.schedule(action.clone());
        }
        let divergence = Divergence::first(&mut *played, &mut *branch, until);
        let measures = [&mut played, &mut branch].map(|run| measures_at(run, until));
        Self {
            until,
            divergence,
            measures,
        }
    }
}

fn measures_at(run: &mut Box<dyn Engine>, until: Micros) -> Measures {
    let mut told = Vec::new();
    while run.next_event().is_some_and(|next| next <= until) && run.step(&mut told) {
        told.clear();
    }
    run.measures(until.max(run.now()))
}
