//! Clients: what they wait for, whom they leave alone, and what they say of it.

use super::mark::{Mark, Pen, put};
use super::pool::{Drawn, Pool};
use scene::glyph::PROMPT;
use scene::{BreakerShape, ClientShape, Point, Sizes};
use web_sys::Document;

/// A way with a gap.
const OPEN: &str = "M0 0H3.5M3.5-4.5V4.5M8.5-4.5V4.5M8.5 0H12";
/// A way with a lever that is about to close it.
const HALF_OPEN: &str = "M0 0H3L9.5-5M9.5 0H12";

/// A client's elements.
pub(super) struct ClientMark {
    group: Mark,
    arc: Mark,
    square: Mark,
    label: Mark,
    gaps: Mark,
    breakers: Pool<BreakerMark>,
    tip: Mark,
    tip_rect: Mark,
    tip_text: Mark,
}

impl ClientMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer
            .child(document, "g", "who")
            .fixed("role", "img")
            .fixed("tabindex", "0");
        let square = group.child(document, "g", "client");
        let part = |x: &str, size: &str, radius: &str, class| {
            square
                .child(document, "rect", class)
                .fixed("x", x)
                .fixed("y", x)
                .fixed("width", size)
                .fixed("height", size)
                .fixed("rx", radius)
        };
        let _ = part("-19", "38", "13", "halo");
        let _ = part("-14", "28", "8", "");
        let arc = part("-18.5", "37", "12.5", "wait").fixed("pathLength", "100");
        let _ = square.child(document, "path", "").fixed("d", PROMPT);
        let label = group.child(document, "text", "note from");
        let gaps = group.child(document, "g", "");
        let tip = group.child(document, "g", "tip");
        let tip_rect = tip.child(document, "rect", "").fixed("rx", "8");
        let tip_text = tip.child(document, "text", "note");
        Self {
            group,
            arc,
            square,
            label,
            gaps,
            breakers: Pool::new(),
            tip,
            tip_rect,
            tip_text,
        }
    }

    pub(super) fn paint(
        &mut self,
        document: &Document,
        pen: &mut Pen,
        shape: &ClientShape,
        sizes: Sizes,
    ) {
        self.group.place(pen, shape.at);
        self.group.set(pen, "aria-label", &shape.name);
        self.square
            .place_scaled(pen, Point::default(), shape.half / 14.0);
        self.paint_backoff(pen, shape);
        self.label.number(pen, "x", shape.half + 8.0);
        self.label.number(pen, "y", 2.0);
        self.label.say(pen, &shape.label);
        for (hint, breaker) in shape.breakers.iter().enumerate() {
            let make = || BreakerMark::new(document, &self.gaps);
            let mark = self.breakers.get(pen, breaker.node.0.into(), hint, make);
            mark.paint(pen, breaker, shape.half, sizes.unit);
        }
        self.breakers.sweep(pen);
        self.paint_tip(pen, shape, sizes.note);
    }

    /// Paints what is left of its wait.
    pub(super) fn paint_backoff(&mut self, pen: &mut Pen, shape: &ClientShape) {
        let waits = shape.backoff.is_some();
        let class = if waits { "client waits" } else { "client" };
        self.square.word(pen, "class", class);
        self.arc.show(pen, waits);
        if let Some(left) = shape.backoff {
            self.arc
                .numbers(pen, "stroke-dasharray", &[left * 100.0], &|to, numbers| {
                    put(to, numbers);
                    to.push_str(" 100");
                });
        }
    }

    fn paint_tip(&mut self, pen: &mut Pen, shape: &ClientShape, size: f64) {
        let top = Point::new(shape.tip_left, shape.half + 10.0);
        self.tip.place(pen, top);
        self.tip_rect.number(pen, "width", shape.tip_width);
        self.tip_rect.number(pen, "height", size * 1.9);
        self.tip_text.number(pen, "x", shape.tip_width / 2.0);
        self.tip_text.number(pen, "y", size * 1.3);
        self.tip_text.say(pen, &shape.name);
    }
}

impl Drawn for ClientMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}

/// A breaker's elements: the way to its node, and the node's letter.
struct BreakerMark {
    group: Mark,
    way: Mark,
    letter: Mark,
}

impl BreakerMark {
    fn new(document: &Document, gaps: &Mark) -> Self {
        let group = gaps.child(document, "g", "breaker");
        let way = group.child(document, "path", "");
        let letter = group.child(document, "text", "");
        Self { group, way, letter }
    }

    fn paint(&mut self, pen: &mut Pen, shape: &BreakerShape, half: f64, unit: f64) {
        let way = if shape.half_open { HALF_OPEN } else { OPEN };
        self.way.word(pen, "d", way);
        let start = shape.at * ((half + 4.0) / shape.at.length().max(1.0));
        self.way.place_turned(pen, start, shape.direction);
        self.letter.number(pen, "x", shape.at.x);
        self.letter.number(pen, "y", shape.at.y + 4.5 * unit);
        self.letter.say(pen, &shape.letter);
    }
}

impl Drawn for BreakerMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}
