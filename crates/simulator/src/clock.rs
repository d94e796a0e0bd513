//! A node's two clocks, and how wrong they are.

use consensus::{Micros, Now};
use serde::{Deserialize, Serialize};

/// How wrong a node's clocks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockSettings {
    /// How far the wall clock is ahead, in microseconds; negative where it is behind. The monotonic
    /// clock knows nothing of it.
    pub offset: i64,
    /// How much too fast both clocks run, in parts per million; negative where they are too slow.
    /// Kept within ±500,000.
    pub drift: i32,
}

/// What a right wall clock shows when a run starts: far enough from zero that a clock can be
/// behind.
const WALL_AT_START: i64 = 3_600_000_000;
const MILLION: u64 = 1_000_000;
const MOST_DRIFT: i32 = 500_000;

/// The two clocks of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Clock {
    settings: ClockSettings,
    /// When it was last set, and what the monotonic clock showed then.
    set_at: Micros,
    shown: Micros,
}

impl Clock {
    /// Clocks that have been wrong in this way from the start.
    pub(crate) fn new(settings: ClockSettings) -> Self {
        let mut clock = Self::default();
        clock.set(Micros::ZERO, settings);
        clock
    }

    /// Makes them wrong in this way from now on. The wall clock jumps, the monotonic one only
    /// changes its pace.
    pub(crate) fn set(&mut self, at: Micros, settings: ClockSettings) {
        self.shown = self.monotonic(at);
        self.set_at = at;
        self.settings = ClockSettings {
            offset: settings.offset,
            drift: settings.drift.clamp(-MOST_DRIFT, MOST_DRIFT),
        };
    }

    /// How wrong they are.
    pub(crate) const fn settings(&self) -> ClockSettings {
        self.settings
    }

    /// How far the clocks go in a million microseconds.
    fn pace(&self) -> u64 {
        MILLION.saturating_add_signed(i64::from(self.settings.drift))
    }

    fn monotonic(&self, at: Micros) -> Micros {
        let passed = at.since(self.set_at);
        if self.settings.drift == 0 {
            return self.shown + passed;
        }
        self.shown + scale(passed, self.pace(), MILLION)
    }

    /// What they show.
    pub(crate) fn now(&self, at: Micros) -> Now {
        let monotonic = self.monotonic(at);
        let ahead = WALL_AT_START.saturating_add(self.settings.offset);
        Now {
            monotonic,
            wall: Micros(monotonic.0.saturating_add_signed(ahead)),
        }
    }

    /// How long it really takes until the clocks have passed `span`.
    pub(crate) fn wait(&self, span: Micros) -> Micros {
        if self.settings.drift == 0 {
            return span;
        }
        scale(span, MILLION, self.pace())
    }
}

/// A span times a fraction whose halves are at most a few millions.
fn scale(span: Micros, times: u64, per: u64) -> Micros {
    Micros(span.0 / per) * times + Micros(span.0 % per * times / per)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_moves_the_wall_clock_alone_and_a_drift_both() {
        let second = Micros::from_secs(1);
        let mut clock = Clock::default();
        let right = clock.now(second);
        assert_eq!(right.monotonic, second);
        let (offset, drift) = (-2_000_000, 100_000);
        clock.set(second, ClockSettings { offset, drift });
        let jumped = clock.now(second);
        assert_eq!(jumped.monotonic, right.monotonic);
        assert_eq!(jumped.wall, right.wall - Micros::from_secs(2));
        let later = clock.now(second * 2);
        assert_eq!(later.monotonic, Micros(2_100_000));
        assert_eq!(later.wall, jumped.wall + Micros(1_100_000));
        assert_eq!(clock.wait(Micros(1_100_000)), second);
    }
}
