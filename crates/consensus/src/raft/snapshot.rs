//! What a snapshot stands for (Raft §7).

use super::configuration::Configuration;
use super::position::LogPosition;
use super::sessions::Sessions;
use crate::input::SnapshotId;
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// What stands in for the log up to and including its last position. The state machine's own bytes
/// are the host's to keep, under the id of the last index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Snapshot {
    /// The last position that it stands for.
    pub last: LogPosition,
    /// The running digest of the log up to there.
    pub digest: u64,
    /// The configuration in force there (§6).
    pub configuration: Configuration,
}

/// A snapshot as a server's disk describes it: everything but the state machine's own bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SnapshotRecord {
    /// What it stands for.
    pub snapshot: Snapshot,
    /// The clients' sessions there (§8).
    pub sessions: Arc<Sessions>,
    /// How many bytes the state machine's part has.
    pub len: u64,
}

impl SnapshotRecord {
    /// The id under which the host keeps the state machine's bytes.
    #[must_use]
    pub const fn id(&self) -> SnapshotId {
        SnapshotId(self.snapshot.last.index.0)
    }
}
