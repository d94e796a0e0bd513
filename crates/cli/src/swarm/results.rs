//! What came of a swarm: one shape for a shard and for the whole, so that shards can be merged.

use super::counts::Counts;
use super::seeds::{self, SeedRange};
use scenario::ProtocolName;
use scenario::consensus::StableHasher;
use scenario::swarm::{Ending, Mix};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::hash::{Hash, Hasher};

/// The shape of results: it rises with every change, also of what seeds come to, of which a test keeps
/// a digest.
const FORMAT: u32 = 4;

/// All that seeds do not draw for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    /// How long safety mode takes.
    pub(crate) rough_us: u64,
    /// How many nodes there are, where seeds do not draw it.
    pub(crate) nodes: Option<u16>,
    /// The rule that every node breaks.
    pub(crate) mutant: Option<String>,
}

/// A seed that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    pub(crate) seed: u64,
    pub(crate) mix: Mix,
    /// What liveness mode asked of it; unknown where working that out panicked.
    pub(crate) ending: Option<Ending>,
    /// What failed, by name: a guarantee, `liveness`, or `panic`.
    pub(crate) what: String,
    /// What broke, in sentences.
    pub(crate) broken: Vec<String>,
    /// The file that it was written to.
    pub(crate) file: Option<String>,
    /// Whether nothing can be left out of what is in the file.
    pub(crate) minimal: bool,
}

/// What came of one seed.
pub(crate) struct SeedResult {
    pub(crate) protocol: ProtocolName,
    pub(crate) seed: u64,
    pub(crate) digest: u64,
    pub(crate) counts: Counts,
    pub(crate) failure: Option<Failure>,
    /// Its mix and what liveness mode asks of it, in words.
    pub(crate) words: String,
}

/// What came of all seeds under one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Totals {
    /// The seeds that were asked for; of merged results, from the first of them to the last.
    pub(crate) asked: SeedRange,
    /// The seeds that were run, in order; ranges that touch are one.
    pub(crate) seeds: Vec<SeedRange>,
    /// A digest of the digests of all runs, in any order.
    #[serde(with = "hex")]
    pub(crate) digest: u64,
    pub(crate) counts: Counts,
    /// The seeds that failed, in order.
    pub(crate) failures: Vec<Failure>,
}

/// What came of a swarm, or of a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Results {
    /// The version of this program that made it.
    pub(crate) whitewater: String,
    pub(crate) format: u32,
    pub(crate) options: Options,
    /// One digest for all of it, to compare machines by.
    #[serde(with = "hex")]
    pub(crate) digest: u64,
    /// Real time; of merged results the sum.
    pub(crate) elapsed_ms: u64,
    pub(crate) protocols: BTreeMap<ProtocolName, Totals>,
}

impl Totals {
    /// No seeds of those that are asked for.
    fn new(asked: SeedRange) -> Self {
        Self {
            asked,
            seeds: Vec::new(),
            digest: 0,
            counts: Counts::default(),
            failures: Vec::new(),
        }
    }

    /// How many seeds.
    pub(crate) fn count(&self) -> u64 {
        let counts = self.seeds.iter().map(|range| range.count());
        counts.fold(0, u64::saturating_add)
    }

    /// The seeds that were asked for and not run.
    pub(crate) fn missing(&self) -> Vec<SeedRange> {
        seeds::missing(self.asked, &self.seeds)
    }

    /// What no swarm makes of its seeds, if there is anything.
    fn fault(&self) -> Option<&'static str> {
        let asked = |range: &SeedRange| self.asked.from <= range.from && range.to <= self.asked.to;
        let was_run = |failure: &Failure| {
            let mut ranges = self.seeds.iter();
            ranges.any(|it| (it.from..it.to).contains(&failure.seed))
        };
        if !self.seeds.windows(2).all(|pair| pair[0].to < pair[1].from) {
            Some("its seeds are not in order, or come twice")
        } else if !self.seeds.iter().all(asked) {
            Some("it has seeds that were not asked for")
        } else if !self.failures.iter().all(was_run) {
            Some("a seed failed that was not run")
        } else if !self.failures.is_sorted_by(|one, next| one.seed < next.seed) {
            Some("its failures are not in order, or come twice")
        } else {
            None
        }
    }

    /// Adds those of other seeds; where it has some in common with them, gives these.
    fn add(&mut self, other: Self) -> Result<(), SeedRange> {
        self.asked.from = self.asked.from.min(other.asked.from);
        self.asked.to = self.asked.to.max(other.asked.to);
        for range in other.seeds {
            seeds::add(&mut self.seeds, range)?;
        }
        self.digest = self.digest.wrapping_add(other.digest);
        self.counts.add(&other.counts);
        self.failures.extend(other.failures);
        self.failures.sort_by_key(|failure| failure.seed);
        Ok(())
    }
}

