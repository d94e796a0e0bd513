//! Notes.

use super::mark::{Mark, Pen};
use super::pool::Drawn;
use scene::{Anchor, NoteShape, Tone};
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
            (Tone::Broken, Anchor::Start) => "note corrupt from",
            (Tone::Broken, Anchor::Middle) => "note corrupt",
            (Tone::Broken, Anchor::End) => "note corrupt to",
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
