//! Angles on the ring: a uniform polygon, or arcs that leave room for a river.

use crate::circle;
use crate::geometry::Point;
use alloc::vec::Vec;
use core::f64::consts::PI;

/// How nodes may be spread on the ring.
pub(crate) struct Spread {
    /// The ring's half axes.
    pub(crate) ring: Point,
    /// The least difference in height between the nodes on the two sides of the main river, in
    /// half axes.
    pub(crate) rift: f64,
    /// The least angle between two sides that share the lower arc.
    pub(crate) strait: f64,
    /// The angle that one node needs.
    pub(crate) berth: f64,
    /// Whether to keep distances rather than angles equal, as many nodes need.
    pub(crate) even: bool,
}

impl Spread {
    /// Angles clockwise from the top, a list for each side.
    pub(crate) fn angles(&self, sides: &[usize]) -> Vec<Vec<f64>> {
        let count: usize = sides.iter().sum();
        if count == 0 {
            return Vec::new();
        }
        let uniform = 2.0 * PI / count as f64;
        if let [only] = sides {
            let at = |seat| self.even_out((seat as f64 - 0.5) * uniform);
            return alloc::vec![(0..*only).map(at).collect()];
        }
        if let &[above, below] = sides
            && above > below
        {
            return mirrored(self.angles(&[below, above]));
        }
        let step = self.widest(sides, uniform);
        let few = self.step_of_few(sides[0], step);
        let upper = few * sides[0].saturating_sub(1) as f64 / 2.0;
        let step = if few > step {
            self.widest_below(sides, step, upper)
        } else {
            step
        };
        let (_, lower) = self.half_spans(sides, step);
        let mut angles = Vec::new();
        angles.push(self.run(-upper, few, sides[0]));
        let mut at = PI - lower;
        for &side in &sides[1..] {
            angles.push(self.run(at, step, side));
            at += step * side.saturating_sub(1) as f64 + step.max(self.strait);
        }
        angles
    }

    fn run(&self, from: f64, step: f64, count: usize) -> Vec<f64> {
        (0..count)
            .map(|seat| self.even_out(from + step * seat as f64))
            .collect()
    }

    /// Half the angles that the upper and the lower arc take up.
    fn half_spans(&self, sides: &[usize], step: f64) -> (f64, f64) {
        let gaps = |side: usize| step * side.saturating_sub(1) as f64;
        let lower: f64 = sides[1..].iter().map(|&side| gaps(side)).sum();
        let straits = step.max(self.strait) * sides.len().saturating_sub(2) as f64;
        (gaps(sides[0]) / 2.0, (lower + straits) / 2.0)
    }

    /// The step of a short upper arc: a wider one costs the lower arc next to nothing.
    fn step_of_few(&self, count: usize, step: f64) -> f64 {
        const SHORT: f64 = 0.9;
        let gaps = count.saturating_sub(1) as f64;
        if gaps > 0.0 {
            step.max(self.berth.min(SHORT / gaps))
        } else {
            step
        }
    }

    /// The widest step of the lower arc, not wider than `step`, below an upper arc of this half
    /// span.
    fn widest_below(&self, sides: &[usize], step: f64, upper: f64) -> f64 {
        let top = circle::cos(self.even_out(upper));
        (0..40)
            .map(|tries| step * (1.0 - f64::from(tries) * 0.01))
            .find(|&step| {
                let (_, lower) = self.half_spans(sides, step);
                top + circle::cos(self.even_out(lower)) >= self.rift
            })
            .unwrap_or(step * 0.6)
    }

    /// The widest step that still leaves room for the main river.
    fn widest(&self, sides: &[usize], uniform: f64) -> f64 {
        let clear = |step: f64| {
            let (upper, lower) = self.half_spans(sides, step);
            let height = |half: f64| circle::cos(self.even_out(half));
            upper <= PI && lower <= PI && height(upper) + height(lower) >= self.rift
        };
        if clear(uniform) {
            return uniform;
        }
        let (mut fits, mut too_wide) = (0.0, uniform);
        for _ in 0..28 {
            let middle = (fits + too_wide) / 2.0;
            if clear(middle) {
                fits = middle
            } else {
                too_wide = middle
            }
        }
        fits
    }

    /// Bends an angle so that equal steps become equal distances along the ellipse, to the first
    /// order. Top, bottom, left and right stay where they are.
    fn even_out(&self, angle: f64) -> f64 {
        if !self.even {
            return angle;
        }
        let (x, y) = (self.ring.x * self.ring.x, self.ring.y * self.ring.y);
        angle - (x - y) / (4.0 * (x + y)) * circle::sin(2.0 * angle)
    }
}

/// The same arcs upside down, still clockwise.
fn mirrored(mut sides: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    sides.reverse();
    for side in &mut sides {
        side.reverse();
        for angle in side {
            *angle = PI - *angle;
        }
    }
    sides
}
