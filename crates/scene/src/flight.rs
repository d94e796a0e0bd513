//! Messages on their way, and those that fell off their wire.

use crate::client;
use crate::data::value_text;
use crate::facts::{Facts, fill};
use crate::fall::{Fall, Wire, fall, leaves};
use crate::geometry::{Point, Within};
use crate::river::DamShape;
use crate::seating::Seating;
use alloc::string::String;
use consensus::{MessageShape, Micros, NodeId};
use simulator::{DropCause, Endpoint, Fate, Flight};

/// A damaged message breaks on this part of its way.
const CRACKS: (f64, f64) = (0.1, 0.3);

/// The body of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Circle, diamond (claim) or square (entry).
    pub shape: MessageShape,
    /// `None` for a request, which is filled; an answer is hollow, with + or −.
    pub answer: Option<bool>,
    /// The value that a request carries.
    pub text: Option<String>,
    /// Its size relative to the design.
    pub scale: f64,
    /// Whether bits were flipped on its way: it is in two halves.
    pub broken: bool,
    /// Whether it is a copy: it has a second outline.
    pub copy: bool,
}

/// A message as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightShape {
    /// Unique within the run.
    pub id: u64,
    /// Who sent it.
    pub from: Endpoint,
    /// Who is to get it.
    pub to: Endpoint,
    /// Its kind, such as `vote request`.
    pub kind: &'static str,
    /// Where its body is.
    pub at: Point,
    /// Where it left its wire, or where its body is; tail and wire are seen from here.
    pub anchor: Point,
    /// Where it is going, in degrees, clockwise from the right.
    pub direction: f64,
    /// The length of its tail, behind the anchor.
    pub tail: f64,
    /// Half the width of its tail.
    pub tail_half: f64,
    /// The wire still ahead, from and to so many pixels ahead of the anchor.
    pub wire: Option<(f64, f64)>,
    /// Its body.
    pub body: Body,
    /// The fill of its term or reign; `None` wears the colour of clients.
    pub fill: Option<u8>,
    /// How far apart the halves of a broken one are, from 0 to 1.
    pub crack: f64,
    /// How it falls, where it is lost or bounces off its receiver.
    pub fall: Option<Fall>,
    /// Whether it stands still on its wire.
    pub held: bool,
    /// What befell it in a word or two; nothing where it travels unharmed.
    pub fate: Option<&'static str>,
    /// Whether to show where it goes.
    pub arrow: bool,
}

/// Whether it is on its wire.
pub(crate) fn is_flying(flight: &Flight, at: Micros) -> bool {
    let until = flight.fate.dropped_at().unwrap_or(flight.due);
    flight.sent <= at && at < until
}

fn wire(seating: &Seating, ends: (Endpoint, Endpoint), keep_right: f64) -> Option<Wire> {
    let layout = &seating.layout;
    let client_rim = layout.sizes().client + 8.0;
    let end = |endpoint: Endpoint| match endpoint {
        Endpoint::Node(node) => Some((seating.position(node)?, layout.reach(false))),
        Endpoint::Client(client) => Some((client::position(seating, client)?, client_rim)),
    };
    let ((here, near), (there, far)) = (end(ends.0)?, end(ends.1)?);
    let chord = there - here;
    // Neighbours in a crowd stand closer than their rims: keep at least a part of the wire.
    let squeeze = (chord.length() * 0.7 / (near + far)).min(1.0);
    let heading = chord.unit();
    let beside = heading.right() * keep_right;
    let from = here + heading * (near * squeeze) + beside;
    Some(Wire {
        from,
        to: there - heading * (far * squeeze) + beside,
    })
}

/// Draws a dam half-way along the wire from one node to another, where messages fall off it.
pub(crate) fn dam(seating: &Seating, from: NodeId, to: NodeId) -> Option<DamShape> {
    let keep_right = 11.0 * seating.layout.sizes().mark.max(0.7);
    let ends = (Endpoint::Node(from), Endpoint::Node(to));
    let wire = wire(seating, ends, keep_right)?;
    Some(DamShape {
        at: wire.from.toward(wire.to, 0.5),
        direction: (wire.to - wire.from).angle().to_degrees(),
    })
}

