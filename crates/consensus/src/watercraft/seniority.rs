//! How long a node has been in its network: the number under which it was admitted (W2). No clock
//! is involved.

use crate::node::{Incarnation, NodeId};
use serde::{Deserialize, Serialize};

/// The number under which a host admitted a node, rising from 1. A node keeps it for the whole of
/// its life (W10).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct AdmissionNumber(pub u64);

impl AdmissionNumber {
    /// The number of whoever begins as the host: 1 in its first life, and 2³² more in each further
    /// one. So who crashed is younger than a network whose founder did not crash more often.
    #[must_use]
    pub const fn of_founder(incarnation: Incarnation) -> Self {
        let earlier_lives = incarnation.0.saturating_sub(1) as u64;
        Self((earlier_lives << 32) + 1)
    }

    /// The number of whoever was to join a network and found none: as a founder's of one life
    /// more, so that it is younger than the network that it was to join.
    #[must_use]
    pub const fn of_seeker(incarnation: Incarnation) -> Self {
        Self::of_founder(Incarnation(incarnation.0.saturating_add(1)))
    }

    /// The number of the node that is admitted next; of two at the end of the range the node id
    /// decides.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Whether a host can have given it.
    pub(super) const fn is_given(self) -> bool {
        self.0 > 0
    }
}

/// A node's place in the order of age (W2): the smaller has been in the network longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seniority {
    /// Under which number it was admitted.
    pub number: AdmissionNumber,
    /// The node; it breaks ties, where two hosts gave the same number.
    pub node: NodeId,
}

impl Seniority {
    /// Whether this node has been in the network longer than the other.
    #[must_use]
    pub fn is_older_than(self, other: Self) -> bool {
        self < other
    }
}
