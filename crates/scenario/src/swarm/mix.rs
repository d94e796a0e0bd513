//! What a seed of the swarm draws for itself: how large the cluster is, what befalls it, how rough.

use super::kind::FaultKind;
use crate::dice::Dice;
use crate::document::ProtocolName;
use alloc::vec::Vec;
use consensus::Micros;
use core::fmt;
use serde::{Deserialize, Serialize};

/// How rough it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Roughness {
    /// A deed every 200 to 1000 ms; links, disks and clocks are a quarter as bad as they may be.
    Gentle,
    /// A deed every 20 to 250 ms.
    Rough,
    /// A deed every 5 to 60 ms.
    Wild,
}

impl Roughness {
    /// Each.
    pub const ALL: [Self; 3] = [Self::Gentle, Self::Rough, Self::Wild];

    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gentle => "gentle",
            Self::Rough => "rough",
            Self::Wild => "wild",
        }
    }

    /// The time from one deed to the next.
    pub(super) fn pause(self, dice: &mut Dice) -> Micros {
        let [least, most] = match self {
            Self::Gentle => [200, 1_000],
            Self::Rough => [20, 250],
            Self::Wild => [5, 60],
        };
        Micros::from_millis(least + dice.upto(most - least))
    }

    /// How bad a fault is that was drawn as this bad, from 0 to a million. Clocks are right in the
    /// middle.
    pub(super) const fn tempered(self, kind: FaultKind, size: u64) -> u64 {
        match (self, kind) {
            (Self::Gentle, FaultKind::Clock) => 375_000 + size / 4,
            (Self::Gentle, _) => size / 4,
            (Self::Rough | Self::Wild, _) => size,
        }
    }
}

/// What a seed of the swarm draws for itself (F7). Whole kinds of fault are left out of each seed,
/// so that those that are left meet in ways in which they never would if all of them came at once
/// (swarm testing: Groce et al., ISSTA 2012).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mix {
    /// How many nodes there are at the start, 1 to 31.
    pub nodes: u16,
    /// How rough it is.
    pub roughness: Roughness,
    /// What befalls the cluster, each kind once, in the order of [`FaultKind::ALL`].
    pub kinds: Vec<FaultKind>,
}

impl Mix {
    /// The most nodes that a seed draws.
    pub const MOST_NODES: u16 = 7;

    /// The mix that comes first from these dice. Half of the seeds have a kind, three of four one
    /// that only mends.
    pub(super) fn draw(dice: &mut Dice, protocol: ProtocolName, nodes: Option<u16>) -> Self {
        let drawn = 1 + dice.upto(u64::from(Self::MOST_NODES) - 1) as u16;
        let roughness = Roughness::ALL[dice.upto(2) as usize];
        let kinds = FaultKind::ALL.into_iter().filter(|kind| {
            let [once, again] = [(); 2].map(|()| dice.upto(1) > 0);
            (once || (again && kind.mends())) && kind.is_known_to(protocol)
        });
        Self {
            nodes: nodes.unwrap_or(drawn),
            roughness,
            kinds: kinds.collect(),
        }
    }

    /// Whether this kind of fault comes.
    #[must_use]
    pub fn has(&self, kind: FaultKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// One of its kinds, by weight; none where it has none.
    pub(super) fn kind(&self, dice: &mut Dice) -> Option<FaultKind> {
        let sum: u64 = self.kinds.iter().map(|kind| kind.weight()).sum();
        let mut drawn = dice.upto(sum.saturating_sub(1));
        self.kinds.iter().copied().find(|kind| {
            let found = drawn < kind.weight();
            drawn = drawn.saturating_sub(kind.weight());
            found
        })
    }
}

/// `5 nodes, rough: stop-leader start cut heal loss`
impl fmt::Display for Mix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (nodes, roughness) = (self.nodes, self.roughness.as_str());
        let plural = if nodes == 1 { "node" } else { "nodes" };
        write!(f, "{nodes} {plural}, {roughness}:")?;
        if self.kinds.is_empty() {
            return f.write_str(" no fault");
        }
        let mut kinds = self.kinds.iter();
        kinds.try_for_each(|kind| write!(f, " {kind}"))
    }
}
