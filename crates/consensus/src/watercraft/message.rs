//! What nodes say to each other. Every message goes to one node: where a host tells everyone, it
//! sends to each on its list (W3).

use super::list::{List, Standing};
use super::seniority::AdmissionNumber;
use super::version::{ReignNumber, Version};
use crate::client::Command;
use crate::field::Field;
use crate::node::{Life, NodeId};
use crate::observation::Reign;
use crate::protocol::{Describe, MessageShape, MessageSummary};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a caller believes about the network (W5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Report {
    /// How many nodes are in it.
    Count(u32),
    /// Which version of the list it has.
    Version(Version),
}

/// A message from one node to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WatercraftMessage {
    /// The first call of a life: I would like to join (W1).
    Contact,
    /// A call in each heartbeat round, to the host (W5) or to whom the caller decided on (W6).
    Call {
        /// The caller's own number.
        number: AdmissionNumber,
        /// What it believes.
        report: Report,
    },
    /// The host's answer to a call that reports what is right (W5).
    Right {
        /// The version of the host's list.
        version: Version,
    },
    /// The host's whole list: to a first caller, to one that reports what is wrong, and to
    /// everyone when a node joins or another host takes over (W3, W5).
    List {
        /// Its version.
        version: Version,
        /// The list; the host stands in it, alive.
        list: List,
    },
    /// The host notifies the others that nodes are gone (W3).
    Removal {
        /// The version of the list without them.
        version: Version,
        /// Who.
        lives: Vec<Life>,
        /// Removed or left.
        standing: Standing,
    },
    /// The answer of every node that is not the host to every call (W1).
    NotHost {
        /// Whom it believes to be the host.
        host: Option<NodeId>,
        /// All nodes that it knows.
        list: List,
    },
    /// A host calls a node that is not on its list, or another host (W10).
    HostCall {
        /// The version of the host's list.
        version: Version,
        /// The host's own number.
        number: AdmissionNumber,
        /// The receiver's reign, where this answers its word as a host.
        answers: Option<ReignNumber>,
    },
    /// A host yields to an older one, and hands it the list to merge (W10).
    Yield {
        /// The version of the list.
        version: Version,
        /// The list; the sender stands in it, alive.
        list: List,
    },
    /// A host that leaves hands everything over to the next oldest (W9).
    HandOver {
        /// The version of the list.
        version: Version,
        /// The list; the sender stands in it as one who left.
        list: List,
        /// The shared data: every write, in order.
        commands: Vec<Command>,
    },
    /// I leave (W9).
    Goodbye,
}

impl WatercraftMessage {
    /// The version of a list that it speaks of: the sender's own, or what a caller reports.
    pub(super) const fn reported(&self) -> Option<Version> {
        match self {
            Self::Right { version }
            | Self::List { version, .. }
            | Self::Removal { version, .. }
            | Self::HostCall { version, .. }
            | Self::Yield { version, .. }
            | Self::HandOver { version, .. }
            | Self::Call {
                report: Report::Version(version),
                ..
            } => Some(*version),
            Self::Contact | Self::Call { .. } | Self::NotHost { .. } | Self::Goodbye => None,
        }
    }

    /// Whether an honest node could have sent it.
    pub(super) fn is_plausible(&self, from: Life) -> bool {
        let reported = self.reported();
        let possible = reported.is_none_or(|version| version.reign.is_plausible());
        let own = matches!(self, Self::Call { .. })
            || reported.is_none_or(|version| version.reign.host == from.node);
        let sound = match self {
            Self::List { list, .. } | Self::Yield { list, .. } => {
                list.is_plausible() && list.living(from).is_some()
            }
            Self::HandOver { list, .. } => {
                list.is_plausible() && list.standing(from) == Some(Standing::Left)
            }
            Self::NotHost { host, list } => {
                let known = host.is_none_or(|host| list.life(host).is_some());
                list.is_plausible() && known && *host != Some(from.node)
            }
            Self::Removal {
                lives, standing, ..
            } => *standing != Standing::Alive && !lives.contains(&from),
            Self::Call { number, .. } | Self::HostCall { number, .. } => number.is_given(),
            Self::Contact | Self::Right { .. } | Self::Goodbye => true,
        };
        possible && own && sound
    }
}

impl Describe for WatercraftMessage {
    fn describe(&self) -> MessageSummary {
        let (kind, shape, answer) = match self {
            Self::Contact => ("contact", MessageShape::Call, None),
            Self::Call { .. } => ("call", MessageShape::Call, None),
            Self::Right { .. } => ("right", MessageShape::Call, Some(true)),
            Self::List { .. } => ("list", MessageShape::Call, Some(true)),
            Self::Removal { .. } => ("removal", MessageShape::Call, None),
            Self::NotHost { .. } => ("not host", MessageShape::Call, Some(false)),
            Self::HostCall { .. } => ("host call", MessageShape::Claim, None),
            Self::Yield { .. } => ("yield", MessageShape::Claim, None),
            Self::HandOver { .. } => ("hand-over", MessageShape::Entry, None),
            Self::Goodbye => ("goodbye", MessageShape::Call, None),
        };
        let command = match self {
            Self::HandOver { commands, .. } => commands.last().cloned(),
            _ => None,
        };
        MessageSummary {
            kind,
            shape,
            answer,
            heartbeat: matches!(self, Self::Call { .. } | Self::Right { .. }),
            reign: self.reported().map(|version| Reign {
                mandate: version.reign.mandate(),
                leader: Some(version.reign.host),
            }),
            command,
        }
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }
}
