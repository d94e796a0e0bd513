//! The logs of all nodes side by side, or their ledgers where there are no logs.

use crate::compose::RuleFace;
use crate::data::{CellState, value_text};
use crate::facts::{Facts, fill, lives};
use crate::geometry::Stage;
use crate::name::ordinal;
use crate::order::order_by;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Incarnation, LedgerRow, Micros, NodeId, Role};
use simulator::{CellView, NodeView, Power};

/// A row's height.
const ROW: f64 = 36.0;
/// A cell's height.
const CELL: f64 = 26.0;
/// The room for the heads of columns.
const HEAD: f64 = 26.0;
/// The room for names at the left.
const GUTTER: f64 = 44.0;
/// The room for a folded snapshot.
const FOLD: f64 = 64.0;
/// The least room for what is said of a row.
const SAYS: f64 = 152.0;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    /// Its left edge.
    pub x: f64,
    /// Its width.
    pub width: f64,
    /// Its text.
    pub text: String,
    /// Its fill: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// The position of its entry, from 1; 0 where it is none.
    pub position: u64,
    /// Whether the state machine of its node has carried it out.
    pub applied: bool,
    /// How safe it is; in a ledger, whether the node is presumed alive (committed), dead (pending),
    /// or not known (empty).
    pub state: CellState,
    /// What it says to somebody who does not see it.
    pub said: String,
}

/// A node's row.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Whose.
    pub node: NodeId,
    /// Its middle.
    pub y: f64,
    /// The fill that the node wears.
    pub fill: u8,
    /// Whether it is up.
    pub up: bool,
    /// Whether it leads.
    pub leads: bool,
    /// What a snapshot stands for, as one cell.
    pub folded: Option<TableCell>,
    /// The cells in the window.
    pub cells: Vec<TableCell>,
    /// Where what is committed ends, where that is in the window.
    pub border: Option<f64>,
    /// What is to be said of it, where there is room.
    pub says: String,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnShape {
    /// Its middle.
    pub x: f64,
    /// A position, or a place in the age order.
    pub text: String,
}

/// A table of logs or ledgers.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its size; its height follows from the number of nodes.
    pub stage: Stage,
    /// A cell's height.
    pub cell: f64,
    /// The first position shown, from 1.
    pub first: u64,
    /// The last position shown.
    pub last: u64,
    /// The last position that any log has.
    pub end: u64,
    /// The heads of the columns.
    pub columns: Vec<ColumnShape>,
    /// Where what is said of rows begins; `None` where there is no room for it.
    pub says: Option<f64>,
    /// The rows, by node.
    pub rows: Vec<TableRow>,
}

/// Draws the logs as far as they fit into `width` CSS pixels: from position `first` on, or the end of
/// the longest where it is `None`. For the oldest peer, the ledgers from the `first` oldest on.
#[must_use]
pub fn logs(facts: &Facts<'_>, first: Option<u64>, width: f64) -> Table {
    let width = Stage::new(width, ROW).sane().width;
    let nodes = facts.view.nodes.iter();
    let nodes: Vec<&NodeView> = nodes.filter(|it| it.power != Power::Absent).collect();
    let stage = Stage::new(width, HEAD + ROW * nodes.len().max(1) as f64);
    let lives = identities(&nodes);
    let has_log = facts.rule == RuleFace::Votes;
    let end = match has_log {
        true => nodes.iter().map(|it| last_index(it)).max().unwrap_or(0),
        false => lives.len() as u64,
    };
    let folds = has_log && nodes.iter().any(|it| folded(it) > 0);
    let wide = match has_log {
        true => longest(&nodes, end),
        false => 2.0,
    };
    let cell = 18.0 + 8.0 * wide;
    let left = GUTTER + if folds { FOLD } else { 0.0 };
    let room = width - left;
    let says = (room > SAYS + 6.0 * cell).then_some(width - SAYS);
    let room = room - says.map_or(0.0, |_| SAYS);
    let count = (libm::floor(room / cell) as u64).max(1);
    let latest = (end + 1).saturating_sub(count).max(1);
    let first = first.unwrap_or(latest).min(latest).max(1);
    let last = end.min(first + count - 1);
    let grid = Grid {
        left,
        cell,
        first,
        last,
    };
    let row = |(place, node): (usize, &&NodeView)| {
        let (cells, border) = match has_log {
            true => grid.log(node),
            false => (grid.ledger(node, &lives, facts), None),
        };
        TableRow {
            node: node.id,
            y: HEAD + ROW * (place as f64 + 0.5),
            fill: fill(facts.number(node.inspection.reign)),
            up: self::lives(node),
            leads: leads(node),
            folded: Some(folded(node)).filter(|it| has_log && *it > 0).map(fold),
            cells,
            border,
            says: says_of(facts, node),
        }
    };
    Table {
        stage,
        cell: CELL,
        first,
        last,
        end,
        columns: grid.columns(has_log),
        says,
        rows: nodes.iter().enumerate().map(row).collect(),
    }
}

