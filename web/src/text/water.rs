//! Rough water: at hand, and in its panel.

// Rough water at hand.
pub(crate) const TOOLS: &str = "Rough water";
pub(crate) const TOOLS_ON_BOTH: &str = "Rough water, on both sides";
pub(crate) const CUT: &str = "Cut";
pub(crate) const CUT_MORE: &str = "Cut…";
pub(crate) const HEAL: &str = "Heal";
pub(crate) const STOP_LEADER: &str = "Stop the leader";
/// The same in two parts, of which the second goes where there is little room.
pub(crate) const STOP_LEADER_PARTS: [&str; 2] = ["Stop ", "the leader"];
pub(crate) const WRITE: &str = "Write";
pub(crate) const VALUE: &str = "Value to write";
pub(crate) const UNDO: &str = "Undo the last act";
pub(crate) const ROUGH_WATER: &str = "Rough water";
pub(crate) const ROUGH_WATER_MORE: &str = "Rough water…";
pub(crate) const NOW_ROUGH: &str = "Now rough…";

// The panel for rough water: a fault, and what becomes of messages.
pub(crate) const ALL_LINKS: &str = "All links between nodes";
pub(crate) const CALM_AGAIN: &str = "Calm water again";
pub(crate) const LOSS: [&str; 2] = ["Loss", "fall off their wires"];
pub(crate) const DELAY: [&str; 2] = ["Delay", "on the way, one way"];
pub(crate) const DUPLICATION: [&str; 2] = ["Duplication", "arrive twice"];
pub(crate) const CORRUPTION: [&str; 2] = ["Corruption", "arrive damaged"];
pub(crate) const LOST: &str = "lost";
pub(crate) const TWICE: &str = "twice";
pub(crate) const DAMAGED: &str = "damaged";
