//! Messages that leave their wire: into the river, off a dry one, or back from a receiver that does
//! not take them.

use crate::compose::{Anchor, NoteShape, Tone};
use crate::flight::FlightShape;
use crate::geometry::{Point, Within, quadratic};
use crate::seating::Seating;
use alloc::string::ToString;
use consensus::MessageShape;
use simulator::{Fate, Flight};

/// A fall takes this share of the time of the whole flight.
const FALL: f64 = 0.7;
/// What bounces off does so more quickly: it has only begun when it arrives.
const BOUNCE: f64 = 0.44;
/// After so many falls' time a lost message is forgotten.
const GONE: f64 = 2.2;

/// A wire: straight, and to the right of the line between its ends, so that traffic never meets.
pub(crate) struct Wire {
    pub(crate) from: Point,
    pub(crate) to: Point,
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
    /// Whether it bounced off its receiver: it sinks nowhere, and there are no ripples.
    pub bounced: bool,
    /// The tilt of its body, in degrees.
    pub tilt: f64,
    /// From 1 down to 0 while it sinks.
    pub opacity: f64,
}

impl Fall {
    /// How large its ripples are relative to the design, for a body of this scale.
    #[must_use]
    pub fn ripple_size(&self, scale: f64) -> f64 {
        (0.4 + 0.6 * self.ripple) * scale.max(0.7)
    }
}

/// When and where on its wire a message leaves it, as fractions.
pub(crate) struct Leave {
    pub(crate) when: f64,
    pub(crate) place: f64,
}

pub(crate) fn leaves(flight: &Flight, wire: &Wire, seating: &Seating, whole: f64) -> Option<Leave> {
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

/// The fall of a message that has `flown` so many times its whole way, and where its body is;
/// nothing once it is forgotten.
pub(crate) fn fall(
    wire: &Wire,
    leave: &Leave,
    flown: f64,
    flight: &Flight,
    seating: &Seating,
) -> Option<(Fall, Point)> {
    let bounced = matches!(flight.fate, Fate::Refused(..));
    let time = (flown - leave.when) / if bounced { BOUNCE } else { FALL };
    if time > GONE {
        return None;
    }
    let start = wire.from.toward(wire.to, leave.place);
    let heading = (wire.to - wire.from).unit();
    let sideways = if heading.x < -0.05 { -1.0 } else { 1.0 };
    let (bend, to) = if bounced {
        rebound(start, heading, seating)
    } else {
        sink(start, heading, sideways, flight, seating)
    };
    let fallen = (time / 0.6).within(0.0, 1.0);
    // What falls gathers speed; what bounces loses it.
    let fallen = if bounced {
        fallen * (2.0 - fallen)
    } else {
        fallen * fallen
    };
    let tilt = match flight.shape {
        MessageShape::Call if !flight.damaged => 0.0,
        _ => 24.0 * sideways * fallen,
    };
    let fall = Fall {
        bend,
        to,
        ripple: ((time - 0.5) / 0.5).within(0.0, 1.0),
        bounced,
        tilt,
        opacity: (1.0 - (time - 1.5) / (GONE - 1.5)).within(0.0, 1.0),
    };
    Some((fall, quadratic(start, bend, to, fallen)))
}

/// Back from the receiver's rim and aside, clear of the wire. Gives the bend and the end.
fn rebound(start: Point, heading: Point, seating: &Seating) -> (Point, Point) {
    let scale = seating.layout.scale.within(0.5, 1.2);
    let back = start - heading * (22.0 * scale);
    let to = back - heading * (8.0 * scale) + heading.right() * (24.0 * scale);
    (back, within(seating, to))
}

/// Down, with a drift; into the river where there is one. Gives the bend and the end.
fn sink(
    start: Point,
    heading: Point,
    sideways: f64,
    flight: &Flight,
    seating: &Seating,
) -> (Point, Point) {
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
    (bend, to)
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

/// The word beside a message that something befell: once it has landed, or while all stands still.
pub(crate) fn fate_note(shape: &FlightShape, seating: &Seating) -> Option<NoteShape> {
    let text = shape.fate?.to_string();
    let Some(fall) = shape.fall else {
        return shape.arrow.then(|| NoteShape {
            at: beside(shape, &text, seating),
            anchor: Anchor::Middle,
            tone: tone(shape),
            text,
        });
    };
    if fall.ripple <= 0.0 || fall.opacity <= 0.0 {
        return None;
    }
    let at_wall = fall.to.x + 62.0 > seating.layout.wall();
    let wet = seating
        .river()
        .is_some_and(|river| river.distance(fall.to) <= 0.0);
    let aside = if fall.bounced { 18.0 } else { 27.0 };
    Some(NoteShape {
        at: fall.to + Point::new(if at_wall { -aside } else { aside }, 6.0),
        anchor: if at_wall { Anchor::End } else { Anchor::Start },
        tone: if wet { Tone::Sunk } else { tone(shape) },
        text,
    })
}

/// Under a body, or over it where a node is in the way.
fn beside(shape: &FlightShape, text: &str, seating: &Seating) -> Point {
    let scale = shape.body.scale.max(0.8);
    let half = text.len() as f64 * seating.layout.sizes().note * 0.28;
    let at = |away: f64| shape.at + Point::new(0.0, away * scale);
    let is_clear = |point: Point| {
        seating.seats().iter().all(|seat| {
            let off = seat.at - point;
            let off = Point::new((libm::fabs(off.x) - half).max(0.0), off.y + 5.0);
            off.length() > seating.layout.reach(false)
        })
    };
    let (under, over) = (at(32.0), at(-27.0));
    if is_clear(under) || !is_clear(over) {
        under
    } else {
        over
    }
}

/// Damage has a colour of its own, and so has what sank; the rest is plain.
fn tone(shape: &FlightShape) -> Tone {
    match shape.fall {
        _ if shape.body.broken => Tone::Broken,
        Some(fall) if !fall.bounced => Tone::Lost,
        _ => Tone::Plain,
    }
}
