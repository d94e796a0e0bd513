//! Messages: where they come from, where they are, where they go.

use super::broken::BrokenMark;
use super::mark::{Mark, Pen, put};
use super::outline::{outline, sign};
use super::pool::Drawn;
use super::press::MESSAGE;
use consensus::MessageShape;
use scene::glyph::{OUTLINES, SIGNS};
use scene::{Body, FlightShape, Point};
use simulator::Endpoint;
use web_sys::Document;

/// A peg before a message that is held.
const PEG: &str = "M16-9V9";

/// A message's elements.
pub(super) struct FlightMark {
    group: Mark,
    title: Mark,
    track: Mark,
    wire: Mark,
    tail: Mark,
    fall: Mark,
    ripple: Mark,
    place: Mark,
    size: Mark,
    twin: Mark,
    body: Mark,
    sign: Mark,
    text: Mark,
    head: Mark,
    broken: Option<BrokenMark>,
    known: Option<Message>,
}

/// What seldom changes while a message is on its way.
#[derive(PartialEq)]
struct Message {
    ends: (Endpoint, Endpoint),
    kind: &'static str,
    body: Body,
    held: bool,
    fate: Option<&'static str>,
}

impl Message {
    fn of(shape: &FlightShape) -> Self {
        Self {
            ends: (shape.from, shape.to),
            kind: shape.kind,
            body: shape.body.clone(),
            held: shape.held,
            fate: shape.fate,
        }
    }

    fn is(&self, shape: &FlightShape) -> bool {
        self.ends == (shape.from, shape.to)
            && (self.kind, self.held, self.fate) == (shape.kind, shape.held, shape.fate)
            && self.body == shape.body
    }
}

