//! Versions of the list (W5), ordered across hosts.

use crate::node::NodeId;
use crate::observation::Mandate;
use crate::time::Micros;
use serde::{Deserialize, Serialize};

/// The highest reign that counts as plausible: so many never happen.
const MOST_REIGNS: u64 = 1 << 48;
/// Only lower ones are counted on from, so that no forged number uses up those that follow it.
const MOST_HEARD_OF: u64 = MOST_REIGNS / 2;

/// One reign of one host. The greater is the later: a node that becomes host, or merges another
/// host's list into its own, takes a number above all that it has heard of. Two hosts that do so
/// on two sides of a cut may take the same number, and are told apart by their ids.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ReignNumber {
    /// From 1; 0 before the first.
    pub number: u64,
    /// The host.
    pub host: NodeId,
}

impl ReignNumber {
    /// By what right its host leads, as checks and people see it: the number stands where an
    /// election has its time.
    #[must_use]
    pub const fn mandate(self) -> Mandate {
        Mandate::Election {
            at: Micros(self.number),
            caller: self.host,
        }
    }

    /// Up to where a node that hears of it counts reigns.
    pub(super) const fn heard_of(self) -> u64 {
        if self.number <= MOST_HEARD_OF {
            self.number
        } else {
            0
        }
    }

    /// Whether honest hosts could have come so far.
    pub(super) const fn is_plausible(self) -> bool {
        self.number <= MOST_REIGNS
    }
}

/// Which state of which host's list; the greater is the later. A node takes over no list that is
/// older than the one that it has from the same host.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Version {
    /// The reign in which its host keeps it.
    pub reign: ReignNumber,
    /// How often the list changed in this reign, from 1.
    pub change: u64,
}

impl Version {
    /// The state after the next change.
    pub(super) const fn next(self) -> Self {
        Self {
            reign: self.reign,
            change: self.change.saturating_add(1),
        }
    }

    /// Whether the other follows this one with nothing in between.
    pub(super) fn is_followed_by(self, other: Self) -> bool {
        self.reign == other.reign && self.change.checked_add(1) == Some(other.change)
    }
}
