//! Messages as lines from row to row.

use super::rows::Rows;
use super::{RayEnd, RayShape, Scale, SpanShape};
use crate::facts::{fill, number_in};
use crate::geometry::Point;
use alloc::vec::Vec;
use consensus::{MessageShape, Micros, Reign};
use simulator::{Excerpt, Fate, Flight};

/// With more lines than this nobody can tell them apart.
const MOST: usize = 600;

/// The messages between nodes, and how many are left out. What is routine goes first: answered
/// pings and heartbeats, then entries; votes stay.
pub(super) fn rays(
    excerpt: &Excerpt,
    reigns: &[Reign],
    rows: &Rows,
    spans: &[SpanShape],
    scale: &Scale,
    known: Micros,
) -> (Vec<RayShape>, usize) {
    let sent = excerpt.flights().iter().filter(|it| it.sent <= known);
    let shapes = sent.filter_map(|it| ray(it, reigns, rows, spans, scale, known));
    let mut shapes: Vec<RayShape> = shapes.collect();
    let all = shapes.len();
    let routine = |it: &RayShape| match it.shape {
        MessageShape::Call if it.answer.is_some() => 4,
        MessageShape::Call => 3,
        MessageShape::Entry if it.answer.is_some() => 2,
        MessageShape::Entry => 1,
        MessageShape::Claim => 0,
    };
    for most in (0..4).rev() {
        if shapes.len() > MOST {
            shapes.retain(|it| routine(it) <= most);
        }
    }
    shapes.truncate(MOST);
    let left_out = all - shapes.len();
    (shapes, left_out)
}

fn ray(
    flight: &Flight,
    reigns: &[Reign],
    rows: &Rows,
    spans: &[SpanShape],
    scale: &Scale,
    known: Micros,
) -> Option<RayShape> {
    let (from, to) = (flight.from.node()?, flight.to.node()?);
    let (y, far) = (rows.y(from)?, rows.y(to)?);
    let from = Point::new(scale.x(flight.sent), y);
    let to = Point::new(scale.x(flight.due), far);
    let whole = flight.due.since(flight.sent).0.max(1) as f64;
    let on_way = |at: Micros| from.toward(to, at.since(flight.sent).0 as f64 / whole);
    let dropped = flight.fate.dropped_at().filter(|at| *at <= known);
    let (end_at, end) = match (flight.fate, dropped) {
        (Fate::Held(since), _) => (on_way(since.min(known)), RayEnd::Held),
        (Fate::Refused(at, _), Some(_)) => (Point::new(scale.x(at), far), RayEnd::Refused),
        (fate, Some(at)) => {
            let falls = on_way(at);
            let water = matches!(fate, Fate::Cut(_))
                .then(|| river(spans, (from.x, falls.x), (y, far)))
                .flatten();
            let falls = Point::new(falls.x, water.unwrap_or(falls.y));
            (falls, RayEnd::Lost)
        }
        _ if flight.due <= known => (to, RayEnd::Arrived),
        _ => (on_way(known), RayEnd::Open),
    };
    let (from, to, end) = clip(from, end_at, end, scale)?;
    Some(RayShape {
        id: flight.id,
        from,
        to,
        end,
        shape: flight.shape,
        answer: flight.answer,
        broken: flight.damaged,
        fill: flight.reign.map_or(0, |it| fill(number_in(reigns, it))),
    })
}

/// The river into which a message falls that is sent and falls at these places, on its way from one
/// height to another. It may fall a little after the network is healed.
fn river(spans: &[SpanShape], (sent, falls): (f64, f64), (from, to): (f64, f64)) -> Option<f64> {
    let (upper, lower) = (from.min(to), from.max(to));
    let crossed = |it: &&SpanShape| it.y.is_some_and(|y| upper < y && y < lower);
    let mut rivers = spans
        .iter()
        .filter(|it| it.from <= falls + 1.0 && sent <= it.to + 1.0);
    rivers.find(crossed)?.y
}

/// The part of a line that is in the picture.
fn clip(from: Point, to: Point, end: RayEnd, scale: &Scale) -> Option<(Point, Point, RayEnd)> {
    if to.x < scale.left || from.x > scale.right {
        return None;
    }
    let width = (to.x - from.x).max(1e-9);
    let at = |x: f64| from.toward(to, (x - from.x) / width);
    let begin = if from.x < scale.left {
        at(scale.left)
    } else {
        from
    };
    Some(match to.x > scale.right {
        true => (begin, at(scale.right), RayEnd::Open),
        false => (begin, to, end),
    })
}