impl Results {
    /// None so far of those that are asked for.
    pub(crate) fn new(options: Options, protocols: &[ProtocolName], asked: SeedRange) -> Self {
        let none = |protocol: &ProtocolName| (*protocol, Totals::new(asked));
        let mut results = Self {
            whitewater: env!("CARGO_PKG_VERSION").to_string(),
            format: FORMAT,
            options,
            digest: 0,
            elapsed_ms: 0,
            protocols: protocols.iter().map(none).collect(),
        };
        results.close();
        results
    }

    /// Whether this very program makes such results.
    pub(crate) fn is_of_this_program(&self) -> bool {
        (&*self.whitewater, self.format) == (env!("CARGO_PKG_VERSION"), FORMAT)
    }

    /// What no swarm makes, if there is anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let mut closed = self.clone();
        closed.close();
        let digest =
            (closed.digest != self.digest).then_some("its digest is not that of its parts");
        self.protocols.values().find_map(Totals::fault).or(digest)
    }

    /// Adds one run.
    pub(crate) fn take(&mut self, run: SeedResult) -> Result<(), SeedRange> {
        let mut hasher = StableHasher::default();
        (run.seed, run.digest).hash(&mut hasher);
        let (from, to) = (run.seed, run.seed.saturating_add(1));
        let of_one = Totals {
            asked: SeedRange { from, to },
            seeds: vec![SeedRange { from, to }],
            digest: hasher.finish(),
            counts: run.counts,
            failures: run.failure.into_iter().collect(),
        };
        self.add(run.protocol, of_one)
    }

    /// Adds another part; where both have seeds in common, gives some of these.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), (ProtocolName, SeedRange)> {
        for (protocol, totals) in other.protocols {
            let added = self.add(protocol, totals);
            added.map_err(|range| (protocol, range))?;
        }
        self.elapsed_ms = self.elapsed_ms.saturating_add(other.elapsed_ms);
        self.close();
        Ok(())
    }

    fn add(&mut self, protocol: ProtocolName, totals: Totals) -> Result<(), SeedRange> {
        match self.protocols.entry(protocol) {
            Entry::Occupied(mut ours) => ours.get_mut().add(totals),
            Entry::Vacant(place) => {
                place.insert(totals);
                Ok(())
            }
        }
    }

    /// Works out what follows from all parts.
    pub(crate) fn close(&mut self) {
        let mut hasher = StableHasher::default();
        for (protocol, totals) in &self.protocols {
            (protocol.as_str(), totals.digest).hash(&mut hasher);
        }
        self.digest = hasher.finish();
    }

    /// Whether nothing failed, and no seed that was asked for is missing.
    pub(crate) fn holds(&self) -> bool {
        let holds = |it: &Totals| it.failures.is_empty() && it.missing().is_empty();
        self.protocols.values().all(holds)
    }

    /// Events in a second of real time; 0 where none has passed.
    pub(crate) fn events_per_second(&self) -> u64 {
        let events: u64 = {
            let events = self.protocols.values().map(|it| it.counts.events);
            events.fold(0, u64::saturating_add)
        };
        let per_second = u128::from(events) * 1_000;
        let rate = per_second.checked_div(u128::from(self.elapsed_ms));
        rate.map_or(0, |it| u64::try_from(it).unwrap_or(u64::MAX))
    }
}

/// Digests as sixteen digits, since not every reader of JSON keeps 64 bits of a number.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(digest: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{digest:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let text = String::deserialize(from)?;
        u64::from_str_radix(&text, 16)
            .map_err(|_| D::Error::custom(format!("`{text}` is not a digest")))
    }
}
