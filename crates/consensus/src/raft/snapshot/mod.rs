//! Snapshots: a state of the state machine in place of the log that led to it (Raft §7).

mod installing;
mod receiving;
mod rules;
mod sending;
mod taking;

pub(super) use receiving::Receiving;
pub(super) use rules::with_rules_of_snapshots;
pub(super) use sending::{Sending, begin};

use super::configuration::Configuration;
use super::position::LogPosition;
use super::sessions::Sessions;
use crate::input::SnapshotId;
use alloc::sync::Arc;
use installing::Installation;
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

/// A server's snapshots. The bytes are the host's; nothing here grows with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Snapshots {
    /// The latest one that the host keeps; perhaps not named by the disk yet.
    latest: Option<Arc<SnapshotRecord>>,
    /// The one that the disk names.
    stored: SnapshotId,
    /// What is done about another one.
    work: Work,
}

/// What a server does about a snapshot of its own state machine: one thing at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum Work {
    /// Nothing.
    #[default]
    Idle,
    /// One is to be taken when the state machine has done all that was handed to it.
    Awaiting,
    /// The host takes it; how long it is remains to be seen.
    Taking(SnapshotRecord),
    /// The host replaces the state machine by one that the leader sent.
    Installing(Installation),
    /// The host brings the state machine back to the one that the disk names.
    Restoring,
}

impl Snapshots {
    /// Those of a server that boots on a disk that names `latest`.
    pub(super) fn boot(latest: Option<Arc<SnapshotRecord>>) -> Self {
        Self {
            stored: latest.as_ref().map(|it| it.id()).unwrap_or_default(),
            work: match latest {
                Some(_) => Work::Restoring,
                None => Work::Idle,
            },
            latest,
        }
    }

    /// The last position that the latest one stands for, where there is one.
    pub(super) fn last(&self) -> Option<LogPosition> {
        self.latest.as_ref().map(|it| it.snapshot.last)
    }

    /// Whether its state machine is being replaced by the leader's.
    pub(super) const fn installs(&self) -> bool {
        matches!(self.work, Work::Installing(_))
    }
}