/// Draws one message, or nothing where it is not to be seen at this moment.
pub(crate) fn flight(
    facts: &Facts<'_>,
    flight: &Flight,
    at: Micros,
    seating: &Seating,
    arrow: bool,
) -> Option<FlightShape> {
    let body = body(flight, seating);
    let whole = flight.due.since(flight.sent).0.max(1) as f64;
    if at < flight.sent {
        return None;
    }
    let with_client = flight.from.node().is_none() || flight.to.node().is_none();
    let keep_right = if with_client { 7.0 } else { 11.0 } * body.scale.max(0.7);
    let wire = wire(seating, (flight.from, flight.to), keep_right)?;
    let held = match flight.fate {
        Fate::Held(since) => Some(since),
        _ => None,
    };
    let flown = held.unwrap_or(at).since(flight.sent).0 as f64 / whole;
    let leaves = leaves(flight, &wire, seating, whole);
    let (progress, fall) = match leaves {
        None if held.is_some() => (flown.min(1.0), None),
        None if flown >= 1.0 => return None,
        None => (flown, None),
        Some(leave) if flown < leave.when => (flown / leave.when * leave.place, None),
        Some(leave) => {
            let fallen = fall(&wire, &leave, flown, flight, seating)?;
            (leave.place, Some(fallen))
        }
    };
    let fate = befell(flight, fall.is_some());
    let anchor = wire.from.toward(wire.to, progress);
    let length = (wire.to - wire.from).length();
    let ahead = length * (1.0 - progress);
    let gap = 24.0 * body.scale;
    let at = fall.map_or(anchor, |(_, body_at)| body_at);
    Some(FlightShape {
        id: flight.id,
        from: flight.from,
        to: flight.to,
        kind: flight.kind,
        at,
        anchor,
        direction: (wire.to - wire.from).angle().to_degrees(),
        tail: (length * progress + 8.0).min(44.0 * body.scale),
        tail_half: 5.0 * body.scale,
        wire: (ahead > gap + 3.0).then_some((gap, ahead)),
        fill: colour(facts, flight),
        crack: ((flown - CRACKS.0) / (CRACKS.1 - CRACKS.0)).within(0.0, 1.0),
        arrow: arrow && fall.is_none(),
        fall: fall.map(|(fall, _)| fall),
        held: held.is_some(),
        fate,
        body,
    })
}

/// What befell it, as far as it is seen yet.
fn befell(flight: &Flight, falls: bool) -> Option<&'static str> {
    match flight.fate.cause().filter(|_| falls) {
        Some(DropCause::LinkFull) => Some("wire full"),
        Some(DropCause::InboxFull) => Some("full"),
        Some(DropCause::ByHand) => Some("dropped"),
        Some(DropCause::Lost | DropCause::Cut | DropCause::NodeDown) => Some("lost"),
        Some(DropCause::Damaged) => Some("broken"),
        None if matches!(flight.fate, Fate::Held(_)) => Some("held"),
        None => flight.damaged.then_some("broken"),
    }
}

fn colour(facts: &Facts<'_>, flight: &Flight) -> Option<u8> {
    let inside = flight.from.node().is_some() && flight.to.node().is_some();
    match flight.reign.map(|reign| fill(facts.number(reign))) {
        Some(fill) if inside || fill > 0 => Some(fill),
        None if inside => Some(0),
        _ => None,
    }
}

fn body(flight: &Flight, seating: &Seating) -> Body {
    let sizes = seating.layout.sizes();
    let text = flight.value.filter(|_| {
        flight.answer.is_none() && !flight.damaged && flight.shape == MessageShape::Entry
    });
    let text = text.map(value_text);
    let scale = match (&text, seating.layout.crowded) {
        (Some(_), _) => sizes.unit,
        (None, false) => sizes.mark.within(0.8, 1.5),
        (None, true) => sizes.mark,
    };
    Body {
        shape: flight.shape,
        answer: flight.answer,
        text,
        scale,
        broken: flight.damaged,
        copy: flight.copy_of.is_some(),
    }
}
