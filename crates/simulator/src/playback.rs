//! A run that can be played, stepped back and sought: sparse checkpoints and replay.

use crate::action::TimedAction;
use crate::checkpoints::Checkpoints;
use crate::engine::Engine;
use crate::happening::Happening;
use crate::record::Record;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Micros;

/// A run with a cursor in it.
pub struct Playback {
    cursor: Box<dyn Engine>,
    at: Micros,
    checkpoints: Checkpoints,
    /// The run at the furthest event, while the cursor stands elsewhere.
    furthest: Option<Box<dyn Engine>>,
    record: Record,
    /// How many events are recorded.
    recorded: u64,
    told: Vec<Happening>,
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
            cursor: engine,
            record: Record::default(),
            told: Vec::new(),
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
        self.cursor.events()
    }

    /// The run at the cursor.
    #[must_use]
    pub fn engine(&self) -> &dyn Engine {
        &*self.cursor
    }

    /// The run at the furthest event that was ever reached in it.
    #[must_use]
    pub fn furthest(&self) -> &dyn Engine {
        self.furthest.as_deref().unwrap_or(&*self.cursor)
    }

    /// When the next event after the cursor comes.
    #[must_use]
    pub fn next_event(&self) -> Option<Micros> {
        self.cursor.next_event()
    }

    /// Moves the cursor to `at`, forward or back; the events at `at` itself are behind it then.
    /// Where a guarantee breaks on the way, the run stands still from there on.
    pub fn seek(&mut self, at: Micros) {
        let back = at < self.cursor.now();
        self.restore(back, |checkpoint| checkpoint.now() <= at);
        while self.next_event().is_some_and(|next| next <= at) && self.step() {}
        self.at = at.max(self.cursor.now());
    }

    /// Moves the cursor so that `event` events lie before it, at the time of the last of them.
    pub fn seek_event(&mut self, event: u64) {
        let back = event < self.cursor.events();
        self.restore(back, |checkpoint| checkpoint.events() <= event);
        while self.cursor.events() < event && self.step() {}
        self.at = self.cursor.now();
    }

    /// Moves the cursor in time without passing an event; nothing happens where one lies between.
    pub fn linger(&mut self, at: Micros) {
        let next = self.next_event().unwrap_or(Micros::MAX);
        if (self.cursor.now()..=next).contains(&at) {
            self.at = at;
        }
    }

    /// Puts an action into the script and carries out what is due; one that lies before the cursor
    /// comes now. What was recorded after the cursor is forgotten: it belongs to another branch
    /// from now on.
    pub fn act(&mut self, mut action: TimedAction) {
        action.at = action.at.max(self.at);
        let events = self.cursor.events();
        self.checkpoints.act(events, &action);
        self.furthest = None;
        self.cursor.schedule(action);
        self.record.forget_after(events, self.at);
        self.recorded = events;
        self.seek(self.at);
    }

    /// The story and the curves up to the furthest event reached; later than the cursor where the
    /// cursor was moved back.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The part of the story that lies before the cursor.
    #[must_use]
    pub fn story(&self) -> &[Happening] {
        self.record.story_until(self.cursor.events())
    }

    /// Takes up the latest checkpoint that fits, unless the cursor stands nearer and need not go
    /// back.
    fn restore(&mut self, back: bool, fits: impl Fn(&dyn Engine) -> bool) {
        let furthest = self.furthest.take_if(|it| fits(&**it));
        let nearer = |it: &dyn Engine| back || it.events() > self.cursor.events();
        let taken = match furthest {
            Some(furthest) => Some(furthest),
            None => {
                let latest = self.checkpoints.latest(fits);
                latest.filter(|it| nearer(*it)).map(Engine::fork)
            }
        };
        let Some(taken) = taken else { return };
        let left = core::mem::replace(&mut self.cursor, taken);
        if left.events() == self.recorded && self.cursor.events() < self.recorded {
            self.furthest = Some(left);
        }
    }

    fn step(&mut self) -> bool {
        self.told.clear();
        if !self.cursor.step(&mut self.told) {
            return false;
        }
        let events = self.cursor.events();
        if events > self.recorded {
            self.recorded = events;
            // The cursor stands there itself now.
            self.furthest = None;
            self.record.extend(self.told.drain(..), &*self.cursor);
        }
        self.checkpoints.pass(&*self.cursor);
        true
    }
}
