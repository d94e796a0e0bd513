//! The space-time diagram: a line for each node along time, messages slanted between them, cuts as
//! rivers.

mod axis;
mod hit;
mod rays;
mod rows;
mod signs;

use crate::compose::RuleFace;
use crate::facts::{fill, number_in};
use crate::geometry::{Point, Stage};
use crate::lanes::Sign;
use crate::node::Form;
use crate::river::Current;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{MessageShape, Micros, NodeId, Reign, Role};
use rows::Rows;
use simulator::{Excerpt, NodeState, Power, Record};

/// What part of a run a diagram shows, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The moment at its left edge.
    pub from: Micros,
    /// The moment at its right edge.
    pub to: Micros,
    /// The moment that people stand at.
    pub cursor: Micros,
    /// Its size in CSS pixels.
    pub stage: Stage,
    /// By what a node wins.
    pub rule: RuleFace,
}

/// A node's row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowShape {
    /// Whose.
    pub node: NodeId,
    /// Its height.
    pub y: f64,
    /// Its fill at the moment that people stand at: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// Whether it is up at that moment.
    pub up: bool,
    /// Whether there is room for its name at the left edge.
    pub named: bool,
}

/// A stretch of a node's line in which nothing changes.
#[derive(Clone, Debug, PartialEq)]
pub struct LifeShape {
    /// Whose.
    pub node: NodeId,
    /// Its height.
    pub y: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What the node is: a leader's line is a bar.
    pub form: Form,
    /// Whether the node stands still.
    pub paused: bool,
    /// Its fill: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// The number of the term or reign; 0 where none is known.
    pub number: u64,
}

/// How the line of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RayEnd {
    /// Somebody took it.
    Arrived,
    /// It flies on.
    Open,
    /// It was lost on its way.
    Lost,
    /// Its receiver did not take it.
    Refused,
    /// It stands still on its wire.
    Held,
}

/// A message as a line.
#[derive(Clone, Debug, PartialEq)]
pub struct RayShape {
    /// The message's number.
    pub id: u64,
    /// Where it was sent, or where it comes into the picture.
    pub from: Point,
    /// Where it ended, or goes out of the picture.
    pub to: Point,
    /// How it ends there.
    pub end: RayEnd,
    /// Circle, diamond (claim) or square (entry).
    pub shape: MessageShape,
    /// As in [`crate::Body::answer`].
    pub answer: Option<bool>,
    /// Whether it was damaged on its way.
    pub broken: bool,
    /// The fill of its term or reign.
    pub fill: u8,
}

/// A cut while it lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanShape {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The middle of the river, between the rows that it divides; `None` where these do not stand
    /// together, and all rows are shaded.
    pub y: Option<f64>,
    /// Half the river's width.
    pub half: f64,
    /// Whether its beginning is in the picture.
    pub begins: bool,
    /// Whether its end is in the picture.
    pub ends: bool,
    /// Whether the cut is one-way.
    pub one_way: bool,
    /// Which way messages still pass over the river; neither where there is none.
    pub current: Option<Current>,
}

/// Something that happened to a node, as a mark on its line.
#[derive(Clone, Debug, PartialEq)]
pub struct SignShape {
    /// When.
    pub when: Micros,
    /// Its centre.
    pub at: Point,
    /// To whom.
    pub node: NodeId,
    /// What.
    pub sign: Sign,
    /// The fill of its term or reign, 0 for none.
    pub fill: u8,
    /// What it says to somebody who does not see it.
    pub said: String,
}

/// The number of a leader's term or reign, on its bar.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelShape {
    /// Its centre.
    pub at: Point,
    /// Half its width.
    pub half: f64,
    /// `T2` or `R2`.
    pub text: String,
    /// Its fill.
    pub fill: u8,
}

/// A tick under the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct TickShape {
    /// Where.
    pub x: f64,
    /// Its text, in seconds.
    pub text: String,
}

/// A diagram; painters draw the fields in the order in which they stand here.
#[derive(Clone, Debug, PartialEq)]
pub struct Spacetime {
    /// Its size.
    pub stage: Stage,
    /// Where time begins: what is left of it belongs to the names.
    pub left: f64,
    /// Where time ends.
    pub right: f64,
    /// The line under the rows, above the ticks.
    pub floor: f64,
    /// How large marks are, relative to the design.
    pub mark: f64,
    /// The rows, from top to bottom.
    pub rows: Vec<RowShape>,
    /// Cuts.
    pub spans: Vec<SpanShape>,
    /// The nodes' lines.
    pub lives: Vec<LifeShape>,
    /// Messages, oldest first.
    pub rays: Vec<RayShape>,
    /// How many messages are not drawn, because there are too many.
    pub left_out: usize,
    /// The numbers of terms and reigns.
    pub labels: Vec<LabelShape>,
    /// What happened to nodes.
    pub signs: Vec<SignShape>,
    /// Where a guarantee broke.
    pub broken: Option<f64>,
    /// Ticks.
    pub ticks: Vec<TickShape>,
    /// The moment that people stand at, where it is in the picture. What is right of it lies ahead.
    pub playhead: Option<f64>,
}

/// The height in CSS pixels at which a diagram of so many nodes is at ease.
#[must_use]
pub fn height(nodes: usize) -> f64 {
    rows::TOP + rows::BOTTOM + 36.0 * nodes.max(2) as f64
}

