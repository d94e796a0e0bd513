//! What a node holds, as a row of cells beside it.

use crate::compose::{Anchor, RuleFace};
use crate::facts::{Facts, fill};
use crate::geometry::Point;
use crate::ground::{Ground, Patch};
use crate::layout::Layout;
use crate::name::listing;
use crate::node::{Form, NodeShape};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::NodeView;

/// How safe an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellState {
    /// Committed, or confirmed to the client: a solid border.
    Committed,
    /// Not yet: a dashed border.
    Pending,
    /// There is nothing to hold: a dotted, empty cell.
    Empty,
    /// Not a cell but the number of earlier entries that are left out.
    Earlier,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellShape {
    /// The middle of its left edge, from the log's origin.
    pub at: Point,
    /// The whole width that it takes up, the gap to the next one included.
    pub width: f64,
    /// Its text.
    pub text: String,
    /// Its fill: 1 to 8, 0 for neutral.
    pub fill: u8,
    /// How safe it is.
    pub state: CellState,
}

/// A node's log or data.
#[derive(Clone, Debug, PartialEq)]
pub struct LogShape {
    /// Whose.
    pub node: NodeId,
    /// Its origin: the middle of its left edge.
    pub at: Point,
    /// Its cells, oldest first.
    pub cells: Vec<CellShape>,
    /// Its accessible name.
    pub name: String,
}

/// A place where a node's cells could stand.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The middle of the edge at which the cells begin.
    at: Point,
    /// How they run from there.
    align: Anchor,
    /// How many of them may stand in a row.
    columns: usize,
    /// How many rows there may be.
    rows: usize,
}

/// The places for a node's cells, the best first: outside of the ring, clear of wires.
fn places(layout: &Layout, form: Form, centre: Point) -> [Place; 4] {
    let reach = layout.reach(form == Form::Candidate) + if layout.crowded { 26.0 } else { 0.0 };
    let outwards = if centre.x < -0.2 * layout.ring.x {
        -1.0
    } else {
        1.0
    };
    let beside = |side: f64, drop: f64, rows: usize| Place {
        at: Point::new(centre.x + side * (reach + 2.5), centre.y + drop),
        align: if side < 0.0 {
            Anchor::End
        } else {
            Anchor::Start
        },
        columns: 6,
        rows,
    };
    let crown = if form == Form::Leader {
        layout.radius * 0.3
    } else {
        0.0
    };
    let middle = |drop: f64, rows: usize| Place {
        at: Point::new(centre.x, centre.y + drop),
        align: Anchor::Middle,
        columns: 4,
        rows,
    };
    let (below, above) = (middle(reach + 12.0, 1), middle(-reach - 12.0 - crown, 1));
    let lower = middle(reach + 23.5, 2);
    let upper = middle(-reach - 23.5 - crown, 2);
    let height = centre.y / layout.ring.y;
    if height < -0.35 {
        [beside(outwards, 0.0, 2), above, upper, below]
    } else if height > 0.75 {
        let drop = layout.radius * 0.32;
        [
            beside(outwards, drop, 1),
            beside(-outwards, drop, 1),
            beside(outwards, drop, 2),
            below,
        ]
    } else {
        [below, lower, above, beside(outwards, 0.0, 2)]
    }
}

/// One entry before it has a place.
struct Entry {
    text: String,
    fill: u8,
    state: CellState,
}

/// Lays out a node's log, or what its state machine holds where there is no log.
pub(crate) fn log(
    facts: &Facts<'_>,
    node: &NodeView,
    shape: &NodeShape,
    layout: &Layout,
    ground: &mut Ground<'_>,
) -> Option<LogShape> {
    if layout.tiny || (layout.crowded && shape.form != Form::Leader) {
        return None;
    }
    let mut entries = entries(facts, node, shape.form);
    if entries.is_empty() {
        return None;
    }
    let name = log_name(facts, node, &entries);
    let unit = layout.sizes().unit;
    let digits = entries
        .iter()
        .rev()
        .take(8)
        .map(|entry| entry.text.chars().count())
        .max();
    let width = (15.0 + 8.0 * digits.unwrap_or(1).max(1) as f64) * unit;
    let places = places(layout, shape.form, shape.centre);
    let (at, columns, rows) = settle(entries.len(), &places, width, unit, ground)?;
    leave_out_earlier(&mut entries, columns * rows, node.earlier);
    Some(LogShape {
        node: node.id,
        at,
        cells: lay_out(entries, columns, width, unit),
        name,
    })
}

