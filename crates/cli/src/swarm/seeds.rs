//! Ranges of seeds.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Seeds from the first one, included, to the last one, not included; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "[u64; 2]", into = "[u64; 2]")]
pub(crate) struct SeedRange {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

impl SeedRange {
    /// Reads `0..5000`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let range = text.split_once("..").and_then(|(from, to)| {
            let (from, to) = (from.parse().ok()?, to.parse().ok()?);
            (from < to).then_some(Self { from, to })
        });
        range.ok_or_else(|| {
            "write the first seed, two dots, and the seed after the last, such as 0..5000".into()
        })
    }

    /// How many seeds.
    pub(crate) const fn count(self) -> u64 {
        self.to.saturating_sub(self.from)
    }
}

impl fmt::Display for SeedRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

impl TryFrom<[u64; 2]> for SeedRange {
    type Error = String;

    fn try_from([from, to]: [u64; 2]) -> Result<Self, String> {
        let range = Self { from, to };
        match from < to {
            true => Ok(range),
            false => Err(format!("{range} has no seeds in it")),
        }
    }
}

impl From<SeedRange> for [u64; 2] {
    fn from(range: SeedRange) -> Self {
        [range.from, range.to]
    }
}

/// Puts a range among others, in order, joined with those that it touches. Where it has seeds in
/// common with one of them, gives that one instead.
pub(crate) fn add(ranges: &mut Vec<SeedRange>, range: SeedRange) -> Result<(), SeedRange> {
    let shares = |it: &&SeedRange| it.from < range.to && range.from < it.to;
    if let Some(other) = ranges.iter().find(shares) {
        return Err(*other);
    }
    ranges.push(range);
    ranges.sort_unstable();
    let mut joined: Vec<SeedRange> = Vec::new();
    for range in ranges.drain(..) {
        match joined.last_mut() {
            Some(last) if last.to == range.from => last.to = range.to,
            _ => joined.push(range),
        }
    }
    *ranges = joined;
    Ok(())
}

/// The seeds that are asked for and in none of the ranges, which are in order.
pub(crate) fn missing(asked: SeedRange, ranges: &[SeedRange]) -> Vec<SeedRange> {
    let mut missing = Vec::new();
    let mut from = asked.from;
    let end = SeedRange {
        from: asked.to,
        to: asked.to,
    };
    for range in ranges.iter().chain([&end]) {
        let to = range.from;
        missing.extend((from < to).then_some(SeedRange { from, to }));
        from = range.to;
    }
    missing
}
