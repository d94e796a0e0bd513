//! What a scenario does, and when.

use crate::span::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::NodeId;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use simulator::{Action, LinkChange, Links, PerMillion, SpanRange, Target, TimedAction};

/// A node's name: `"A"` to `"Z"`, then `"AA"` to `"AE"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeName(pub NodeId);

impl NodeName {
    /// How many names there are.
    pub const COUNT: u16 = 31;

    fn parse(text: &str) -> Result<Self, String> {
        (0..Self::COUNT)
            .map(|id| Self(NodeId(id)))
            .find(|name| name.to_string() == text)
            .ok_or_else(|| format!("`{text}` is not a node's name; nodes are called \"A\" to \"Z\", then \"AA\" to \"AE\""))
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for NodeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for NodeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

/// Whom a deed is meant for: a node's name, or `"leader"` for whoever leads at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whom {
    /// This node.
    Node(NodeName),
    /// Whoever leads.
    Leader,
}

impl Serialize for Whom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Node(name) => name.serialize(serializer),
            Self::Leader => serializer.serialize_str("leader"),
        }
    }
}

impl<'de> Deserialize<'de> for Whom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "leader" {
            return Ok(Self::Leader);
        }
        let node = NodeName::parse(&text)
            .map_err(|error| D::Error::custom(format!("{error}, or \"leader\"")))?;
        Ok(Self::Node(node))
    }
}

/// A client's write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Write {
    /// The value.
    pub value: u64,
    /// The key; 0 where it is left out.
    #[serde(default)]
    pub key: u32,
    /// Which client, from 1.
    #[serde(default = "first")]
    pub client: u32,
    /// The node that it asks and keeps asking; it looks for the leader where this is left out.
    #[serde(default)]
    pub to: Option<NodeName>,
}

/// A client's read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Read {
    /// The key; 0 where it is left out.
    #[serde(default)]
    pub key: u32,
    /// Which client, from 1.
    #[serde(default = "first")]
    pub client: u32,
    /// As for a write.
    #[serde(default)]
    pub to: Option<NodeName>,
}

const fn first() -> u32 {
    1
}

/// One thing that a scenario does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Crash a node.
    Stop(Whom),
    /// Boot a node that is stopped.
    Start(NodeName),
    /// Let a node's election timer fire now (Raft).
    TimeOut(Whom),
    /// Attach a new node, or one that left.
    Join(NodeName),
    /// Let a node say good-bye.
    Leave(Whom),
    /// Cut the network into these sides; nodes in none of them form one more together.
    Cut(Vec<Vec<NodeName>>),
    /// Make the network whole.
    Heal,
    /// From now on lose so many of a million messages between nodes.
    LossPerMillion(u32),
    /// From now on draw each message's delay between these two.
    Delay([Span; 2]),
    /// A client writes.
    Write(Write),
    /// A client reads.
    Read(Read),
}

/// A deed and its time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When, from the start of the run.
    pub at: Span,
    /// What.
    #[serde(rename = "do")]
    pub deed: Deed,
}

impl Step {
    /// The step as the simulator takes it.
    #[must_use]
    pub fn timed(&self) -> TimedAction {
        TimedAction {
            at: self.at.0,
            action: self.deed.action(),
        }
    }
}

impl Deed {
    /// The deed as the simulator takes it.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::Stop(whom) => Action::Stop(target(*whom)),
            Self::Start(node) => Action::Start(Target::Node(node.0)),
            Self::TimeOut(whom) => Action::TimeOut(target(*whom)),
            Self::Join(node) => Action::Join(node.0),
            Self::Leave(whom) => Action::Leave(target(*whom)),
            Self::Cut(sides) => {
                let ids = |side: &Vec<NodeName>| side.iter().map(|name| name.0).collect();
                Action::Cut(sides.iter().map(ids).collect())
            }
            Self::Heal => Action::Heal,
            Self::LossPerMillion(share) => everywhere(LinkChange::Loss(PerMillion(*share))),
            Self::Delay([least, most]) => everywhere(LinkChange::Delay(SpanRange {
                least: least.0,
                most: most.0,
            })),
            Self::Write(write) => Action::Write {
                client: write.client.saturating_sub(1),
                key: write.key,
                value: write.value,
                to: write.to.map(|name| name.0),
            },
            Self::Read(read) => Action::Read {
                client: read.client.saturating_sub(1),
                key: read.key,
                to: read.to.map(|name| name.0),
            },
        }
    }
}

const fn everywhere(change: LinkChange) -> Action {
    Action::Link {
        links: Links::ALL,
        change,
    }
}

const fn target(whom: Whom) -> Target {
    match whom {
        Whom::Node(name) => Target::Node(name.0),
        Whom::Leader => Target::Leader,
    }
}
