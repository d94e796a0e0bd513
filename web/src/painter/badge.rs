//! What slows a node down, on its rim.

use super::mark::{Mark, Pen};
use scene::{Badge, BadgeShape, Point};
use web_sys::Document;

const BARS: &str = "M-3-4.5v9M3-4.5v9";
const HOURGLASS: &str = "M-4-5H4L-4 5H4Z";
const TRAY: &str = "M-5-1V5H5V-1M-2.5-4.5h5M-2.5-1h5";

/// A badge's elements.
pub(super) struct BadgeMark {
    group: Mark,
    rect: Mark,
    glyph: Mark,
    count: Mark,
}

impl BadgeMark {
    pub(super) fn new(document: &Document, words: &Mark) -> Self {
        let group = words.child(document, "g", "badge");
        let rect = group.child(document, "rect", "");
        let glyph = group.child(document, "path", "");
        let count = group.child(document, "text", "");
        Self {
            group,
            rect,
            glyph,
            count,
        }
    }

    pub(super) fn paint(&mut self, pen: &mut Pen, shape: Option<&BadgeShape>, unit: f64) {
        self.group.show(pen, shape.is_some());
        let Some(shape) = shape else { return };
        self.group.place(pen, shape.at);
        self.rect.number(pen, "x", -shape.half);
        self.rect.number(pen, "y", -11.0 * unit);
        self.rect.number(pen, "width", shape.half * 2.0);
        self.rect.number(pen, "height", 22.0 * unit);
        self.rect.number(pen, "rx", 11.0 * unit);
        let glyph = match shape.badge {
            Badge::Paused => BARS,
            Badge::Slow => HOURGLASS,
            Badge::Behind => TRAY,
        };
        self.glyph.word(pen, "d", glyph);
        let left = Point::new(11.0 * unit - shape.half, 0.0);
        self.glyph.place_scaled(pen, left, unit);
        self.count.show(pen, shape.count.is_some());
        let Some(count) = &shape.count else { return };
        self.count.say(pen, count);
        // Between the glyph and the round end.
        self.count.number(pen, "x", 7.0 * unit);
        self.count.number(pen, "y", 4.5 * unit);
    }
}
