//! What slows a node down: it stands still, works slowly, or has fallen behind.

use crate::geometry::{Point, Within};
use crate::layout::{DESIGN_RADIUS, Layout};
use alloc::string::{String, ToString};
use consensus::Micros;
use simulator::{NodeView, Power};

/// Why a node has a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Badge {
    /// It stands still: two bars.
    Paused,
    /// It works on each message for some time: an hourglass.
    Slow,
    /// It works at full speed on what still waits: a tray.
    Behind,
}

/// The small label on the rim of a node that is slowed down.
#[derive(Clone, Debug, PartialEq)]
pub struct BadgeShape {
    /// Why it is there.
    pub badge: Badge,
    /// How many messages wait in its inbox, where any do.
    pub count: Option<String>,
    /// Its centre, from the node's centre.
    pub at: Point,
    /// Half its width.
    pub half: f64,
}

pub(crate) fn badge(layout: &Layout, node: &NodeView, centre: Point) -> Option<BadgeShape> {
    let badge = match node.power {
        Power::Paused => Badge::Paused,
        Power::Running if node.service > Micros::ZERO => Badge::Slow,
        Power::Running if node.waiting > 0 => Badge::Behind,
        _ => return None,
    };
    let count = (node.waiting > 0 && !layout.tiny).then(|| node.waiting.to_string());
    let unit = layout.sizes().unit;
    let digits = count.as_ref().map_or(0, String::len);
    let half = (11.0 + if digits > 0 { 2.5 } else { 0.0 } + digits as f64 * 4.0) * unit;
    let ratio = layout.radius / DESIGN_RADIUS;
    // It grows outwards, and on a small node stands further out, so as not to cover the letters.
    let inner = (26.0 * ratio - 8.0 * unit).max(layout.sizes().sub * 0.9 + 2.0);
    let beside = -inner - half;
    let below = 30.0 * ratio + (DESIGN_RADIUS - layout.radius).max(0.0) * 0.36;
    let room = -layout.wall() - centre.x + half + 2.0;
    let at = Point::new(beside.within(room, f64::MAX), below);
    Some(BadgeShape {
        badge,
        count,
        at,
        half,
    })
}
