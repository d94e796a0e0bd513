//! Numbers as text, by whole numbers: the exact formatting of floats is large, and no more than a
//! few decimals of a pixel can be seen.

use alloc::string::String;
use core::fmt::Write;

/// Appends a number with at most `places` decimals, and without zeros at its end. What is not a
/// number is written as 0.
pub fn decimal(to: &mut String, value: f64, places: u32) {
    let unit = 10_i64.pow(places);
    let scaled = libm::round(value * unit as f64) as i64;
    if scaled < 0 {
        to.push('-');
    }
    let (unit, size) = (unit.unsigned_abs(), scaled.unsigned_abs());
    // A string takes whatever is written to it.
    let _ = write!(to, "{}", size / unit);
    let mut rest = size % unit;
    if rest == 0 {
        return;
    }
    to.push('.');
    let mut step = unit / 10;
    while rest > 0 {
        to.push(char::from(b'0' + (rest / step) as u8));
        rest %= step;
        step /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64, places: u32) -> String {
        let mut text = String::new();
        decimal(&mut text, value, places);
        text
    }

    #[test]
    fn decimals_are_rounded_and_no_longer_than_they_need_to_be() {
        assert_eq!(text(12.345, 1), "12.3");
        assert_eq!(text(12.96, 1), "13");
        assert_eq!(text(0.05, 2), "0.05");
        assert_eq!(text(40.0, 3), "40");
        assert_eq!(text(1.205, 3), "1.205");
    }

    #[test]
    fn less_than_nothing_has_one_sign_and_nothing_has_none() {
        assert_eq!(text(-3.25, 2), "-3.25");
        assert_eq!(text(-0.5, 1), "-0.5");
        assert_eq!(text(-0.01, 1), "0");
    }

    #[test]
    fn what_is_not_a_number_does_no_harm() {
        assert_eq!(text(f64::NAN, 1), "0");
    }
}
