//! Points, directions and the stage.

use crate::circle;
use core::ops::{Add, Mul, Sub};

/// A point or a vector in CSS pixels; the ring's centre is the origin, y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The vector of this length in this direction (radians, clockwise from the right).
    #[must_use]
    pub fn polar(angle: f64, length: f64) -> Self {
        Self::new(circle::cos(angle) * length, circle::sin(angle) * length)
    }

    /// Its distance from the origin.
    #[must_use]
    pub fn length(self) -> f64 {
        libm::sqrt(self.x * self.x + self.y * self.y)
    }

    /// Its direction in radians, clockwise from the right.
    #[must_use]
    pub fn angle(self) -> f64 {
        circle::atan2(self.y, self.x)
    }

    /// The same direction, one pixel long; to the right where there is no direction.
    #[must_use]
    pub fn unit(self) -> Self {
        let length = self.length();
        if length > 1e-9 {
            self * (1.0 / length)
        } else {
            Self::new(1.0, 0.0)
        }
    }

    /// The same length, turned to the right-hand side of somebody travelling along it.
    #[must_use]
    pub fn right(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// The point at `fraction` of the way to `other`.
    #[must_use]
    pub fn toward(self, other: Self, fraction: f64) -> Self {
        self + (other - self) * fraction
    }

    /// How much of `other` lies along this vector, times its length.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self::new(self.x * times, self.y * times)
    }
}

/// Bounds for a number, without the panic of [`f64::clamp`]: its message alone brings all of the
/// formatting of floats along.
pub trait Within {
    /// The nearest number from `least` to `most`; `most` where they are the wrong way round.
    #[must_use]
    fn within(self, least: f64, most: f64) -> f64;
}

impl Within for f64 {
    fn within(self, least: f64, most: f64) -> f64 {
        self.max(least).min(most)
    }
}

/// The room there is to draw in, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Stage {
    /// A stage of this size.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The same stage with sizes that one can compute with: finite, and at least a few pixels.
    #[must_use]
    pub(crate) fn sane(self) -> Self {
        let sane = |size: f64| {
            if size.is_finite() {
                size.within(80.0, 8192.0)
            } else {
                400.0
            }
        };
        Self::new(sane(self.width), sane(self.height))
    }
}

/// The point of a quadratic curve at `t`.
pub(crate) fn quadratic(from: Point, control: Point, to: Point, t: f64) -> Point {
    from.toward(control, t).toward(control.toward(to, t), t)
}

/// How far `point` is from the segment between `a` and `b`.
pub(crate) fn distance_to_segment(point: Point, a: Point, b: Point) -> f64 {
    let along = b - a;
    let squared = along.dot(along);
    let t = if squared > 0.0 {
        (along.dot(point - a) / squared).within(0.0, 1.0)
    } else {
        0.0
    };
    (point - a.toward(b, t)).length()
}
