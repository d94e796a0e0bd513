//! Who is meant: nodes by their names.

use alloc::format;
use alloc::string::{String, ToString};
use consensus::NodeId;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use simulator::Target;

/// A node's name: `"A"` to `"Z"`, then `"AA"` to `"AE"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeName(pub NodeId);

impl NodeName {
    /// How many names there are.
    pub const COUNT: u16 = 31;

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
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

impl Whom {
    /// What a file calls them.
    #[must_use]
    pub const fn of(target: Target) -> Self {
        match target {
            Target::Node(node) => Self::Node(NodeName(node)),
            Target::Leader => Self::Leader,
        }
    }

    /// As the simulator takes it.
    pub(crate) const fn target(self) -> Target {
        match self {
            Self::Node(name) => Target::Node(name.0),
            Self::Leader => Target::Leader,
        }
    }
}
