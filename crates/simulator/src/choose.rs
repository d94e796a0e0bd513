//! Where every random draw of a run comes from.

use crate::action::PerMillion;
use crate::flight::Endpoint;
use crate::seed::seed_of;
use crate::shelf::Shelf;
use consensus::{ClientId, Micros, NodeId};
use core::fmt::Debug;
use rand_core::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// An independent source of draws. Adding a fault to one leaves the draws of all others as they
/// were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// One direction of one link.
    Link(Endpoint, Endpoint),
    /// A node's timers and secrets.
    Node(NodeId),
    /// A node's disk.
    Disk(NodeId),
    /// A client.
    Client(ClientId),
    /// Crashes, cuts and whatever else befalls the run from outside.
    Environment,
    /// The calls that a client makes by itself.
    Workload(ClientId),
}

impl Stream {
    /// A number of its own: numbers are quicker to look up.
    const fn number(self) -> u64 {
        let (kind, number) = match self {
            Self::Link(from, to) => (0, from.way(to)),
            Self::Node(node) => (1, node.0 as u64),
            Self::Disk(node) => (2, node.0 as u64),
            Self::Client(client) => (3, client.0 as u64),
            Self::Environment => (4, 0),
            Self::Workload(client) => (5, client.0 as u64),
        };
        kind << 56 | number
    }
}

/// Whoever makes a run's choices: a seed, a script, an exhaustive search.
pub trait Choose: Clone + Debug + 'static {
    /// A value of all 64-bit values.
    fn word(&mut self, stream: Stream) -> u64;

    /// A value from `least..=most`; `least` where the range is empty. Takes one draw either way.
    fn between(&mut self, stream: Stream, least: u64, most: u64) -> u64 {
        let word = self.word(stream);
        let Some(span) = most.checked_sub(least).and_then(|span| span.checked_add(1)) else {
            return if most < least { least } else { word };
        };
        // The high half of the product maps the word onto the span without a division.
        least + ((u128::from(word) * u128::from(span)) >> 64) as u64
    }

    /// A span of time from `least..=most`.
    fn span(&mut self, stream: Stream, least: Micros, most: Micros) -> Micros {
        Micros(self.between(stream, least.0, most.0))
    }

    /// True with this probability.
    fn chance(&mut self, stream: Stream, probability: PerMillion) -> bool {
        self.between(stream, 0, 999_999) < u64::from(probability.0)
    }
}

/// Draws from a seed: xoshiro256++, one generator for each stream.
#[derive(Clone, Debug)]
pub struct Seeded {
    seed: u64,
    generators: Shelf<Xoshiro256PlusPlus>,
    /// The stream drawn from last and its generator's place: draws of one stream come in a row.
    last: Option<(Stream, usize)>,
}

impl Seeded {
    /// All draws that follow from `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            generators: Shelf::new(),
            last: None,
        }
    }

    fn place(&mut self, stream: Stream) -> usize {
        let seed = self.seed;
        let fresh = || Xoshiro256PlusPlus::seed_from_u64(seed_of(seed, stream));
        let place = self.generators.place(stream.number(), fresh);
        self.last = Some((stream, place));
        place
    }
}

impl Choose for Seeded {
    fn word(&mut self, stream: Stream) -> u64 {
        let place = match self.last {
            Some((last, place)) if last == stream => place,
            _ => self.place(stream),
        };
        self.generators.at(place).next_u64()
    }
}
