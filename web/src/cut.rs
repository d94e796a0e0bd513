//! Where to cut: every node stands above or below the river, and crosses it when pressed.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::command::Command;
use crate::el::{El, button, disc, el, span};
use crate::isles::{self, Isles};
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
#[derive(Clone)]
pub(crate) enum CutMsg {
    /// This node crosses the river.
    Cross(NodeId),
    /// So many stand above the river, from the leader on.
    Above(usize),
    /// Which way nothing passes.
    Close(Closed),
    /// So many sides, of which each may stand anywhere.
    Sides(usize),
    /// This node goes to the next of more than two sides.
    Next(NodeId),
    /// The network is cut as it stands in the chooser.
    Cut,
    /// A line is to be drawn across the ring.
    Draw,
    /// No line is to be drawn any more.
    Leave,
    /// A line was drawn: who stands on either side of it.
    Drawn([Vec<NodeId>; 2]),
}

/// What stands in the chooser.
#[derive(Default)]
pub(crate) struct Chooser {
    /// Who stands above the river.
    above: Vec<NodeId>,
    /// Which way nothing passes.
    closed: Closed,
    /// More than two sides, where so many are chosen.
    isles: Isles,
}

impl App {
    /// Changes what stands in the chooser, or cuts.
    pub(crate) fn cut(&mut self, msg: CutMsg) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let Chooser {
            above,
            closed,
            isles,
        } = &mut self.chooser;
        match msg {
            CutMsg::Cross(node) => match above.iter().position(|one| *one == node) {
                Some(place) => drop(above.remove(place)),
                None => above.push(node),
            },
            CutMsg::Above(count) => *above = few(&shown.nodes, count),
            CutMsg::Close(way) => *closed = way,
            CutMsg::Sides(count) => *isles = Isles::spread(&shown.nodes, count),
            CutMsg::Next(node) => isles.next(node),
            CutMsg::Cut => {
                let acts = if isles.count > 2 {
                    into(&shown, isles.sides())
                } else {
                    acts(&shown, above, *closed)
                };
                self.shut();
                acts.into_iter().for_each(|act| self.ask(Command::Act(act)));
            }
            CutMsg::Draw => {
                self.shut();
                self.drawing = true;
            }
            CutMsg::Leave => self.drawing = false,
            CutMsg::Drawn(line) => {
                self.drawing = false;
                let sides = parted_by(&shown, &line);
                if sides != shown.cut {
                    self.ask(Command::Act(Action::Cut(sides)));
                }
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
        Self {
            above,
            closed,
            isles: Isles::of(&shown.cut),
        }
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

/// What makes the network of these sides, and heals what cuts one way.
fn into(shown: &Snapshot, mut sides: Vec<Vec<NodeId>>) -> Vec<Action> {
    sides.retain(|side| !side.is_empty());
    let heal = (!shown.one_way.is_empty()).then_some(Action::Heal);
    heal.into_iter().chain([Action::Cut(sides)]).collect()
}

/// The sides that a line leaves of those that are there: a second line parts them further.
fn parted_by(shown: &Snapshot, line: &[Vec<NodeId>; 2]) -> Vec<Vec<NodeId>> {
    let whole = [shown.nodes.iter().map(|node| node.id).collect()];
    let sides = if shown.cut.is_empty() {
        &whole[..]
    } else {
        &shown.cut
    };
    let part = |side: &Vec<NodeId>| {
        let halves = line.each_ref().map(|half| {
            let here = side.iter().filter(|node| half.contains(node));
            here.copied().collect::<Vec<_>>()
        });
        halves.into_iter().filter(|half| !half.is_empty())
    };
    sides.iter().flat_map(part).collect()
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
fn words([upper, lower]: [&Vec<NodeId>; 2], closed: Closed) -> String {
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
    let isles = &chooser.isles;
    let parts = if isles.count > 2 {
        isles.sides()
    } else {
        sides(nodes, &chooser.above).to_vec()
    };
    // Of more sides, some may be empty: those that are not are at least two.
    let inhabited = parts.iter().filter(|side| !side.is_empty()).count();
    let whole = inhabited < 2;
    let words = match parts.as_slice() {
        _ if whole => text::NOBODY_THERE.to_string(),
        [upper, lower] => words([upper, lower], chooser.closed),
        _ => {
            let parts = parts.iter().filter(|side| !side.is_empty());
            text::parted_more(&parts.map(|side| names(side)).collect::<Vec<_>>())
        }
    };
    let mut field = el("div", "field-of-cut");
    field = if isles.count > 2 {
        field.put(isles.show(link, nodes))
    } else {
        field.with(river(link, nodes, chooser))
    };
    el("div", "chooser")
        .with(counts(link, nodes, isles.count))
        .with(field)
        .with(el("p", "dim").word("role", "status").text(words))
        .with(
            el("div", "row")
                .with(
                    button("btn main", link, Msg::Cut(CutMsg::Cut))
                        .flag("disabled", whole)
                        .say(text::CUT),
                )
                .with(button("btn", link, Msg::Cut(CutMsg::Draw)).say(text::DRAW_INSTEAD)),
        )
        .done()
}

fn group(class: &'static str, label: &'static str, within: Vec<Html>) -> El {
    el("div", class)
        .word("role", "group")
        .word("aria-label", label)
        .all(within)
}

/// Into how many sides.
fn counts(link: &Link, nodes: &[NodeState], now: usize) -> El {
    let count = |count: usize| {
        button("chip", link, Msg::Cut(CutMsg::Sides(count)))
            .word("aria-pressed", word(count == now.max(2)))
            .text(count.to_string())
            .done()
    };
    let counts = (2..=nodes.len().min(isles::MOST)).map(count).collect();
    el("div", "presets-row")
        .put(span("dim", text::SIDES))
        .with(group("ways", text::HOW_MANY_SIDES, counts))
}

/// The two banks of the river, and which way nothing passes.
fn river(link: &Link, nodes: &[NodeState], chooser: &Chooser) -> El {
    let (above, closed) = (chooser.above.as_slice(), chooser.closed);
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
    el("div", "river-choice")
        .with(group("presets-row", text::COMMON_CUTS, presets.collect()))
        .with(group(banks(closed), text::CROSS, ferries.collect()))
        .with(
            el("div", "presets-row")
                .put(span("dim", text::NOTHING_PASSES))
                .with(ways),
        )
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
