//! Where to cut: every node stands above or below the river, and crosses it when pressed.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::command::Command;
use crate::el::{button, disc, el, span};
use crate::snapshot::{NodeState, Snapshot};
use crate::text;
use consensus::NodeId;
use scenario::simulator::Action;
use yew::prelude::*;

/// Which way nothing passes the river.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Nothing passes at all.
    #[default]
    BothWays,
    /// Nothing passes from above.
    Down,
    /// Nothing passes from below.
    Up,
}

/// A choice in the chooser of a cut.
#[derive(Clone, Copy)]
pub(crate) enum CutMsg {
    /// This node crosses the river.
    Cross(NodeId),
    /// So many stand above the river, from the leader on.
    Above(usize),
    /// Which way nothing passes.
    Close(Closed),
    /// The network is cut as it stands in the chooser.
    Cut,
}

/// What stands in the chooser.
#[derive(Default)]
pub(crate) struct Chooser {
    /// Who stands above the river.
    above: Vec<NodeId>,
    /// Which way nothing passes.
    closed: Closed,
}

impl App {
    /// Changes what stands in the chooser, or cuts.
    pub(crate) fn cut(&mut self, msg: CutMsg) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let Chooser { above, closed } = &mut self.chooser;
        match msg {
            CutMsg::Cross(node) => match above.iter().position(|one| *one == node) {
                Some(place) => drop(above.remove(place)),
                None => above.push(node),
            },
            CutMsg::Above(count) => *above = few(&shown.nodes, count),
            CutMsg::Close(way) => *closed = way,
            CutMsg::Cut => {
                let acts = acts(&shown, above, *closed);
                self.shut();
                acts.into_iter().for_each(|act| self.ask(Command::Act(act)));
            }
        }
    }
}

/// The nodes in ring order from the leader on, so that a small side keeps its leader.
fn from_leader(nodes: &[NodeState]) -> impl Iterator<Item = NodeId> {
    let first = nodes
        .iter()
        .position(|node| node.sides[0].leads)
        .unwrap_or(0);
    let (before, after) = nodes.split_at(first);
    after.iter().chain(before).map(|node| node.id)
}

/// A few nodes from the leader on.
fn few(nodes: &[NodeState], count: usize) -> Vec<NodeId> {
    from_leader(nodes).take(count).collect()
}

impl Chooser {
    /// Before anybody crosses the river: as the network is cut, else two of five, both ways.
    pub(crate) fn of(shown: &Snapshot) -> Self {
        let (above, closed) = match (shown.cut.first(), shown.one_way.first()) {
            (Some(side), _) => (side.clone(), Closed::BothWays),
            (None, Some(cut)) => (cut.from.clone(), Closed::Down),
            (None, None) => {
                let few = few(&shown.nodes, shown.nodes.len() * 2 / 5);
                (few, Closed::BothWays)
            }
        };
        Self { above, closed }
    }
}

/// Who stands above the river, and who below.
fn sides(nodes: &[NodeState], above: &[NodeId]) -> [Vec<NodeId>; 2] {
    [true, false].map(|upper| {
        let here = nodes.iter().map(|node| node.id);
        here.filter(|node| above.contains(node) == upper).collect()
    })
}

/// What makes the network as the chooser says. The simulator adds one-way cuts to those that are
/// there, so the network is made whole before.
fn acts(shown: &Snapshot, above: &[NodeId], closed: Closed) -> Vec<Action> {
    let [upper, lower] = sides(&shown.nodes, above);
    let one_way = |from, to| Action::CutOneWay { from, to };
    let cut = match closed {
        Closed::BothWays => Action::Cut(vec![upper, lower]),
        Closed::Down => one_way(upper, lower),
        Closed::Up => one_way(lower, upper),
    };
    let replaces = !shown.one_way.is_empty() || (shown.is_cut() && closed != Closed::BothWays);
    let heal = replaces.then_some(Action::Heal);
    heal.into_iter().chain([cut]).collect()
}

fn names(side: &[NodeId]) -> String {
    let mut names = String::new();
    for node in side {
        names.push_str(if names.is_empty() { "" } else { " " });
        names.push_str(&node.to_string());
    }
    names
}

/// What becomes of the sides, in words.
fn words([upper, lower]: &[Vec<NodeId>; 2], closed: Closed) -> String {
    let (from, to) = match closed {
        Closed::Up => (lower, upper),
        _ => (upper, lower),
    };
    let (one, other) = (names(from), names(to));
    if closed == Closed::BothWays {
        return text::parted(&one, &other);
    }
    text::parted_one_way((&one, from.len()), (&other, to.len()))
}

/// The chooser.
pub(crate) fn chooser(link: &Link, nodes: &[NodeState], chooser: &Chooser) -> Html {
    let (above, closed) = (chooser.above.as_slice(), chooser.closed);
    let sides = sides(nodes, above);
    let whole = sides.iter().any(Vec::is_empty);
    let words = if whole {
        text::NOBODY_THERE.to_string()
    } else {
        words(&sides, closed)
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
    let ways = [
        (Closed::BothWays, text::EITHER_WAY),
        (Closed::Down, text::DOWN),
        (Closed::Up, text::UP),
    ];
    let way = |(way, words)| {
        button("chip", link, Msg::Cut(CutMsg::Close(way)))
            .word("aria-pressed", word(way == closed))
            .say(words)
            .done()
    };
    let ways = group("ways", text::NOTHING_PASSES_RIVER, ways.map(way).to_vec());
    el("div", "chooser")
        .with(group("presets-row", text::COMMON_CUTS, presets.collect()))
        .with(group(banks(closed), text::CROSS, ferries.collect()))
        .with(
            el("div", "presets-row")
                .put(span("dim", text::NOTHING_PASSES))
                .with(ways),
        )
        .with(el("p", "dim").word("role", "status").text(words))
        .with(
            button("btn main", link, Msg::Cut(CutMsg::Cut))
                .flag("disabled", whole)
                .say(text::CUT),
        )
        .done()
}

/// The class of the river: it shows the way that is left.
const fn banks(closed: Closed) -> &'static str {
    match closed {
        Closed::BothWays => "banks",
        Closed::Down => "banks goes-up",
        Closed::Up => "banks goes-down",
    }
}

/// A common cut: so many above the river, from the leader on.
fn preset(link: &Link, nodes: &[NodeState], above: &[NodeId], count: usize) -> Html {
    let mut few = from_leader(nodes).take(count);
    let pressed = above.len() == count && few.all(|node| above.contains(&node));
    button("chip", link, Msg::Cut(CutMsg::Above(count)))
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
    button(class, link, Msg::Cut(CutMsg::Cross(node.id)))
        .word("aria-pressed", word(is_above))
        .attr("aria-label", text::above_river(node.id))
        .put(disc(node.id, node.sides[0].fill))
        .done()
}

const fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}
