//! How far the steps of a lesson have been found: a run of its own, ahead of what is shown.

use super::document::Lesson;
use super::mark::Mark;
use super::step::{LessonStep, Stated};
use crate::document::ProtocolName;
use crate::in_order::Progress;
use crate::setup::Setup;
use crate::story::Story;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Engine, Happening, TimedAction};

/// Every side at the end of the last step that was found, or inside the next.
pub(super) struct Frontier {
    sides: Vec<FrontierSide>,
    /// Where the last step ended; `None` before the first.
    ended: Option<Micros>,
    open: Option<Open>,
}

/// One protocol's run.
struct FrontierSide {
    protocol: ProtocolName,
    engine: Box<dyn Engine>,
    story: Story,
    /// How far each statement of the open step that is an `in-order` has come.
    come: Vec<usize>,
}

/// A step whose end is looked for.
struct Open {
    begin: Micros,
    until: Micros,
    /// Whether its gate held before it did anything.
    at_once: bool,
}

impl Frontier {
    /// At the beginning of the lesson.
    pub(super) fn new(lesson: &Lesson, setup: &Setup) -> Self {
        let side = |protocol: &ProtocolName| FrontierSide {
            protocol: *protocol,
            engine: setup.engine(*protocol),
            story: Story::default(),
            come: Vec::new(),
        };
        Self {
            sides: lesson.protocols.iter().map(side).collect(),
            ended: None,
            open: None,
        }
    }

    /// Looks for the end of `step` through about so many events; `None` where it is to go on.
    pub(super) fn go_on(&mut self, step: &LessonStep, most: u64) -> Option<Mark> {
        if self.open.is_none()
            && let Some(mark) = self.enter(step)
        {
            return Some(mark);
        }
        let open = self.open.as_ref()?;
        let until = open.until;
        let mut left = most;
        while left > 0 {
            let Some(at) = self.next_event().filter(|at| *at <= until) else {
                return self.settle(step, until);
            };
            left = left.saturating_sub(self.play(step, at).max(1));
            if step.gate.is_some() && self.failing(step, at).is_none() {
                return self.settle(step, at);
            }
        }
        None
    }

    /// Does what the step does; gives its mark where it plays no further.
    fn enter(&mut self, step: &LessonStep) -> Option<Mark> {
        let actions = step.actions();
        // A moment later, so that the step before can be shown without what is done now.
        let apart = Micros(u64::from(!actions.is_empty()));
        let begin = self.ended.map_or(Micros::ZERO, |ended| ended + apart);
        let statements = step.statements().count();
        for side in &mut self.sides {
            side.come = alloc::vec![0; statements];
        }
        let before = self.ended.unwrap_or_default();
        let at_once = step.gate.is_some() && self.failing(step, before).is_none();
        for side in &mut self.sides {
            for action in &actions {
                let action = action.clone();
                side.engine.schedule(TimedAction { at: begin, action });
            }
        }
        while self.next_event().is_some_and(|next| next <= begin) {
            self.play(step, begin);
        }
        let until = begin + step.longest().0;
        self.open = Some(Open {
            begin,
            until,
            at_once,
        });
        let holds = step.gate.is_some() && self.failing(step, begin).is_none();
        match holds || !step.plays() {
            true => self.settle(step, begin),
            false => None,
        }
    }

    /// Ends the open step.
    fn settle(&mut self, step: &LessonStep, end: Micros) -> Option<Mark> {
        let Open { begin, at_once, .. } = self.open.take()?;
        self.ended = Some(end);
        let mut place = step.gates().count();
        let answers = step.ask.iter().flat_map(|it| &it.answers);
        let truths = answers.map(|answer| {
            let first = place;
            place += answer.statements().count();
            let mut numbered = (first..).zip(answer.statements());
            numbered.all(|(place, stated)| self.judge(place, stated, end).is_ok())
        });
        Some(Mark {
            begin,
            end,
            truths: truths.collect(),
            late: self.failing(step, end),
            at_once,
        })
    }

    /// What is the case instead where a part of the gate does not hold; `None` where it holds.
    fn failing(&self, step: &LessonStep, at: Micros) -> Option<String> {
        let mut numbered = step.gates().enumerate();
        numbered.find_map(|(place, stated)| self.judge(place, stated, at).err())
    }

    fn judge(&self, place: usize, (of, that): Stated<'_>, at: Micros) -> Result<(), String> {
        let sides = self.sides.iter();
        let mut asked = sides.filter(|side| of.is_none_or(|of| of == side.protocol));
        asked.try_for_each(|side| {
            let come = side.come.get(place).copied().unwrap_or(0);
            that.judge(&*side.engine, at, &side.story, come)
        })
    }

    fn next_event(&self) -> Option<Micros> {
        self.sides.iter().filter_map(FrontierSide::next_event).min()
    }

    /// Plays all that comes up to and including `at`; gives the number of events.
    fn play(&mut self, step: &LessonStep, at: Micros) -> u64 {
        let sides = self.sides.iter_mut();
        sides.map(|side| side.play(step, at)).sum()
    }
}

impl FrontierSide {
    /// When its next event comes; none where a guarantee broke and it stands still.
    fn next_event(&self) -> Option<Micros> {
        match self.engine.violation() {
            None => self.engine.next_event(),
            Some(_) => None,
        }
    }

    fn play(&mut self, step: &LessonStep, at: Micros) -> u64 {
        let numbered = step.statements().enumerate();
        let of_this = numbered.filter(|(_, (of, _))| of.is_none_or(|of| of == self.protocol));
        let lists = of_this.map(|(place, (_, that))| (place, that));
        let mut progress = Progress::resumed(lists, &self.come);
        let mut told: Vec<Happening> = Vec::new();
        let mut events = 0;
        while self.engine.next_event().is_some_and(|next| next <= at) && self.engine.step(&mut told)
        {
            for happening in &told {
                self.story.add(happening);
            }
            progress.add(&*self.engine, &told, &self.story);
            told.clear();
            events += 1;
        }
        progress.keep(&mut self.come);
        events
    }
}