fn leads(node: &NodeView) -> bool {
    lives(node) && node.inspection.role == Role::Leader
}

/// How many entries a snapshot stands for.
fn folded(node: &NodeView) -> u64 {
    match node.log.first() {
        Some(first) => first.index.saturating_sub(1),
        None => node.inspection.committed,
    }
}

/// Up to where the state machine of a node has carried out writes.
fn applied(node: &NodeView) -> u64 {
    let written = node.data.iter().map(|it| it.index);
    written.max().unwrap_or(0).max(folded(node))
}

fn last_index(node: &NodeView) -> u64 {
    node.log.last().map_or_else(|| folded(node), |it| it.index)
}

fn fold(entries: u64) -> TableCell {
    TableCell {
        x: GUTTER,
        width: FOLD - 8.0,
        text: format!("1–{}", short(entries)),
        fill: 0,
        position: 0,
        applied: true,
        state: CellState::Earlier,
        said: format!("a snapshot stands for positions 1 to {entries}"),
    }
}

/// A number that fits into a folded cell.
fn short(number: u64) -> String {
    match number {
        0..100_000 => number.to_string(),
        100_000..10_000_000 => format!("{}k", number / 1_000),
        _ => format!("{}M", number / 1_000_000),
    }
}

/// How many letters the longest text near the end of the logs has: the last ones are looked at, so
/// that columns keep their width while somebody scrolls.
fn longest(nodes: &[&NodeView], end: u64) -> f64 {
    let cells = nodes.iter().flat_map(|it| it.log.iter().rev().take(64));
    let values = cells.map(|it| text(it).chars().count());
    values.max().unwrap_or(1).max(end.to_string().len()) as f64
}

fn text(cell: &CellView) -> String {
    cell.value.map_or_else(|| "·".to_string(), value_text)
}

/// A life that some ledger knows.
#[derive(Clone, Copy, PartialEq)]
struct Identity {
    node: NodeId,
    incarnation: Incarnation,
    joined: Micros,
}

/// Every life that a node which is up knows of, the oldest first.
fn identities(nodes: &[&NodeView]) -> Vec<Identity> {
    let mut known: Vec<Identity> = Vec::new();
    let ledgers = nodes.iter().filter(|it| lives(it));
    for row in ledgers.flat_map(|it| &it.inspection.ledger) {
        let same = |it: &Identity| (it.node, it.incarnation) == (row.node, row.incarnation);
        if !known.iter().any(same) {
            known.push(Identity {
                node: row.node,
                incarnation: row.incarnation,
                joined: row.joined,
            });
        }
    }
    order_by(&mut known, |it| (it.joined, it.node, it.incarnation));
    known
}

/// Where columns stand.
struct Grid {
    left: f64,
    cell: f64,
    first: u64,
    last: u64,
}

impl Grid {
    fn x(&self, position: u64) -> f64 {
        self.left + self.cell * position.saturating_sub(self.first) as f64
    }

