//! Marks that only pictures have as text, and water.

use super::writer::{Writer, numbers};
use crate::geometry::Point;
use crate::river::Current;
use alloc::string::String;

/// A node that stops.
pub(super) const CROSS: &str = "M-6-6 6 6M6-6-6 6";

/// A hexagon, as wide as a disc of this radius and its ring.
pub(super) fn hexagon(radius: f64) -> String {
    let corner =
        |turn: f64| Point::polar(turn * core::f64::consts::FRAC_PI_3, radius * 45.0 / 38.0);
    let corners = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(corner);
    let mut d = super::writer::path(&corners);
    d.push('Z');
    d
}

/// A stretch of river: its middle, half its width, and one wave's length.
pub(super) struct Water {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) y: f64,
    pub(super) half: f64,
    pub(super) wave: f64,
    pub(super) current: Option<Current>,
}

impl Water {
    pub(super) fn draw(&self, to: &mut Writer<'_>) {
        let middle = Point::new((self.from + self.to) / 2.0, self.y);
        let half = Point::new((self.to - self.from) / 2.0, self.half * 0.8);
        to.pill(middle, half, 0.0).colour("fill", "wash").end();
        for bank in [-0.75, 0.75] {
            let d = self.bank(self.y + bank * self.half);
            to.line(&d, "river", 2.25).end();
        }
        if let Some(current) = self.current {
            to.line(&self.arrows(current), "river", 2.0).round().end();
        }
    }

    /// One bank, up and down by half waves; the last one may be shorter.
    fn bank(&self, y: f64) -> String {
        let half = (self.wave / 2.0).max(1.0);
        let mut d = String::from("M");
        numbers(&mut d, &[self.from, y]);
        let (mut x, mut side) = (self.from, 1.0);
        while x < self.to - 0.01 {
            let width = half.min(self.to - x);
            d.push('q');
            numbers(
                &mut d,
                &[width / 2.0, 6.0 * side * width / half, width, 0.0],
            );
            (x, side) = (x + width, -side);
        }
        d
    }

    /// Arrows from bank to bank, the way that is open.
    fn arrows(&self, current: Current) -> String {
        let up = if current == Current::Up { 1.0 } else { -1.0 };
        let (reach, head) = (self.half * 0.5 * up, self.half * 0.28);
        let mut d = String::new();
        let mut x = self.from + self.wave / 2.0;
        while x < self.to {
            let tip = Point::new(x, self.y - reach);
            let tail = Point::new(x, self.y + reach);
            let wing = |side: f64| tip + Point::new(side * head, head * up);
            d.push_str(&super::writer::path(&[tail, tip]));
            d.push_str(&super::writer::path(&[wing(-1.0), tip, wing(1.0)]));
            x += self.wave;
        }
        d
    }
}
