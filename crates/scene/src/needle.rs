//! Whom each peer believes to lead.

use crate::facts::{Facts, fill};
use crate::geometry::Point;
use crate::name::believes;
use crate::seating::Seating;
use consensus::{NodeId, Role};
use simulator::{NodeView, Power};

/// A thin pointer from a peer to the one it believes to lead.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedleShape {
    /// Who believes.
    pub node: NodeId,
    /// Who is believed to lead.
    pub leader: NodeId,
    /// Where it begins.
    pub from: Point,
    /// Towards which point it is bent.
    pub bend: Point,
    /// Its tip.
    pub to: Point,
    /// The tip's direction in degrees, clockwise from the right.
    pub direction: f64,
    /// The reign that is believed in: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// Whether nobody answers there, or nobody leads there any more.
    pub stale: bool,
}

/// A peer's needle, where it believes in somebody else.
pub(crate) fn needle(facts: &Facts<'_>, node: &NodeView, seating: &Seating) -> Option<NeedleShape> {
    let leader = node
        .inspection
        .reign
        .leader
        .filter(|&leader| leader != node.id)?;
    if !believes(node) {
        return None;
    }
    let (here, there) = (seating.position(node.id)?, seating.position(leader)?);
    let layout = &seating.layout;
    let chord = there - here;
    let heading = chord.unit();
    let air = layout.scale.min(layout.radius / 30.0).min(1.0);
    let (start, end) = (layout.radius + 20.0 * air, layout.radius + 24.0 * air);
    if chord.length() < start + end + 8.0 {
        return None;
    }
    // Outwards, clear of the wires; along the top inwards, where clients and crowns are.
    let middle = here.toward(there, 0.5);
    let across = heading.right();
    let outwards = if across.dot(middle) >= 0.0 { 1.0 } else { -1.0 };
    let along_top = middle.y < -0.6 * layout.ring.y;
    let side = if along_top { -outwards } else { outwards };
    let tilt = if along_top { 0.34 } else { 0.54 } * side;
    let turned = |angle: f64, length: f64| Point::polar(heading.angle() + angle, length);
    let from = here + turned(tilt, start);
    let to = there - turned(-tilt, end);
    let bend = middle + across * (side * layout.radius * if along_top { 1.0 } else { 1.5 });
    let lost = facts.node(leader).is_none_or(|leader| {
        leader.power != Power::Running || leader.inspection.role != Role::Leader
    });
    Some(NeedleShape {
        node: node.id,
        leader,
        from,
        bend,
        to,
        direction: (to - bend).angle().to_degrees(),
        fill: fill(facts.number(node.inspection.reign)),
        stale: lost || node.inspection.unanswered > 0,
    })
}
