//! A line that somebody draws across the ring, and whom it would part.

use super::mark::{Mark, Pen, put};
use crate::text;
use consensus::NodeId;
use scene::{Point, divide};
use web_sys::{Document, SvgElement};

/// A pointer that moved no further than this, in pixels, was pressed, not drawn.
const PRESS: f64 = 12.0;
/// The line goes on, dotted, for so many pixels on either side: it has no end.
const BEYOND: f64 = 2_000.0;

/// The line, while it is being drawn.
pub(super) struct Stroke {
    /// Where the nodes stand.
    pub(super) places: Vec<(NodeId, Point)>,
    group: Mark,
    beyond: Mark,
    line: Mark,
    words: Mark,
    pen: Pen,
    from: Option<Point>,
    to: Option<Point>,
    ended: bool,
}

impl Stroke {
    pub(super) fn new(document: &Document, svg: &SvgElement) -> Self {
        let mut pen = Pen::default();
        let mut group = Mark::new(document, svg, "g", "stroke").fixed("aria-hidden", "true");
        group.word(&mut pen, "display", "none");
        Self {
            beyond: group.child(document, "path", "beyond"),
            line: group.child(document, "path", ""),
            words: group.child(document, "text", "note"),
            group,
            places: Vec::new(),
            pen,
            from: None,
            to: None,
            ended: false,
        }
    }

    /// The pointer is down here.
    pub(super) fn begin(&mut self, at: Point) {
        self.give_up();
        self.ended = false;
        self.from = Some(at);
    }

    /// The pointer moves; true where that begins a line.
    pub(super) fn goes_on(&mut self, at: Point) -> bool {
        let Some(from) = self.from else { return false };
        let begins = self.to.is_none();
        if begins && (at - from).length() < PRESS {
            return false;
        }
        self.to = Some(at);
        self.show([from, at]);
        begins
    }

    /// The pointer is up: who stands on either side, where a line was drawn that parts somebody.
    pub(super) fn end(&mut self) -> Option<[Vec<NodeId>; 2]> {
        let line = self.from.zip(self.to);
        self.give_up();
        let (from, to) = line?;
        self.ended = true;
        let sides = divide(&self.places, [from, to]);
        (!sides.iter().any(Vec::is_empty)).then_some(sides)
    }

    /// Whether a line ended with this very press: the click after it means nothing.
    pub(super) fn has_just_ended(&mut self) -> bool {
        core::mem::take(&mut self.ended)
    }

    /// Nothing is being drawn any more.
    pub(super) fn give_up(&mut self) {
        (self.from, self.to) = (None, None);
        self.group.word(&mut self.pen, "display", "none");
    }

    /// Takes it from the stage for good.
    pub(super) fn remove(&self) {
        self.group.remove();
    }

    fn show(&mut self, line: [Point; 2]) {
        let [from, to] = line;
        let pen = &mut self.pen;
        let path = |text: &mut String, numbers: &[f64]| {
            text.push('M');
            put(text, &numbers[..2]);
            text.push('L');
            put(text, &numbers[2..]);
        };
        let heading = (to - from).unit() * BEYOND;
        let (first, last) = (from - heading, to + heading);
        let far = [first.x, first.y, last.x, last.y];
        self.beyond.numbers(pen, "d", &far, &path);
        let near = [from.x, from.y, to.x, to.y];
        self.line.numbers(pen, "d", &near, &path);
        let sides = divide(&self.places, line);
        self.words.say(pen, &text::line_parts(&sides));
        let over = from.toward(to, 0.5) + Point::new(0.0, -14.0);
        self.words.place(pen, over);
        self.group.clear(pen, "display");
    }
}
