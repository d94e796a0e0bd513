//! A measure's course as a chart: a line over time, on a scale that people can read.

use crate::decimal::decimal;
use crate::spark::Course;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;

/// More points than this cannot be told apart at the size drawn.
const POINTS: usize = 240;
/// A scale has so many steps at most.
const STEPS: u64 = 4;

/// A scale that begins at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The value at its top.
    pub top: u64,
    /// From one tick to the next: one, two or five times a power of ten.
    pub step: u64,
}

impl Scale {
    /// The smallest scale that holds `most`, whose step is `least` or more.
    #[must_use]
    pub fn holding(most: u64, least: u64) -> Self {
        let mut power = 1_u64;
        loop {
            for times in [1, 2, 5] {
                let step = power.saturating_mul(times);
                let steps = most.div_ceil(step).max(1);
                if step >= least && steps <= STEPS || step == u64::MAX {
                    let top = step.saturating_mul(steps);
                    return Self { top, step };
                }
            }
            power = power.saturating_mul(10);
        }
    }

    /// The values of its ticks, 0 and the top included.
    pub fn ticks(&self) -> impl Iterator<Item = u64> + use<> {
        let step = self.step;
        (0..=self.top / step.max(1)).map(move |tick| tick * step)
    }

    /// Where a value lies, in percent from the top.
    #[must_use]
    pub fn place(&self, value: u64) -> f64 {
        100.0 - 100.0 * (value.min(self.top) as f64 / self.top.max(1) as f64)
    }
}

/// The path of a line through points of (time, value), in a box of 100 by 100 that ends at `end`.
#[must_use]
pub fn line(points: &[(Micros, u64)], course: Course, end: Micros, scale: Scale) -> String {
    let mut path = String::new();
    let (mut begun, mut last) = (false, None);
    let points = thin(points);
    for (place, (at, value)) in points.iter().enumerate() {
        // A flat stretch needs its two ends only.
        let next = points.get(place + 1).map(|next| next.1);
        if last == Some(*value) && next == Some(*value) {
            continue;
        }
        let across = 100.0 * at.0.min(end.0) as f64 / end.0.max(1) as f64;
        let mut to = |letter: char, number: f64| {
            path.push(letter);
            decimal(&mut path, number, 2);
        };
        match (begun, course) {
            (true, Course::Steps) => {
                to('H', across);
                to('V', scale.place(*value));
            }
            _ => {
                to(if begun { 'L' } else { 'M' }, across);
                to(' ', scale.place(*value));
            }
        }
        (begun, last) = (true, Some(*value));
    }
    path
}

/// The value at a moment, between the points on either side of it; that of the last point after it.
#[must_use]
pub fn value_at(points: &[(Micros, u64)], at: Micros, course: Course) -> u64 {
    let next = points.partition_point(|point| point.0 <= at);
    let Some(before) = next.checked_sub(1).and_then(|place| points.get(place)) else {
        return 0;
    };
    match (points.get(next), course) {
        (Some(after), Course::Slope) if after.1 > before.1 => {
            let (passed, span) = (at.since(before.0).0, after.0.since(before.0).0);
            let grown = u128::from(after.1 - before.1) * u128::from(passed);
            before.1 + (grown / u128::from(span.max(1))) as u64
        }
        _ => before.1,
    }
}

/// So many points that they can be told apart: of each group its highest, and its last.
fn thin(points: &[(Micros, u64)]) -> Vec<(Micros, u64)> {
    let group = points.len().div_ceil(POINTS).max(1);
    let mut few = Vec::new();
    for group in points.chunks(group) {
        let Some(last) = group.last() else { continue };
        let highest = group.iter().max_by_key(|point| point.1).unwrap_or(last);
        if highest.0 != last.0 {
            few.push(*highest);
        }
        few.push(*last);
    }
    few
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Micros = Micros(100);

    #[test]
    fn a_scale_has_few_round_steps_and_holds_its_most() {
        for (most, least, top, step) in [
            (0, 1, 1, 1),
            (3, 1, 3, 1),
            (5, 1, 6, 2),
            (148, 1, 150, 50),
            (151, 1, 200, 50),
            (201, 1, 300, 100),
            (4_035, 1, 6_000, 2_000),
            (0, 100, 100, 100),
        ] {
            assert_eq!(Scale::holding(most, least), Scale { top, step }, "{most}");
        }
        assert!(Scale::holding(u64::MAX, 1).top >= u64::MAX / 2);
        let ticks: Vec<u64> = Scale::holding(148, 1).ticks().collect();
        assert_eq!(ticks, [0, 50, 100, 150]);
    }

    #[test]
    fn a_line_has_its_flat_stretches_ends_only() {
        let scale = Scale { top: 4, step: 1 };
        let points = [(0, 0), (20, 0), (40, 0), (50, 2), (100, 4)].map(|(at, it)| (Micros(at), it));
        assert_eq!(
            line(&points, Course::Slope, END, scale),
            "M0 100L40 100L50 50L100 0"
        );
        assert_eq!(
            line(&points, Course::Steps, END, scale),
            "M0 100H40V100H50V50H100V0"
        );
    }

    #[test]
    fn a_value_lies_between_its_neighbours_or_is_the_one_before() {
        let points = [(10, 4), (20, 8)].map(|(at, value)| (Micros(at), value));
        for (at, slope, steps) in [(5, 0, 0), (10, 4, 4), (15, 6, 4), (20, 8, 8), (90, 8, 8)] {
            assert_eq!(value_at(&points, Micros(at), Course::Slope), slope, "{at}");
            assert_eq!(value_at(&points, Micros(at), Course::Steps), steps, "{at}");
        }
    }

    #[test]
    fn a_peak_stays_however_long_the_run() {
        let value = |at| if at == 54_321 { 7 } else { at / 100_000 };
        let points: Vec<_> = (0..100_000).map(|at| (Micros(at), value(at))).collect();
        let few = thin(&points);
        assert!(few.len() <= 2 * POINTS && few.iter().any(|it| it.1 == 7));
        assert_eq!(few.last(), points.last());
    }
}
