//! Who speaks to whom: nodes, their incarnations, and the envelope round a message.

use crate::protocol::Protocol;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A node's name within its network, from 0; shown as A, B, C, ..., Z, AA, AB, ...
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct NodeId(pub u16);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |n: u16| char::from(b'A' + (n % 26) as u8);
        match self.0 {
            n @ 0..=25 => write!(f, "{}", letter(n)),
            n @ 26..=701 => write!(f, "{}{}", letter(n / 26 - 1), letter(n)),
            n => write!(f, "N{n}"),
        }
    }
}

/// How many times a node has booted, kept durably by its host; the first boot is 1 (A16).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Incarnation(pub u32);

/// One life of a node, from boot to crash or leave (A16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Life {
    /// The node.
    pub node: NodeId,
    /// Which of its lives; the later supersedes the earlier.
    pub incarnation: Incarnation,
}

/// Which deployment a message belongs to; a node drops what is addressed to another.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ClusterId(pub u32);

/// Whom an envelope is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Receiver {
    /// One node.
    Node(NodeId),
    /// Every attached node that the network lets through, known to the sender or not (A15).
    Everyone,
}

/// A message with its addresses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Envelope<M> {
    /// The deployment that it belongs to.
    pub cluster: ClusterId,
    /// Who sent it.
    pub sender: NodeId,
    /// Which life of the sender sent it.
    pub incarnation: Incarnation,
    /// Whom it is for.
    pub receiver: Receiver,
    /// What it says.
    pub message: M,
}

/// All that a node is given when it starts or starts again.
#[derive(Clone, Debug)]
pub struct Boot<P: Protocol> {
    /// Its name.
    pub node: NodeId,
    /// Its deployment.
    pub cluster: ClusterId,
    /// Which of its lives this is.
    pub incarnation: Incarnation,
    /// The configured members, itself among them; none for a node that is to be added to a
    /// running cluster. Raft's voting members; the nodes that a WaterCraft node can call first
    /// (W1). An Almighty peer learns its peers from the network instead and ignores this.
    pub members: Vec<NodeId>,
    /// Timing and choices of the protocol.
    pub settings: P::Settings,
    /// What its disk holds: empty at the first boot, exactly what was stored before a crash after.
    pub durable: P::Durable,
}
