//! How the clock of the page becomes virtual time.

use crate::speed::Speed;
use crate::theme::media;
use consensus::Micros;
use scene::Within;

/// After a pause of the browser's own, time goes on; it does not catch up.
const LONGEST_FRAME: f64 = 100.0;
/// The calm rhythm of step mode at the default speed, in milliseconds.
const STEP_EVERY: f64 = 900.0;

/// What says that a person wants less motion.
pub(crate) const STILL: &str = "(prefers-reduced-motion: reduce)";

/// What one frame asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Advance {
    /// Nothing moves.
    Stay,
    /// So much virtual time passes.
    By(Micros),
    /// One event comes.
    Step,
}

/// Speed, and whether time runs at all.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Virtual time per real time.
    pub(crate) speed: Speed,
    /// Whether a person wants it to run.
    pub(crate) playing: bool,
    /// Whether it stands while something is being chosen.
    pub(crate) held: bool,
    /// Whether nothing may travel: then events come one by one.
    pub(crate) stepping: bool,
    last: Option<f64>,
    carry: f64,
}

impl Pace {
    /// As a visitor finds it: it runs at once, unless the address says that it waits.
    pub(crate) fn first(paused: bool) -> Self {
        let stepping = Self::stills();
        Self::going_on(!paused && !stepping, Speed::default())
    }

    /// As it was before.
    pub(crate) fn going_on(playing: bool, speed: Speed) -> Self {
        Self {
            speed,
            playing,
            stepping: Self::stills(),
            ..Self::default()
        }
    }

    /// Whether this person asked for less motion.
    pub(crate) fn stills() -> bool {
        media(STILL)
    }

    /// Whether time runs.
    pub(crate) fn runs(&self) -> bool {
        self.playing && !self.held
    }

    /// Real milliseconds since the last frame, capped, and what they ask for.
    pub(crate) fn frame(&mut self, now: f64) -> (f64, Advance) {
        let passed = self
            .last
            .map_or(0.0, |last| (now - last).within(0.0, LONGEST_FRAME));
        self.last = Some(now);
        if !self.runs() {
            self.carry = 0.0;
            return (passed, Advance::Stay);
        }
        (
            passed,
            if self.stepping {
                self.step(passed)
            } else {
                self.flow(passed)
            },
        )
    }

    /// Forgets the last frame, for none follows it directly.
    pub(crate) fn rest(&mut self) {
        self.last = None;
    }

    fn flow(&mut self, passed: f64) -> Advance {
        let micros = passed * 1_000.0 * self.speed.factor() + self.carry;
        self.carry = micros.fract();
        Advance::By(Micros(micros as u64))
    }

    /// The rhythm follows the speed, so that a long run can be gone through in step mode too.
    fn step(&mut self, passed: f64) -> Advance {
        self.carry += passed * self.speed.factor() / Speed::default().factor();
        if self.carry < STEP_EVERY {
            return Advance::Stay;
        }
        self.carry = 0.0;
        Advance::Step
    }
}
