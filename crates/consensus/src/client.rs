//! What clients ask of a node and what they are told. Commands are opaque: the state machine
//! belongs to the host.

use crate::node::NodeId;
use alloc::sync::Arc;
use core::hash::{Hash, Hasher};
use serde::{Deserialize, Serialize, Serializer};

/// A client's name.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ClientId(pub u32);

/// One call of one client; the same on every retry.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct CallId {
    /// Who asks.
    pub client: ClientId,
    /// Which of its calls, from 1.
    pub sequence: u64,
}

/// One client's session, named by the place in the log where it was opened (Raft thesis §6.3).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SessionId(pub u64);

impl SessionId {
    /// The session that every client has where none is ever ended: its first command opens it.
    pub const LASTING: Self = Self(0);
}

/// A command for the host's state machine, together with the call that brought it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Command {
    /// The call that it answers.
    pub call: CallId,
    /// The session that the client opened for it, or [`SessionId::LASTING`].
    pub session: SessionId,
    /// The bytes that the state machine understands; the protocols never look inside.
    pub payload: Arc<[u8]>,
}

/// How many bytes an [`Output`] holds without sharing them.
const SHORT: usize = 22;

/// What the state machine answered to a command. Most answers are short, and then nothing is
/// allocated: sessions keep many.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Arc<[u8]>")]
pub struct Output(Bytes);

#[derive(Clone, Debug)]
enum Bytes {
    Short { len: u8, bytes: [u8; SHORT] },
    Shared(Arc<[u8]>),
}

impl Output {
    /// The answer that says nothing.
    pub const EMPTY: Self = Self(Bytes::Short {
        len: 0,
        bytes: [0; SHORT],
    });

    /// These bytes.
    pub fn new(bytes: impl AsRef<[u8]> + Into<Arc<[u8]>>) -> Self {
        let given = bytes.as_ref();
        let mut short = [0; SHORT];
        match short.get_mut(..given.len()) {
            Some(room) => {
                room.copy_from_slice(given);
                Self(Bytes::Short {
                    len: given.len() as u8,
                    bytes: short,
                })
            }
            None => Self(Bytes::Shared(bytes.into())),
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Short { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Bytes::Shared(bytes) => bytes,
        }
    }
}

impl Default for Output {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for Output {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Output {}

impl Hash for Output {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let bytes = self.as_bytes();
        (!bytes.is_empty()).then_some(bytes).hash(state);
    }
}

impl Serialize for Output {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_bytes().serialize(serializer)
    }
}

impl From<Arc<[u8]>> for Output {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::new(bytes)
    }
}

/// Whether a call may change the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// It changes something.
    Write,
    /// It only looks.
    Read,
    /// It opens a session for the client's coming calls; the answer's bytes are its
    /// [`SessionId`], eight bytes, the least first. Protocols without sessions answer 0.
    OpenSession,
}

/// A client's call as it reaches a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Call {
    /// Write or read.
    pub operation: Operation,
    /// What to do, and which call it is.
    pub command: Command,
}

/// Why a node does not serve a call (F6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// It is not the leader; the hint says who is, where it knows.
    NotLeader,
    /// It lost its leadership before the call was done: whether it takes effect is unknown.
    LostLeadership,
    /// It is handing its leadership over, and takes no new calls until that is done or given up;
    /// the hint says to whom.
    HandingOver,
    /// It keeps as many uncommitted commands as it may; nothing was done.
    TooMuchUncommitted,
    /// The client has no such session, or no longer: whether an earlier attempt of this call took
    /// effect is unknown, and this one did not.
    NoSession,
    /// Many later calls of the same session took effect: whether an earlier attempt of this call
    /// did is forgotten, and this one did not.
    OutOfDate,
}

impl Refusal {
    /// The reason in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotLeader => "not the leader",
            Self::LostLeadership => "leads no longer",
            Self::HandingOver => "hands its leadership over",
            Self::TooMuchUncommitted => "too much is uncommitted",
            Self::NoSession => "knows no such session",
            Self::OutOfDate => "too old to tell",
        }
    }
}

/// A node's answer to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Done; this is what the state machine said.
    Done(Output),
    /// Not done here.
    Refused {
        /// Why.
        reason: Refusal,
        /// Whom to ask instead, where the node knows (R7).
        hint: Option<NodeId>,
    },
}
