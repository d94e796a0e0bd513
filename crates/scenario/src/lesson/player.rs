//! Walking through a lesson.

use super::document::Lesson;
use super::frontier::Frontier;
use super::mark::Mark;
use crate::document::ProtocolName;
use crate::run::{Run, Side};
use crate::setup::Setup;
use alloc::vec::Vec;
use consensus::Micros;

/// How far a player is on its way to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonProgress {
    /// It looks for the end of this step, from 0, and is to go on.
    Searching(usize),
    /// It is there.
    There,
}

/// A lesson with a place in it.
///
/// Each step has a [`Mark`]: it begins where the one before ended, and ends where its gate holds.
/// Marks are looked for in slices, by [`Self::go_on`], in a run of their own: what is shown never
/// waits for them. The shown run stands at a step's beginning when it is come to; whoever shows it
/// plays on to its end.
pub struct LessonPlayer {
    lesson: Lesson,
    setup: Setup,
    run: Run,
    frontier: Frontier,
    marks: Vec<Mark>,
    /// Of how many steps the deeds are in the script of the shown run.
    done: usize,
    step: usize,
    wanted: usize,
}

impl LessonPlayer {
    /// At the beginning, from the lesson's own seed. The first step is to be found yet.
    #[must_use]
    pub fn new(lesson: Lesson) -> Self {
        let seed = lesson.scenario.seed;
        Self::from_seed(lesson, seed)
    }

    /// At the beginning, from another seed.
    #[must_use]
    pub fn from_seed(lesson: Lesson, seed: u64) -> Self {
        let mut setup = lesson.scenario.setup();
        setup.world.seed = seed;
        Self {
            run: fresh(&lesson, &setup),
            frontier: Frontier::new(&lesson, &setup),
            marks: Vec::new(),
            done: 0,
            step: 0,
            wanted: 0,
            setup,
            lesson,
        }
    }

    /// The lesson.
    #[must_use]
    pub const fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The run that is shown.
    #[must_use]
    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// The step that is shown, from 0.
    #[must_use]
    pub const fn step(&self) -> usize {
        self.step
    }

    /// Where a step lies; `None` where it is not found yet.
    #[must_use]
    pub fn mark(&self, step: usize) -> Option<&Mark> {
        self.marks.get(step)
    }

    /// How many steps are to be found before this one can be shown.
    #[must_use]
    pub fn needs(&self, step: usize) -> usize {
        (step.min(self.last()) + 1).saturating_sub(self.marks.len())
    }

    /// Wants this step, the last one where there is none of this number; [`Self::go_on`] goes there.
    pub fn go_to(&mut self, step: usize) {
        self.wanted = step.min(self.last());
    }

    /// Wants the next step; false at the last one.
    pub fn forward(&mut self) -> bool {
        let is_last = self.step == self.last();
        self.go_to(self.step + 1);
        !is_last
    }

    /// Wants the step before; false at the first one.
    pub fn back(&mut self) -> bool {
        let is_first = self.step == 0;
        self.go_to(self.step.saturating_sub(1));
        !is_first
    }

    /// Goes on to the step that is wanted, through about so many events of the run. It is entered,
    /// at its beginning, as soon as its end is known; wanting another one meanwhile loses nothing.
    pub fn go_on(&mut self, most: u64) -> LessonProgress {
        while self.needs(self.wanted) > 0 {
            let place = self.marks.len();
            let Some(step) = self.lesson.steps.get(place) else {
                break;
            };
            match self.frontier.go_on(step, most) {
                Some(mark) => self.marks.push(mark),
                None => return LessonProgress::Searching(place),
            }
            if self.needs(self.wanted) > 0 {
                return LessonProgress::Searching(place + 1);
            }
        }
        self.enter();
        LessonProgress::There
    }

    /// Goes on until it is there.
    pub fn arrive(&mut self) {
        while self.go_on(u64::MAX) != LessonProgress::There {}
    }

    fn enter(&mut self) {
        let (from, to) = (self.done, self.wanted + 1);
        add(&mut self.run, &self.lesson, &self.marks, from, to);
        self.done = self.done.max(to);
        self.step = self.wanted;
        let begin = self.marks.get(self.step).map(|it| it.begin);
        self.run.seek(begin.unwrap_or_default());
    }

    /// Shows the moment `at` of the step, its first or last one where that lies outside.
    pub fn show(&mut self, at: Micros) {
        if let Some(mark) = self.marks.get(self.step) {
            self.run.seek(at.clamp(mark.begin, mark.end));
        }
    }

    /// Shows the end of the step.
    pub fn show_end(&mut self) {
        self.show(Micros::MAX);
    }

    /// Shows one event more of the step; false where none is left in it.
    pub fn step_forward(&mut self) -> bool {
        let end = self.marks.get(self.step).map(|it| it.end);
        let next = self.run.next_event();
        next.is_some() && next <= end && self.run.step_forward()
    }

    /// What is shown, as a digest of each side's full state.
    #[must_use]
    pub fn digests(&self) -> Vec<u64> {
        let sides = self.run.sides().iter();
        sides
            .map(|side| side.playback().engine().state_digest())
            .collect()
    }

    /// A run of its own that stands where the lesson stands, to play with: what later steps do is
    /// not in its script.
    #[must_use]
    pub fn sandbox(&self) -> Run {
        let mut run = fresh(&self.lesson, &self.setup);
        add(&mut run, &self.lesson, &self.marks, 0, self.step + 1);
        run.seek(self.run.at());
        run
    }

    fn last(&self) -> usize {
        self.lesson.steps.len().saturating_sub(1)
    }
}

fn fresh(lesson: &Lesson, setup: &Setup) -> Run {
    match lesson.protocols[..] {
        [left, right, ..] => Run::between(setup.clone(), [left, right]),
        [only] => Run::one(Side::new(only, setup.clone())),
        [] => Run::one(Side::new(ProtocolName::default(), setup.clone())),
    }
}

/// Does what the steps from `from` on, without `to`, do.
fn add(run: &mut Run, lesson: &Lesson, marks: &[Mark], from: usize, to: usize) {
    let steps = lesson.steps.iter().zip(marks);
    for (step, mark) in steps.take(to).skip(from) {
        for action in step.actions() {
            run.seek(mark.begin);
            let done = run.act(action);
            debug_assert!(
                done.is_ok(),
                "two sides and a message: parsing refuses that"
            );
        }
    }
}
