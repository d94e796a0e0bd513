//! The cut, drawn as a river: one band from edge to edge, and arms where there are more sides.

use crate::circle;
use crate::geometry::{Point, distance_to_segment, quadratic};
use crate::layout::Layout;
use alloc::vec::Vec;

/// A side arm of the river, from the main stream to the stage's edge.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmShape {
    /// The middle of its water, from its mouth outwards.
    pub course: Vec<Point>,
    /// Half its width.
    pub half: f64,
}

impl ArmShape {
    /// One of its banks, waves and all; `side` is 1 for the right-hand one, -1 for the left.
    #[must_use]
    pub fn bank(&self, side: f64) -> Vec<Point> {
        let mut travelled = 0.0;
        let mut bank = Vec::with_capacity(self.course.len());
        for (index, &point) in self.course.iter().enumerate() {
            let previous = self.course[index.saturating_sub(1)];
            let next = self.course[(index + 1).min(self.course.len() - 1)];
            travelled += (point - previous).length();
            let wave = circle::sin(travelled / 40.0 * core::f64::consts::TAU) * 2.2;
            bank.push(point + (next - previous).unit().right() * (side * self.half + wave));
        }
        bank
    }
}

/// The way over a river that only one side can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Current {
    /// From below to above.
    Up,
    /// From above to below.
    Down,
}

/// A dam across one direction of one wire, for a one-way cut that no river can show.
#[derive(Clone, Debug, PartialEq)]
pub struct DamShape {
    /// Where messages fall off the wire.
    pub at: Point,
    /// Where they were going, in degrees, clockwise from the right.
    pub direction: f64,
}

/// A river, from edge to edge.
#[derive(Clone, Debug, PartialEq)]
pub struct RiverShape {
    /// The height of its middle.
    pub y: f64,
    /// Half its width.
    pub half: f64,
    /// Its left end; it is as long as the stage is wide.
    pub left: f64,
    /// Its length.
    pub length: f64,
    /// The length of one wave; a whole even number of waves fills the stage, so that the rivers of
    /// neighbouring stages meet.
    pub wave: f64,
    /// Its arms, from right to left.
    pub arms: Vec<ArmShape>,
    /// Which way messages still pass over it; neither where there is none.
    pub current: Option<Current>,
}

impl RiverShape {
    /// A river at height `y` with an arm through each of the gaps.
    pub(crate) fn new(layout: &Layout, y: f64, gaps: &[Point]) -> Self {
        let length = layout.stage.width;
        let pairs = libm::round(length / 80.0).max(1.0);
        let arms = gaps.iter().map(|&gap| arm(layout, y, gap)).collect();
        Self {
            y,
            half: layout.half_river(),
            left: -length / 2.0,
            length,
            wave: length / (2.0 * pairs),
            arms,
            current: None,
        }
    }

    /// How far a point is from the nearest water; negative inside of it.
    #[must_use]
    pub fn distance(&self, point: Point) -> f64 {
        let main = libm::fabs(point.y - self.y) - self.half;
        let to_arm = |arm: &ArmShape| {
            arm.course.windows(2).fold(f64::MAX, |nearest, part| {
                nearest.min(distance_to_segment(point, part[0], part[1]) - arm.half)
            })
        };
        self.arms.iter().map(to_arm).fold(main, f64::min)
    }

    /// The fraction of the way at which one who travels from `from` to `to` reaches the water.
    pub(crate) fn entry(&self, from: Point, to: Point) -> Option<f64> {
        const STEPS: u32 = 60;
        (0..=STEPS)
            .map(|step| f64::from(step) / f64::from(STEPS))
            .find(|&fraction| self.distance(from.toward(to, fraction)) <= 0.0)
    }

    /// Whether the main stream, rather than an arm, holds the point.
    pub(crate) fn in_main_stream(&self, point: Point) -> bool {
        libm::fabs(point.y - self.y) <= self.half + 6.0
    }
}

/// Half the width of an arm.
pub(crate) fn half_arm(layout: &Layout) -> f64 {
    (layout.radius * 0.36).min(layout.half_river() * 0.7)
}

fn arm(layout: &Layout, y: f64, gap: Point) -> ArmShape {
    let mouth = Point::new(gap.x * 0.3, y + layout.half_river() * 0.4);
    let outwards = (gap - mouth).unit();
    let edge = gap + outwards * (layout.floor() - gap.y + layout.wall());
    // It leaves the main stream at a right angle and then turns towards its gap.
    let bend = Point::new(
        mouth.x + (gap.x - mouth.x) * 0.3,
        mouth.y + (gap.y - mouth.y) * 0.5,
    );
    let mut course: Vec<Point> = (0..=24)
        .map(|step| quadratic(mouth, bend, gap, f64::from(step) / 24.0))
        .collect();
    let beyond = (gap - bend).unit() * (edge - gap).length();
    course.extend((1..=40).map(|step| gap + beyond * (f64::from(step) / 40.0)));
    ArmShape {
        course,
        half: half_arm(layout),
    }
}
