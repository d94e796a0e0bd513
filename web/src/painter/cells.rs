//! Logs and data as rows of cells.

use super::mark::{Mark, Pen};
use super::pool::Drawn;
use scene::{CellShape, CellState, LogShape};
use web_sys::Document;

/// A log's elements.
pub(super) struct LogMark {
    group: Mark,
    cells: Vec<CellMark>,
}

impl LogMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer.child(document, "g", "log").fixed("role", "img");
        Self {
            group,
            cells: Vec::new(),
        }
    }

    pub(super) fn paint(
        &mut self,
        document: &Document,
        pen: &mut Pen,
        shape: &LogShape,
        unit: f64,
    ) {
        self.group.place(pen, shape.at);
        self.group.set(pen, "aria-label", &shape.name);
        while self.cells.len() < shape.cells.len() {
            self.cells.push(CellMark::new(document, &self.group));
        }
        for (index, mark) in self.cells.iter_mut().enumerate() {
            mark.group.show(pen, index < shape.cells.len());
            if let Some(cell) = shape.cells.get(index) {
                mark.paint(pen, cell, unit);
            }
        }
    }
}

impl Drawn for LogMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}

struct CellMark {
    group: Mark,
    rect: Mark,
    dash: Mark,
    text: Mark,
}

impl CellMark {
    fn new(document: &Document, log: &Mark) -> Self {
        let group = log.child(document, "g", "");
        let rect = group
            .child(document, "rect", "")
            .fixed("x", "1")
            .fixed("rx", "4");
        let dash = group.child(document, "path", "").fixed("d", "M-3.5 0h7");
        let text = group.child(document, "text", "");
        Self {
            group,
            rect,
            dash,
            text,
        }
    }

    fn paint(&mut self, pen: &mut Pen, shape: &CellShape, unit: f64) {
        self.group.place(pen, shape.at);
        self.group.term(pen, shape.fill);
        let class = match shape.state {
            CellState::Committed => "cell committed",
            CellState::Pending => "cell pending",
            CellState::Empty => "cell empty",
            CellState::Earlier => "cell earlier",
        };
        self.group.word(pen, "class", class);
        let width = shape.width - 4.0 * unit;
        let middle = 1.0 + width / 2.0;
        self.rect.number(pen, "y", -9.5 * unit);
        self.rect.number(pen, "width", width);
        self.rect.number(pen, "height", 19.0 * unit);
        self.dash.show(pen, shape.state == CellState::Empty);
        self.dash
            .place_scaled(pen, scene::Point::new(middle, 0.0), unit);
        self.text.number(pen, "x", middle);
        self.text.number(pen, "y", 4.5 * unit);
        self.text.say(pen, &shape.text);
    }
}
