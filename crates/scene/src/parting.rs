//! Who is parted from whom by the cuts, as far as one river can show it.

use crate::order::order_by;
use crate::river::Current;
use alloc::vec;
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::{OneWayCut, Power, View};

/// The nodes present, by the side of the river on which they sit.
pub(crate) struct Parting {
    /// One side where there is no river; the first is the one above it.
    pub(crate) sides: Vec<Vec<NodeId>>,
    /// The way over the river that is open.
    pub(crate) current: Option<Current>,
}

impl Parting {
    /// A cut into sides has the river for itself; else it shows the first one-way cut that parts
    /// all nodes into two.
    pub(crate) fn of(view: &View) -> Self {
        let present = present(view);
        if view.sides.is_empty() {
            let mut cuts = view.one_way.iter();
            if let Some(parting) = cuts.find_map(|cut| Self::one_way(cut, &present)) {
                return parting;
            }
        }
        Self {
            sides: sides(view, present),
            current: None,
        }
    }

    /// The smaller side sits above, whichever way is open: nobody moves when it turns.
    fn one_way(cut: &OneWayCut, present: &[NodeId]) -> Option<Self> {
        let split = |node: &NodeId| (cut.from.contains(node), cut.to.contains(node));
        if present.iter().any(|node| split(node).0 == split(node).1) {
            return None;
        }
        let (from, to): (Vec<NodeId>, Vec<NodeId>) = present.iter().partition(|node| split(node).0);
        if from.is_empty() || to.is_empty() {
            return None;
        }
        let above = (from.len(), from.first()) < (to.len(), to.first());
        Some(if above {
            Self {
                sides: vec![from, to],
                current: Some(Current::Up),
            }
        } else {
            Self {
                sides: vec![to, from],
                current: Some(Current::Down),
            }
        })
    }

    /// Whether the river shows that nothing passes from one to the other.
    fn shows(&self, from: NodeId, to: NodeId) -> bool {
        let side = |node: NodeId| self.sides.iter().position(|side| side.contains(&node));
        match (side(from), side(to), self.current) {
            (Some(from), Some(to), None) => from != to,
            (Some(from), Some(to), Some(Current::Up)) => from < to,
            (Some(from), Some(to), Some(Current::Down)) => from > to,
            _ => false,
        }
    }
}

/// The directed wires on which nothing passes though no river crosses them.
pub(crate) fn dammed(view: &View) -> Vec<(NodeId, NodeId)> {
    if view.one_way.is_empty() {
        return Vec::new();
    }
    let parting = Parting::of(view);
    let mut wires = Vec::new();
    for cut in &view.one_way {
        for &from in &cut.from {
            for &to in &cut.to {
                let wire = (from, to);
                if from != to && !parting.shows(from, to) && !wires.contains(&wire) {
                    wires.push(wire);
                }
            }
        }
    }
    wires
}

fn present(view: &View) -> Vec<NodeId> {
    let nodes = view.nodes.iter();
    let mut present: Vec<NodeId> = nodes
        .filter(|node| node.power != Power::Absent)
        .map(|node| node.id)
        .collect();
    order_by(&mut present, |node| *node);
    present.dedup();
    present
}

fn sides(view: &View, mut rest: Vec<NodeId>) -> Vec<Vec<NodeId>> {
    let mut sides: Vec<Vec<NodeId>> = Vec::new();
    for side in &view.sides {
        let (mut here, others) = rest
            .iter()
            .partition::<Vec<_>, _>(|node| side.contains(node));
        rest = others;
        order_by(&mut here, |node| *node);
        if !here.is_empty() {
            sides.push(here);
        }
    }
    match sides.last_mut() {
        Some(last) => {
            last.extend(rest);
            order_by(last, |node| *node);
        }
        None if !rest.is_empty() => sides.push(rest),
        None => {}
    }
    sides
}
