//! Notes and clients.

use super::mark::{Mark, Pen};
use super::pool::Drawn;
use scene::{Anchor, ClientShape, NoteShape, Point, Tone};
use web_sys::Document;

/// A note's element.
pub(super) struct NoteMark {
    text: Mark,
}

impl NoteMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        Self {
            text: layer.child(document, "text", ""),
        }
    }

    pub(super) fn paint(&mut self, pen: &mut Pen, shape: &NoteShape) {
        let class = match (shape.tone, shape.anchor) {
            (Tone::Plain, Anchor::Start) => "note from",
            (Tone::Plain, Anchor::Middle) => "note",
            (Tone::Plain, Anchor::End) => "note to",
            (Tone::Lost, Anchor::End) => "note lost dry to",
            (Tone::Lost, _) => "note lost dry from",
            (Tone::Sunk, Anchor::End) => "note lost to",
            (Tone::Sunk, _) => "note lost from",
        };
        self.text.word(pen, "class", class);
        self.text.number(pen, "x", shape.at.x);
        self.text.number(pen, "y", shape.at.y);
        self.text.say(pen, &shape.text);
    }
}

impl Drawn for NoteMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.text.show(pen, shown);
    }
}

/// A client's elements.
pub(super) struct ClientMark {
    group: Mark,
    square: Mark,
    label: Mark,
}

impl ClientMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer.child(document, "g", "");
        let square = group.child(document, "g", "client");
        let _ = square
            .child(document, "rect", "")
            .fixed("x", "-14")
            .fixed("y", "-14")
            .fixed("width", "28")
            .fixed("height", "28")
            .fixed("rx", "8");
        let _ = square
            .child(document, "path", "")
            .fixed("d", "M-5-4 0 0-5 4M2 5h5");
        let label = group.child(document, "text", "note from");
        Self {
            group,
            square,
            label,
        }
    }

    pub(super) fn paint(&mut self, pen: &mut Pen, shape: &ClientShape) {
        self.group.place(pen, shape.at);
        self.square
            .place_scaled(pen, Point::default(), shape.half / 14.0);
        self.label.number(pen, "x", shape.half + 8.0);
        self.label.number(pen, "y", 2.0);
        self.label.say(pen, &shape.label);
    }
}

impl Drawn for ClientMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}
