//! A message on its way.

use consensus::{ClientId, MessageShape, Micros, NodeId, Reign};
use serde::{Deserialize, Serialize};

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

    /// A number of its own below 2^33: numbers are quicker to look up.
    const fn number(self) -> u64 {
        match self {
            Self::Node(node) => node.0 as u64,
            Self::Client(client) => 1 << 32 | client.0 as u64,
        }
    }

    /// The number of the way from here to there. One end is a node.
    pub(crate) const fn way(self, to: Self) -> u64 {
        match to {
            Self::Node(to) => self.number() << 16 | to.0 as u64,
            Self::Client(_) => 1 << 49 | to.number() << 16 | self.number(),
        }
    }
}

/// Why a message reached nobody who took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropCause {
    /// Lost at random.
    Lost,
    /// It fell into a cut.
    Cut,
    /// Its wire was full.
    LinkFull,
    /// Somebody took it off its wire.
    ByHand,
    /// The receiver's inbox was full (F3).
    InboxFull,
    /// The receiver was not up.
    NodeDown,
    /// The receiver refused it: its checksum did not fit (F4).
    Damaged,
}

impl DropCause {
    /// Its name in traces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Cut => "cut",
            Self::LinkFull => "link-full",
            Self::ByHand => "by-hand",
            Self::InboxFull => "inbox-full",
            Self::NodeDown => "node-down",
            Self::Damaged => "damaged",
        }
    }
}

/// What will become of a message, as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It arrives.
    Arrives,
    /// It has stood still on its wire since this moment, until somebody lets it go.
    Held(Micros),
    /// It is lost at this moment, at random.
    Lost(Micros),
    /// It falls into a cut at this moment.
    Cut(Micros),
    /// Its wire was full: it fell off at this moment, as it was sent.
    Overflowed(Micros),
    /// Somebody took it off its wire at this moment.
    Dropped(Micros),
    /// The receiver did not take it as it came at this moment: it was damaged, or the inbox full.
    Refused(Micros, DropCause),
}

impl Fate {
    /// When it leaves its wire without being taken, if it does.
    #[must_use]
    pub const fn dropped_at(self) -> Option<Micros> {
        match self {
            Self::Arrives | Self::Held(_) => None,
            Self::Lost(at)
            | Self::Cut(at)
            | Self::Overflowed(at)
            | Self::Dropped(at)
            | Self::Refused(at, _) => Some(at),
        }
    }

    /// Why it leaves its wire without being taken, if it does.
    #[must_use]
    pub const fn cause(self) -> Option<DropCause> {
        match self {
            Self::Arrives | Self::Held(_) => None,
            Self::Lost(_) => Some(DropCause::Lost),
            Self::Cut(_) => Some(DropCause::Cut),
            Self::Overflowed(_) => Some(DropCause::LinkFull),
            Self::Dropped(_) => Some(DropCause::ByHand),
            Self::Refused(_, cause) => Some(cause),
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
    /// Whether bits were flipped on its way: the receiver will refuse it.
    pub damaged: bool,
    /// The message that it doubles, where it is a copy.
    pub copy_of: Option<u64>,
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
