//! The whole picture.

use crate::client::{ClientShape, backoff, clients};
use crate::data::{LogShape, log};
use crate::facts::Facts;
use crate::fall::fate_note;
use crate::flight::{FlightShape, dam, flight};
use crate::geometry::{Point, Stage};
use crate::ground::Ground;
use crate::layout::Sizes;
use crate::needle::{NeedleShape, needle};
use crate::node::{Form, NodeShape, node, tally_note, timer};
use crate::parting::dammed;
use crate::river::{DamShape, RiverShape};
use crate::seating::Seating;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Power, View};

/// With more messages than this in the air, tails, wires and words are left out.
const DENSE: usize = 150;
/// The fate of at most so many messages is named at a time.
const NAMED: usize = 3;

/// By what a node wins, which says how it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RuleFace {
    /// By votes: terms, tallies, logs.
    #[default]
    Votes,
    /// By age: reigns, ordinals, needles.
    Age,
}

/// What is drawn beside the view itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The rule.
    pub rule: RuleFace,
    /// Whether messages show where they go, as they do while paused.
    pub arrows: bool,
    /// The node that somebody looks at.
    pub selected: Option<NodeId>,
}

/// How a text hangs on its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Something plain.
    Plain,
    /// A message that was lost.
    Lost,
    /// A message that was lost in the river; the note stands on water.
    Sunk,
    /// A message that was damaged.
    Broken,
}

/// Two or three words on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteShape {
    /// Its point, on the base line.
    pub at: Point,
    /// How it hangs there.
    pub anchor: Anchor,
    /// What it is about.
    pub tone: Tone,
    /// The words.
    pub text: String,
}

/// All that is on a stage, in no particular order of time; painters draw the fields in the order
/// in which they stand here.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Left, top, width and height; the ring's centre is the origin.
    pub view_box: [f64; 4],
    /// Sizes that all marks share.
    pub sizes: Sizes,
    /// The cut.
    pub rivers: Vec<RiverShape>,
    /// Dams across wires that no river crosses.
    pub dams: Vec<DamShape>,
    /// The half axes of the ring, where there is one to see.
    pub orbit: Option<Point>,
    /// Whom each peer believes to lead.
    pub needles: Vec<NeedleShape>,
    /// What each node holds.
    pub cells: Vec<LogShape>,
    /// Messages, oldest first.
    pub flights: Vec<FlightShape>,
    /// Whether time stands, so that messages can be read.
    pub still: bool,
    /// Whether there are so many messages that tails and wires are to be left out.
    pub dense: bool,
    /// Words on the stage.
    pub notes: Vec<NoteShape>,
    /// How many of the notes are about nodes; the others are about messages.
    about_nodes: usize,
    /// The nodes, by id.
    pub nodes: Vec<NodeShape>,
    /// The clients, and what they say when somebody looks at them.
    pub clients: Vec<ClientShape>,
}

/// What to draw at `at`, a moment between the view's and that of the next event.
///
/// Most of it stays as it is until that event: see [`advance`].
#[must_use]
pub fn compose(view: &View, at: Micros, seating: &Seating, stage: Stage, style: Style) -> Scene {
    let mut seating = seating.clone();
    if seating.layout.stage != stage.sane() {
        seating = Seating::target(view, stage);
    }
    let facts = Facts::new(view, style.rule);
    let dams = dammed(view).into_iter();
    let mut scene = Scene {
        view_box: seating.layout.view_box(),
        sizes: seating.layout.sizes(),
        rivers: seating.river.iter().cloned().collect(),
        dams: dams
            .filter_map(|(from, to)| dam(&seating, from, to))
            .collect(),
        orbit: (seating.seats().len() > 1).then_some(seating.layout.ring),
        needles: Vec::new(),
        cells: Vec::new(),
        flights: Vec::new(),
        still: style.arrows,
        dense: false,
        notes: Vec::new(),
        about_nodes: 0,
        clients: clients(view, at, &seating),
        nodes: Vec::new(),
    };
    add_nodes(&mut scene, &facts, at, &seating, style);
    scene.about_nodes = scene.notes.len();
    add_flights(&mut scene, view, at, &seating, style);
    scene
}

/// Takes a scene to another moment, `at`, at a fraction of what [`compose`] costs: messages travel
/// and timers run, and all else is left as it is. Gives what [`compose`] does where the scene was
/// composed of the same `view`, `seating` and `style`, and `at` lies before the next event.
pub fn advance(scene: &mut Scene, view: &View, at: Micros, seating: &Seating, style: Style) {
    for shape in &mut scene.nodes {
        let place = view.nodes.binary_search_by_key(&shape.id, |node| node.id);
        shape.timer = place.ok().and_then(|place| timer(&view.nodes[place], at));
    }
    for (shape, client) in scene.clients.iter_mut().zip(&view.clients) {
        shape.backoff = backoff(client, at);
    }
    scene.notes.truncate(scene.about_nodes);
    add_flights(scene, view, at, seating, style);
}

fn add_nodes(scene: &mut Scene, facts: &Facts<'_>, at: Micros, seating: &Seating, style: Style) {
    let mut ground = Ground::new(seating);
    let mut candidates = Vec::new();
    for view in facts
        .view
        .nodes
        .iter()
        .filter(|node| node.power != Power::Absent)
    {
        let Some(shape) = node(facts, view, at, seating, style) else {
            continue;
        };
        scene
            .cells
            .extend(log(facts, view, &shape, &seating.layout, &mut ground));
        if style.rule == RuleFace::Age {
            scene.needles.extend(needle(facts, view, seating));
        }
        candidates.extend((shape.form == Form::Candidate).then_some((view, scene.nodes.len())));
        scene.nodes.push(shape);
    }
    for (view, index) in candidates {
        let shape = &scene.nodes[index];
        scene
            .notes
            .extend(tally_note(view, shape, &seating.layout, &mut ground));
    }
}

fn add_flights(scene: &mut Scene, view: &View, at: Micros, seating: &Seating, style: Style) {
    // Numbers of reigns are all that is asked of them here, and those do not depend on the rule.
    let facts = Facts::new(view, RuleFace::Votes);
    let flights = view.flights.iter();
    scene.flights.clear();
    scene
        .flights
        .extend(flights.filter_map(|one| flight(&facts, one, at, seating, style.arrows)));
    scene.dense = scene.flights.len() > DENSE;
    if scene.dense {
        return;
    }
    let mut named: Vec<NoteShape> = Vec::new();
    for shape in scene.flights.iter().rev() {
        let Some(note) = fate_note(shape, seating) else {
            continue;
        };
        let apart = |other: &NoteShape| {
            (other.at.x - note.at.x).abs() > 64.0 || (other.at.y - note.at.y).abs() > 18.0
        };
        if named.len() < NAMED && named.iter().all(apart) {
            named.push(note);
        }
    }
    scene.notes.append(&mut named);
}
