//! The timeline: who led when as bars, what happened as marks, both in percent of its window.

mod crowd;
mod deeds;
mod marks;
mod window;

use crate::facts::fill;
use crate::order::order_by;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Mandate, Micros, NodeId};
use crowd::thinned;
use marks::{ask_marks, broken_marks, crown_marks};
use simulator::{Action, Lead, Record, TimedAction};

pub use marks::shared;
pub use window::Window;

/// Narrower than this, in percent, a bar has no room for its leader's name.
const NAME_ROOM: f64 = 3.5;
/// How many marks' widths behind its bar's beginning a name stands.
const NAME_PLACE: f64 = 1.25;
/// Narrower than this, a bar has no room for a note.
const NOTE_ROOM: f64 = 15.0;

/// By which rule a lane's leaders lead: it says when a leader leads in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneRule {
    /// Whoever has a majority of this many nodes.
    Majority(usize),
    /// Whoever is the oldest in reach.
    Age,
}

/// A remark on a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It leads, but no majority hears it.
    CannotCommit,
    /// Another leads at the same time, and both answer clients.
    TwoLeaders,
}

/// A stretch of one node's time as leader.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Where it begins, in percent.
    pub from: f64,
    /// Where it ends, in percent.
    pub to: f64,
    /// Whether it lies in the lower row, since the upper one was taken.
    pub low: bool,
    /// Whether the leader leads in vain here.
    pub idle: bool,
    /// Whether it lies ahead of the cursor.
    pub ahead: bool,
    /// Its fill.
    pub fill: u8,
    /// Who leads, where there is room for the name.
    pub name: Option<NodeId>,
    /// Whether its beginning is the reign's, where a crown stands.
    pub crowned: bool,
    /// A remark, where there is room for it.
    pub note: Option<Note>,
}

/// What a mark on the timeline stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A guarantee breaks.
    Broken,
    /// A leader takes over.
    Crown,
    /// A leader steps down, or falls.
    Down,
    /// A candidate asks for votes.
    Ask,
    /// A client writes this value.
    Write(u64),
    /// A client reads.
    Read,
    /// The network is cut.
    Cut,
    /// The network is healed.
    Heal,
    /// The network is cut in one direction.
    CutOneWay,
    /// A node stops.
    Stop,
    /// A node starts.
    Start,
    /// A node stands still.
    Pause,
    /// A node that stood still goes on.
    Resume,
    /// A node works at another pace.
    Slow,
    /// The water changes: links lose, delay, double or damage more, or less.
    Water,
    /// A node's election timer is made to run out.
    TimeOut,
    /// A node joins.
    Join,
    /// A node leaves.
    Leave,
    /// The leader is asked to hand over.
    Transfer,
    /// The leader is asked to change the members.
    Members,
    /// A node is told to take a snapshot.
    Snapshot,
    /// Something is done to one message.
    Message,
    /// A disk writes differently, or is replaced by an empty one.
    Disk,
    /// A clock is set.
    Clock,
}

/// A mark on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: Micros,
    /// Where, in percent.
    pub place: f64,
    /// Whether it lies in the lower row.
    pub low: bool,
    /// Whether it lies ahead of the cursor.
    pub ahead: bool,
    /// What it stands for.
    pub sign: Sign,
    /// Its fill, 0 for none.
    pub fill: u8,
    /// What it says to somebody who does not see it, a line for each event.
    pub said: String,
    /// How many events it stands for besides its own, where there is no room for them.
    pub more: u32,
    /// Whether there is room for a word behind it.
    pub alone: bool,
}

/// A side's lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Who led.
    pub bars: Vec<Bar>,
    /// What happened to leadership.
    pub marks: Vec<Mark>,
}

/// What both sides share: what people and scenarios did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// From where to where the network is cut, in percent.
    pub rivers: Vec<(f64, f64)>,
    /// What was done.
    pub marks: Vec<Mark>,
}

/// One side's lane.
#[must_use]
pub fn lane(record: &Record, script: &[TimedAction], rule: LaneRule, window: &Window) -> Lane {
    let rows = rows(&record.leads);
    let mut lane = Lane::default();
    for (place, lead) in record.leads.iter().enumerate() {
        let mut pieces = pieces(place, &record.leads, script, rule, window);
        // Only the lower of two bars says that they are two, and only where both are obeyed.
        if !rows[place] || rule != LaneRule::Age {
            pieces.iter_mut().for_each(|piece| piece.shared = false);
        }
        let pieces = join(pieces);
        lane.bars.extend(bars(lead, rows[place], pieces, window));
        lane.marks.extend(crown_marks(lead, rows[place], window));
    }
    if rule != LaneRule::Age {
        lane.marks
            .extend(ask_marks(&record.story, &record.leads, window));
    }
    lane.marks.extend(broken_marks(&record.story, window));
    lane.marks = thinned(lane.marks, window);
    // A name stands behind its bar's beginning, unless a mark does.
    let room = window.room();
    for bar in &mut lane.bars {
        let place = bar.from + room * NAME_PLACE;
        let covers = |it: &Mark| it.low == bar.low && libm::fabs(it.place - place) < room;
        if lane.marks.iter().any(covers) {
            bar.name = None;
        }
    }
    lane
}

