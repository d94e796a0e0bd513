//! The chooser of a cut.

use consensus::NodeId;

pub(crate) const SIDES: &str = "Sides";
pub(crate) const HOW_MANY_SIDES: &str = "How many sides";
pub(crate) const NEXT_SIDE: &str = "Press a node to take it to the next side";
pub(crate) const DRAW_INSTEAD: &str = "Draw a line instead";
pub(crate) const DRAW_A_LINE: &str = "Draw a line across the ring";
pub(crate) const CANCEL: &str = "Cancel";

pub(crate) fn side(number: usize) -> String {
    format!("Side {number}")
}

pub(crate) fn on_side(id: NodeId, side: usize, of: usize) -> String {
    format!("{id} on side {side} of {of}")
}

pub(crate) fn parted_more(sides: &[String]) -> String {
    format!("Nobody hears another side: {}.", sides.join(" | "))
}

/// Whom a line would part.
pub(crate) fn line_parts([one, other]: &[Vec<NodeId>; 2]) -> String {
    let names = |side: &[NodeId]| {
        let names: Vec<String> = side.iter().map(NodeId::to_string).collect();
        names.join(" ")
    };
    match (one.is_empty(), other.is_empty()) {
        (false, false) => format!("{} | {}", names(one), names(other)),
        _ => "nobody is cut off".to_string(),
    }
}

pub(crate) const CUT_THE_NETWORK: &str = "Cut the network";
pub(crate) const COMMON_CUTS: &str = "Common cuts, above and below the river";
pub(crate) const CROSS: &str = "Press a node to take it across the river";
pub(crate) const NOTHING_PASSES: &str = "Nothing passes";
pub(crate) const NOTHING_PASSES_RIVER: &str = "Nothing passes the river";
pub(crate) const EITHER_WAY: &str = "either way";
pub(crate) const DOWN: &str = "down";
pub(crate) const UP: &str = "up";
pub(crate) const NOBODY_THERE: &str = "Put at least one node on each side.";

pub(crate) fn above_river(id: NodeId) -> String {
    format!("{id} above the river")
}

pub(crate) fn parted(one: &str, other: &str) -> String {
    format!("{one} will not hear {other}, nor be heard there.")
}

/// `from` and `to` with how many they are.
pub(crate) fn parted_one_way((from, many): (&str, usize), (to, there): (&str, usize)) -> String {
    let (reach, hear) = match many {
        1 => ("reaches", "hears"),
        _ => ("reach", "hear"),
    };
    let them = if there == 1 { "it" } else { "them" };
    format!("{from} no longer {reach} {to}, but {hear} {them}.")
}

pub(crate) fn cut_one_way(from: usize, to: usize) -> String {
    format!("one way, {from} to {to}")
}

/// Between the numbers of nodes on the sides of a cut.
pub(crate) const FROM: &str = " from ";
