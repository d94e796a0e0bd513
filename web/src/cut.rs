//! Where to cut: every node stands above or below the river, and crosses it when pressed.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, disc, el};
use crate::snapshot::{NodeState, Snapshot};
use consensus::NodeId;
use scenario::simulator::Action;
use yew::prelude::*;

/// The nodes in ring order from the leader on, so that a small side keeps its leader.
fn from_leader(nodes: &[NodeState]) -> impl Iterator<Item = NodeId> {
    let first = nodes.iter().position(|node| node.leads).unwrap_or(0);
    let (before, after) = nodes.split_at(first);
    after.iter().chain(before).map(|node| node.id)
}

/// A few nodes from the leader on.
pub(crate) fn few(nodes: &[NodeState], count: usize) -> Vec<NodeId> {
    from_leader(nodes).take(count).collect()
}

/// Who stands above the river before anybody crosses it: as the network is cut, else two of five.
pub(crate) fn offer(shown: &Snapshot) -> Vec<NodeId> {
    let some = || few(&shown.nodes, shown.nodes.len() * 2 / 5);
    shown.cut.first().cloned().unwrap_or_else(some)
}

fn names(side: &[NodeId]) -> String {
    let mut names = String::new();
    for node in side {
        names.push_str(if names.is_empty() { "" } else { " " });
        names.push_str(&node.to_string());
    }
    names
}

/// The chooser; `above` are those above the river.
pub(crate) fn chooser(link: &Link, nodes: &[NodeState], above: &[NodeId]) -> Html {
    let side = |upper: bool| -> Vec<NodeId> {
        let here = nodes
            .iter()
            .filter(|node| above.contains(&node.id) == upper);
        here.map(|node| node.id).collect()
    };
    let sides = vec![side(true), side(false)];
    let whole = sides.iter().any(Vec::is_empty);
    let words = if whole {
        "Put at least one node on each side.".to_string()
    } else {
        format!("{} will not hear {}.", names(&sides[0]), names(&sides[1]))
    };
    let group = |class, label, within| {
        el("div", class)
            .word("role", "group")
            .word("aria-label", label)
            .all(within)
    };
    let presets = (1..=nodes.len() / 2).map(|count| preset(link, nodes, above, count));
    let ferries = nodes
        .iter()
        .map(|node| ferry(link, node, above.contains(&node.id)));
    el("div", "chooser")
        .with(group(
            "presets-row",
            "Common cuts, above and below the river",
            presets.collect(),
        ))
        .with(group(
            "banks",
            "Press a node to take it across the river",
            ferries.collect(),
        ))
        .with(el("p", "dim").word("role", "status").text(words))
        .with(
            button("btn main", link, Msg::Act(Action::Cut(sides)))
                .flag("disabled", whole)
                .say("Cut"),
        )
        .done()
}

/// A common cut: so many above the river, from the leader on.
fn preset(link: &Link, nodes: &[NodeState], above: &[NodeId], count: usize) -> Html {
    let mut few = from_leader(nodes).take(count);
    let pressed = above.len() == count && few.all(|node| above.contains(&node));
    button("chip", link, Msg::Above(count))
        .word("aria-pressed", word(pressed))
        .text(format!("{count} | {}", nodes.len() - count))
        .done()
}

/// A node, on its side of the river.
fn ferry(link: &Link, node: &NodeState, is_above: bool) -> Html {
    let class = if is_above {
        "ferry above"
    } else {
        "ferry below"
    };
    button(class, link, Msg::Cross(node.id))
        .word("aria-pressed", word(is_above))
        .attr("aria-label", format!("{} above the river", node.id))
        .put(disc(node.id, node.fills[0]))
        .done()
}

const fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}
