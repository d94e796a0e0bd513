//! Forks of a run, from which it can be played on: few that last, and some near the cursor.

use crate::engine::Engine;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use consensus::Micros;

/// A checkpoint that lasts comes after so many events at the latest: a seek replays no more. The
/// fewer, the quicker a seek; the more, the less memory an hour takes.
const MOST_EVENTS: u64 = 52_000;
/// Where little happens, it comes after so many events if as much time has passed as
/// [`LEAST_TIME`].
const LEAST_EVENTS: u64 = 4_096;
/// See [`LEAST_EVENTS`].
const LEAST_TIME: Micros = Micros::from_millis(15_500);
/// The most checkpoints that last. Where there would be more, every other one is dropped and they
/// lie twice as far apart from then on.
const MOST_LASTING: usize = 1_024;
/// How many events lie between a checkpoint near the cursor and the next, at least.
const NEAR_APART: u64 = 2_048;
/// How many lie between it and one that is taken because it is light, at least.
const LIGHT_APART: u64 = 32;
/// No checkpoint is near that lies further away than two to this power times [`NEAR_APART`].
const NEAR_OCTAVES: u32 = 5;

/// The checkpoints of a run. It is played from them and they are never played themselves.
pub(crate) struct Checkpoints {
    /// By rising number of events; the first is the run's beginning.
    lasting: Vec<Rc<dyn Engine>>,
    /// The lightest since the last of them that lasts, and its weight.
    candidate: Option<(u64, Rc<dyn Engine>)>,
    /// By rising number of events, the fewer the further from where the run was played last.
    near: Vec<Rc<dyn Engine>>,
    /// How many times further apart than at first those that last are.
    stretch: u64,
}

impl Checkpoints {
    /// Those of a run at its beginning.
    pub(crate) fn new(beginning: Box<dyn Engine>) -> Self {
        Self {
            lasting: Vec::from([beginning.into()]),
            candidate: None,
            near: Vec::new(),
            stretch: 1,
        }
    }

    /// The latest one that fits, the run's beginning where none does; those that fit come before all
    /// others.
    pub(crate) fn latest(&self, fits: impl Fn(&dyn Engine) -> bool) -> Option<&dyn Engine> {
        let lists = [&self.lasting, &self.near];
        let latest = lists.map(|list| {
            let fitting = list.partition_point(|it| fits(&**it));
            list.get(fitting.checked_sub(1)?)
        });
        let latest = latest.into_iter().flatten();
        let latest = latest.max_by_key(|it| it.events());
        latest.or(self.lasting.first()).map(|it| &**it)
    }

    /// The run was played up to here: takes a checkpoint where one is due.
    pub(crate) fn pass(&mut self, run: &dyn Engine) {
        let events = run.events();
        let before = self.near.partition_point(|it| it.events() <= events);
        let last = before.checked_sub(1).and_then(|place| self.near.get(place));
        let apart = events.saturating_sub(last.map_or(0, |it| it.events()));
        if apart < NEAR_APART && !(apart >= LIGHT_APART && self.is_light(run)) {
            return;
        }
        let fork: Rc<dyn Engine> = run.fork().into();
        self.near.insert(before, Rc::clone(&fork));
        self.thin_out(events);
        self.consider(fork);
    }

    /// Whether a checkpoint here would be by a quarter lighter than the candidate.
    fn is_light(&self, run: &dyn Engine) -> bool {
        let candidate = self.candidate.as_ref();
        candidate.is_some_and(|(weight, fork)| {
            fork.events() < run.events() && run.weight() < weight - weight / 4
        })
    }

    /// Keeps one near checkpoint for each doubling of the distance.
    fn thin_out(&mut self, events: u64) {
        let mut kept = 0_u64;
        self.near.retain(|it| {
            let distance = it.events().abs_diff(events) / NEAR_APART;
            let octave = u64::BITS - distance.leading_zeros();
            // One before the cursor and one behind it.
            let place = 2 * octave + u32::from(it.events() > events);
            let fresh = octave <= NEAR_OCTAVES && kept >> place & 1 == 0;
            kept |= u64::from(fresh) << place.min(63);
            fresh
        });
    }

    /// Lets a checkpoint last, or a lighter one since the last that does, where it is time.
    fn consider(&mut self, fork: Rc<dyn Engine>) {
        let Some(last) = self.lasting.last() else {
            return;
        };
        let Some(events) = fork.events().checked_sub(last.events()) else {
            return;
        };
        let span = fork.now().since(last.now());
        let is_due = |thirds: u64| {
            let part = |whole: u64| whole * self.stretch * thirds / 3;
            let enough = events >= part(LEAST_EVENTS) && span.0 >= part(LEAST_TIME.0);
            enough || events >= part(MOST_EVENTS)
        };
        if !is_due(2) {
            return;
        }
        let (now, weight) = (is_due(3), fork.weight());
        let lighter = |it: &(u64, Rc<dyn Engine>)| weight <= it.0;
        if self.candidate.as_ref().is_none_or(lighter) {
            self.candidate = Some((weight, fork));
        }
        if now && let Some((_, lightest)) = self.candidate.take() {
            self.lasting.push(lightest);
            self.halve();
        }
    }

    fn halve(&mut self) {
        if self.lasting.len() > MOST_LASTING {
            let mut place = 0_usize;
            self.lasting.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.stretch = self.stretch.saturating_mul(2);
        }
    }

    /// Forgets what came after so many events, and changes the script of the rest.
    pub(crate) fn branch(&mut self, events: u64, change: impl Fn(&mut dyn Engine)) {
        self.candidate = None;
        self.near.clear();
        self.lasting.retain(|it| it.events() <= events);
        for checkpoint in &mut self.lasting {
            // Nobody else has it now.
            if let Some(checkpoint) = Rc::get_mut(checkpoint) {
                change(checkpoint);
            }
        }
    }
}
