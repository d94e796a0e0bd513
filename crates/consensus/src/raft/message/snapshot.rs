//! A snapshot on its way to a follower (InstallSnapshot, Raft §7).

use super::append::{HeartbeatRound, ReplicationSession};
use crate::raft::position::{LogIndex, Term};
use crate::raft::sessions::Sessions;
use crate::raft::snapshot::Snapshot;
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// A piece of the leader's snapshot. Pieces may be lost, doubled and overtaken; the follower takes
/// them in order and says from where it wants more. An empty piece at the end asks how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SnapshotChunk {
    /// The leader's term.
    pub term: Term,
    /// The leader's attempt to feed this follower.
    pub session: ReplicationSession,
    /// The leader's latest heartbeat round.
    pub round: HeartbeatRound,
    /// What it is a snapshot of.
    pub snapshot: Snapshot,
    /// Where the piece begins in the state machine's bytes.
    pub offset: u64,
    /// How many bytes the state machine's part has in all.
    pub len: u64,
    /// The piece.
    pub bytes: Arc<[u8]>,
    /// The clients' sessions; they come with the first piece alone.
    pub sessions: Option<Arc<Sessions>>,
}

/// The answer to a piece of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SnapshotAnswer {
    /// The follower's term.
    pub term: Term,
    /// The session of the piece that it answers.
    pub session: ReplicationSession,
    /// The heartbeat round of the piece that it answers.
    pub round: HeartbeatRound,
    /// The last index of the snapshot that it answers.
    pub last: LogIndex,
    /// How it went.
    pub outcome: SnapshotOutcome,
}

impl SnapshotChunk {
    /// The answer of a follower in the same term.
    pub(in crate::raft) const fn answer(&self, outcome: SnapshotOutcome) -> SnapshotAnswer {
        SnapshotAnswer {
            term: self.term,
            session: self.session,
            round: self.round,
            last: self.snapshot.last.index,
            outcome,
        }
    }
}

impl SnapshotAnswer {
    /// Whether it says the same as another one, in whichever round.
    pub(in crate::raft) fn repeats(&self, other: &Self) -> bool {
        let round = other.round;
        Self {
            round,
            ..self.clone()
        } == *other
    }
}

/// How far a follower is with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SnapshotOutcome {
    /// It has everything before this byte.
    Received(u64),
    /// Durably, its log is the leader's up to the snapshot's last index.
    Installed,
    /// The sender's term is over.
    Stale,
}
