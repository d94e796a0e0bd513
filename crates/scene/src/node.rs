//! Nodes: shape says the role, fill the term or reign.

use crate::badge::{BadgeShape, badge};
use crate::compose::{Anchor, NoteShape, RuleFace, Style, Tone};
use crate::facts::{Facts, fill, lives};
use crate::flight::is_flying;
use crate::geometry::{Point, Within};
use crate::ground::{Ground, Patch};
use crate::layout::{DESIGN_RADIUS, Layout};
use crate::name::{node_name, ordinal, tally};
use crate::seating::Seating;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Mandate, MessageShape, Micros, NodeId, Role, VoteView};
use simulator::{Endpoint, NodeView};

/// The form of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A disc.
    Follower,
    /// A dashed hexagon.
    Candidate,
    /// A ringed disc with a crown.
    Leader,
    /// A dotted outline.
    Stopped,
}

/// How far a vote has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoteState {
    /// Given and arrived.
    Have,
    /// Given, still on its way.
    Coming,
    /// Not given.
    None,
}

/// One voter's dot inside a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoteShape {
    /// Whose vote.
    pub voter: NodeId,
    /// Its centre, from the node's centre: where the voter stands on the ring.
    pub at: Point,
    /// Its radius.
    pub radius: f64,
    /// How far it has come.
    pub state: VoteState,
}

/// The small label on a node's rim.
#[derive(Clone, Debug, PartialEq)]
pub struct TagShape {
    /// `T2` or `R2`.
    pub text: String,
    /// Its centre, from the node's centre.
    pub at: Point,
    /// Half its width.
    pub half: f64,
}

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeShape {
    /// Who.
    pub id: NodeId,
    /// Its centre.
    pub centre: Point,
    /// Its disc's radius.
    pub radius: f64,
    /// Its timer's radius.
    pub rim: f64,
    /// Its halo's radius: focus and selection.
    pub halo: f64,
    /// Its form.
    pub form: Form,
    /// The fill of its term or reign: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// The fill that it is drawn with: its own, or for a moment that of an earlier term, see
    /// [`crate::CalmFills`].
    pub wears: u8,
    /// Its letter.
    pub letter: String,
    /// Its place in the age order, under the letter.
    pub sub: Option<String>,
    /// Its term or reign.
    pub tag: Option<TagShape>,
    /// What slows it down, on the rim across from its term.
    pub badge: Option<BadgeShape>,
    /// What is left of its timer, from 0 to 1. Time goes on for one that stands still, too.
    pub timer: Option<f64>,
    /// A candidate's tally.
    pub votes: Vec<VoteShape>,
    /// Whether somebody looks at it.
    pub selected: bool,
    /// Its accessible name.
    pub name: String,
}

/// Draws one node at its seat.
pub(crate) fn node(
    facts: &Facts<'_>,
    node: &NodeView,
    at: Micros,
    seating: &Seating,
    style: Style,
) -> Option<NodeShape> {
    let centre = seating.position(node.id)?;
    let layout = &seating.layout;
    let form = form(node);
    let number = facts.number(node.inspection.reign);
    let candidate = form == Form::Candidate;
    let rank = facts.rank(node.id).filter(|_| lives(node));
    let roomy = layout.radius >= 21.0;
    Some(NodeShape {
        id: node.id,
        centre,
        radius: layout.radius,
        rim: layout.radius * if candidate { 53.0 } else { 46.0 } / DESIGN_RADIUS,
        halo: layout.reach(candidate),
        form,
        fill: fill(number),
        wears: fill(number),
        letter: node.id.to_string(),
        sub: rank.filter(|_| roomy).map(ordinal),
        tag: tag(facts, layout, form, number, centre),
        badge: badge(layout, node, centre),
        timer: timer(node, at),
        votes: if candidate {
            votes(facts, node, at, seating)
        } else {
            Vec::new()
        },
        selected: style.selected == Some(node.id),
        name: node_name(facts, node),
    })
}

fn form(node: &NodeView) -> Form {
    match node.inspection.role {
        _ if !lives(node) => Form::Stopped,
        Role::Follower => Form::Follower,
        Role::Candidate => Form::Candidate,
        Role::Leader => Form::Leader,
    }
}

fn tag(
    facts: &Facts<'_>,
    layout: &Layout,
    form: Form,
    number: u64,
    centre: Point,
) -> Option<TagShape> {
    let text = match facts.rule {
        RuleFace::Votes => format!("T{number}"),
        RuleFace::Age if number > 0 => format!("R{number}"),
        RuleFace::Age => return None,
    };
    if layout.tiny {
        return None;
    }
    let unit = layout.sizes().unit;
    let half = (text.len() as f64 * 4.2 + 5.6).max(14.0) * unit;
    let at = if layout.crowded {
        let outwards = centre.unit();
        let crown = if form == Form::Leader && outwards.y < -0.4 {
            16.0
        } else {
            0.0
        };
        let out = layout.reach(false) + crown;
        Point::new(outwards.x * (out + half), outwards.y * (out + 10.0 * unit))
    } else {
        on_rim(layout, form, centre, half)
    };
    Some(TagShape { text, at, half })
}

