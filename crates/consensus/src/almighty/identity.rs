//! Who a peer is: one life of one node, and the stamp that its age is counted from (A1, A16).

use crate::node::{Incarnation, Life, NodeId};
use crate::time::Micros;
use serde::{Deserialize, Serialize};

/// A peer's identity (A1). The order is the order of age: the smaller is the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// When it joined, by the clock that stamped it; any value is allowed.
    pub joined: Micros,
    /// The node; it breaks ties.
    pub node: NodeId,
    /// Which of its lives.
    pub incarnation: Incarnation,
}

impl Identity {
    /// The life that carries this identity.
    #[must_use]
    pub const fn life(self) -> Life {
        Life {
            node: self.node,
            incarnation: self.incarnation,
        }
    }

    /// Whether this peer would win against the other (A1).
    #[must_use]
    pub fn is_older_than(self, other: Self) -> bool {
        (self.joined, self.node) < (other.joined, other.node)
    }
}

/// Whose clock stamps the time of joining (A1).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityStamp {
    /// The joiner's own: a skewed clock makes it older or younger than it is.
    #[default]
    Joiner,
    /// The leader's, in its welcome; never older than a peer that the leader knows. A peer that no
    /// leader answers stamps itself with the time of its start.
    Leader,
}
