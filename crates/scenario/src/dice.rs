//! What a storm draws.

use crate::deed::{Deed, Read, Write};
use crate::name::NodeName;
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::{Choose, Seeded, Stream};

/// Draws from the stream that is kept for what befalls a run from outside.
pub(crate) struct Dice(Seeded);

impl Dice {
    /// Dice whose throws follow from the seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Seeded::new(seed))
    }

    /// From 0 to so much, both included.
    pub(crate) fn upto(&mut self, most: u64) -> u64 {
        self.0.between(Stream::Environment, 0, most)
    }

    /// One of the first so many nodes.
    pub(crate) fn node(&mut self, count: u16) -> NodeName {
        let last = u64::from(count).saturating_sub(1);
        NodeName(NodeId(self.upto(last) as u16))
    }

    /// A client's write of this value, or a read.
    pub(crate) fn call(&mut self, value: u64) -> Deed {
        let (key, client) = (self.upto(2) as u32, 1 + self.upto(1) as u32);
        let to = None;
        if self.upto(3) == 0 {
            return Deed::Read(Read { key, client, to });
        }
        Deed::Write(Write {
            value,
            key,
            client,
            to,
        })
    }

    /// Two or three random sides; fewer where nobody stands on one.
    pub(crate) fn sides(&mut self, nodes: u16) -> Vec<Vec<NodeName>> {
        let count = 2 + usize::from(self.upto(3) == 0);
        let mut sides: Vec<Vec<NodeName>> = (0..count).map(|_| Vec::new()).collect();
        for id in 0..nodes {
            let side = self.upto(count as u64 - 1) as usize;
            sides[side].push(NodeName(NodeId(id)));
        }
        sides.retain(|side| !side.is_empty());
        sides
    }
}
