//! A side, its stage and its protocol.

// A side and its stage.
pub(crate) const NODES: &str = "nodes";
pub(crate) const FEWER_NODES: &str = "One node fewer";
pub(crate) const MORE_NODES: &str = "One node more";
pub(crate) const WHY: &str = "Why: ";

/// The label of a side's choice of a protocol; `side` from 0.
pub(crate) const fn protocol_of(side: usize) -> &'static str {
    match side {
        0 => "Protocol of the first side",
        _ => "Protocol of the second side",
    }
}

pub(crate) fn on_ring(protocol: &str) -> String {
    format!("{protocol}: the nodes on their ring")
}

// The protocols: name, who leads, and what is told before anything has happened.
pub(crate) const RAFT: [&str; 3] = [
    "Raft",
    "Most votes lead",
    "Nobody leads yet. The first timer to run out asks for votes.",
];
pub(crate) const OLDEST_PEER: [&str; 3] = [
    "Oldest peer",
    "The longest here leads",
    "Nobody leads yet. Whoever has been here longest will.",
];
pub(crate) const WATERCRAFT: [&str; 3] = [
    "WaterCraft",
    "The first admitted leads",
    "Nobody leads yet. A will, and admits whoever calls.",
];

// Two sides of one protocol.
pub(crate) const RAFTS: [&str; 2] = ["Raft 1", "Raft 2"];
pub(crate) const OLDEST_PEERS: [&str; 2] = ["Oldest peer 1", "Oldest peer 2"];
pub(crate) const WATERCRAFTS: [&str; 2] = ["WaterCraft 1", "WaterCraft 2"];
pub(crate) const UNLIKE_SIDES: &str = "These two cannot be played side by side.";
