//! One element of the picture, written to only where something changed.

use scene::{Point, decimal};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, SvgElement};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element; as small as a pointer, for marks are made and moved by the dozen.
pub(super) struct Mark(Box<Written>);

/// An element and, for each attribute, the key of what was last written to it.
struct Written {
    element: SvgElement,
    last: Vec<(&'static str, u64)>,
    text: String,
}

/// The key of an attribute that is not there.
const ABSENT: u64 = 0;

/// Counts writes to the DOM, and lends its buffer to whoever formats numbers.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) writes: u64,
    buffer: String,
}

impl Mark {
    /// Makes an element and puts it at the end of `parent`.
    pub(super) fn new(
        document: &Document,
        parent: &Element,
        name: &str,
        class: &'static str,
    ) -> Self {
        let element = document
            .create_element_ns(Some(SVG), name)
            .ok()
            .and_then(|element| element.dyn_into::<SvgElement>().ok())
            .expect("a document makes SVG elements");
        let _ = parent.append_child(&element);
        let mut mark = Self(Box::new(Written {
            element,
            last: Vec::new(),
            text: String::new(),
        }));
        if !class.is_empty() {
            mark.word(&mut Pen::default(), "class", class);
        }
        mark
    }

    /// Makes an element and puts it right before `next`.
    pub(super) fn before(
        document: &Document,
        next: &Element,
        name: &str,
        class: &'static str,
    ) -> Self {
        let mark = Self::new(document, next, name, class);
        let _ = next.before_with_node_1(&mark.0.element);
        mark
    }

    /// Makes an element inside of this one.
    pub(super) fn child(&self, document: &Document, name: &str, class: &'static str) -> Self {
        Self::new(document, &self.0.element, name, class)
    }

    /// Sets an attribute that never changes.
    pub(super) fn fixed(self, name: &str, value: &str) -> Self {
        let _ = self.0.element.set_attribute(name, value);
        self
    }

    /// Sets an attribute to one of a few fixed words.
    pub(super) fn word(&mut self, pen: &mut Pen, name: &'static str, value: &'static str) {
        self.set(pen, name, value);
    }

    /// Sets an attribute to a text.
    pub(super) fn set(&mut self, pen: &mut Pen, name: &'static str, value: &str) {
        if self.is_news(name, key(value.bytes().map(u64::from))) {
            pen.writes += 1;
            let _ = self.0.element.set_attribute(name, value);
        }
    }

    /// Takes an attribute away.
    pub(super) fn clear(&mut self, pen: &mut Pen, name: &'static str) {
        if self.is_news(name, ABSENT) {
            pen.writes += 1;
            let _ = self.0.element.remove_attribute(name);
        }
    }

    /// Sets an attribute that `write` makes from these numbers; it is only called where one of
    /// them moved by a twentieth of a pixel or more.
    pub(super) fn numbers(
        &mut self,
        pen: &mut Pen,
        name: &'static str,
        numbers: &[f64],
        write: &dyn Fn(&mut String, &[f64]),
    ) {
        let tenths = numbers.iter().map(|number| (number * 10.0).round() as i64);
        if self.is_news(name, key(tenths.map(i64::cast_unsigned))) {
            pen.buffer.clear();
            write(&mut pen.buffer, numbers);
            pen.writes += 1;
            let _ = self.0.element.set_attribute(name, &pen.buffer);
        }
    }

    /// Sets an attribute to one number.
    pub(super) fn number(&mut self, pen: &mut Pen, name: &'static str, value: f64) {
        self.numbers(pen, name, &[value], &put);
    }

    /// Moves it.
    pub(super) fn place(&mut self, pen: &mut Pen, at: Point) {
        self.transform(pen, &[at.x, at.y], "", 1.0);
    }

    /// Moves and turns it.
    pub(super) fn place_turned(&mut self, pen: &mut Pen, at: Point, degrees: f64) {
        self.transform(pen, &[at.x, at.y, degrees], " rotate(", 1.0);
    }

    /// Moves and scales it.
    pub(super) fn place_scaled(&mut self, pen: &mut Pen, at: Point, scale: f64) {
        // Scales are told apart, and written, to a thousandth.
        self.transform(pen, &[at.x, at.y, scale * 100.0], " scale(", 100.0);
    }

    fn transform(&mut self, pen: &mut Pen, numbers: &[f64], then: &str, parts: f64) {
        self.numbers(pen, "transform", numbers, &|to, numbers| {
            to.push_str("translate(");
            put(to, &numbers[..2]);
            if let Some(number) = numbers.get(2) {
                to.push(')');
                to.push_str(then);
                decimal(to, number / parts, if parts > 1.0 { 3 } else { 1 });
            }
            to.push(')');
        });
    }

    /// Gives it the fill of a term or reign.
    pub(super) fn term(&mut self, pen: &mut Pen, fill: u8) {
        const FILLS: [&str; 9] = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];
        self.word(pen, "data-term", FILLS[usize::from(fill.min(8))]);
    }

    /// Shows or hides it.
    pub(super) fn show(&mut self, pen: &mut Pen, shown: bool) {
        if shown {
            self.clear(pen, "display")
        } else {
            self.word(pen, "display", "none")
        }
    }

    /// Sets its text.
    pub(super) fn say(&mut self, pen: &mut Pen, text: &str) {
        if self.0.text != text {
            text.clone_into(&mut self.0.text);
            pen.writes += 1;
            self.0.element.set_text_content(Some(text));
        }
    }

    /// The element itself.
    pub(super) fn element(&self) -> &Element {
        &self.0.element
    }

    /// Takes it out of the picture for good.
    pub(super) fn remove(&self) {
        self.0.element.remove();
    }

    /// Whether the attribute has to be written; what is written from then on counts as known.
    fn is_news(&mut self, name: &'static str, key: u64) -> bool {
        let known = self.0.last.iter_mut().find(|(known, _)| *known == name);
        if let Some((_, last)) = known {
            return core::mem::replace(last, key) != key;
        }
        self.0.last.push((name, key));
        key != ABSENT
    }
}

/// Writes numbers with at most one decimal, separated by blanks.
pub(super) fn put(to: &mut String, numbers: &[f64]) {
    for (index, &number) in numbers.iter().enumerate() {
        if index > 0 {
            to.push(' ');
        }
        decimal(to, number, 1);
    }
}

/// A number of pixels, as styles have it.
pub(crate) fn pixels(number: f64) -> String {
    let mut text = String::new();
    decimal(&mut text, number, 1);
    text.push_str("px");
    text
}

/// What is compared in place of a value. Values that follow each other are alike, and their keys
/// still differ in all bits.
fn key(parts: impl Iterator<Item = u64>) -> u64 {
    let mix = |key: u64, part: u64| {
        let mixed = (key ^ part).wrapping_mul(0x0000_0100_0000_01b3);
        mixed ^ (mixed >> 29)
    };
    parts.fold(0xcbf2_9ce4_8422_2325, mix)
}
