//! What two sides are told apart by: the first difference, and the measures as charts.

use consensus::Micros;

pub(crate) const SIDE_BY_SIDE: &str = "Side by side";
pub(crate) const NO_DIFFERENCE: &str = "No difference so far.";
pub(crate) const GO_TO_DIFFERENCE: &str = "Go there";
pub(crate) const OTHERWISE_THE_SAME: &str =
    " The same on both, but another wait or another message comes of it.";
pub(crate) const NO_MORE_EVENTS: &str = "Nothing more happens.";
pub(crate) const CHARTS_HINT: &str =
    "Point at a chart, or move along it with the arrow keys, to read a moment.";
pub(crate) const IN_SECONDS: &str = "in seconds";
pub(crate) const CHART_TITLES: [&str; 5] = [
    "Time without a leader",
    "Two leaders at once",
    "Acknowledged writes lost",
    "Writes on one node alone",
    "Messages sent",
];

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
