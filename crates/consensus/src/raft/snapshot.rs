//! What a snapshot stands for (Raft §7).

use super::configuration::Configuration;
use super::position::LogPosition;
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
