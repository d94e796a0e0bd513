//! Nodes: real buttons.

use super::badge::BadgeMark;
use super::mark::{Mark, Pen, put};
use super::pool::{Drawn, Pool};
use super::press::NODE;
use scene::glyph::CROWN;
use scene::{Form, NodeShape, Point, Sizes, VoteShape, VoteState};
use web_sys::Document;

/// A node's elements.
pub(super) struct NodeMark {
    group: Mark,
    words: Mark,
    halo: Mark,
    track: Mark,
    timer: Mark,
    disc: Mark,
    hexagon: Mark,
    votes: Mark,
    dots: Pool<VoteMark>,
    letter: Mark,
    sub: Mark,
    crown_place: Mark,
    tag: Mark,
    tag_rect: Mark,
    tag_text: Mark,
    badge: BadgeMark,
}

impl NodeMark {
    pub(super) fn new(document: &Document, layer: &Mark) -> Self {
        let group = layer
            .child(document, "g", "")
            .fixed("role", "button")
            .fixed("tabindex", "0")
            .fixed("aria-haspopup", "menu");
        let part = |name, class| group.child(document, name, class);
        let halo = part("circle", "halo");
        let track = part("circle", "timer-track");
        let timer = part("circle", "timer").fixed("pathLength", "100");
        let disc = part("circle", "disc");
        let hexagon = part("path", "disc");
        let votes = part("g", "votes");
        // Beside the button rather than in it: its name says these and more, but not letter for
        // letter, as a button's visible words should be in its name.
        let words = layer
            .child(document, "g", "label")
            .fixed("aria-hidden", "true");
        let letter = words.child(document, "text", "name");
        let sub = words.child(document, "text", "sub");
        let crown_place = part("g", "");
        let _ = crown_place
            .child(document, "path", "crown")
            .fixed("d", CROWN);
        let tag = words.child(document, "g", "tag");
        let tag_rect = tag.child(document, "rect", "");
        let tag_text = tag.child(document, "text", "");
        let badge = BadgeMark::new(document, &words);
        Self {
            group,
            words,
            halo,
            track,
            timer,
            disc,
            hexagon,
            votes,
            dots: Pool::new(),
            letter,
            sub,
            crown_place,
            tag,
            tag_rect,
            tag_text,
            badge,
        }
    }

    /// Paints what changes while no event comes: its timer, and the fill that follows its term.
    pub(super) fn paint_moving(&mut self, pen: &mut Pen, shape: &NodeShape) {
        self.group.term(pen, shape.wears);
        self.words.term(pen, shape.wears);
        self.paint_timer(pen, shape);
    }

    pub(super) fn paint(
        &mut self,
        document: &Document,
        pen: &mut Pen,
        shape: &NodeShape,
        sizes: Sizes,
    ) {
        self.group.word(pen, "class", class(shape));
        self.group.number(pen, NODE, f64::from(shape.id.0));
        self.group.place(pen, shape.centre);
        self.group.set(pen, "aria-label", &shape.name);
        let stopped = shape.form == Form::Stopped;
        let label = if stopped { "label stopped" } else { "label" };
        self.words.word(pen, "class", label);
        self.words.place(pen, shape.centre);
        self.halo.number(pen, "r", shape.halo);
        self.paint_body(pen, shape);
        self.paint_moving(pen, shape);
        self.paint_letters(pen, shape, sizes);
        self.paint_tag(pen, shape, sizes.unit);
        self.badge.paint(pen, shape.badge.as_ref(), sizes.unit);
        let crown = Point::new(0.0, -(shape.radius + 11.0 * sizes.mark));
        self.crown_place.place_scaled(pen, crown, sizes.mark);
        for (hint, vote) in shape.votes.iter().enumerate() {
            let make = || VoteMark::new(document, &self.votes);
            self.dots
                .get(pen, vote.voter.0.into(), hint, make)
                .paint(pen, vote);
        }
        self.dots.sweep(pen);
    }

    fn paint_body(&mut self, pen: &mut Pen, shape: &NodeShape) {
        let stands = shape.form == Form::Candidate;
        self.disc.show(pen, !stands);
        self.hexagon.show(pen, stands);
        if stands {
            self.hexagon
                .numbers(pen, "d", &[shape.radius], &|to, numbers| {
                    hexagon(to, numbers[0])
                });
        } else {
            self.disc.number(pen, "r", shape.radius);
        }
    }

