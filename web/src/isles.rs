//! A cut into more than two sides: every node stands on one, and goes to the next when pressed.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::cut::CutMsg;
use crate::el::{button, disc, el};
use crate::snapshot::NodeState;
use crate::text;
use consensus::NodeId;
use yew::prelude::*;

/// The most sides that can be chosen.
pub(crate) const MOST: usize = 4;

/// Who stands on which side, from 0.
#[derive(Default)]
pub(crate) struct Isles {
    /// How many sides there are; fewer than three where the river parts two.
    pub(crate) count: usize,
    stands: Vec<(NodeId, usize)>,
}

impl Isles {
    /// As the network is cut.
    pub(crate) fn of(cut: &[Vec<NodeId>]) -> Self {
        let stands = cut.iter().enumerate();
        let stands = stands.flat_map(|(side, nodes)| nodes.iter().map(move |node| (*node, side)));
        Self {
            count: cut.len(),
            stands: stands.collect(),
        }
    }

    /// So many sides, and the nodes spread over them in turn.
    pub(crate) fn spread(nodes: &[NodeState], count: usize) -> Self {
        let stands = nodes.iter().enumerate();
        Self {
            count,
            stands: stands.map(|(at, node)| (node.id, at % count)).collect(),
        }
    }

    /// Takes a node to the next side, from the last to the first.
    pub(crate) fn next(&mut self, node: NodeId) {
        let count = self.count.max(1);
        for (_, side) in self.stands.iter_mut().filter(|(id, _)| *id == node) {
            *side = (*side + 1) % count;
        }
    }

    /// Who stands where.
    pub(crate) fn sides(&self) -> Vec<Vec<NodeId>> {
        let on = |side| self.stands.iter().filter(move |(_, on)| *on == side);
        let sides = (0..self.count).map(|side| on(side).map(|(node, _)| *node).collect());
        sides.collect()
    }

    /// The sides, beside each other.
    pub(crate) fn show(&self, link: &Link, nodes: &[NodeState]) -> Html {
        let fill = |id| {
            nodes
                .iter()
                .find(|node| node.id == id)
                .map_or(0, |it| it.sides[0].fill)
        };
        let stone = |side: usize, node: &NodeId| {
            button("stone", link, Msg::Cut(CutMsg::Next(*node)))
                .attr("aria-label", text::on_side(*node, side + 1, self.count))
                .put(disc(*node, fill(*node)))
                .done()
        };
        let isle = |(side, on): (usize, &Vec<NodeId>)| {
            let stones = on.iter().map(|node| stone(side, node)).collect();
            el("div", "isle")
                .word("role", "group")
                .attr("aria-label", text::side(side + 1))
                .all(stones)
                .done()
        };
        let sides = self.sides();
        el("div", "isles")
            .word("role", "group")
            .word("aria-label", text::NEXT_SIDE)
            .all(sides.iter().enumerate().map(isle).collect())
            .done()
    }
}
