//! The ring as a picture.

use super::glyph::Water;
use super::writer::{Writer, path};
use super::{Picture, document, message, node};
use crate::client::ClientShape;
use crate::compose::{Anchor, NoteShape, Scene, Tone};
use crate::geometry::Point;
use crate::glyph::PROMPT;
use crate::river::{ArmShape, DamShape, RiverShape};
use alloc::string::String;

/// A stage as SVG text.
#[must_use]
pub fn ring_svg(scene: &Scene, picture: &Picture<'_>) -> String {
    let sizes = scene.sizes;
    document(picture, scene.view_box, |to| {
        for shape in &scene.rivers {
            river(to, shape);
        }
        for shape in &scene.dams {
            dam(to, shape);
        }
        if let Some(orbit) = scene.orbit {
            to.element("ellipse")
                .numbers(&[("rx", orbit.x), ("ry", orbit.y), ("stroke-width", 1.5)])
                .colour("fill", "none")
                .colour("stroke", "line")
                .end();
        }
        for shape in &scene.needles {
            message::needle(to, shape);
        }
        for shape in &scene.cells {
            node::cells(to, shape, sizes);
        }
        for shape in &scene.flights {
            message::flight(to, shape, 13.0, scene.dense);
        }
        for shape in &scene.notes {
            message::note(to, shape, sizes.note);
        }
        for shape in &scene.nodes {
            node::node(to, shape, sizes);
        }
        for shape in &scene.clients {
            client(to, shape, sizes.note);
        }
    })
}

fn river(to: &mut Writer<'_>, shape: &RiverShape) {
    for arm in &shape.arms {
        draw_arm(to, arm, shape);
    }
    Water {
        from: shape.left,
        to: shape.left + shape.length,
        y: shape.y,
        half: shape.half,
        wave: shape.wave,
        current: shape.current,
    }
    .draw(to);
}

fn draw_arm(to: &mut Writer<'_>, arm: &ArmShape, river: &RiverShape) {
    let banks = [arm.bank(1.0), arm.bank(-1.0)];
    let mut water = path(banks[0].iter().chain(banks[1].iter().rev()));
    water.push('Z');
    to.element("path")
        .text("d", &water)
        .colour("fill", "wash")
        .end();
    // The banks begin where the main stream's bank ends.
    let shore = river.y + river.half * 0.75;
    for bank in &banks {
        let d = path(bank.iter().filter(|it| it.y >= shore));
        to.line(&d, "river", 2.25).end();
    }
}

fn dam(to: &mut Writer<'_>, shape: &DamShape) {
    to.group(shape.at, shape.direction, 1.0).open();
    to.line("M0-9q4 4.5 0 9t0 9", "river", 2.5).round().end();
    to.close("g");
}

fn client(to: &mut Writer<'_>, shape: &ClientShape, note: f64) {
    to.group(shape.at, 0.0, shape.half / 14.0).open();
    to.element("title").say(&shape.name);
    to.pill(Point::default(), Point::new(14.0, 14.0), 6.0)
        .colour("fill", "paper")
        .colour("stroke", "client")
        .numbers(&[("stroke-width", 2.5)])
        .end();
    to.line(PROMPT, "client", 2.25).round().end();
    to.close("g");
    let label = NoteShape {
        at: shape.at + Point::new(shape.half + 6.0, note * 0.36),
        anchor: Anchor::Start,
        tone: Tone::Plain,
        text: shape.label.clone(),
    };
    message::note(to, &label, note);
}