/// The number that a reign is known by.
fn number(lead: &Lead) -> u64 {
    match lead.reign.mandate {
        Mandate::Term(term) => term,
        Mandate::Election { .. } => u64::from(lead.number),
    }
}

fn leads_at(lead: &Lead, at: Micros) -> bool {
    lead.from <= at && lead.until.is_none_or(|until| at < until)
}

/// The row of each reign: the lower one where the upper is taken when it begins.
fn rows(leads: &[Lead]) -> Vec<bool> {
    let mut rows: Vec<bool> = Vec::with_capacity(leads.len());
    for lead in leads {
        let taken = leads[..rows.len()]
            .iter()
            .zip(&rows)
            .any(|(other, low)| !low && leads_at(other, lead.from));
        rows.push(taken);
    }
    rows
}

/// A stretch in which nothing about a leader changes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    from: Micros,
    to: Micros,
    idle: bool,
    shared: bool,
    ahead: bool,
}

/// A reign in pieces: it is divided where a cut, another reign or the cursor changes how it is
/// drawn.
fn pieces(
    place: usize,
    leads: &[Lead],
    script: &[TimedAction],
    rule: LaneRule,
    window: &Window,
) -> Vec<Piece> {
    let lead = &leads[place];
    let end = lead.until.unwrap_or(window.reached).max(lead.from);
    let others = || {
        leads
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != place)
            .map(|(_, other)| other)
    };
    let mut borders: Vec<Micros> = script.iter().map(|timed| timed.at).collect();
    borders.extend(
        others()
            .flat_map(|other| [Some(other.from), other.until])
            .flatten(),
    );
    borders.extend([window.cursor, end]);
    borders.retain(|at| lead.from < *at && *at <= end);
    order_by(&mut borders, |at| *at);
    borders.dedup();

    let mut pieces = Vec::new();
    let mut from = lead.from;
    for to in borders {
        let newer = others().any(|other| other.reign > lead.reign && leads_at(other, from));
        let idle = match rule {
            LaneRule::Majority(nodes) => newer || in_minority(lead.node, script, from, nodes),
            LaneRule::Age => false,
        };
        let shared = others().any(|other| leads_at(other, from));
        pieces.push(Piece {
            from,
            to,
            idle,
            shared,
            ahead: from >= window.cursor,
        });
        from = to;
    }
    pieces
}

/// Neighbours that are drawn alike are one.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if same(last, &piece) => last.to = piece.to,
            _ => joined.push(piece),
        }
    }
    joined
}

fn same(a: &Piece, b: &Piece) -> bool {
    (a.idle, a.shared, a.ahead) == (b.idle, b.shared, b.ahead)
}

/// Whether cuts keep `node` from a majority at `at`: who neither hears it nor is heard is no part
/// of one, nor is who only hears it.
fn in_minority(node: NodeId, script: &[TimedAction], at: Micros, nodes: usize) -> bool {
    let (mut sides, mut one_way): (&[Vec<NodeId>], Vec<_>) = (&[], Vec::new());
    for timed in script.iter().take_while(|timed| timed.at <= at) {
        match &timed.action {
            Action::Cut(groups) => sides = groups,
            Action::CutOneWay { from, to } => one_way.push((from, to)),
            Action::Heal => (sides, one_way) = (&[], Vec::new()),
            _ => {}
        }
    }
    let side = |node: &NodeId| sides.iter().position(|side| side.contains(node));
    let passes = |from: &NodeId, to: &NodeId| {
        !one_way
            .iter()
            .any(|(deaf, to_whom)| deaf.contains(from) && to_whom.contains(to))
    };
    let reached = (0..nodes as u16)
        .map(NodeId)
        .filter(|one| side(one) == side(&node) && passes(one, &node) && passes(&node, one));
    reached.count() * 2 <= nodes
}

fn bars(lead: &Lead, low: bool, pieces: Vec<Piece>, window: &Window) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let mut widest: Option<(usize, f64, Note)> = None;
    let mut named = false;
    for piece in pieces.into_iter().filter(|piece| piece.from < window.end) {
        let (from, to) = (window.place(piece.from), window.place(piece.to));
        let room = to - from;
        let name = (!named && room >= NAME_ROOM).then_some(lead.node);
        named |= name.is_some();
        let note = match (piece.idle, piece.shared) {
            (true, _) => Some(Note::CannotCommit),
            (false, true) => Some(Note::TwoLeaders),
            (false, false) => None,
        };
        if let Some(note) = note
            && widest.is_none_or(|(_, width, _)| width < room)
        {
            widest = Some((bars.len(), room, note));
        }
        bars.push(Bar {
            from,
            to,
            low,
            idle: piece.idle,
            ahead: piece.ahead,
            fill: fill(number(lead)),
            name,
            crowned: piece.from == lead.from,
            note: None,
        });
    }
    if let Some((place, room, note)) = widest
        && room >= NOTE_ROOM
    {
        bars[place].note = Some(note);
    }
    bars
}

#[cfg(test)]
mod tests;