    fn columns(&self, numbered: bool) -> Vec<ColumnShape> {
        let column = |position: u64| ColumnShape {
            x: self.x(position) + (self.cell - 3.0) / 2.0,
            text: match numbered {
                true => position.to_string(),
                false => ordinal(position as usize),
            },
        };
        (self.first..=self.last).map(column).collect()
    }

    /// The part of a log that is in the window, and where what is committed ends.
    fn log(&self, node: &NodeView) -> (Vec<TableCell>, Option<f64>) {
        let begin = node.log.partition_point(|it| it.index < self.first);
        let end = node.log.partition_point(|it| it.index <= self.last);
        let shown = node.log.get(begin..end).unwrap_or_default();
        let applied = applied(node);
        let cell = |it: &CellView| {
            let text = text(it);
            let state = match it.committed {
                true => CellState::Committed,
                false => CellState::Pending,
            };
            let (index, term) = (it.index, it.term);
            let safe = if it.committed {
                "committed"
            } else {
                "not yet committed"
            };
            let what = match it.value {
                Some(value) => format!("{value}"),
                None => String::from("no value"),
            };
            let done = it.committed && it.index <= applied;
            let carried = if done { ", carried out" } else { "" };
            TableCell {
                x: self.x(it.index),
                width: self.cell - 3.0,
                text,
                fill: fill(it.term),
                position: it.index,
                applied: done,
                state,
                said: format!("position {index}: {what}, term {term}, {safe}{carried}"),
            }
        };
        let committed = node.inspection.committed;
        let inside = self.first <= committed + 1 && committed <= self.last && committed > 0;
        let border = inside.then(|| self.x(committed + 1) - 1.5);
        (shown.iter().map(cell).collect(), border)
    }

    /// What a node knows of each life in the window.
    fn ledger(&self, node: &NodeView, known: &[Identity], facts: &Facts<'_>) -> Vec<TableCell> {
        let places = (self.first..=self.last).zip(known.iter().skip(self.first as usize - 1));
        let cell = |(place, life): (u64, &Identity)| {
            let same = |it: &&LedgerRow| (it.node, it.incarnation) == (life.node, life.incarnation);
            let row = node.inspection.ledger.iter().find(same);
            let row = row.filter(|_| lives(node));
            let (state, what) = match row.map(|it| it.alive) {
                Some(true) => (CellState::Committed, "presumed alive"),
                Some(false) => (CellState::Pending, "presumed dead"),
                None => (CellState::Empty, "not known"),
            };
            let worn = facts.node(life.node);
            let worn = worn.map_or(0, |it| fill(facts.number(it.inspection.reign)));
            let again = match life.incarnation.0 {
                0 | 1 => String::new(),
                number => number.to_string(),
            };
            TableCell {
                x: self.x(place),
                width: self.cell - 3.0,
                text: match row {
                    Some(_) => format!("{}{again}", life.node),
                    None => String::new(),
                },
                fill: worn,
                position: 0,
                applied: false,
                state,
                said: format!("{} in life {}: {what}", life.node, life.incarnation.0),
            }
        };
        places.map(cell).collect()
    }
}

/// What is to be said of a node's row.
fn says_of(facts: &Facts<'_>, node: &NodeView) -> String {
    let behind = |it: &NodeView| it.log.iter().rev().take_while(|it| !it.committed).count();
    match node.power {
        Power::Stopped => return String::from("stopped"),
        Power::Paused => return String::from("stands still"),
        Power::Running | Power::Absent => {}
    }
    let role = if leads(node) { "leads" } else { "" };
    let open = match (facts.rule, behind(node)) {
        (RuleFace::Votes, 0) => String::new(),
        (RuleFace::Votes, open) => format!("{open} not committed"),
        (RuleFace::Age, _) => match node.data.last() {
            Some(data) => format!("holds {}", value_text(data.value)),
            None => String::new(),
        },
    };
    match (role, &*open) {
        ("", _) => open,
        (role, "") => String::from(role),
        (role, open) => format!("{role}, {open}"),
    }
}
