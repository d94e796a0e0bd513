//! The space-time diagram as a picture.

use super::glyph::{CROSS, Water};
use super::writer::{Writer, path, term};
use super::{Picture, document};
use crate::geometry::Point;
use crate::glyph::CROWN;
use crate::lanes::Sign;
use crate::node::Form;
use crate::spacetime::{LifeShape, RayEnd, RayShape, SignShape, Spacetime, SpanShape};
use alloc::string::{String, ToString};

/// A space-time diagram as SVG text.
#[must_use]
pub fn spacetime_svg(diagram: &Spacetime, picture: &Picture<'_>) -> String {
    let stage = diagram.stage;
    document(picture, [0.0, 0.0, stage.width, stage.height], |to| {
        for span in &diagram.spans {
            draw_span(to, span, diagram);
        }
        for tick in &diagram.ticks {
            to.words(
                Point::new(tick.x, diagram.floor + 14.0),
                13.0,
                "ink-3",
                &tick.text,
            );
        }
        for life in &diagram.lives {
            draw_life(to, life, diagram.mark);
        }
        for ray in &diagram.rays {
            draw_ray(to, ray);
        }
        for label in &diagram.labels {
            let (fill, on) = term(label.fill);
            to.pill(label.at, Point::new(label.half, 9.0), 9.0)
                .colour("fill", fill)
                .colour("stroke", "paper")
                .numbers(&[("stroke-width", 2.0)])
                .end();
            to.words(label.at, 13.0, on, &label.text);
        }
        for sign in &diagram.signs {
            draw_sign(to, sign, diagram.mark);
        }
        draw_names(to, diagram);
        draw_moments(to, diagram);
    })
}

fn draw_span(to: &mut Writer<'_>, span: &SpanShape, diagram: &Spacetime) {
    let (top, bottom) = match span.y {
        Some(y) => (y - span.half, y + span.half),
        None => (8.0, diagram.floor),
    };
    match span.y {
        Some(y) => Water {
            from: span.from,
            to: span.to,
            y,
            half: span.half,
            wave: 40.0,
            current: span.current,
        }
        .draw(to),
        None => {
            let middle = Point::new((span.from + span.to) / 2.0, (top + bottom) / 2.0);
            let half = Point::new((span.to - span.from) / 2.0, (bottom - top) / 2.0);
            to.pill(middle, half, 0.0).colour("fill", "wash").end();
        }
    }
    for (x, is_seen) in [(span.from, span.begins), (span.to, span.ends)] {
        if is_seen {
            let ends = [Point::new(x, top), Point::new(x, bottom)];
            to.line(&path(&ends), "river", 2.0).round().end();
        }
    }
}

fn draw_life(to: &mut Writer<'_>, life: &LifeShape, mark: f64) {
    let d = path(&[Point::new(life.from, life.y), Point::new(life.to, life.y)]);
    let fill = term(life.fill).0;
    let width = 7.0 * mark.max(0.6);
    match life.form {
        Form::Stopped => to.line(&d, "edge", 2.0).round().dashed("1 6").end(),
        // A bar with an edge, as a leader has a ring.
        Form::Leader => {
            to.line(&d, "ink", width + 6.0).end();
            to.line(&d, fill, width + 1.0).end();
        }
        Form::Candidate => {
            to.line(&d, fill, width).end();
            to.line(&d, "ink", 1.5).dashed("7 4.5").end();
        }
        Form::Follower => to.line(&d, fill, width).end(),
    }
    if life.paused {
        to.line(&d, "paper", width * 0.4).dashed("3 5").end();
    }
}

