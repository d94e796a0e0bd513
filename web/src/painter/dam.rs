//! Dams: where messages fall off a wire that no river crosses.

use super::mark::{Mark, Pen};
use super::pool::Drawn;
use scene::{DamShape, Point};
use web_sys::Document;

const WAVE: &str = "M0-10q5 2.5 0 5t0 5 0 5 0 5";

/// A dam's elements.
pub(super) struct DamMark {
    group: Mark,
    wave: Mark,
}

impl DamMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer.child(document, "g", "");
        let wave = group.child(document, "path", "dam").fixed("d", WAVE);
        Self { group, wave }
    }

    pub(super) fn paint(&mut self, pen: &mut Pen, shape: &DamShape, mark: f64) {
        self.group.place_turned(pen, shape.at, shape.direction);
        self.wave.place_scaled(pen, Point::default(), mark);
    }
}

impl Drawn for DamMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}
