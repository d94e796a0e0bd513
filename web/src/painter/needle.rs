//! Thin pointers to the believed leader.

use super::mark::{Mark, Pen, put};
use super::pool::Drawn;
use scene::NeedleShape;
use web_sys::Document;

/// A needle's elements.
pub(super) struct NeedleMark {
    group: Mark,
    line: Mark,
    dot: Mark,
    tip: Mark,
}

impl NeedleMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer.child(document, "g", "").fixed("role", "img");
        let line = group.child(document, "path", "");
        let dot = group.child(document, "circle", "").fixed("r", "3.2");
        let tip = group
            .child(document, "path", "tip")
            .fixed("d", "M-9-5.5 2 0-9 5.5Z");
        Self {
            group,
            line,
            dot,
            tip,
        }
    }

    pub(super) fn paint(&mut self, pen: &mut Pen, shape: &NeedleShape) {
        self.group.word(
            pen,
            "class",
            if shape.stale {
                "believes stale"
            } else {
                "believes"
            },
        );
        self.group.term(pen, shape.fill);
        let key = [
            f64::from(shape.node.0),
            f64::from(shape.leader.0),
            f64::from(u8::from(shape.stale)),
        ];
        self.group.numbers(pen, "aria-label", &key, &|text, _| {
            text.push_str(&name(shape));
        });
        let (from, bend, to) = (shape.from, shape.bend, shape.to);
        let points = [from.x, from.y, bend.x, bend.y, to.x, to.y];
        self.line.numbers(pen, "d", &points, &|text, numbers| {
            text.push('M');
            put(text, &numbers[..2]);
            text.push('Q');
            put(text, &numbers[2..]);
        });
        self.dot.number(pen, "cx", from.x);
        self.dot.number(pen, "cy", from.y);
        self.tip.place_turned(pen, to, shape.direction);
    }
}

impl Drawn for NeedleMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}

fn name(shape: &NeedleShape) -> String {
    let doubt = if shape.stale {
        ", but no leader answers there"
    } else {
        ""
    };
    format!("{} believes that {} leads{doubt}", shape.node, shape.leader)
}
