//! What a step points at.

use crate::expect::Measure;
use crate::name::NodeName;
use alloc::vec::Vec;
use serde::Deserialize;

/// Something on the stage to look at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Highlight {
    /// A node.
    Node(NodeName),
    /// A client, from 1.
    Client(u32),
    /// What passes between two nodes, both ways.
    Link([NodeName; 2]),
    /// A node's timer.
    Timer(NodeName),
    /// The votes of a candidate.
    Votes(NodeName),
    /// A node's log.
    Log(NodeName),
    /// What a node's state machine holds.
    Data(NodeName),
    /// Whom a node knows, by age.
    Ledger(NodeName),
    /// A node's secret.
    Secret(NodeName),
    /// What waits at a node.
    Inbox(NodeName),
    /// A client's circuit breakers, from 1.
    Breaker(u32),
    /// The cut.
    Cut,
    /// A number beside the stage.
    Measure(Measure),
}

impl Highlight {
    /// The nodes that it points at, and the name of its field.
    pub(super) fn nodes(&self) -> (&'static str, Vec<NodeName>) {
        let (field, node) = match self {
            Self::Node(node) => ("node", node),
            Self::Timer(node) => ("timer", node),
            Self::Votes(node) => ("votes", node),
            Self::Log(node) => ("log", node),
            Self::Data(node) => ("data", node),
            Self::Ledger(node) => ("ledger", node),
            Self::Secret(node) => ("secret", node),
            Self::Inbox(node) => ("inbox", node),
            Self::Link(both) => return ("link", both.to_vec()),
            Self::Client(_) | Self::Breaker(_) | Self::Cut | Self::Measure(_) => {
                return ("", Vec::new());
            }
        };
        (field, Vec::from([*node]))
    }

    /// The client that it points at, and the name of its field.
    pub(super) const fn client(&self) -> Option<(&'static str, u32)> {
        match self {
            Self::Client(client) => Some(("client", *client)),
            Self::Breaker(client) => Some(("breaker", *client)),
            _ => None,
        }
    }
}