    fn paint_timer(&mut self, pen: &mut Pen, shape: &NodeShape) {
        self.track.show(pen, shape.timer.is_some());
        self.timer
            .show(pen, shape.timer.is_some_and(|left| left > 0.004));
        let Some(left) = shape.timer else { return };
        self.track.number(pen, "r", shape.rim);
        self.timer.number(pen, "r", shape.rim);
        self.timer
            .numbers(pen, "stroke-dasharray", &[left * 100.0], &|to, numbers| {
                put(to, numbers);
                to.push_str(" 100");
            });
    }

    fn paint_letters(&mut self, pen: &mut Pen, shape: &NodeShape, sizes: Sizes) {
        self.letter.say(pen, &shape.letter);
        // Digits and capitals are about 0.72 of the font size high.
        let alone = sizes.name * 0.36;
        let shared = (sizes.name * 0.72 - sizes.sub * 0.86) / 2.0 + 1.0;
        self.letter
            .number(pen, "y", if shape.sub.is_some() { shared } else { alone });
        self.sub.show(pen, shape.sub.is_some());
        if let Some(sub) = &shape.sub {
            self.sub.say(pen, sub);
            self.sub.number(pen, "y", shared + sizes.sub * 1.18);
        }
    }

    fn paint_tag(&mut self, pen: &mut Pen, shape: &NodeShape, unit: f64) {
        self.tag.show(pen, shape.tag.is_some());
        let Some(tag) = &shape.tag else { return };
        self.tag.place(pen, tag.at);
        self.tag_rect.number(pen, "x", -tag.half);
        self.tag_rect.number(pen, "y", -10.0 * unit);
        self.tag_rect.number(pen, "width", tag.half * 2.0);
        self.tag_rect.number(pen, "height", 20.0 * unit);
        self.tag_rect.number(pen, "rx", 10.0 * unit);
        self.tag_text.number(pen, "y", 4.5 * unit);
        self.tag_text.say(pen, &tag.text);
    }
}

impl Drawn for NodeMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
        self.words.show(pen, shown);
    }
}

const fn class(shape: &NodeShape) -> &'static str {
    match (shape.form, shape.selected) {
        (Form::Follower, false) => "node follower",
        (Form::Candidate, false) => "node candidate",
        (Form::Leader, false) => "node leader",
        (Form::Stopped, false) => "node stopped",
        (Form::Follower, true) => "node follower selected",
        (Form::Candidate, true) => "node candidate selected",
        (Form::Leader, true) => "node leader selected",
        (Form::Stopped, true) => "node stopped selected",
    }
}

/// A hexagon with rounded corners, as wide as a disc of this radius and its ring.
fn hexagon(to: &mut String, radius: f64) {
    let corner = |index: i32| {
        let turn = f64::from(index) * core::f64::consts::FRAC_PI_3;
        Point::polar(turn, radius * 45.0 / 38.0)
    };
    for index in 0..6 {
        let (before, here, after) = (corner(index - 1), corner(index), corner(index + 1));
        let (near, far) = (here.toward(before, 0.2), here.toward(after, 0.2));
        to.push(if index == 0 { 'M' } else { 'L' });
        put(to, &[near.x, near.y]);
        to.push('Q');
        put(to, &[here.x, here.y, far.x, far.y]);
    }
    to.push('Z');
}

/// One voter's dot: a hollow circle, a half, or a filled one.
struct VoteMark {
    group: Mark,
    dot: Mark,
    half: Mark,
}

impl VoteMark {
    fn new(document: &Document, votes: &Mark) -> Self {
        let group = votes.child(document, "g", "");
        let half = group.child(document, "path", "vote coming");
        let dot = group.child(document, "circle", "");
        Self { group, dot, half }
    }

    fn paint(&mut self, pen: &mut Pen, shape: &VoteShape) {
        self.group.place(pen, shape.at);
        let have = shape.state == VoteState::Have;
        self.dot
            .word(pen, "class", if have { "vote have" } else { "vote none" });
        self.dot.number(pen, "r", shape.radius);
        self.half.show(pen, shape.state == VoteState::Coming);
        self.half
            .numbers(pen, "d", &[shape.radius], &|to, numbers| {
                let r = numbers[0];
                to.push_str("M0 ");
                put(to, &[-r]);
                to.push('a');
                put(to, &[r, r]);
                to.push_str(" 0 0 1 ");
                put(to, &[0.0, 2.0 * r]);
                to.push('z');
            });
    }
}

impl Drawn for VoteMark {
    fn show(&mut self, pen: &mut Pen, shown: bool) {
        self.group.show(pen, shown);
    }
}
