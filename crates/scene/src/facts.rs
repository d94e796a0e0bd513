//! What a view says between the lines: ages, and the numbers of reigns.

use crate::compose::RuleFace;
use crate::order::order_by;
use alloc::vec::Vec;
use consensus::{Mandate, Micros, NodeId, Reign};
use simulator::{NodeView, Power, View};

/// A view under one rule, with everybody's place in the age order.
pub struct Facts<'a> {
    /// The view.
    pub view: &'a View,
    /// The rule.
    pub rule: RuleFace,
    by_age: Vec<NodeId>,
}

impl<'a> Facts<'a> {
    /// Reads a view.
    #[must_use]
    pub fn new(view: &'a View, rule: RuleFace) -> Self {
        let by_age = match rule {
            RuleFace::Votes => Vec::new(),
            RuleFace::Age => by_age(view),
        };
        Self { view, rule, by_age }
    }

    /// A node's place in the age order of those that are up, from 1: a crash ends an identity
    /// (A16), and the next oldest becomes the oldest.
    #[must_use]
    pub fn rank(&self, node: NodeId) -> Option<usize> {
        self.by_age
            .iter()
            .position(|&other| other == node)
            .map(|index| index + 1)
    }

    /// The number of a term or reign; 0 where it is not known.
    #[must_use]
    pub fn number(&self, reign: Reign) -> u64 {
        number_in(&self.view.reigns, reign)
    }

    /// A node by name, where it is part of the run.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<&'a NodeView> {
        self.view
            .nodes
            .iter()
            .find(|view| view.id == node && view.power != Power::Absent)
    }
}

/// The number of a term or reign among the `reigns` of a run; 0 where it is not known.
pub(crate) fn number_in(reigns: &[Reign], reign: Reign) -> u64 {
    match reign.mandate {
        Mandate::Term(term) => term,
        Mandate::Election { .. } => {
            // Whoever names no leader means the latest reign of that election.
            let meant = |known: &Reign| {
                known.mandate == reign.mandate
                    && (reign.leader.is_none() || known.leader == reign.leader)
            };
            let place = reigns.iter().rposition(meant);
            place.map_or(0, |index| index as u64 + 1)
        }
    }
}

/// Whether a node has its state in memory: it runs, or stands still.
pub(crate) const fn lives(node: &NodeView) -> bool {
    matches!(node.power, Power::Running | Power::Paused)
}

/// The fill that a term or reign wears: 1 to 8, then from the beginning; 0 is neutral.
#[must_use]
pub const fn fill(number: u64) -> u8 {
    match number {
        0 => 0,
        number => ((number - 1) % 8) as u8 + 1,
    }
}

fn by_age(view: &View) -> Vec<NodeId> {
    let mut known: Vec<(Micros, NodeId)> = view
        .nodes
        .iter()
        .filter(|node| lives(node))
        .filter_map(|node| Some((joined(view, node)?, node.id)))
        .collect();
    order_by(&mut known, |known| *known);
    known.into_iter().map(|(_, node)| node).collect()
}

/// When a node joined: by its own ledger, else by what the others know of this life of it.
fn joined(view: &View, node: &NodeView) -> Option<Micros> {
    let own = node.inspection.ledger.iter();
    let others = view.nodes.iter();
    let others = others.filter(|other| lives(other));
    let mut rows = own.chain(others.flat_map(|other| other.inspection.ledger.iter()));
    let row = rows.find(|row| row.node == node.id && row.incarnation == node.incarnation);
    row.map(|row| row.joined)
}
