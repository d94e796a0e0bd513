//! Sine, cosine and the angle of a point, for angles of a few turns: a picture needs no more
//! digits, and exact reduction of huge angles is thousands of bytes of code.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2, PI};

/// The sine of an angle in radians, to twelve digits within a few turns.
pub(crate) fn sin(angle: f64) -> f64 {
    let quarters = libm::round(angle * FRAC_2_PI);
    let rest = angle - quarters * FRAC_PI_2;
    let quarter = (quarters as i64).rem_euclid(4);
    let size = if quarter % 2 == 0 {
        rest * series(rest, 3.0)
    } else {
        series(rest, 2.0)
    };
    if quarter < 2 { size } else { -size }
}

/// The cosine of an angle in radians, to twelve digits within a few turns.
pub(crate) fn cos(angle: f64) -> f64 {
    sin(angle + FRAC_PI_2)
}

/// 1 - x²/(n(n-1)) · (1 - x²/((n+2)(n+1)) · …): the cosine's series from n = 2, and from n = 3 the
/// sine's divided by x. Eight terms do for an eighth of a turn.
fn series(x: f64, first: f64) -> f64 {
    let mut sum = 1.0;
    for term in (0..8).rev() {
        let n = first + 2.0 * f64::from(term);
        sum = 1.0 - x * x / (n * (n - 1.0)) * sum;
    }
    sum
}

/// The angle of the point (`x`, `y`) in radians, from -π to π, to twelve digits; 0 for the origin.
pub(crate) fn atan2(y: f64, x: f64) -> f64 {
    let (width, height) = (libm::fabs(x), libm::fabs(y));
    if width.max(height) == 0.0 {
        return 0.0;
    }
    let steep = height > width;
    let slope = if steep {
        width / height
    } else {
        height / width
    };
    let flat = arc_tangent(slope);
    let angle = if steep { FRAC_PI_2 - flat } else { flat };
    let angle = if x < 0.0 { PI - angle } else { angle };
    libm::copysign(angle, y)
}

/// The arc tangent of a slope from 0 to 1: halved twice, its series is short.
fn arc_tangent(slope: f64) -> f64 {
    let half = |slope: f64| slope / (1.0 + libm::sqrt(1.0 + slope * slope));
    let small = half(half(slope));
    let mut sum = 0.0;
    for term in (0..9).rev() {
        sum = 1.0 / f64::from(2 * term + 1) - small * small * sum;
    }
    4.0 * small * sum
}

#[cfg(test)]
mod tests {
    use super::{atan2, cos, sin};

    #[test]
    fn sines_and_cosines_are_those_of_the_library() {
        for step in -4000..4000 {
            let angle = f64::from(step) * 0.01;
            assert!(libm::fabs(sin(angle) - libm::sin(angle)) < 1e-12, "{angle}");
            assert!(libm::fabs(cos(angle) - libm::cos(angle)) < 1e-12, "{angle}");
        }
    }

    #[test]
    fn a_point_has_the_angle_that_the_library_gives_it() {
        for step in -400..400 {
            let angle = f64::from(step) * core::f64::consts::PI / 400.0;
            let (x, y) = (7.0 * libm::cos(angle), 7.0 * libm::sin(angle));
            assert!(
                libm::fabs(atan2(y, x) - libm::atan2(y, x)) < 1e-12,
                "{angle}"
            );
        }
        for (y, x) in [(0.0, 3.0), (0.0, -3.0), (2.0, 0.0), (-2.0, 0.0)] {
            assert!(libm::fabs(atan2(y, x) - libm::atan2(y, x)) < 1e-12);
        }
        assert_eq!(atan2(0.0, 0.0), 0.0);
    }
}