/// Finds the first place that is free for all cells, or for at least the last few, and takes it:
/// the origin, and how many cells stand in a row and a column.
fn settle(
    count: usize,
    places: &[Place],
    width: f64,
    unit: f64,
    ground: &mut Ground<'_>,
) -> Option<(Point, usize, usize)> {
    for least in [count.min(4), count.min(2), 1] {
        for place in places {
            let most = place.columns.min(count);
            for (columns, rows) in (1..=most)
                .rev()
                .flat_map(|columns| (1..=place.rows).map(move |rows| (columns, rows)))
            {
                // A second row only where one is too short, and only as long as needed.
                let too_many = columns * (rows - 1) >= count;
                let wasteful = rows > 1 && columns > count.div_ceil(rows);
                if columns * rows < least || too_many || wasteful {
                    continue;
                }
                let whole = columns as f64 * width;
                let left = match place.align {
                    Anchor::Start => place.at.x,
                    Anchor::Middle => place.at.x - whole / 2.0,
                    Anchor::End => place.at.x - whole,
                };
                let height = (23.0 * rows as f64 - 3.0) * unit;
                let patch = Patch::beside(left, place.at.y, whole - 2.0, height);
                if ground.is_free(patch) {
                    ground.take(patch);
                    return Some((Point::new(left, place.at.y), columns, rows));
                }
            }
        }
    }
    None
}

/// Keeps the last entries and puts the number of the others in front, with the `earlier` ones that
/// nobody showed.
fn leave_out_earlier(entries: &mut Vec<Entry>, capacity: usize, earlier: u64) {
    if entries.len() <= capacity {
        return;
    }
    let hidden = entries.len() - capacity + usize::from(capacity > 1);
    entries.drain(..hidden);
    if capacity > 1 {
        let text = format!("…{}", hidden as u64 + earlier);
        entries.insert(
            0,
            Entry {
                text,
                fill: 0,
                state: CellState::Earlier,
            },
        );
    }
}

fn lay_out(entries: Vec<Entry>, columns: usize, width: f64, unit: f64) -> Vec<CellShape> {
    let rows = entries.len().div_ceil(columns);
    let top = -(rows.saturating_sub(1) as f64) * 11.5 * unit;
    let cell = |(index, entry): (usize, Entry)| {
        let (row, column) = (index / columns, index % columns);
        let at = Point::new(column as f64 * width, top + row as f64 * 23.0 * unit);
        CellShape {
            at,
            width,
            text: entry.text,
            fill: entry.fill,
            state: entry.state,
        }
    };
    entries.into_iter().enumerate().map(cell).collect()
}

fn entries(facts: &Facts<'_>, node: &NodeView, form: Form) -> Vec<Entry> {
    let state = |safe: bool| {
        if safe {
            CellState::Committed
        } else {
            CellState::Pending
        }
    };
    if !node.log.is_empty() {
        let entry = |cell: &simulator::CellView| Entry {
            text: cell.value.map_or_else(|| "·".to_string(), value_text),
            fill: fill(cell.term),
            state: state(cell.committed),
        };
        return node.log.iter().map(entry).collect();
    }
    if facts.rule == RuleFace::Votes || form == Form::Stopped {
        return Vec::new();
    }
    let reign = fill(facts.number(node.inspection.reign));
    let held = |data: &simulator::DataView| Entry {
        text: value_text(data.value),
        fill: reign,
        state: state(data.acknowledged),
    };
    if node.data.is_empty() && form == Form::Leader {
        return alloc::vec![Entry {
            text: String::new(),
            fill: 0,
            state: CellState::Empty
        }];
    }
    node.data.iter().map(held).collect()
}

/// A value as it fits into a cell: the last digits of a long one.
pub(crate) fn value_text(value: u64) -> String {
    if value < 10_000 {
        value.to_string()
    } else {
        format!("…{:03}", value % 1_000)
    }
}

fn log_name(facts: &Facts<'_>, node: &NodeView, entries: &[Entry]) -> String {
    let texts = |state: CellState| -> Vec<String> {
        let shown = entries.len().saturating_sub(12);
        let of = entries
            .iter()
            .skip(shown)
            .filter(|entry| entry.state == state);
        of.map(|entry| {
            if entry.text == "·" {
                "a read".to_string()
            } else {
                entry.text.clone()
            }
        })
        .collect()
    };
    let (safe, pending) = (texts(CellState::Committed), texts(CellState::Pending));
    let (what, sure) = match facts.rule {
        RuleFace::Votes => ("Log", "committed"),
        RuleFace::Age => ("Data", "confirmed"),
    };
    match (safe.is_empty(), pending.is_empty()) {
        (true, true) => format!("{} leads with no data", node.id),
        (false, true) => format!("{what} of {}: {} {sure}", node.id, listing(&safe)),
        (true, false) => format!(
            "{what} of {}: {} not yet {sure}",
            node.id,
            listing(&pending)
        ),
        (false, false) => {
            let (safe, pending) = (listing(&safe), listing(&pending));
            format!("{what} of {}: {safe} {sure}, {pending} not yet", node.id)
        }
    }
}
