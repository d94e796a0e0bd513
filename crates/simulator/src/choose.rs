//! Where every random draw of a run comes from.

use crate::action::PerMillion;
use crate::flight::Endpoint;
use crate::seed::seed_of;
use alloc::vec::Vec;
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
    /// By stream.
    generators: Vec<(Stream, Xoshiro256PlusPlus)>,
    /// The place of the stream drawn from last: draws of one stream come in a row.
    last: usize,
}

impl Seeded {
    /// All draws that follow from `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            generators: Vec::new(),
            last: 0,
        }
    }

    fn place(&mut self, stream: Stream) -> usize {
        let places = self.generators.binary_search_by_key(&stream, |it| it.0);
        places.unwrap_or_else(|place| {
            let generator = Xoshiro256PlusPlus::seed_from_u64(seed_of(self.seed, stream));
            self.generators.insert(place, (stream, generator));
            place
        })
    }
}

impl Choose for Seeded {
    fn word(&mut self, stream: Stream) -> u64 {
        if self.generators.get(self.last).map(|it| it.0) != Some(stream) {
            self.last = self.place(stream);
        }
        self.generators[self.last].1.next_u64()
    }
}