/// Where a tag hangs on the rim: beside the ordinal, under it where the stage ends there. The same
/// on both stages, whether there are ordinals or not.
fn on_rim(layout: &Layout, form: Form, centre: Point, half: f64) -> Point {
    let sizes = layout.sizes();
    let ratio = if form == Form::Candidate { 35.0 } else { 29.0 } / DESIGN_RADIUS;
    // On a small node it hangs further out, so as not to cover the letters.
    let off = layout.radius * ratio + (DESIGN_RADIUS - layout.radius).max(0.0) * 0.36;
    let beside = off.max(sizes.sub * 0.9 + half + 2.0);
    let room = layout.wall() - centre.x - half - 2.0;
    if beside <= room {
        return Point::new(beside, off);
    }
    let under = (sizes.name * 0.72 + sizes.sub * 1.5) / 2.0 + 12.0 * sizes.unit;
    Point::new(off.min(room), off.max(under))
}

/// What is left of a node's timer, as a share of its whole time.
pub(crate) fn timer(node: &NodeView, at: Micros) -> Option<f64> {
    let patience = node.patience?;
    if !lives(node) || node.inspection.role == Role::Leader {
        return None;
    }
    let whole = patience.due.since(patience.armed).0;
    let left = patience.due.since(at).0;
    (whole > 0).then(|| (left as f64 / whole as f64).within(0.0, 1.0))
}

fn votes(facts: &Facts<'_>, node: &NodeView, at: Micros, seating: &Seating) -> Vec<VoteShape> {
    let layout = &seating.layout;
    let ring = layout.radius * 30.0 / DESIGN_RADIUS;
    let count = node.inspection.votes.len().max(1) as f64;
    let radius =
        (layout.radius * 5.5 / DESIGN_RADIUS).min(ring * core::f64::consts::PI / count * 0.8);
    if radius < 1.2 {
        return Vec::new();
    }
    let dot = |vote: &VoteView| {
        let seat = seating.position(vote.voter)?;
        let state = match vote.granted {
            Some(true) => VoteState::Have,
            None if is_coming(facts, node, vote.voter, at) => VoteState::Coming,
            _ => VoteState::None,
        };
        let at = Point::polar(layout.bearing(seat), ring);
        Some(VoteShape {
            voter: vote.voter,
            at,
            radius,
            state,
        })
    };
    node.inspection.votes.iter().filter_map(dot).collect()
}

/// Whether the voter's yes to this candidacy is on its way.
fn is_coming(facts: &Facts<'_>, candidate: &NodeView, voter: NodeId, at: Micros) -> bool {
    let term = candidate.inspection.reign.mandate;
    let same = |mandate: Mandate| mandate == term;
    facts.view.flights.iter().any(|flight| {
        flight.from == Endpoint::Node(voter)
            && flight.to == Endpoint::Node(candidate.id)
            && flight.answer == Some(true)
            && flight.shape == MessageShape::Claim
            && flight.reign.is_none_or(|reign| same(reign.mandate))
            && is_flying(flight, at)
    })
}

/// The tally in words, at the first free place round a candidate.
pub(crate) fn tally_note(
    node: &NodeView,
    shape: &NodeShape,
    layout: &Layout,
    ground: &mut Ground<'_>,
) -> Option<NoteShape> {
    let (have, needed) = tally(node)?;
    let text = format!("{have} of {needed} votes");
    let size = layout.sizes().note;
    let width = text.len() as f64 * size * 0.56;
    let room = (layout.wall() - width / 2.0 - 2.0).max(0.0);
    let x = shape.centre.x.within(-room, room);
    let (halo, y) = (shape.halo, shape.centre.y);
    let (below, above) = (
        Point::new(x, y + halo + 42.0),
        Point::new(x, y - halo - 8.0),
    );
    let under = Point::new(x, y + halo + 16.0);
    let aside = |side: f64| {
        Point::new(
            shape.centre.x + side * (halo + 6.0 + width / 2.0),
            y + halo * 0.3,
        )
    };
    let outwards = if shape.centre.x < 0.0 { -1.0 } else { 1.0 };
    let high = shape.centre.y < -0.35 * layout.ring.y;
    // Under a high candidate the votes come in: the note keeps out of their way where it can.
    let places = if high {
        [above, aside(outwards), under, aside(-outwards), below]
    } else {
        [under, below, aside(-outwards), aside(outwards), above]
    };
    let patch =
        |at: &Point| Patch::beside(at.x - width / 2.0, at.y - size * 0.35, width, size * 1.1);
    let at = places.into_iter().find(|at| ground.is_free(patch(at)))?;
    ground.take(patch(&at));
    (!layout.crowded && !layout.tiny).then_some(NoteShape {
        at,
        anchor: Anchor::Middle,
        tone: Tone::Plain,
        text,
    })
}
