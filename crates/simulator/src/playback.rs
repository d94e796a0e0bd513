//! A run that can be played, stepped back and sought: sparse checkpoints and replay.

use crate::action::TimedAction;
use crate::checkpoints::Checkpoints;
use crate::engine::Engine;
use crate::happening::Happening;
use crate::record::{BURST, Record, is_milestone};
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Micros;

/// How many [`BURST`]s before its goal a seek begins to listen. Where nothing happens for longer than
/// all but one of them, it has to begin anew.
const QUIET_BURSTS: u64 = 4;
/// Of more recent milestones, those that are no longer needed are dropped.
const MOST_RECENT: usize = 256;

/// A run with a cursor in it.
pub struct Playback {
    cursor: Cursor,
    at: Micros,
    checkpoints: Checkpoints,
    /// The furthest event, while the cursor stands elsewhere.
    furthest: Option<Cursor>,
    record: Record,
    /// How many events are recorded.
    recorded: u64,
    told: Vec<Happening>,
    /// How often what is to come was changed.
    edition: u64,
}

/// A place in a run.
struct Cursor {
    engine: Box<dyn Engine>,
    /// The milestones since it was played from a checkpoint, or of the latest [`BURST`].
    recent: Vec<Happening>,
    /// From when on these are complete.
    since: Micros,
}

impl Cursor {
    fn new(engine: Box<dyn Engine>) -> Self {
        let began = engine.events() == 0;
        Self {
            recent: Vec::new(),
            since: if began {
                Micros::ZERO
            } else {
                engine.now() + Micros(1)
            },
            engine,
        }
    }

    /// From when on the story near it is told by what is recent.
    fn burst(&self) -> Micros {
        self.engine.now().since(BURST)
    }

    /// Whether all that was told in the latest [`BURST`] is known.
    fn is_complete(&self) -> bool {
        self.since <= self.burst()
    }

    /// One event further, without listening.
    fn step_untold(&mut self) -> bool {
        let stepped = self.engine.step_untold();
        self.recent.clear();
        self.since = self.engine.now() + Micros(1);
        stepped
    }

    /// Takes in what was told last.
    fn hear(&mut self, told: &[Happening]) {
        let milestones = told.iter().filter(|it| is_milestone(&it.what));
        self.recent.extend(milestones.cloned());
        let burst = self.burst();
        if self.recent.len() > MOST_RECENT && self.recent[MOST_RECENT / 2].at < burst {
            self.recent.retain(|it| it.at >= burst);
            self.since = self.since.max(burst);
        }
    }
}

impl Playback {
    /// A run at its beginning.
    #[must_use]
    pub fn new(engine: Box<dyn Engine>) -> Self {
        Self {
            at: engine.now(),
            checkpoints: Checkpoints::new(engine.fork()),
            furthest: None,
            recorded: engine.events(),
            cursor: Cursor::new(engine),
            record: Record::default(),
            told: Vec::new(),
            edition: 0,
        }
    }

    /// The moment that the cursor stands at.
    #[must_use]
    pub fn at(&self) -> Micros {
        self.at
    }

    /// How many events lie before the cursor.
    #[must_use]
    pub fn event(&self) -> u64 {
        self.cursor.engine.events()
    }

    /// The run at the cursor.
    #[must_use]
    pub fn engine(&self) -> &dyn Engine {
        &*self.cursor.engine
    }

    /// The run at the furthest event that was ever reached in it.
    #[must_use]
    pub fn furthest(&self) -> &dyn Engine {
        &*self.furthest.as_ref().unwrap_or(&self.cursor).engine
    }

    /// When the next event after the cursor comes.
    #[must_use]
    pub fn next_event(&self) -> Option<Micros> {
        self.cursor.engine.next_event()
    }

    /// Moves the cursor to `at`, forward or back; the events at `at` itself are behind it then.
    /// Where a guarantee breaks on the way, the run stands still from there on.
    pub fn seek(&mut self, at: Micros) {
        let back = at < self.cursor.engine.now();
        let comes_by = |it: &dyn Engine, by: Micros| it.next_event().is_some_and(|it| it <= by);
        // Long before it, nobody listens.
        let early = at.since(BURST * QUIET_BURSTS);
        let quiet = |it: &dyn Engine| comes_by(it, early);
        self.go(back, |it| it.now() <= at, quiet, |it| comes_by(it, at));
        self.at = at.max(self.cursor.engine.now());
    }

    /// Moves the cursor so that `event` events lie before it, at the time of the last of them.
    pub fn seek_event(&mut self, event: u64) {
        let back = event < self.cursor.engine.events();
        let early = |it: &dyn Engine| it.events() <= event;
        self.go(back, early, |_| false, |it| it.events() < event);
        self.at = self.cursor.engine.now();
    }

    /// Moves the cursor in time without passing an event; nothing happens where one lies between.
    pub fn linger(&mut self, at: Micros) {
        let next = self.next_event().unwrap_or(Micros::MAX);
        if (self.cursor.engine.now()..=next).contains(&at) {
            self.at = at;
        }
    }