/// Time along the picture.
#[derive(Clone, Copy)]
struct Scale {
    from: Micros,
    to: Micros,
    left: f64,
    right: f64,
}

impl Scale {
    /// Where a moment lies; beyond the edges for one that is not shown.
    fn x(&self, at: Micros) -> f64 {
        let whole = self.to.0.saturating_sub(self.from.0).max(1) as f64;
        let since = at.0 as f64 - self.from.0 as f64;
        self.left + (self.right - self.left) * since / whole
    }

    /// Where a moment lies, or the edge that is nearest to it.
    fn within(&self, at: Micros) -> f64 {
        self.x(at).max(self.left).min(self.right)
    }

    fn shows(&self, at: Micros) -> bool {
        (self.from..=self.to).contains(&at)
    }
}

/// Draws what an excerpt knows of the frame. `reigns` are those of [`simulator::View::reigns`].
#[must_use]
pub fn spacetime(excerpt: &Excerpt, record: &Record, reigns: &[Reign], frame: Frame) -> Spacetime {
    let stage = frame.stage.sane();
    let known = excerpt.to().min(frame.to);
    let rows = Rows::new(excerpt, record, stage, known);
    let scale = Scale {
        from: frame.from,
        to: frame.to,
        left: rows.gutter,
        right: stage.width - 10.0,
    };
    let spans = rows.spans(&record.story, &scale, known);
    let (rays, left_out) = rays::rays(excerpt, reigns, &rows, &spans, &scale, known);
    let lives = lives(excerpt, reigns, &rows, &scale, known);
    let (signs, labels) = signs::signs(excerpt, reigns, &rows, &lives, &scale, frame.rule);
    let shape = |(place, row): (usize, &rows::Row)| {
        let state = state_at(excerpt, row.node, frame.cursor);
        RowShape {
            node: row.node,
            y: row.y,
            fill: state.map_or(0, |it| fill(number_in(reigns, it.reign))),
            up: state.is_some_and(|it| is_up(&it)),
            named: place % rows.every == 0,
        }
    };
    let broken = excerpt.told().iter().find_map(|it| {
        let broke = matches!(it.what, simulator::What::Violated(_));
        (broke && scale.shows(it.at)).then(|| scale.x(it.at))
    });
    Spacetime {
        stage,
        left: scale.left,
        right: scale.right,
        floor: rows.floor,
        mark: rows.mark,
        rows: rows.list.iter().enumerate().map(shape).collect(),
        spans,
        lives,
        rays,
        left_out,
        labels,
        signs,
        broken,
        ticks: axis::ticks(&scale),
        playhead: scale.shows(frame.cursor).then(|| scale.x(frame.cursor)),
    }
}

fn is_up(state: &NodeState) -> bool {
    matches!(state.power, Power::Running | Power::Paused)
}

/// How a node was just before the excerpt.
fn start_of(excerpt: &Excerpt, node: NodeId) -> Option<NodeState> {
    let mut start = excerpt.start().iter();
    start.find(|it| it.node == node).copied()
}

/// How a node was at a moment of the excerpt.
fn state_at(excerpt: &Excerpt, node: NodeId, at: Micros) -> Option<NodeState> {
    let mut state = start_of(excerpt, node)?;
    for happening in excerpt.told().iter().take_while(|it| it.at <= at) {
        state.hear(&happening.what);
    }
    Some(state)
}

fn lives(
    excerpt: &Excerpt,
    reigns: &[Reign],
    rows: &Rows,
    scale: &Scale,
    known: Micros,
) -> Vec<LifeShape> {
    let mut lives: Vec<LifeShape> = Vec::new();
    for row in &rows.list {
        let Some(mut state) = start_of(excerpt, row.node) else {
            continue;
        };
        let first = lives.len();
        let mut from = excerpt.from();
        let mut end = |state: &NodeState, from: Micros, to: Micros| {
            let Some(life) = life(state, reigns, row, scale, (from, to)) else {
                return;
            };
            match lives.get_mut(first..).and_then(<[LifeShape]>::last_mut) {
                // A belief that changes nothing to be seen ends no stretch.
                Some(last) if last.is_like(&life) => last.to = life.to,
                _ => lives.push(life),
            }
        };
        for happening in excerpt.told().iter().take_while(|it| it.at <= known) {
            let before = state;
            if state.hear(&happening.what) {
                end(&before, from, happening.at);
                from = happening.at;
            }
        }
        end(&state, from, known);
    }
    lives
}

impl LifeShape {
    fn is_like(&self, other: &Self) -> bool {
        let look = |it: &Self| (it.form, it.paused, it.number);
        look(self) == look(other)
    }
}

fn life(
    state: &NodeState,
    reigns: &[Reign],
    row: &rows::Row,
    scale: &Scale,
    (from, to): (Micros, Micros),
) -> Option<LifeShape> {
    let (from, to) = (scale.within(from), scale.within(to));
    if to <= from || state.power == Power::Absent {
        return None;
    }
    let number = number_in(reigns, state.reign);
    Some(LifeShape {
        node: row.node,
        y: row.y,
        from,
        to,
        form: match state.role {
            _ if !is_up(state) => Form::Stopped,
            Role::Follower => Form::Follower,
            Role::Candidate => Form::Candidate,
            Role::Leader => Form::Leader,
        },
        paused: state.power == Power::Paused,
        fill: fill(number),
        number,
    })
}
