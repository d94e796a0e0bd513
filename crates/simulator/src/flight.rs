//! A message on its way.

use consensus::{ClientId, MessageShape, Micros, NodeId, Reign};

/// Where a message comes from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// A node of the cluster.
    Node(NodeId),
    /// A client, outside the cluster.
    Client(ClientId),
}

impl Endpoint {
    /// The node, where it is one.
    #[must_use]
    pub const fn node(self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(node),
            Self::Client(_) => None,
        }
    }
}

/// What will become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It arrives.
    Arrives,
    /// It is lost at this moment, at random.
    Lost(consensus::Micros),
    /// It falls into a cut at this moment.
    Cut(consensus::Micros),
}

impl Fate {
    /// When it leaves its wire without arriving, if it does.
    #[must_use]
    pub const fn dropped_at(self) -> Option<Micros> {
        match self {
            Self::Arrives => None,
            Self::Lost(at) | Self::Cut(at) => Some(at),
        }
    }
}

/// A message on its way, as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Unique within the run, in order of sending.
    pub id: u64,
    /// Who sent it.
    pub from: Endpoint,
    /// Who is to get it.
    pub to: Endpoint,
    /// When it was sent.
    pub sent: Micros,
    /// When it arrives, or would have.
    pub due: Micros,
    /// What will become of it.
    pub fate: Fate,
    /// Its kind, such as `vote request`.
    pub kind: &'static str,
    /// How it is drawn.
    pub shape: MessageShape,
    /// `None` for a request; for an answer, whether it is a yes.
    pub answer: Option<bool>,
    /// The term or reign that it carries.
    pub reign: Option<Reign>,
    /// The value that it carries.
    pub value: Option<u64>,
}
