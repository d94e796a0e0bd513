//! What came of a swarm: one shape for a shard and for the whole, so that shards can be merged.

use super::counts::Counts;
use super::seeds::{self, SeedRange};
use scenario::ProtocolName;
use scenario::consensus::StableHasher;
use scenario::swarm::{Ending, Mix};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// The shape of results: it rises with every change, also of what seeds draw.
const FORMAT: u32 = 1;

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
    pub(crate) ending: Ending,
    /// What broke, in sentences.
    pub(crate) broken: Vec<String>,
    /// The file that it was written to.
    pub(crate) file: Option<String>,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Totals {
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
    /// How many seeds.
    pub(crate) fn count(&self) -> u64 {
        self.seeds.iter().map(|range| range.count()).sum()
    }

    /// Adds those of other seeds; where it has some in common with them, gives these.
    fn add(&mut self, other: Self) -> Result<(), SeedRange> {
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
    /// None so far.
    pub(crate) fn new(options: Options) -> Self {
        let mut results = Self {
            whitewater: env!("CARGO_PKG_VERSION").to_string(),
            format: FORMAT,
            options,
            digest: 0,
            elapsed_ms: 0,
            protocols: BTreeMap::new(),
        };
        results.close();
        results
    }

    /// Whether they are of a kind, such that they can be merged.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        (&self.whitewater, self.format, &self.options)
            == (&other.whitewater, other.format, &other.options)
    }

    /// Adds one run.
    pub(crate) fn take(&mut self, run: SeedResult) -> Result<(), SeedRange> {
        let mut hasher = StableHasher::default();
        (run.seed, run.digest).hash(&mut hasher);
        let (from, to) = (run.seed, run.seed.saturating_add(1));
        let of_one = Totals {
            seeds: vec![SeedRange { from, to }],
            digest: hasher.finish(),
            counts: run.counts,
            failures: run.failure.into_iter().collect(),
        };
        self.protocols.entry(run.protocol).or_default().add(of_one)
    }

    /// Adds another part; where both have seeds in common, gives some of these.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), (ProtocolName, SeedRange)> {
        for (protocol, totals) in other.protocols {
            let ours = self.protocols.entry(protocol).or_default();
            ours.add(totals).map_err(|range| (protocol, range))?;
        }
        self.elapsed_ms += other.elapsed_ms;
        self.close();
        Ok(())
    }

    /// Works out what follows from all parts.
    pub(crate) fn close(&mut self) {
        let mut hasher = StableHasher::default();
        for (protocol, totals) in &self.protocols {
            (protocol.as_str(), totals.digest).hash(&mut hasher);
        }
        self.digest = hasher.finish();
    }

    /// Whether nothing failed.
    pub(crate) fn holds(&self) -> bool {
        self.protocols.values().all(|it| it.failures.is_empty())
    }

    /// The seeds that are missing between others.
    pub(crate) fn gaps(&self) -> Vec<(ProtocolName, SeedRange)> {
        let protocols = self.protocols.iter();
        let gaps = protocols.flat_map(|(protocol, totals)| {
            seeds::gaps(&totals.seeds).map(|range| (*protocol, range))
        });
        gaps.collect()
    }

    /// Events in a second of real time; 0 where none has passed.
    pub(crate) fn events_per_second(&self) -> u64 {
        let events: u64 = self.protocols.values().map(|it| it.counts.events).sum();
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
