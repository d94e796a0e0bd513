//! A message whose bits were flipped: two halves and crumbs.

use super::mark::{Mark, Pen};
use super::pool::Drawn;
use consensus::MessageShape;
use scene::{Body, Point};
use web_sys::Document;

const CIRCLE: [&str; 2] = [
    "M0-10 4-4-4 2 3 6 0 10A10 10 0 0 1 0-10Z",
    "M0-10A10 10 0 0 1 0 10L3 6-4 2 4-4Z",
];
const DIAMOND: [&str; 2] = [
    "M0-13 4-5-4 2 3 7 0 13-13 0Z",
    "M0-13 13 0 0 13 3 7-4 2 4-5Z",
];
const SQUARE: [&str; 2] = [
    "M1-10.5 4-4-4 2 3 6 0 10.5H-10.5V-10.5Z",
    "M1-10.5H10.5V10.5H0L3 6-4 2 4-4Z",
];
const CRUMBS: &str = "M1-20h.01M9-23h.01M12-16h.01";

/// The elements of a broken message, in the place of its body.
pub(super) struct BrokenMark {
    group: Mark,
    halves: [Mark; 2],
    crumbs: Mark,
}

impl BrokenMark {
    pub(super) fn new(document: &Document, parent: &Mark) -> Self {
        let group = parent.child(document, "g", "");
        let half = || group.child(document, "path", "");
        let halves = [half(), half()];
        let crumbs = group.child(document, "path", "bits").fixed("d", CRUMBS);
        Self {
            group,
            halves,
            crumbs,
        }
    }

    /// Takes over the outline of another message.
    pub(super) fn become_another(&mut self, pen: &mut Pen, body: &Body) {
        let outlines = match body.shape {
            MessageShape::Call => CIRCLE,
            MessageShape::Claim => DIAMOND,
            MessageShape::Entry => SQUARE,
        };
        let class = if body.answer.is_none() {
            "half"
        } else {
            "half reply"
        };
        for (half, outline) in self.halves.iter_mut().zip(outlines) {
            half.word(pen, "class", class);
            half.word(pen, "d", outline);
        }
    }

    /// Moves the halves apart, from 0 to 1.
    pub(super) fn open(&mut self, pen: &mut Pen, crack: f64) {
        let [left, right] = &mut self.halves;
        left.place_turned(pen, Point::new(-3.5 * crack, crack), -9.0 * crack);
        right.place_turned(pen, Point::new(4.5 * crack, -crack), 9.0 * crack);
        self.crumbs.show(pen, crack >= 1.0);
    }
}

impl Drawn for BrokenMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}
