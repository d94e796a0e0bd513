//! How fast virtual time runs: thirteen stops, evenly spaced on a log scale.

use crate::text;

/// A stop on the speed control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Speed(usize);

/// Numerator and denominator of each stop.
const STOPS: [(u32, u32); 13] = [
    (1, 1000),
    (1, 500),
    (1, 200),
    (1, 100),
    (1, 50),
    (1, 20),
    (1, 10),
    (1, 5),
    (1, 2),
    (1, 1),
    (2, 1),
    (5, 1),
    (10, 1),
];

impl Default for Speed {
    /// A message takes about a second.
    fn default() -> Self {
        Self(4)
    }
}

impl Speed {
    /// The fastest stop's place.
    pub(crate) const LAST: usize = STOPS.len() - 1;

    /// The stop at a place, or the nearest there is.
    pub(crate) fn at(place: usize) -> Self {
        Self(place.min(Self::LAST))
    }

    /// The stop above it, or below, where there is one.
    pub(crate) fn next(self, faster: bool) -> Self {
        Self::at(match faster {
            true => self.0 + 1,
            false => self.0.saturating_sub(1),
        })
    }

    /// Its place, from 0.
    pub(crate) fn place(self) -> usize {
        self.0
    }

    /// Virtual time per real time.
    pub(crate) fn factor(self) -> f64 {
        let (top, bottom) = STOPS[self.0];
        f64::from(top) / f64::from(bottom)
    }

    /// What people read.
    pub(crate) fn label(self) -> String {
        match STOPS[self.0] {
            (top, 1) => format!("{top}×"),
            (top, bottom) => format!("{top}/{bottom}×"),
        }
    }

    /// What people hear.
    pub(crate) fn said(self) -> String {
        let (times, parts) = STOPS[self.0];
        text::real_time(times, parts)
    }
}