impl FlightMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer.child(document, "g", "");
        let title = group.child(document, "title", "");
        let track = group.child(document, "g", "");
        let wire = track.child(document, "path", "");
        let tail = track.child(document, "path", "tail");
        let fall = group.child(document, "path", "fall");
        let ripple = group.child(document, "g", "ripple");
        for (rx, ry) in [("15", "4.5"), ("24", "7.5")] {
            let _ = ripple
                .child(document, "ellipse", "")
                .fixed("rx", rx)
                .fixed("ry", ry);
        }
        let place = group.child(document, "g", "");
        let size = place.child(document, "g", "");
        let twin = size
            .child(document, "path", "twin")
            .fixed("transform", "translate(5 -5)");
        let body = size.child(document, "path", "");
        let sign = size.child(document, "path", "sign");
        let text = size.child(document, "text", "value").fixed("y", "4.5");
        let head = size.child(document, "path", "head");
        Self {
            group,
            title,
            track,
            wire,
            tail,
            fall,
            ripple,
            place,
            size,
            twin,
            body,
            sign,
            text,
            head,
            broken: None,
            known: None,
        }
    }

    pub(super) fn paint(
        &mut self,
        document: &Document,
        pen: &mut Pen,
        shape: &FlightShape,
        dense: bool,
    ) {
        // Another run may give the same number to another message.
        if !self.known.as_ref().is_some_and(|known| known.is(shape)) {
            self.become_another(document, pen, shape);
        }
        if let Some(broken) = self.broken.as_mut().filter(|_| shape.body.broken) {
            broken.open(pen, shape.crack);
        }
        self.group.word(
            pen,
            "class",
            if shape.fall.is_some() {
                "msg dropped"
            } else {
                "msg"
            },
        );
        self.group.place(pen, shape.anchor);
        self.colour(pen, shape.fill);
        self.track
            .place_turned(pen, Point::default(), shape.direction);
        self.track.show(pen, !dense);
        if !dense {
            self.paint_track(pen, shape);
        }
        let points = shape.arrow || shape.held;
        self.head.show(pen, points && !dense);
        if points {
            self.head
                .place_turned(pen, Point::default(), shape.direction);
        }
        let tilt = shape.fall.map_or(0.0, |fall| fall.tilt);
        self.place.place_turned(pen, shape.at - shape.anchor, tilt);
        self.size
            .place_scaled(pen, Point::default(), shape.body.scale);
        self.paint_fall(pen, shape);
    }

    /// Offers it to be pressed, where it is on its wire and stands. One has its place in the order of
    /// the Tab key; arrows lead from there to the others.
    pub(super) fn offer(&mut self, pen: &mut Pen, shape: &FlightShape, stands: bool, first: bool) {
        let group = &mut self.group;
        if !stands || shape.fall.is_some() {
            group.word(pen, "role", "img");
            for name in [MESSAGE, "tabindex", "aria-haspopup"] {
                group.clear(pen, name);
            }
            return;
        }
        group.word(pen, "role", "button");
        group.word(pen, "aria-haspopup", "dialog");
        group.word(pen, "tabindex", if first { "0" } else { "-1" });
        group.set(pen, MESSAGE, &shape.id.to_string());
    }

    fn become_another(&mut self, document: &Document, pen: &mut Pen, shape: &FlightShape) {
        self.known = Some(Message::of(shape));
        let name = name(shape);
        self.title.say(pen, &name);
        self.group.set(pen, "aria-label", &name);
        let request = shape.body.answer.is_none();
        self.body
            .word(pen, "class", if request { "body" } else { "body reply" });
        let outline = OUTLINES[outline(&shape.body)];
        self.body.word(pen, "d", outline);
        self.twin.show(pen, shape.body.copy);
        self.twin.word(pen, "d", outline);
        let broken = shape.body.broken;
        self.body.show(pen, !broken);
        if broken {
            let size = &self.size;
            self.broken
                .get_or_insert_with(|| BrokenMark::new(document, size))
                .become_another(pen, &shape.body);
        }
        if let Some(mark) = &mut self.broken {
            mark.show(pen, broken);
        }
        let far = shape.body.shape != MessageShape::Call;
        let head = if shape.held {
            PEG
        } else if far {
            "M18-4.5 22.5 0 18 4.5"
        } else {
            "M15-4.5 19.5 0 15 4.5"
        };
        self.head.word(pen, "d", head);
        let sign = sign(&shape.body).filter(|_| !broken);
        self.sign.show(pen, sign.is_some());
        self.sign.word(pen, "d", SIGNS[sign.unwrap_or_default()]);
        self.text.show(pen, shape.body.text.is_some());
        self.text
            .say(pen, shape.body.text.as_deref().unwrap_or_default());
    }

    fn colour(&mut self, pen: &mut Pen, fill: Option<u8>) {
        match fill {
            Some(fill) => {
                self.group.clear(pen, "data-client");
                self.group.term(pen, fill);
            }
            None => {
                self.group.clear(pen, "data-term");
                self.group.word(pen, "data-client", "");
            }
        }
    }

    /// The tail behind and the wire ahead; both lie along the direction of travel.
    fn paint_track(&mut self, pen: &mut Pen, shape: &FlightShape) {
        let (half, length) = (shape.tail_half, shape.tail);
        self.tail
            .numbers(pen, "d", &[half, length], &|to, numbers| {
                to.push_str("M0 ");
                put(to, &[-numbers[0]]);
                to.push('L');
                put(to, &[-numbers[1], 0.0, 0.0, numbers[0]]);
                to.push('Z');
            });
        self.wire.show(pen, shape.wire.is_some());
        let Some((from, to)) = shape.wire else { return };
        self.wire.word(
            pen,
            "class",
            if shape.fall.is_some() {
                "wire gone"
            } else {
                "wire"
            },
        );
        // Drawn from its end, so that its dots stand still while the message comes.
        self.wire.numbers(pen, "d", &[to, from], &|text, numbers| {
            text.push('M');
            put(text, &[numbers[0], 0.0]);
            text.push('H');
            put(text, &numbers[1..]);
        });
    }

    fn paint_fall(&mut self, pen: &mut Pen, shape: &FlightShape) {
        self.fall.show(pen, shape.fall.is_some());
        self.ripple.show(
            pen,
            shape
                .fall
                .is_some_and(|fall| fall.ripple > 0.0 && !fall.bounced),
        );
        let Some(fall) = shape.fall else {
            self.group.clear(pen, "opacity");
            return;
        };
        let (bend, to) = (fall.bend - shape.anchor, fall.to - shape.anchor);
        self.fall
            .numbers(pen, "d", &[bend.x, bend.y, to.x, to.y], &|text, numbers| {
                text.push_str("M0 0Q");
                put(text, numbers);
            });
        let size = fall.ripple_size(shape.body.scale);
        self.ripple
            .place_scaled(pen, to + Point::new(0.0, 5.0), size);
        self.group.number(pen, "opacity", fall.opacity);
    }
}

impl Drawn for FlightMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}

/// What a message is, in words: `vote request, B to C`, `copy of heartbeat, A to B, broken`.
fn name(shape: &FlightShape) -> String {
    let end = |endpoint: Endpoint| match endpoint {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(_) => "client".to_owned(),
    };
    let answer = match shape.body.answer {
        None => "",
        Some(true) => ", yes",
        Some(false) => ", no",
    };
    let mut name = format!(
        "{}{}{answer}, {} to {}",
        if shape.body.copy { "copy of " } else { "" },
        shape.kind,
        end(shape.from),
        end(shape.to)
    );
    if let Some(fate) = shape.fate {
        name.push_str(", ");
        name.push_str(fate);
    }
    name
}
