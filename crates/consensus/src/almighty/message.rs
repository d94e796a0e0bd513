//! What peers say to each other.

use super::election::ElectionId;
use super::ledger::Ledger;
use super::secret::Secret;
use crate::field::Field;
use crate::node::Life;
use crate::observation::Reign;
use crate::protocol::{Describe, MessageShape, MessageSummary};
use crate::time::Micros;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A leader's claim (A4): which election it won, the secret of the reign, and its ledger, in which
/// it stands itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Announcement {
    /// The election.
    pub id: ElectionId,
    /// The winner: whoever sends it.
    pub leader: Life,
    /// The secret that its pongs will carry.
    pub secret: Secret,
    /// How often the secret was rotated in this reign (A8).
    pub turn: u32,
    /// The leader's ledger.
    pub ledger: Ledger,
}

/// Why a ledger is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LedgerPurpose {
    /// The leader tells its peers who is dead or back (A17).
    Marks,
    /// Two leaders met or two peers won: everyone merges it (A10, A12, A13).
    Merge,
    /// A peer tells its leader of peers that the leader's ledger lacks.
    Report,
}

/// A message from one peer to another or to all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AlmightyMessage {
    /// I am here (A15); also said by a peer that lost its leader.
    Join {
        /// Its stamp; `None` where the leader gives it (A1).
        joined: Option<Micros>,
    },
    /// The leader's answer to one peer (A7).
    Welcome(Announcement),
    /// I won; also said again every so often (A4, A20).
    Winner(Announcement),
    /// Are you still my leader? (A5)
    Ping {
        /// The reign that the peer believes in.
        id: ElectionId,
        /// Which turn of its secret it expects.
        turn: u32,
        /// The peer's own stamp.
        joined: Micros,
    },
    /// The answer to a ping.
    Pong {
        /// The reign that was asked about.
        id: ElectionId,
        /// The turn that was asked about.
        turn: u32,
        /// The secret, or nothing from who does not lead.
        secret: Option<Secret>,
    },
    /// A new election is open (A18).
    Election {
        /// Its id.
        id: ElectionId,
        /// Whom the caller found dead.
        without: Option<Life>,
    },
    /// A ledger (A10, A17).
    Ledger {
        /// The latest election that the sender takes part in.
        id: ElectionId,
        /// What to do with it.
        purpose: LedgerPurpose,
        /// The ledger.
        ledger: Ledger,
    },
    /// Two of us lead (A10).
    FaceOff {
        /// The sender's reign.
        mine: ElectionId,
        /// The reign of the receiver that it objects to.
        yours: ElectionId,
    },
    /// The secret changes (A8).
    Rotation {
        /// The reign.
        id: ElectionId,
        /// Which turn the new secret is.
        turn: u32,
        /// The secret so far, as proof.
        old: Secret,
        /// The secret from now on.
        new: Secret,
    },
    /// I leave (A14).
    Goodbye,
}

impl Describe for AlmightyMessage {
    fn describe(&self) -> MessageSummary {
        let (kind, shape, answer, id) = match self {
            Self::Join { .. } => ("join", MessageShape::Call, None, None),
            Self::Welcome(a) => ("welcome", MessageShape::Call, Some(true), Some(a.id)),
            Self::Winner(a) => ("winner", MessageShape::Claim, None, Some(a.id)),
            Self::Ping { id, .. } => ("ping", MessageShape::Call, None, Some(*id)),
            Self::Pong { id, secret, .. } => (
                "pong",
                MessageShape::Call,
                Some(secret.is_some()),
                Some(*id),
            ),
            Self::Election { id, .. } => ("election", MessageShape::Claim, None, Some(*id)),
            Self::Ledger { id, .. } => ("ledger", MessageShape::Call, None, Some(*id)),
            Self::FaceOff { mine, .. } => ("face-off", MessageShape::Claim, None, Some(*mine)),
            Self::Rotation { id, .. } => ("new secret", MessageShape::Call, None, Some(*id)),
            Self::Goodbye => ("goodbye", MessageShape::Call, None, None),
        };
        let leader = match self {
            Self::Welcome(a) | Self::Winner(a) => Some(a.leader.node),
            _ => None,
        };
        let reign = id.map(|id| Reign {
            mandate: id.mandate(),
            leader,
        });
        MessageSummary {
            kind,
            shape,
            answer,
            heartbeat: matches!(self, Self::Ping { .. } | Self::Pong { .. }),
            reign,
            command: None,
        }
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }
}
