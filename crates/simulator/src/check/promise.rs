//! What a protocol promises, how each promise stands, and what a broken one is.

use super::Property;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Micros, NodeId};

/// Which properties are checked in a run, and what follows where one breaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Promises {
    /// Where one of these breaks, the run stops at that event.
    pub guarantees: &'static [Property],
    /// Where one of these breaks, it is counted, and the run goes on.
    pub measures: &'static [Property],
}

impl Promises {
    /// Nothing is promised and nothing counted.
    pub const NONE: Self = Self {
        guarantees: &[],
        measures: &[],
    };
}

/// How a property stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has held so far.
    Holds {
        /// From when on it was looked at: the start of the run, or when the network came to be
        /// whole and quiet.
        since: Micros,
    },
    /// It says nothing yet: it waits for a whole and quiet network.
    Waits,
    /// It has held as far as it was judged, and part of the run is beyond that: see
    /// [`Limit`](crate::linearizability::Limit).
    Undecided {
        /// Of how many keys the calls are judged no more.
        keys: u64,
    },
    /// It was guaranteed, and is broken.
    Broken {
        /// When.
        at: Micros,
        /// In which event.
        event: u64,
    },
    /// It is a measure, and was broken so many times.
    Counted {
        /// How many times; 0 where it has held so far.
        count: u64,
        /// When first.
        first: Option<Micros>,
    },
}

/// A broken guarantee: who, when, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    /// Which property.
    pub property: Property,
    /// When.
    pub at: Micros,
    /// In which event.
    pub event: u64,
    /// The nodes that contradict each other; one where it contradicts itself.
    pub nodes: Vec<NodeId>,
    /// Where they do, in what [`Property::place_name`] names.
    pub place: u64,
    /// The seed of the run, which repeats it exactly.
    pub seed: u64,
}

impl Violation {
    /// The whole of it in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = String::from(self.property.name());
        text.push_str(" (");
        text.push_str(self.property.source());
        text.push_str(") was broken by ");
        for (place, node) in self.nodes.iter().enumerate() {
            text.push_str(match place {
                0 => "",
                _ if place + 1 == self.nodes.len() => " and ",
                _ => ", ",
            });
            text.push_str(&node.to_string());
        }
        text.push_str(" at ");
        text.push_str(&self.at.to_string());
        if let Some(name) = self.property.place_name() {
            text.push_str(", ");
            text.push_str(name);
            text.push(' ');
            text.push_str(&self.place.to_string());
        }
        text.push_str(", with seed ");
        text.push_str(&self.seed.to_string());
        text.push('.');
        text
    }
}

/// A contradiction that a check found, before it is known when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) property: Property,
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) place: u64,
}

impl Conflict {
    /// The contradiction as it came to light in this event of the run of this seed.
    pub(crate) fn at(&self, at: Micros, event: u64, seed: u64) -> Violation {
        Violation {
            property: self.property,
            at,
            event,
            nodes: self.nodes.clone(),
            place: self.place,
            seed,
        }
    }
}
