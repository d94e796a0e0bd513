//! What two sides are told apart by: the first difference, and the measures as charts.

use consensus::Micros;

pub(crate) const SIDE_BY_SIDE: &str = "Side by side";
pub(crate) const BOTH_SIDES: &str = "Both";
pub(crate) const NO_DIFFERENCE: &str = "No difference so far.";
pub(crate) const GO_TO_DIFFERENCE: &str = "Go there";
pub(crate) const OTHERWISE_THE_SAME: &str =
    " What they wait for or send from here on is not the same.";
pub(crate) const NO_MORE_EVENTS: &str = "Nothing more happens.";
pub(crate) const CHARTS_HINT: &str =
    "Point at a chart, or move along it with the arrow keys, to read a moment.";
pub(crate) const IN_SECONDS: &str = "in seconds";
pub(crate) const ACKNOWLEDGED_WRITES: &str = "acknowledged writes";
pub(crate) const NOBODY_BEGINS: &str = "Nobody begins to lead.";

pub(crate) fn first_difference_at(at: Micros) -> String {
    format!("First difference at {at}")
}

/// The moment that the words beside the charts are of.
pub(crate) fn measured_at(clock: &str) -> String {
    format!("At {clock} s")
}

pub(crate) fn at_a_moment(title: &str) -> String {
    format!("{title}, at a moment")
}

pub(crate) fn messages(count: u64) -> String {
    match count {
        1 => "1 message".to_string(),
        _ => format!("{count} messages"),
    }
}

/// What follows the name of a node.
pub(crate) fn begins_to_lead(at: Micros) -> String {
    format!(" begins to lead at {at}.")
}

/// What a client is told of one of its calls, both counted from 1: when, and the value of its key.
pub(crate) fn call_told(client: u32, call: u64, told: Option<(Micros, Option<u64>)>) -> String {
    match told {
        None => format!("Call {call} of client {client} is not done."),
        Some((at, None)) => format!("Call {call} of client {client} is done at {at}: no value."),
        Some((at, Some(value))) => {
            format!("Call {call} of client {client} is done at {at}: value {value}.")
        }
    }
}
