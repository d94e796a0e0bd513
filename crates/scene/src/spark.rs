//! A measure's course as a small curve, from the start of the run to the cursor.

use crate::decimal::decimal;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;

/// The width of the curve's own box.
pub const WIDTH: f64 = 72.0;
/// The height of the curve's own box.
pub const HEIGHT: f64 = 24.0;
const ZERO: f64 = 23.0;
const PEAK: f64 = 2.0;
/// More points than this cannot be told apart at the size drawn.
const POINTS: usize = 48;

/// How a measure gets from one sample to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Evenly, as time does.
    Slope,
    /// All at once, as counts do.
    Steps,
}

/// The path data of a curve, in a box of [`WIDTH`] by [`HEIGHT`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spark {
    /// The curve.
    pub line: String,
    /// The area beneath it.
    pub area: String,
}

/// Draws `samples` of (time, value), those up to the last one's time, `now` being the value at the
/// cursor. `most` is the value at the top, so that two curves can share a scale.
#[must_use]
pub fn spark(
    samples: impl Iterator<Item = (Micros, u64)>,
    now: (Micros, u64),
    most: u64,
    course: Course,
) -> Spark {
    let points = thin(samples.take_while(|(at, _)| *at < now.0).collect());
    let mut line = String::from("M0 ");
    decimal(
        &mut line,
        height(points.first().map_or(0, |p| p.1), most),
        1,
    );
    let mut last = None;
    for (at, value) in points.into_iter().chain([now]) {
        let y = tenths(height(value, most));
        // A flat stretch needs its two ends only; the last point always closes the curve.
        if last == Some(y) && at != now.0 {
            continue;
        }
        let (across, down) = match course {
            Course::Slope => ('L', ' '),
            Course::Steps => ('H', 'V'),
        };
        line.push(across);
        decimal(&mut line, place(at, now.0), 1);
        line.push(down);
        decimal(&mut line, height(value, most), 1);
        last = Some(y);
    }
    if now.0 == Micros::ZERO {
        line.push('H');
        decimal(&mut line, WIDTH, 0);
    }
    let mut area = line.clone();
    area.push('V');
    decimal(&mut area, HEIGHT, 0);
    area.push_str("H0Z");
    Spark { line, area }
}

fn thin(points: Vec<(Micros, u64)>) -> Vec<(Micros, u64)> {
    let stride = points.len().div_ceil(POINTS).max(1);
    points.into_iter().step_by(stride).collect()
}

fn place(at: Micros, end: Micros) -> f64 {
    WIDTH * at.0 as f64 / end.0.max(1) as f64
}

fn height(value: u64, most: u64) -> f64 {
    ZERO - (ZERO - PEAK) * (value as f64 / most.max(1) as f64).min(1.0)
}

fn tenths(value: f64) -> i64 {
    libm::round(value * 10.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: (Micros, u64) = (Micros(100), 4);

    #[test]
    fn a_measure_at_zero_lies_flat() {
        let flat = spark(
            [(Micros(0), 0)].into_iter(),
            (Micros(100), 0),
            0,
            Course::Slope,
        );
        assert_eq!(flat.line, "M0 23L0 23L72 23");
        assert_eq!(flat.area, "M0 23L0 23L72 23V24H0Z");
    }

    #[test]
    fn a_slope_reaches_the_top_at_its_most() {
        let line = spark(
            [(Micros(0), 0), (Micros(50), 2)].into_iter(),
            END,
            4,
            Course::Slope,
        )
        .line;
        assert_eq!(line, "M0 23L0 23L36 12.5L72 2");
    }

    #[test]
    fn counts_rise_in_steps() {
        let line = spark(
            [(Micros(0), 0), (Micros(50), 4)].into_iter(),
            END,
            4,
            Course::Steps,
        )
        .line;
        assert_eq!(line, "M0 23H0V23H36V2H72V2");
    }

    #[test]
    fn the_future_is_not_drawn() {
        let samples = [(Micros(0), 0), (Micros(200), 9)];
        assert_eq!(
            spark(samples.into_iter(), END, 9, Course::Slope),
            spark(samples.into_iter().take(1), END, 9, Course::Slope)
        );
    }

    #[test]
    fn long_runs_stay_small() {
        let samples = (0..100_000).map(|n| (Micros(n), n));
        let line = spark(samples, (Micros(100_000), 100_000), 100_000, Course::Slope).line;
        assert!(line.matches('L').count() <= POINTS + 1);
    }

    #[test]
    fn the_first_moment_has_a_curve_too() {
        assert_eq!(
            spark([].into_iter(), (Micros(0), 0), 0, Course::Slope).line,
            "M0 23L0 23H72"
        );
    }
}
