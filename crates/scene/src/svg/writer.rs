//! SVG as text: elements, attributes, and what has to be escaped in them.

use crate::decimal::decimal;
use crate::geometry::Point;
use alloc::string::String;

/// A text that grows.
pub(super) struct Writer<'a> {
    text: String,
    token: &'a dyn Fn(&str) -> String,
}

/// An element whose attributes are being written.
pub(super) struct Element<'w, 'a>(&'w mut Writer<'a>);

impl<'a> Writer<'a> {
    pub(super) fn new(token: &'a dyn Fn(&str) -> String) -> Self {
        Self {
            text: String::new(),
            token,
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn element(&mut self, name: &str) -> Element<'_, 'a> {
        self.text.push('<');
        self.text.push_str(name);
        Element(self)
    }

    /// A path that is only stroked.
    pub(super) fn line(&mut self, d: &str, colour: &str, width: f64) -> Element<'_, 'a> {
        self.element("path")
            .text("d", d)
            .text("fill", "none")
            .colour("stroke", colour)
            .numbers(&[("stroke-width", width)])
    }

    pub(super) fn circle(&mut self, at: Point, radius: f64) -> Element<'_, 'a> {
        self.element("circle")
            .numbers(&[("cx", at.x), ("cy", at.y), ("r", radius)])
    }

    /// A rectangle round its centre, with corners as round as its height allows up to `round`.
    pub(super) fn pill(&mut self, at: Point, half: Point, round: f64) -> Element<'_, 'a> {
        self.element("rect").numbers(&[
            ("x", at.x - half.x),
            ("y", at.y - half.y),
            ("width", 2.0 * half.x),
            ("height", 2.0 * half.y),
            ("rx", round.min(half.y)),
        ])
    }

    /// Words whose middle is there.
    pub(super) fn words(&mut self, at: Point, size: f64, colour: &str, words: &str) {
        // Digits and capitals are about 0.72 of the font size high.
        let at = [("x", at.x), ("y", at.y + size * 0.36), ("font-size", size)];
        self.element("text")
            .numbers(&at)
            .colour("fill", colour)
            .say(words);
    }

    /// A group that is moved, turned by so many degrees, and scaled.
    pub(super) fn group(&mut self, at: Point, turned: f64, scale: f64) -> Element<'_, 'a> {
        let mut place = String::from("translate(");
        numbers(&mut place, &[at.x, at.y]);
        place.push(')');
        for (name, number, rest) in [("rotate", turned, 0.0), ("scale", scale, 1.0)] {
            if number != rest {
                place.push_str(name);
                place.push('(');
                decimal(&mut place, number, 3);
                place.push(')');
            }
        }
        self.element("g").text("transform", &place)
    }

    pub(super) fn close(&mut self, name: &str) {
        for part in ["</", name, ">\n"] {
            self.text.push_str(part);
        }
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                // XML has no way to write these.
                '\0'..='\x1f' => self.text.push(' '),
                _ => self.text.push(letter),
            }
        }
    }
}

impl Element<'_, '_> {
    pub(super) fn text(self, name: &str, value: &str) -> Self {
        self.0.text.push(' ');
        self.0.text.push_str(name);
        self.0.text.push_str("=\"");
        self.0.escaped(value);
        self.0.text.push('"');
        self
    }

    /// A colour by the name of its token.
    pub(super) fn colour(self, name: &str, token: &str) -> Self {
        let value = match token {
            "none" => String::from("none"),
            token => (self.0.token)(token),
        };
        self.text(name, &value)
    }

    pub(super) fn numbers(mut self, attributes: &[(&str, f64)]) -> Self {
        for (name, number) in attributes {
            let mut value = String::new();
            decimal(&mut value, *number, 2);
            self = self.text(name, &value);
        }
        self
    }

    pub(super) fn list(self, name: &str, list: &[f64]) -> Self {
        let mut value = String::new();
        numbers(&mut value, list);
        self.text(name, &value)
    }

    pub(super) fn dashed(self, dashes: &str) -> Self {
        self.text("stroke-dasharray", dashes)
    }

    pub(super) fn round(self) -> Self {
        self.text("stroke-linecap", "round")
            .text("stroke-linejoin", "round")
    }

    /// Ends an element without contents.
    pub(super) fn end(self) {
        self.0.text.push_str("/>\n");
    }

    /// Ends an element that holds words only.
    pub(super) fn say(self, words: &str) {
        let Some(name) = self.0.text.rsplit('<').next() else {
            return;
        };
        let name = String::from(name.split(' ').next().unwrap_or_default());
        self.0.text.push('>');
        self.0.escaped(words);
        self.0.close(&name);
    }

    /// Ends the beginning of an element that goes on.
    pub(super) fn open(self) {
        self.0.text.push_str(">\n");
    }
}

/// Numbers with spaces between them.
pub(super) fn numbers(to: &mut String, list: &[f64]) {
    for (place, number) in list.iter().enumerate() {
        if place > 0 {
            to.push(' ');
        }
        decimal(to, *number, 2);
    }
}

/// A path through points.
pub(super) fn path<'a>(points: impl IntoIterator<Item = &'a Point>) -> String {
    let mut d = String::new();
    for (place, point) in points.into_iter().enumerate() {
        d.push(if place == 0 { 'M' } else { 'L' });
        numbers(&mut d, &[point.x, point.y]);
    }
    d
}

/// The token of a term's fill, and of the text upon it.
pub(super) fn term(fill: u8) -> (&'static str, &'static str) {
    const FILLS: [(&str, &str); 9] = [
        ("term-0", "on-0"),
        ("term-1", "on-1"),
        ("term-2", "on-2"),
        ("term-3", "on-3"),
        ("term-4", "on-4"),
        ("term-5", "on-5"),
        ("term-6", "on-6"),
        ("term-7", "on-7"),
        ("term-8", "on-8"),
    ];
    FILLS[usize::from(fill) % FILLS.len()]
}