    /// Puts an action into the script and carries out what is due; one that lies before the cursor
    /// comes now. What was recorded after the cursor is forgotten: it belongs to another branch
    /// from now on.
    pub fn act(&mut self, mut action: TimedAction) {
        action.at = action.at.max(self.at);
        self.change(|run| run.schedule(action.clone()));
        self.seek(self.at);
    }

    /// Takes up another branch: `gone` leave the script and `come` enter it. The cursor stands
    /// before the first of them then, and what was recorded behind it is forgotten.
    pub fn branch(&mut self, gone: &[TimedAction], come: &[TimedAction]) {
        let Some(first) = gone.iter().chain(come).map(|it| it.at).min() else {
            return;
        };
        match first.0.checked_sub(1) {
            Some(before) => self.seek(Micros(before)),
            None => self.seek_event(0),
        }
        self.change(|run| {
            for action in gone {
                run.unschedule(action);
            }
            for action in come {
                run.schedule(action.clone());
            }
        });
    }

    /// Changes what is to come, and forgets what came in its place.
    fn change(&mut self, change: impl Fn(&mut dyn Engine)) {
        let events = self.cursor.engine.events();
        self.edition += 1;
        self.checkpoints.branch(events, &change);
        self.furthest = None;
        change(&mut *self.cursor.engine);
        let recent = &self.cursor.recent;
        self.record.forget_after(events, self.at, recent);
        self.recorded = events;
    }

    /// A fork of the run at some step before `at`, with all that is to come in its script.
    #[must_use]
    pub fn fork_before(&self, at: Micros) -> Box<dyn Engine> {
        let early = |it: &dyn Engine| it.now() < at;
        let checkpoint = self.checkpoints.latest(early);
        checkpoint.unwrap_or(&*self.cursor.engine).fork()
    }

    /// A fork of the run where fewer than `event` events lie before it, as near as there is one.
    pub(crate) fn fork_before_event(&self, event: u64) -> Box<dyn Engine> {
        let checkpoint = self.checkpoints.latest(|it| it.events() < event);
        checkpoint.unwrap_or(&*self.cursor.engine).fork()
    }

    /// How often somebody acted or took up a branch: what was played again before is another run.
    pub(crate) const fn edition(&self) -> u64 {
        self.edition
    }

    /// The story and the curves up to the furthest event reached; later than the cursor where the
    /// cursor was moved back.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The part of the story that lies before the cursor, with all that was told just before it.
    #[must_use]
    pub fn story(&self) -> Vec<Happening> {
        let burst = self.cursor.burst();
        let story = self.record.story_until(self.cursor.engine.events());
        let earlier = story.iter().filter(|it| it.at < burst);
        let recent = self.cursor.recent.iter().filter(|it| it.at >= burst);
        earlier.chain(recent).cloned().collect()
    }

    /// Plays from the latest place that fits as long as it is to go on. What is recorded and
    /// `quiet` is played without listening.
    fn go(
        &mut self,
        back: bool,
        fits: impl Fn(&dyn Engine) -> bool,
        quiet: impl Fn(&dyn Engine) -> bool,
        goes_on: impl Fn(&dyn Engine) -> bool,
    ) {
        self.restore(back, &fits, &fits);
        while self.event() < self.recorded
            && quiet(&*self.cursor.engine)
            && self.cursor.step_untold()
        {
            self.checkpoints.pass(&*self.cursor.engine);
        }
        while goes_on(&*self.cursor.engine) && self.step() {}
        if !self.cursor.is_complete() {
            // It is known now when the last event came, and so where to begin.
            let burst = self.cursor.burst();
            self.restore(true, &fits, |it| it.now() < burst);
            while goes_on(&*self.cursor.engine) && self.step() {}
        }
    }

    /// Takes up the furthest event if it fits, or the latest checkpoint that is early enough, unless
    /// the cursor stands nearer and need not go back.
    fn restore(
        &mut self,
        back: bool,
        fits: impl Fn(&dyn Engine) -> bool,
        early: impl Fn(&dyn Engine) -> bool,
    ) {
        let taken = match self.furthest.take_if(|it| fits(&*it.engine)) {
            Some(furthest) => Some(furthest),
            None => {
                let latest = self.checkpoints.latest(early);
                let events = self.cursor.engine.events();
                let nearer = latest.filter(|it| back || it.events() > events);
                nearer.map(|it| Cursor::new(it.fork()))
            }
        };
        let Some(taken) = taken else { return };
        let left = core::mem::replace(&mut self.cursor, taken);
        if left.engine.events() == self.recorded && self.cursor.engine.events() < self.recorded {
            self.furthest = Some(left);
        }
    }

    fn step(&mut self) -> bool {
        self.told.clear();
        if !self.cursor.engine.step(&mut self.told) {
            return false;
        }
        self.cursor.hear(&self.told);
        let events = self.cursor.engine.events();
        if events > self.recorded {
            self.recorded = events;
            // The cursor stands there itself now.
            self.furthest = None;
            self.record
                .extend(self.told.drain(..), &*self.cursor.engine);
        }
        self.checkpoints.pass(&*self.cursor.engine);
        true
    }
}
