//! Messages, notes and needles in a picture.

use super::writer::{Writer, path, term};
use crate::compose::{Anchor, NoteShape, Tone};
use crate::flight::FlightShape;
use crate::geometry::Point;
use crate::glyph::{OUTLINES, SIGNS, outline};
use crate::needle::NeedleShape;
use alloc::string::String;

pub(super) fn needle(to: &mut Writer<'_>, shape: &NeedleShape) {
    let fill = term(shape.fill).0;
    let mut d = path(&[shape.from]);
    d.push('Q');
    super::writer::numbers(
        &mut d,
        &[shape.bend.x, shape.bend.y, shape.to.x, shape.to.y],
    );
    let line = to.line(&d, fill, 2.0);
    match shape.stale {
        true => line.dashed("5 5").end(),
        false => line.end(),
    }
    to.circle(shape.from, 3.2).colour("fill", fill).end();
    to.group(shape.to, shape.direction, 1.0).open();
    to.element("path")
        .text("d", "M-9-5.5 2 0-9 5.5Z")
        .colour("fill", fill)
        .end();
    to.close("g");
}

/// A message, with its tail and wire unless there are too many.
pub(super) fn flight(to: &mut Writer<'_>, shape: &FlightShape, size: f64, dense: bool) {
    let (fill, on) = match shape.fill {
        Some(fill) => term(fill),
        None => ("client", "on-ink"),
    };
    if !dense && shape.fall.is_none() {
        track(to, shape, fill);
    }
    let tilt = shape.fall.map_or(0.0, |fall| fall.tilt);
    let opacity = shape.fall.map_or(1.0, |fall| fall.opacity);
    to.group(shape.at, tilt, shape.body.scale)
        .numbers(&[("opacity", opacity)])
        .open();
    let body = &shape.body;
    let (inside, edge, width) = match (body.broken, body.answer) {
        (true, None) => (fill, "corrupt", 2.0),
        (true, Some(_)) => ("paper", "corrupt", 2.0),
        (false, None) => (fill, "paper", 2.0),
        (false, Some(_)) => ("paper", fill, 2.75),
    };
    let outline = OUTLINES[outline(body.shape, body.answer.is_some())];
    let draw = |to: &mut Writer<'_>, moved: &str, inside: &str, edge: &str| {
        to.element("path")
            .text("d", outline)
            .text("transform", moved)
            .colour("fill", inside)
            .colour("stroke", edge)
            .numbers(&[("stroke-width", width)])
            .end();
    };
    if body.copy {
        draw(to, "translate(5 -5)", "paper", fill);
    }
    draw(to, "translate(0 0)", inside, edge);
    if body.broken {
        to.line("M-3-11 2-3-2 3 3 11", "corrupt", 2.5).round().end();
    } else if let Some(yes) = body.answer {
        to.line(SIGNS[usize::from(yes)], "ink", 2.5).round().end();
    } else if let Some(text) = &body.text {
        to.words(Point::default(), size, on, text);
    }
    to.close("g");
}

fn track(to: &mut Writer<'_>, shape: &FlightShape, fill: &str) {
    to.group(shape.anchor, shape.direction, 1.0).open();
    let (half, tail) = (shape.tail_half, shape.tail);
    let mut points = path(&[
        Point::new(0.0, -half),
        Point::new(-tail, 0.0),
        Point::new(0.0, half),
    ]);
    points.push('Z');
    to.element("path")
        .text("d", &points)
        .colour("fill", fill)
        .numbers(&[("opacity", 0.35)])
        .end();
    if let Some((from, far)) = shape.wire {
        let d = path(&[Point::new(from, 0.0), Point::new(far, 0.0)]);
        to.line(&d, "edge", 1.25).round().dashed("1 5").end();
    }
    if shape.arrow {
        let x = 15.0 * shape.body.scale;
        let tip = [(x, -4.5), (x + 4.5, 0.0), (x, 4.5)].map(|(x, y)| Point::new(x, y));
        to.line(&path(&tip), "ink-2", 2.0).round().end();
    }
    to.close("g");
}

pub(super) fn note(to: &mut Writer<'_>, shape: &NoteShape, size: f64) {
    let (colour, ground) = match shape.tone {
        Tone::Plain => ("ink-2", "paper"),
        Tone::Lost => ("river", "paper"),
        Tone::Sunk => ("river", "wash"),
        Tone::Broken => ("corrupt", "paper"),
    };
    let anchor = match shape.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let text: &String = &shape.text;
    // The halo first: not every program knows to paint a stroke under its fill.
    for (fill, stroke, width) in [("none", ground, 4.0), (colour, "none", 0.0)] {
        to.element("text")
            .numbers(&[("x", shape.at.x), ("y", shape.at.y), ("font-size", size)])
            .text("text-anchor", anchor)
            .text("font-weight", "600")
            .colour("fill", fill)
            .colour("stroke", stroke)
            .numbers(&[("stroke-width", width)])
            .say(text);
    }
}
