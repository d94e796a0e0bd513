//! What a node is at the moment, each role with the data that only it has.

use crate::node::{Life, NodeId};
use crate::time::Micros;
use litemap::LiteMap;

/// What a node is at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Seat {
    /// It is in no network, and asks for the host of one (W1).
    Seeking(Seeking),
    /// It follows a host, or whom it decided on (W6).
    Following(Following),
    /// It is the host (W3).
    Hosting(Hosting),
    /// It said good-bye (W9).
    Gone,
}

/// A search for a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Seeking {
    /// Whom it asks.
    pub(super) asked: NodeId,
    /// How many waits in a row ended without a word from any network.
    pub(super) fruitless: u32,
    /// How often it was sent on within this wait.
    pub(super) hops: u32,
}

/// A node's view of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Following {
    pub(super) host: Life,
    /// Whether it has answered as a host since it is followed.
    pub(super) confirmed: bool,
    /// Whether the last call has no such answer yet.
    pub(super) awaiting: bool,
    /// How many calls in a row went unanswered (W6).
    pub(super) unanswered: u32,
    /// Whom it names as the host instead, though this node could not reach that one.
    pub(super) named: Option<Life>,
}

/// A host's own data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Hosting {
    /// What it hears of each node on its list.
    pub(super) hearings: LiteMap<NodeId, Hearing>,
    /// Rounds since it last called who is not on its list (W10).
    pub(super) rounds: u32,
}

/// What a host hears of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Hearing {
    /// Rounds that passed without a call.
    pub(super) silent: u32,
    /// When it last called, by the monotonic clock.
    pub(super) last: Option<Micros>,
}
