//! Messages on their way, and those that fell off their wire.

use crate::client;
use crate::compose::{Anchor, NoteShape, Tone};
use crate::data::value_text;
use crate::facts::{Facts, fill};
use crate::geometry::{Point, Within, quadratic};
use crate::seating::Seating;
use alloc::string::{String, ToString};
use consensus::{MessageShape, Micros};
use simulator::{Endpoint, Fate, Flight};

/// A fall takes this share of the time of the whole flight.
const FALL: f64 = 0.7;
/// After so many falls' time a lost message is forgotten.
const GONE: f64 = 2.2;

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
}

/// How a lost message leaves its wire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// Towards which point its path is bent.
    pub bend: Point,
    /// Where it lands.
    pub to: Point,
    /// Whether it has landed, 0 to 1 while its ripples spread.
    pub ripple: f64,
    /// The tilt of its body, in degrees.
    pub tilt: f64,
    /// From 1 down to 0 while it sinks.
    pub opacity: f64,
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
    /// How it falls, where it is lost.
    pub fall: Option<Fall>,
    /// Whether to show where it goes.
    pub arrow: bool,
}

/// Whether it is on its wire.
pub(crate) fn is_flying(flight: &Flight, at: Micros) -> bool {
    let until = flight.fate.dropped_at().unwrap_or(flight.due);
    flight.sent <= at && at < until
}

/// A wire: straight, and to the right of the line between its ends, so that traffic never meets.
struct Wire {
    from: Point,
    to: Point,
}

fn wire(seating: &Seating, flight: &Flight, keep_right: f64) -> Option<Wire> {
    let layout = &seating.layout;
    let client_rim = layout.sizes().client + 8.0;
    let end = |endpoint: Endpoint| match endpoint {
        Endpoint::Node(node) => Some((seating.position(node)?, layout.reach(false))),
        Endpoint::Client(client) => Some((client::position(seating, client)?, client_rim)),
    };
    let ((here, near), (there, far)) = (end(flight.from)?, end(flight.to)?);
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
    let wire = wire(seating, flight, keep_right)?;
    let flown = at.since(flight.sent).0 as f64 / whole;
    let leaves = leaves(flight, &wire, seating, whole);
    let (progress, fall) = match leaves {
        None if flown >= 1.0 => return None,
        None => (flown, None),
        Some(leave) if flown < leave.when => (flown / leave.when * leave.place, None),
        Some(leave) => {
            let falling = (flown - leave.when) / FALL;
            if falling > GONE {
                return None;
            }
            (
                leave.place,
                Some(fall(&wire, leave.place, falling, flight, seating)),
            )
        }
    };
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
        arrow: arrow && fall.is_none(),
        fall: fall.map(|(fall, _)| fall),
        body,
    })
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
    let text = flight
        .value
        .filter(|_| flight.answer.is_none() && flight.shape == MessageShape::Entry);
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
    }
}

/// When and where on its wire a message is lost, as fractions.
struct Leave {
    when: f64,
    place: f64,
}

fn leaves(flight: &Flight, wire: &Wire, seating: &Seating, whole: f64) -> Option<Leave> {
    let dropped = flight.fate.dropped_at()?;
    let when = (dropped.since(flight.sent).0 as f64 / whole)
        .within(0.0, 1.0)
        .max(1e-6);
    let river = seating
        .river()
        .filter(|_| matches!(flight.fate, Fate::Cut(_)));
    let Some(river) = river else {
        return Some(Leave { when, place: when });
    };
    // What a cut takes, the river takes: it gets to the water just when it is lost.
    let place = river.entry(wire.from, wire.to).map_or(when, |entry| {
        let wade = if wire.to.y < wire.from.y {
            river.half * 0.6
        } else {
            -3.0
        };
        let length = (wire.to - wire.from).length().max(1.0);
        (entry + wade / length).within(0.0, 1.0)
    });
    Some(Leave { when, place })
}

/// The fall at `time` (1 when it has taken its time), and where the body is.
fn fall(wire: &Wire, place: f64, time: f64, flight: &Flight, seating: &Seating) -> (Fall, Point) {
    let start = wire.from.toward(wire.to, place);
    let heading = (wire.to - wire.from).unit();
    let sideways = if heading.x < -0.05 { -1.0 } else { 1.0 };
    let drift = Point::new(sideways * (12.0 + 10.0 * heading.x.abs()), 0.0);
    let river = seating
        .river()
        .filter(|_| matches!(flight.fate, Fate::Cut(_)));
    let to = match river {
        Some(river) if river.in_main_stream(start) => Point::new(
            start.x + drift.x,
            river.y + if heading.y < 0.0 { 5.0 } else { -2.0 },
        ),
        Some(river) if river.distance(start) < 6.0 => {
            let arm = river.arms.iter().map(|arm| arm.half).fold(0.0, f64::max);
            start + heading * (arm * 1.2)
        }
        _ => start + drift + Point::new(0.0, 34.0 * seating.layout.scale.within(0.5, 1.2)),
    };
    let to = within(seating, to);
    let bend = Point::new(start.x + drift.x * 1.2, start.y + (to.y - start.y) * 0.12);
    let fallen = (time / 0.6).within(0.0, 1.0);
    let fallen = fallen * fallen;
    let tilt = match flight.shape {
        MessageShape::Call => 0.0,
        MessageShape::Claim | MessageShape::Entry => 24.0 * sideways * fallen,
    };
    let fall = Fall {
        bend,
        to,
        ripple: ((time - 0.5) / 0.5).within(0.0, 1.0),
        tilt,
        opacity: (1.0 - (time - 1.5) / (GONE - 1.5)).within(0.0, 1.0),
    };
    (fall, quadratic(start, bend, to, fallen))
}

/// Keeps what sinks on the stage.
fn within(seating: &Seating, point: Point) -> Point {
    let layout = &seating.layout;
    let wall = layout.wall() - 12.0;
    Point::new(
        point.x.within(-wall, wall),
        point.y.within(layout.ceiling + 12.0, layout.floor() - 12.0),
    )
}

/// The word beside a lost message.
pub(crate) fn lost_note(shape: &FlightShape, seating: &Seating) -> Option<NoteShape> {
    let fall = shape
        .fall
        .filter(|fall| fall.ripple > 0.0 && fall.opacity > 0.0)?;
    let at_wall = fall.to.x + 62.0 > seating.layout.wall();
    let wet = seating
        .river()
        .is_some_and(|river| river.distance(fall.to) <= 0.0);
    let aside = if at_wall { -27.0 } else { 27.0 };
    Some(NoteShape {
        at: fall.to + Point::new(aside, 6.0),
        anchor: if at_wall { Anchor::End } else { Anchor::Start },
        tone: if wet { Tone::Sunk } else { Tone::Lost },
        text: "lost".to_string(),
    })
}
