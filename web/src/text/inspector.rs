//! What is looked into: a node.

use consensus::{Incarnation, Micros, NodeId};
use scenario::simulator::{Endpoint, Power};

pub(crate) const MESSAGE: &str = "Message";
pub(crate) const LOOK_INSIDE: &str = "Look inside";
pub(crate) const TIMERS: &str = "Timers";
pub(crate) const ON_THEIR_WAY: &str = "Messages to and from it";
pub(crate) const LOG: &str = "Log";
pub(crate) const LEDGER: &str = "Ledger";
pub(crate) const LEDGER_HEADS: [&str; 4] = ["Peer", "Life", "Joined", "Presumed"];
pub(crate) const ALIVE: &str = "alive";
pub(crate) const DEAD: &str = "dead";
pub(crate) const VARIABLES: &str = "What it keeps";
pub(crate) const HOST: &str = "State machine, inbox, disk, clocks";
pub(crate) const ON_DISK_TOO: &str = "on disk";
pub(crate) const NONE_NOW: &str = "None now";
pub(crate) const NOTHING: &str = "nothing";
pub(crate) const AT_ONCE: &str = "at once";
/// What its host does for a node: a name, and what it means.
pub(crate) const HOST_ITEMS: [[&str; 2]; 9] = [
    [
        "applied",
        "The last position that its state machine carried out.",
    ],
    ["registers", "What the state machine holds, key by key."],
    [
        "snapshots",
        "How many snapshots of the state machine it keeps.",
    ],
    [
        "inbox",
        "How many messages and calls wait, and for how many there is room.",
    ],
    ["per message", "How long it works on each message."],
    [
        "unwritten",
        "Writes on their way to its disk: a crash now may lose them.",
    ],
    [
        "missed",
        "Timers and writes that reach it when it goes on after a pause.",
    ],
    ["clock", "How wrong its clocks are."],
    ["wall clock", "What it takes for the time of day."],
];

pub(crate) fn inside_node(id: NodeId) -> String {
    format!("Inside {id}")
}

pub(crate) fn look_into(id: NodeId) -> String {
    format!("Look inside {id}")
}

pub(crate) fn life(power: Power, life: Incarnation) -> String {
    let state = match power {
        Power::Running => "up",
        Power::Paused => "paused",
        Power::Stopped => "stopped: as it would start from its disk",
        Power::Absent => "not here",
    };
    format!("{state}, life {}", life.0)
}

pub(crate) fn on_disk(value: &str) -> String {
    format!("on disk: {value}")
}

pub(crate) fn fires_in(left: Micros) -> String {
    format!("fires in {left}")
}

/// From whom to whom a message goes.
pub(crate) fn way(from: Endpoint, to: Endpoint) -> String {
    let name = |end: Endpoint| match end {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(client) => format!("client {}", client.0 + 1),
    };
    format!("{} to {}", name(from), name(to))
}

/// What an entry of a log writes.
pub(crate) fn written(value: Option<u64>) -> String {
    value.map_or_else(|| "·".to_string(), |value| value.to_string())
}

pub(crate) fn entry(term: u64, committed: bool) -> String {
    let state = if committed {
        "committed"
    } else {
        "not committed"
    };
    format!(", term {term}, {state}")
}

pub(crate) fn earlier_entries(count: u64) -> String {
    format!("{count} before these")
}

pub(crate) fn of_room(waiting: u32, room: u32) -> String {
    if room == u32::MAX {
        return waiting.to_string();
    }
    format!("{waiting} of {room}")
}

pub(crate) fn wrong_by(offset: i64, drift: i32) -> String {
    if (offset, drift) == (0, 0) {
        return "right".to_string();
    }
    let ahead = offset / 1_000;
    format!("{ahead:+} ms, {drift:+} millionths too fast")
}
