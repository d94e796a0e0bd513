//! The ticks under the rows.

use super::{Scale, TickShape};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use consensus::Micros;

/// Ticks lie at least so many pixels apart.
const APART: f64 = 72.0;
/// So much room a tick's text takes up at most, to either side.
const HALF: f64 = 26.0;

/// The ticks at round moments, as close as their texts allow.
pub(super) fn ticks(scale: &Scale) -> Vec<TickShape> {
    let (mut step, mut decimals) = (1_u64, 6_usize);
    let wide = |step: u64| scale.x(Micros(step)) - scale.x(Micros(0)) >= APART;
    // 1, 2, 5, 10, ... microseconds.
    for place in 0.. {
        if wide(step) || step >= 1_000_000_000_000 {
            break;
        }
        step = if place % 3 == 1 {
            step / 2 * 5
        } else {
            step * 2
        };
        if place % 3 == 2 {
            decimals = decimals.saturating_sub(1);
        }
    }
    let first = scale.from.0.div_ceil(step);
    let moments = (first..).map(|n| Micros(n.saturating_mul(step)));
    let moments = moments.take_while(|at| *at <= scale.to);
    let ticks = moments.map(|at| TickShape {
        x: scale.x(at),
        text: seconds(at, decimals),
    });
    let fits = |it: &TickShape| it.x + HALF <= scale.right + 10.0;
    let mut ticks: Vec<TickShape> = ticks.filter(fits).collect();
    if let Some(last) = ticks.last_mut() {
        last.text.push_str(" s");
    }
    ticks
}

fn seconds(at: Micros, decimals: usize) -> alloc::string::String {
    let whole = at.0 / 1_000_000;
    if decimals == 0 {
        return whole.to_string();
    }
    let digits = format!("{:06}", at.0 % 1_000_000);
    format!("{whole}.{}", digits.get(..decimals).unwrap_or(&digits))
}
