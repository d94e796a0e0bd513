//! The river: water, two wavy banks, foam, and its arms.

use super::mark::{Mark, Pen, put};
use scene::{ArmShape, Current, Point, RiverShape, decimal};
use web_sys::Document;

/// A river's elements. After the cut is healed they stay, drained, until there is another.
pub(super) struct RiverMark {
    group: Mark,
    water: Mark,
    banks: Mark,
    foam: Mark,
    ford: Mark,
    arms: Vec<ArmMark>,
    drawn: Option<RiverShape>,
    flows: bool,
}

impl RiverMark {
    pub(super) fn new(document: &Document, layer: &Mark, prefix: &str) -> Self {
        let id = format!("{prefix}-water");
        gradient(document, layer, &id);
        let group = layer.child(document, "g", "river");
        let water = group
            .child(document, "rect", "water")
            .fixed("fill", &format!("url(#{id})"));
        let banks = group.child(document, "path", "wave");
        let foam = group.child(document, "path", "crest");
        let ford = group.child(document, "path", "ford");
        let mut mark = Self {
            group,
            water,
            banks,
            foam,
            ford,
            arms: Vec::new(),
            drawn: None,
            flows: false,
        };
        mark.group.show(&mut Pen::default(), false);
        mark
    }

    pub(super) fn paint(&mut self, document: &Document, pen: &mut Pen, shape: Option<&RiverShape>) {
        let Some(shape) = shape else {
            if self.flows {
                self.flows = false;
                self.group.word(pen, "class", "river drained");
            }
            return;
        };
        if !self.flows {
            self.flows = true;
            self.group.show(pen, true);
            self.group.word(pen, "class", "river");
        }
        if self.drawn.as_ref() == Some(shape) {
            return;
        }
        self.paint_stream(pen, shape);
        while self.arms.len() < shape.arms.len() {
            self.arms.push(ArmMark::new(document, &self.group));
        }
        for (index, mark) in self.arms.iter_mut().enumerate() {
            let arm = shape.arms.get(index);
            mark.group.show(pen, arm.is_some());
            if let Some(arm) = arm {
                mark.paint(pen, arm, shape);
            }
        }
        self.drawn = Some(shape.clone());
    }

    fn paint_stream(&mut self, pen: &mut Pen, shape: &RiverShape) {
        self.water.number(pen, "x", shape.left);
        self.water.number(pen, "y", shape.y - shape.half);
        self.water.number(pen, "width", shape.length);
        self.water.number(pen, "height", shape.half * 2.0);
        let mut banks = String::new();
        let inset = shape.half * 0.75;
        wave(&mut banks, shape, shape.y - inset);
        wave(&mut banks, shape, shape.y + inset);
        self.banks.set(pen, "d", &banks);
        self.paint_foam(pen, shape);
        self.ford.show(pen, shape.current.is_some());
        if let Some(current) = shape.current {
            self.paint_ford(pen, shape, current);
        }
    }

    fn paint_foam(&mut self, pen: &mut Pen, shape: &RiverShape) {
        // Where there is a current, its arrows stand in the place of the foam.
        self.foam.show(pen, shape.current.is_none());
        let mut foam = String::new();
        let stretch = shape.wave / 40.0;
        let mut x = shape.left;
        while x < shape.left + shape.length - 1.0 {
            for (start, y, width, depth) in [(6.0, 0.0, 20.0, 5.0), (50.0, -1.0, 14.0, -4.0)] {
                foam.push('M');
                put(&mut foam, &[x + start * stretch, shape.y + y]);
                foam.push('q');
                put(
                    &mut foam,
                    &[width / 2.0 * stretch, depth, width * stretch, 0.0],
                );
            }
            x += 80.0 * stretch;
        }
        self.foam.set(pen, "d", &foam);
    }

    /// Arrows from bank to bank, the way that is open.
    fn paint_ford(&mut self, pen: &mut Pen, shape: &RiverShape, current: Current) {
        let up = if current == Current::Up { 1.0 } else { -1.0 };
        let (reach, head) = (shape.half * 0.5 * up, shape.half * 0.28);
        let mut ford = String::new();
        let mut x = shape.left + shape.wave / 2.0;
        while x < shape.left + shape.length {
            for (command, numbers) in [
                ('M', [x, shape.y + reach]),
                ('L', [x, shape.y - reach]),
                ('M', [x - head, shape.y - reach + head * up]),
                ('L', [x, shape.y - reach]),
                ('L', [x + head, shape.y - reach + head * up]),
            ] {
                ford.push(command);
                put(&mut ford, &numbers);
            }
            x += shape.wave;
        }
        self.ford.set(pen, "d", &ford);
    }
}

/// One wavy line from edge to edge, and a little beyond.
fn wave(to: &mut String, shape: &RiverShape, y: f64) {
    let half = shape.wave / 2.0;
    to.push('M');
    put(to, &[shape.left - half, y]);
    to.push('q');
    put(to, &[half / 2.0, 6.0, half, 0.0]);
    let rest = (shape.length / half).round() as u32 + 1;
    for _ in 0..rest {
        to.push('t');
        // Half a wave may be shorter than a tenth of a pixel can say: written in full.
        decimal(to, half, 3);
        to.push_str(" 0");
    }
}

fn gradient(document: &Document, layer: &Mark, id: &str) {
    let gradient = layer
        .child(document, "defs", "")
        .child(document, "linearGradient", "")
        .fixed("id", id)
        .fixed("x1", "0")
        .fixed("x2", "0")
        .fixed("y1", "0")
        .fixed("y2", "1");
    for (offset, class) in [("0", "w0"), (".16", "w1"), (".84", "w1"), ("1", "w0")] {
        let _ = gradient
            .child(document, "stop", class)
            .fixed("offset", offset);
    }
}

struct ArmMark {
    group: Mark,
    water: Mark,
    banks: Mark,
    foam: Mark,
}

impl ArmMark {
    fn new(document: &Document, river: &Mark) -> Self {
        let group = river.child(document, "g", "arm");
        let water = group.child(document, "path", "");
        let banks = group.child(document, "path", "wave");
        let foam = group.child(document, "path", "crest");
        Self {
            group,
            water,
            banks,
            foam,
        }
    }

    fn paint(&mut self, pen: &mut Pen, arm: &ArmShape, river: &RiverShape) {
        let (right, left) = (arm.bank(1.0), arm.bank(-1.0));
        let mut water = String::new();
        line(&mut water, 'M', right.iter());
        line(&mut water, 'L', left.iter().rev());
        water.push('Z');
        self.water.set(pen, "d", &water);
        // The banks begin where the main stream's bank ends.
        let shore = river.y + river.half * 0.75;
        let mut banks = String::new();
        line(
            &mut banks,
            'M',
            right.iter().filter(|point| point.y >= shore),
        );
        line(
            &mut banks,
            'M',
            left.iter().filter(|point| point.y >= shore),
        );
        self.banks.set(pen, "d", &banks);
        let mut foam = String::new();
        for part in arm
            .course
            .chunks_exact(5)
            .filter(|part| part[0].y > shore + river.half)
        {
            line(&mut foam, 'M', part[..2].iter());
        }
        self.foam.set(pen, "d", &foam);
    }
}

fn line<'a>(to: &mut String, start: char, points: impl Iterator<Item = &'a Point>) {
    for (index, point) in points.enumerate() {
        to.push(if index == 0 { start } else { 'L' });
        put(to, &[point.x, point.y]);
    }
}
