//! The audit of determinism: the same run again, from its beginning, from forks of it and by seeks,
//! must be the same.

use crate::divergence::{Divergence, step_both};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Engine, Playback};

/// So many steps lie between two places at which states are compared and forks are taken.
const STRETCH: u64 = 512;
/// So many places are sought.
const SEEKS: usize = 8;

/// A place in a run, and what the run is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How many events lie before it.
    pub event: u64,
    /// When the last of them came.
    pub at: Micros,
    /// The rolling digest.
    pub digest: u64,
    /// The digest of the full state.
    pub state: u64,
}

impl Mark {
    fn of(run: &dyn Engine) -> Self {
        Self {
            event: run.events(),
            at: run.now(),
            digest: run.digest(),
            state: run.state_digest(),
        }
    }
}

/// What a run that is not deterministic did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Played a second time, it took another step.
    Again(Divergence),
    /// A fork of it went another way.
    Fork {
        /// After how many events it was taken.
        from: u64,
        /// The first step that differs; the fork is the second side.
        divergence: Divergence,
    },
    /// The steps were the same, and the state after them was not.
    State {
        /// Which run: `again`, `fork` or `seek`.
        run: &'static str,
        /// What it ought to have been.
        expected: Mark,
        /// What it was.
        found: Mark,
    },
}

impl Fault {
    /// What went wrong, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Again(divergence) => {
                let at = divergence.at();
                format!("played again, step {} at {at} differs", divergence.event)
            }
            Self::Fork { from, divergence } => {
                let (event, at) = (divergence.event, divergence.at());
                format!("in a fork taken at step {from}, step {event} at {at} differs")
            }
            Self::State {
                run,
                expected,
                found,
            } => format!(
                "{run}: the state after step {} at {} has digest {:016x} instead of {:016x}",
                expected.event, expected.at, found.state, expected.state
            ),
        }
    }

    /// The first step that differs, where a step does.
    #[must_use]
    pub const fn divergence(&self) -> Option<&Divergence> {
        match self {
            Self::Again(divergence) | Self::Fork { divergence, .. } => Some(divergence),
            Self::State { .. } => None,
        }
    }
}

/// Plays a run up to and including `until` twice in lock-step, each stretch of it once more from a
/// fork, and once more with seeks to and fro; gives its end, or the first difference.
///
/// # Errors
/// The [`Fault`] that was found first.
pub fn audit(make: impl Fn() -> Box<dyn Engine>, until: Micros) -> Result<Mark, Box<Fault>> {
    let (mut run, mut again) = (make(), make());
    let mut marks = Vec::from([Mark::of(&*run)]);
    let mut fork = run.fork();
    loop {
        let ([stepped, other], told) = step_both(&mut *run, &mut *again, until);
        if (stepped || other) && !(stepped && other && run.digest() == again.digest()) {
            let divergence = Divergence::between(&*run, &*again, [stepped, other], told);
            return Err(Box::new(Fault::Again(divergence)));
        }
        if stepped && !run.events().is_multiple_of(STRETCH) {
            continue;
        }
        let mark = Mark::of(&*run);
        compare("again", mark, &*again)?;
        follow(&mut *fork, &marks, mark, &make)?;
        marks.push(mark);
        fork = run.fork();
        if !stepped {
            seek(Playback::new(make()), &marks)?;
            return Ok(mark);
        }
    }
}

fn compare(run: &'static str, expected: Mark, there: &dyn Engine) -> Result<(), Box<Fault>> {
    let found = Mark::of(there);
    match found == expected {
        true => Ok(()),
        false => Err(Box::new(Fault::State {
            run,
            expected,
            found,
        })),
    }
}

/// Plays a fork from the last mark to the next. Where it goes another way, the run is played once
/// more beside it to find the step.
fn follow(
    fork: &mut dyn Engine,
    marks: &[Mark],
    next: Mark,
    make: &impl Fn() -> Box<dyn Engine>,
) -> Result<(), Box<Fault>> {
    let from = fork.events();
    let mut origin = fork.fork();
    to_event(fork, next.event);
    if fork.digest() == next.digest {
        return compare("fork", next, fork);
    }
    let mut run = make();
    to_event(&mut *run, from);
    let expected = marks.last().copied().unwrap_or(next);
    compare("again", expected, &*run)?;
    match Divergence::first(&mut *run, &mut *origin, next.at) {
        Some(divergence) => Err(Box::new(Fault::Fork { from, divergence })),
        // It differs each time it is played.
        None => compare("fork", next, fork),
    }
}

fn to_event(run: &mut dyn Engine, event: u64) {
    let mut told = Vec::new();
    while run.events() < event && run.step(&mut told) {
        told.clear();
    }
}

/// Seeks some of the marks, from the far end to the near and back again.
fn seek(mut run: Playback, marks: &[Mark]) -> Result<(), Box<Fault>> {
    let Some(end) = marks.last() else {
        return Ok(());
    };
    run.seek_event(end.event);
    let apart = (marks.len() / SEEKS).max(1);
    let sought = || marks.iter().step_by(apart);
    for mark in sought().rev().chain(sought()) {
        run.seek_event(mark.event);
        compare("seek", *mark, run.engine())?;
    }
    Ok(())
}
