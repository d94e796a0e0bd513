//! How a node outside the core is broken for good.

use crate::deed::{Deed, OneWay};
use crate::dice::Dice;
use crate::fault::slow;
use crate::name::{NodeName, Whom};
use crate::network::LinkDeed;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// How a node outside the core is broken in liveness mode, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outage {
    /// It is crashed.
    Stopped,
    /// It stands still.
    Paused,
    /// It and the core do not hear each other.
    CutOff,
    /// The core does not hear it.
    Unheard,
    /// It does not hear the core.
    Deaf,
    /// It does not hear the core, and its links lose, double and delay most of what it sends.
    Lossy,
    /// It does not hear the core, and takes a second for each message.
    Slow,
}

impl Outage {
    /// Each.
    pub const ALL: [Self; 7] = [
        Self::Stopped,
        Self::Paused,
        Self::CutOff,
        Self::Unheard,
        Self::Deaf,
        Self::Lossy,
        Self::Slow,
    ];

    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Paused => "paused",
            Self::CutOff => "cut-off",
            Self::Unheard => "unheard",
            Self::Deaf => "deaf",
            Self::Lossy => "lossy",
            Self::Slow => "slow",
        }
    }

    /// One of them.
    pub(super) fn draw(dice: &mut Dice) -> Self {
        Self::ALL[dice.upto(Self::ALL.len() as u64 - 1) as usize]
    }

    /// What makes it so. Where the core is `closed`, it hears the node in no case. Unless it is to be
    /// stopped or paused it runs, whatever became of it before; where it `joins`, it is here, too.
    pub(super) fn deeds(
        self,
        node: NodeName,
        core: &[NodeName],
        closed: bool,
        joins: bool,
    ) -> Vec<Deed> {
        let of_core = || core.to_vec();
        let (from, to) = (Vec::from([node]), of_core());
        let unheard = Deed::CutOneWay(OneWay { from, to });
        let (from, to) = (of_core(), Vec::from([node]));
        let deaf = Deed::CutOneWay(OneWay { from, to });
        let mut deeds = Vec::new();
        if closed || matches!(self, Self::CutOff | Self::Unheard) {
            deeds.push(unheard);
        }
        match self {
            Self::Stopped => deeds.push(Deed::Stop(Whom::Node(node))),
            Self::Paused => deeds.push(Deed::Pause(Whom::Node(node))),
            Self::CutOff | Self::Deaf => deeds.push(deaf),
            Self::Unheard => {}
            Self::Lossy => deeds.extend([deaf, loses(node)]),
            Self::Slow => deeds.extend([deaf, slow(node, 1_000_000)]),
        }
        if !matches!(self, Self::Stopped | Self::Paused) {
            // When it is cut off already, so that nothing of it comes through.
            deeds.extend(joins.then_some(Deed::Join(node)));
            deeds.extend([Deed::Start(node), Deed::Resume(node)]);
        }
        deeds
    }
}

/// Whatever it sends is lost, doubled and overtaken more often than not.
fn loses(node: NodeName) -> Deed {
    Deed::Link(LinkDeed {
        from: Some(node),
        loss_per_million: Some(600_000),
        duplication_per_million: Some(600_000),
        reordering_per_million: Some(600_000),
        ..LinkDeed::default()
    })
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
