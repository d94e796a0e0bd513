//! The views beside the ring.

use consensus::Micros;
use scene::decimal;

pub(crate) const VIEWS: &str = "Views";
/// The views, in the order of their tabs.
pub(crate) const VIEW_TITLES: [&str; 4] = ["Ring", "Space-time", "Logs", "Events"];

/// How a side's view is called; `view` is its place among the tabs.
pub(crate) fn view_of(protocol: &str, view: usize) -> String {
    let what = ["ring", "space-time diagram", "logs", "events"];
    format!("{protocol}: {}", what[view])
}

// The diagram: what buttons say, and their hints.
pub(crate) const SHOW_MORE_TIME: [&str; 2] = ["Show more time", "Show more time"];
pub(crate) const SHOW_LESS_TIME: [&str; 2] = ["Show less time", "Show less time"];
pub(crate) const KEEP_SVG: [&str; 2] = ["SVG", "Save the diagram as SVG"];
pub(crate) const KEEP_PNG: [&str; 2] = ["PNG", "Save the diagram as PNG"];
pub(crate) const MARKS: &str = "What happened, in order of time";

pub(crate) fn shown_span(span: Micros) -> String {
    let (number, unit) = match span.0 {
        0..1_000_000 => (span.0 as f64 / 1e3, " ms"),
        _ => (span.0 as f64 / 1e6, " s"),
    };
    let mut words = String::new();
    decimal(&mut words, number, 1);
    words + unit
}

pub(crate) fn message_sent(message: &str, sent: Micros) -> String {
    format!("{message}, sent at {sent}")
}

pub(crate) fn left_out(count: usize) -> String {
    match count {
        1 => "One routine message is left out. Show less time to see it.".to_string(),
        count => format!("{count} routine messages are left out. Show less time to see them."),
    }
}

/// The name of a file that keeps a diagram.
pub(crate) fn file_name(protocol: &str, seed: &str, at: Micros, ending: &str) -> String {
    let protocol = protocol.to_lowercase().replace(' ', "-");
    let at = at.to_string().replace(" s", "s");
    format!("whitewater-{protocol}-seed-{seed}-{at}.{ending}")
}

pub(crate) fn picture_title(protocol: &str, seed: &str) -> String {
    format!("{protocol}, seed {seed}")
}

pub(crate) fn picture_description(from: Micros, to: Micros) -> String {
    format!("A line for each node from {from} to {to}, and every message between them.")
}

// The logs.
pub(crate) const NODE: &str = "Node";
pub(crate) const LATEST: &str = "Latest";
pub(crate) const NOTHING_HELD: &str = "No node holds an entry yet.";
pub(crate) const KNOWN_LIVES: &str = "Whom each peer knows, the oldest first";
pub(crate) const EARLIER_POSITIONS: [&str; 2] = ["Earlier positions", "Earlier positions"];
pub(crate) const LATER_POSITIONS: [&str; 2] = ["Later positions", "Later positions"];

pub(crate) fn positions(first: u64, last: u64, end: u64) -> String {
    format!("Positions {first} to {last} of {end}")
}

// The list of events.
pub(crate) const KINDS: &str = "Kinds of events";
/// The kinds of events, in their order.
pub(crate) const EVENT_KINDS: [&str; 9] = [
    "Acts",
    "Up and down",
    "Leadership",
    "Logs",
    "Rules",
    "Routine",
    "Messages",
    "Clients",
    "Checks",
];
pub(crate) const SEARCH: &str = "Search";
pub(crate) const SEARCH_EVENTS: &str = "Search events";
pub(crate) const EVENTS_OF: &str = "Events of";
pub(crate) const ALL_NODES: &str = "All nodes";
pub(crate) const FOLLOW: &str = "Follow";
pub(crate) const EARLIER_EVENTS: &str = "Show earlier events";
pub(crate) const NO_SUCH_EVENT: &str = "Nothing like that has happened here.";