fn draw_ray(to: &mut Writer<'_>, ray: &RayShape) {
    let d = path(&[ray.from, ray.to]);
    let fill = if ray.broken {
        "corrupt"
    } else {
        term(ray.fill).0
    };
    let answers = ray.answer.is_some();
    let line = to.line(&d, fill, if answers { 1.5 } else { 2.0 });
    match answers {
        true => line.dashed("4 3").end(),
        false => line.end(),
    }
    match ray.end {
        RayEnd::Open => {}
        RayEnd::Arrived => {
            let (inside, edge) = if answers {
                ("paper", fill)
            } else {
                (fill, "paper")
            };
            to.circle(ray.to, 3.4)
                .colour("fill", inside)
                .colour("stroke", edge)
                .numbers(&[("stroke-width", 1.6)])
                .end();
        }
        RayEnd::Lost => {
            let Point { x, y } = ray.to;
            to.element("ellipse")
                .numbers(&[("cx", x), ("cy", y), ("rx", 6.0), ("ry", 2.5)])
                .colour("fill", "none")
                .colour("stroke", "river")
                .numbers(&[("stroke-width", 1.5)])
                .end();
        }
        RayEnd::Refused => {
            to.group(ray.to, 0.0, 0.6).open();
            to.line(CROSS, if ray.broken { "corrupt" } else { "ink-2" }, 3.0)
                .round()
                .end();
            to.close("g");
        }
        RayEnd::Held => {
            let peg = [
                ray.to + Point::new(0.0, -6.0),
                ray.to + Point::new(0.0, 6.0),
            ];
            to.line(&path(&peg), "ink-2", 2.5).round().end();
        }
    }
}

fn draw_sign(to: &mut Writer<'_>, shape: &SignShape, mark: f64) {
    to.group(shape.at, 0.0, mark).open();
    to.element("title").say(&shape.said);
    let box_of = |to: &mut Writer<'_>, text: &str| {
        let half = Point::new((text.len() as f64 * 4.0 + 6.0).max(10.0), 10.0);
        to.pill(Point::default(), half, 5.0)
            .colour("fill", "paper")
            .colour("stroke", "client")
            .numbers(&[("stroke-width", 2.0)])
            .end();
        to.words(Point::default(), 13.0, "ink", text);
    };
    match shape.sign {
        Sign::Crown => to
            .element("path")
            .text("d", CROWN)
            .text("transform", "translate(0 -13)")
            .colour("fill", "ink")
            .colour("stroke", "paper")
            .numbers(&[("stroke-width", 2.0)])
            .end(),
        Sign::Ask => to
            .element("path")
            .text("d", "M0-9 9 0 0 9-9 0Z")
            .colour("fill", "paper")
            .colour("stroke", "ink")
            .numbers(&[("stroke-width", 2.5)])
            .end(),
        Sign::Write(value) => box_of(to, &crate::data::value_text(value).to_string()),
        Sign::Stop => to.line(CROSS, "ink", 3.0).round().end(),
        Sign::Pause => {
            to.circle(Point::default(), 9.5)
                .colour("fill", "paper")
                .end();
            to.line("M-3-5v10M3-5v10", "ink", 3.0).round().end();
        }
        Sign::Down => to.line("M-6-3 0 4 6-3", "ink-2", 2.5).round().end(),
        _ => to
            .circle(Point::default(), 5.0)
            .colour("fill", "paper")
            .colour("stroke", "ink")
            .numbers(&[("stroke-width", 2.5)])
            .end(),
    }
    to.close("g");
}

fn draw_names(to: &mut Writer<'_>, diagram: &Spacetime) {
    for row in diagram.rows.iter().filter(|it| it.named) {
        let name = row.node.to_string();
        let at = Point::new(diagram.left / 2.0 - 2.0, row.y);
        let half = Point::new((name.len() as f64 * 4.4 + 4.0).max(9.0), 9.0);
        let (fill, on) = match row.up {
            true => term(row.fill),
            false => ("paper", "ink-2"),
        };
        let edge = if row.up { fill } else { "edge" };
        to.pill(at, half, 9.0)
            .colour("fill", fill)
            .colour("stroke", edge)
            .numbers(&[("stroke-width", 1.5)])
            .end();
        to.words(at, 13.0, on, &name);
    }
}

fn draw_moments(to: &mut Writer<'_>, diagram: &Spacetime) {
    let moments = [
        (diagram.playhead, "ink", 2.0),
        (diagram.broken, "violated", 3.0),
    ];
    for (x, colour, width) in moments {
        let Some(x) = x else { continue };
        let ends = [Point::new(x, 0.0), Point::new(x, diagram.floor)];
        to.line(&path(&ends), colour, width).end();
    }
}
