//! Nodes, and what they hold, in a picture.

use super::glyph::hexagon;
use super::writer::{Writer, path, term};
use crate::data::{CellState, LogShape};
use crate::geometry::Point;
use crate::glyph::CROWN;
use crate::layout::Sizes;
use crate::node::{Form, NodeShape, VoteShape, VoteState};
use alloc::string::String;
use core::f64::consts::TAU;

pub(super) fn node(to: &mut Writer<'_>, shape: &NodeShape, sizes: Sizes) {
    let (fill, on) = term(shape.fill);
    to.group(shape.centre, 0.0, 1.0).open();
    to.element("title").say(&shape.name);
    if let Some(left) = shape.timer {
        timer(to, shape.rim, left);
    }
    let disc = |to: &mut Writer<'_>, fill: &str, stroke: &str, width: f64, dashes: &str| {
        let element = match shape.form {
            Form::Candidate => to.element("path").text("d", &hexagon(shape.radius)),
            _ => to.circle(Point::default(), shape.radius),
        };
        let element = element
            .colour("fill", fill)
            .colour("stroke", stroke)
            .numbers(&[("stroke-width", width)])
            .text("stroke-linejoin", "round");
        match dashes {
            "" => element.end(),
            dashes => element.dashed(dashes).end(),
        }
    };
    match shape.form {
        Form::Follower => disc(to, fill, "paper", 2.0, ""),
        Form::Candidate => disc(to, fill, "ink", 3.0, "7 4.5"),
        Form::Leader => disc(to, fill, "ink", 4.5, ""),
        Form::Stopped => disc(to, "paper", "edge", 2.0, "2 5"),
    }
    for vote in &shape.votes {
        draw_vote(to, vote, on);
    }
    letters(
        to,
        shape,
        sizes,
        if shape.form == Form::Stopped {
            "ink-2"
        } else {
            on
        },
    );
    if shape.form == Form::Leader {
        let crown = Point::new(0.0, -(shape.radius + 11.0 * sizes.mark));
        to.group(crown, 0.0, sizes.mark).open();
        to.element("path")
            .text("d", CROWN)
            .colour("fill", "ink")
            .end();
        to.close("g");
    }
    if let Some(tag) = &shape.tag {
        to.pill(tag.at, Point::new(tag.half, 10.0 * sizes.unit), 99.0)
            .colour("fill", fill)
            .colour("stroke", "paper")
            .numbers(&[("stroke-width", 2.5)])
            .end();
        to.words(tag.at, sizes.tag, on, &tag.text);
    }
    to.close("g");
}

/// What is left of a timer, clockwise from the top, as a path: an arc of a whole turn is none.
fn timer(to: &mut Writer<'_>, radius: f64, left: f64) {
    to.circle(Point::default(), radius)
        .colour("fill", "none")
        .colour("stroke", "line")
        .numbers(&[("stroke-width", 3.5)])
        .end();
    let turn = left * TAU;
    let steps = 48;
    let point = |step: u32| {
        Point::polar(
            turn * f64::from(step) / f64::from(steps) - TAU / 4.0,
            radius,
        )
    };
    let arc: alloc::vec::Vec<Point> = (0..=steps).map(point).collect();
    if left > 0.004 {
        to.line(&path(&arc), "ink-2", 3.5).round().end();
    }
}

fn draw_vote(to: &mut Writer<'_>, vote: &VoteShape, on: &str) {
    let have = vote.state == VoteState::Have;
    to.circle(vote.at, vote.radius)
        .colour("fill", if have { on } else { "none" })
        .colour("stroke", on)
        .numbers(&[("stroke-width", if have { 0.0 } else { 1.75 })])
        .end();
    if vote.state == VoteState::Coming {
        let r = vote.radius;
        let mut d = path(&[vote.at + Point::new(0.0, -r)]);
        d.push('a');
        super::writer::numbers(&mut d, &[r, r, 0.0, 0.0, 1.0, 0.0, 2.0 * r]);
        d.push('z');
        to.element("path").text("d", &d).colour("fill", on).end();
    }
}

fn letters(to: &mut Writer<'_>, shape: &NodeShape, sizes: Sizes, on: &str) {
    let Some(sub) = &shape.sub else {
        to.words(Point::default(), sizes.name, on, &shape.letter);
        return;
    };
    let up = sizes.sub * 0.43 - 1.0;
    to.words(Point::new(0.0, -up), sizes.name, on, &shape.letter);
    let under = sizes.name * 0.36 - up + sizes.sub * 0.82;
    to.words(Point::new(0.0, under), sizes.sub, on, sub);
}

pub(super) fn cells(to: &mut Writer<'_>, log: &LogShape, sizes: Sizes) {
    to.group(log.at, 0.0, 1.0).open();
    to.element("title").say(&log.name);
    for cell in &log.cells {
        let (fill, on) = term(cell.fill);
        let half = Point::new((cell.width - 4.0) / 2.0, 10.0 * sizes.unit);
        let middle = cell.at + Point::new(half.x + 1.0, 0.0);
        let (inside, edge, dashes, text) = match cell.state {
            CellState::Committed => (fill, fill, "", on),
            CellState::Pending => ("paper", fill, "3.2 2.6", "ink"),
            CellState::Empty => ("none", "edge", "2 3", "ink-2"),
            CellState::Earlier => ("none", "none", "", "ink-2"),
        };
        let element = to
            .pill(middle, half, 5.0)
            .colour("fill", inside)
            .colour("stroke", edge)
            .numbers(&[("stroke-width", 2.0)]);
        match dashes {
            "" => element.end(),
            dashes => element.dashed(dashes).end(),
        }
        let words: &String = &cell.text;
        to.words(middle, sizes.tag, text, words);
    }
    to.close("g");
}
