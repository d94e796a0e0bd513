//! Cuts: who does not hear whom (F1).

use crate::flight::Endpoint;
use alloc::vec::Vec;
use consensus::NodeId;

/// A direction in which nothing passes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Deaf {
    from: Vec<NodeId>,
    to: Vec<NodeId>,
}

/// Every cut of a network: one into sides, and any number of one-way cuts beside it. Clients stand
/// outside of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Cuts {
    sides: Vec<Vec<NodeId>>,
    one_way: Vec<Deaf>,
}

impl Cuts {
    /// Cuts the network into sides; nodes in none of them form one more together. A side without
    /// nodes is none. Replaces the sides before.
    pub(crate) fn divide(&mut self, mut sides: Vec<Vec<NodeId>>) {
        sides.retain(|side| !side.is_empty());
        self.sides = sides;
    }

    /// From now on nothing passes from these nodes to those, while the way back stays open.
    pub(crate) fn deafen(&mut self, from: Vec<NodeId>, to: Vec<NodeId>) {
        let deaf = Deaf { from, to };
        if !self.one_way.contains(&deaf) {
            self.one_way.push(deaf);
        }
    }

    /// Makes the network whole.
    pub(crate) fn heal(&mut self) {
        *self = Self::default();
    }

    /// Whether there is a cut.
    pub(crate) fn is_cut(&self) -> bool {
        !self.sides.is_empty() || !self.one_way.is_empty()
    }

    /// Whether nothing passes from one to the other.
    pub(crate) fn separate(&self, from: Endpoint, to: Endpoint) -> bool {
        let (Endpoint::Node(from), Endpoint::Node(to)) = (from, to) else {
            return false;
        };
        let divided = !self.sides.is_empty() && self.side_of(from) != self.side_of(to);
        let deaf = |it: &Deaf| it.from.contains(&from) && it.to.contains(&to);
        divided || self.one_way.iter().any(deaf)
    }

    fn side_of(&self, node: NodeId) -> usize {
        let side = self.sides.iter().position(|side| side.contains(&node));
        side.unwrap_or(self.sides.len())
    }

    /// The sides among `attached` nodes; none where nothing divides them.
    pub(crate) fn sides(&self, attached: &[NodeId]) -> Vec<Vec<NodeId>> {
        if self.sides.is_empty() {
            return Vec::new();
        }
        let mut sides: Vec<Vec<NodeId>> = self.sides.iter().map(|_| Vec::new()).collect();
        sides.push(Vec::new());
        for node in attached {
            sides[self.side_of(*node)].push(*node);
        }
        sides.retain(|side| !side.is_empty());
        sides
    }

    /// The one-way cuts: from whom to whom nothing passes, oldest first.
    pub(crate) fn one_way(&self) -> impl Iterator<Item = (&[NodeId], &[NodeId])> {
        self.one_way.iter().map(|it| (&*it.from, &*it.to))
    }
}
