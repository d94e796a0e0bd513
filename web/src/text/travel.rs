//! Milestones, markers, branches and the list of keys.

use crate::shortcuts::{Deed, Place};
use consensus::Micros;

/// A control's name, and what a pointer is told of it.
pub(crate) const NEXT_MILESTONE: [&str; 2] = [
    "Next milestone",
    "Next milestone: election, vote, leader, commit, crash, cut (Shift →)",
];
pub(crate) const PREVIOUS_MILESTONE: [&str; 2] =
    ["Previous milestone", "Previous milestone (Shift ←)"];
pub(crate) const KEYS: &str = "Keyboard shortcuts";
pub(crate) const KEYS_TITLE: [&str; 2] = [KEYS, "Keyboard shortcuts (?)"];

pub(crate) fn markers(of: &str) -> String {
    format!("Markers: {of}")
}

// What was reached.
pub(crate) const NO_MILESTONE: &str = "No milestone comes within a minute.";
pub(crate) const THE_BEGINNING: &str = "The beginning: no milestone lies before.";
pub(crate) const CALLS_AN_ELECTION: &str = " calls an election.";
pub(crate) const VOTES_FOR: &str = " votes for ";
pub(crate) const VOTES_FOR_ITSELF: &str = " votes for itself.";
pub(crate) const FULL_STOP: &str = ".";
pub(crate) const BECOMES_LEADER: &str = " becomes the leader.";
pub(crate) const CRASHES: &str = " crashes.";
pub(crate) const BOOTS_AGAIN: &str = " boots again.";
pub(crate) const NETWORK_IS_CUT: &str = "The network is cut.";
pub(crate) const NETWORK_IS_WHOLE: &str = "The network is whole again.";
pub(crate) const GUARANTEE_BREAKS: &str = "A guarantee breaks.";

pub(crate) fn commits(index: u64) -> String {
    format!(" commits entry {index}.")
}

pub(crate) fn carries_out(index: u64) -> String {
    format!(" carries out write {index}.")
}

pub(crate) fn reached(title: &str, sentence: &str) -> String {
    format!("{title}: {sentence} ")
}

pub(crate) fn at(at: Micros) -> String {
    format!("At {at}.")
}

// Branches.
pub(crate) const BRANCHES: &str = "Branches";

pub(crate) fn branch(number: usize) -> String {
    format!("Branch {number}")
}

pub(crate) fn grows_on(parent: Option<usize>, at: Micros) -> String {
    match parent {
        Some(number) => format!("Parts from branch {number} at {at}"),
        None => format!("Parts from what is played now at {at}"),
    }
}

// The list of keys.
/// Where keys work, as a heading over them.
pub(crate) const fn place(place: Place) -> &'static str {
    match place {
        Place::Page => "Everywhere",
        Place::Stage => "On a node or a message",
        Place::Message => "On a message, while time stands",
        Place::Marker => "On a marker of the timeline",
        Place::Branch => "On a branch",
    }
}

/// What a key does in a place.
pub(crate) const fn deed(place: Place, deed: Deed) -> &'static str {
    match (place, deed) {
        (_, Deed::Toggle) => "Play or pause",
        (_, Deed::Forward) => "One event forward",
        (_, Deed::Back) => "One event back",
        (_, Deed::NextMilestone) => "Next milestone",
        (_, Deed::PreviousMilestone) => "Previous milestone",
        (_, Deed::Start) => "To the start",
        (_, Deed::End) => "To the furthest moment played",
        (_, Deed::Faster) => "Faster",
        (_, Deed::Slower) => "Slower",
        (_, Deed::Keys) => "This list",
        (Place::Marker, Deed::Leave) => "Hide its tip",
        (_, Deed::Leave) => "Close what is open",
        (_, Deed::Choose) => "Open its menu",
        (Place::Message, Deed::Next) => "Next message",
        (Place::Message, Deed::Previous) => "Previous message",
        (Place::Marker, Deed::Next) => "Next marker",
        (Place::Marker, Deed::Previous) => "Previous marker",
        (_, Deed::Above) => "Nearest marker above",
        (_, Deed::Below) => "Nearest marker below",
        (Place::Marker, Deed::First) => "First marker of the row",
        (Place::Marker, Deed::Last) => "Last marker of the row",
        (_, Deed::Next) => "Next branch",
        (_, Deed::Previous) => "Previous branch",
        (_, Deed::First) => "First branch",
        (_, Deed::Last) => "Last branch",
    }
}

/// What stands on a key whose browser's name is no sign of it.
pub(crate) fn key_cap(name: &'static str) -> &'static str {
    match name {
        " " => "Space",
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "-" => "−",
        "Escape" => "Esc",
        other => other,
    }
}

pub(crate) const SINGLE_KEYS: &str = "Keys of a single character work";
/// How a key is called that is held with another.
pub(crate) const SHIFT: &str = "Shift";
pub(crate) const OR: &str = "or";
