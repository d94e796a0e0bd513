//! The choices that a Raft cluster is run with.

use crate::time::Micros;
use serde::{Deserialize, Serialize};

/// When a leader sends a client's command to its followers (R8).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReplicateWhen {
    /// As soon as it is in the leader's log.
    #[default]
    AtOnce,
    /// Together with the next heartbeat, as "River Raft" tells it: slower, easier to watch.
    WithNextHeartbeat,
}

/// How a leader makes sure that a read sees every write that was answered before it (thesis §6.4).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReadPath {
    /// The read goes through the log like a write.
    #[default]
    Log,
    /// A round of heartbeats shows that it still leads (ReadIndex).
    Index,
    /// It trusts that nobody can have been elected since a majority last answered: cheaper, and
    /// right only while clocks run about equally fast (LeaseRead, thesis §6.4.1). It needs
    /// [`RaftSettings::check_quorum`].
    Lease,
}

/// Timing and choices; the same on every node of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RaftSettings {
    /// The shortest patience with a silent leader (R2). More than zero, at least three heartbeats.
    pub election_timeout_least: Micros,
    /// The longest patience; each reset draws uniformly between the two. At least the shortest.
    pub election_timeout_most: Micros,
    /// How often a leader asserts itself (R6). More than zero.
    pub heartbeat: Micros,
    /// When new entries are sent (R8).
    pub replicate: ReplicateWhen,
    /// How many entries one message carries at most. At least 1.
    pub entries_per_message: u32,
    /// How many bytes of commands one message carries at most, where it carries more than one
    /// entry. 0 counts as 1.
    pub bytes_per_message: u32,
    /// How many appends with entries may be on their way to one follower. 0 counts as 1.
    pub in_flight_messages: u32,
    /// How many bytes of commands may be on their way to one follower; one message always may. 0
    /// counts as 1.
    pub in_flight_bytes: u32,
    /// How many bytes of commands a leader keeps uncommitted before it refuses more; one command
    /// always may. 0 counts as 1.
    pub uncommitted_bytes: u32,
    /// How many bytes of a snapshot one message carries at most. At least 1.
    pub snapshot_chunk_bytes: u32,
    /// How many entries stay in the log when a snapshot has taken their place, for followers that
    /// are a little behind.
    pub entries_kept: u32,
    /// How reads are answered (thesis §6.4).
    pub reads: ReadPath,
    /// Whether followers answer reads, too, after asking their leader (thesis §6.4).
    pub follower_reads: bool,
    /// By how many percent the clocks of two servers may differ in speed: the assumption on which
    /// lease reads rest (thesis §6.4.1). 0 to 99.
    pub clock_drift_percent: u32,
    /// Whether a command takes effect once, however often it stands in the log (§8, thesis §6.3).
    /// Without, each copy that a retry brings takes effect, and all that is said of sessions is
    /// void.
    pub sessions: bool,
    /// How long a client's session lives without a command; `None` for sessions that the first
    /// command opens and nothing ends (§8). More than zero.
    pub session_expiry: Option<Micros>,
    /// Whether a server asks who would vote for it before it enters a new term (thesis §9.6).
    pub pre_vote: bool,
    /// Whether a leader steps down when no majority answers it (thesis §6.2), and whoever hears a
    /// live leader refuses to vote (thesis §4.2.3).
    pub check_quorum: bool,
    /// Whether a leader begins its reign with an empty entry (§8).
    pub no_op: bool,
    /// The rule that it breaks on purpose; `None` for the protocol as it ought to be.
    #[cfg(feature = "mutants")]
    pub mutant: Option<super::Mutant>,
}

impl Default for RaftSettings {
    /// [`RaftSettings::paper`].
    fn default() -> Self {
        Self::paper()
    }
}

impl RaftSettings {
    /// Raft as the paper tells it (R9), with its timing (§9.3): 150 to 300 ms of patience, and
    /// three heartbeats within it (R6).
    #[must_use]
    pub const fn paper() -> Self {
        Self {
            election_timeout_least: Micros::from_millis(150),
            election_timeout_most: Micros::from_millis(300),
            heartbeat: Micros::from_millis(50),
            replicate: ReplicateWhen::AtOnce,
            entries_per_message: 64,
            bytes_per_message: 64 * 1024,
            in_flight_messages: 256,
            in_flight_bytes: 1024 * 1024,
            uncommitted_bytes: 16 * 1024 * 1024,
            snapshot_chunk_bytes: 16 * 1024,
            entries_kept: 64,
            reads: ReadPath::Log,
            follower_reads: false,
            clock_drift_percent: 10,
            sessions: true,
            session_expiry: None,
            pre_vote: false,
            check_quorum: false,
            no_op: false,
            #[cfg(feature = "mutants")]
            mutant: None,
        }
    }

    /// Raft as it is run in earnest (R9): the paper's timing, and everything on that keeps a
    /// cluster calm.
    #[must_use]
    pub const fn production() -> Self {
        Self {
            pre_vote: true,
            check_quorum: true,
            no_op: true,
            ..Self::paper()
        }
    }
}

/// Why settings make no working cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RaftSettingsError {
    /// The shortest election timeout is zero.
    #[error("the shortest election timeout must be more than zero")]
    NoElectionTimeout,
    /// The range of election timeouts is empty.
    #[error("the shortest election timeout, {least}, is longer than the longest, {most}")]
    ElectionTimeoutsSwapped {
        /// The shortest.
        least: Micros,
        /// The longest.
        most: Micros,
    },
    /// The heartbeat interval is zero.
    #[error("the heartbeat interval must be more than zero")]
    NoHeartbeat,
    /// Followers would lose patience with a leader that lives (R6).
    #[error(
        "the heartbeat interval may be at most {most}, a third of the shortest election timeout, not {heartbeat}"
    )]
    HeartbeatTooSlow {
        /// What was asked for.
        heartbeat: Micros,
        /// The longest that is allowed.
        most: Micros,
    },
    /// No message could carry an entry.
    #[error("a message must be able to carry at least one entry")]
    NoEntriesPerMessage,
    /// No message could carry any of a snapshot.
    #[error("a message must be able to carry at least one byte of a snapshot")]
    NoSnapshotChunk,
    /// Servers would vote against a leader who relies on a lease (thesis §6.4.1).
    #[error("reads by lease need check_quorum, which keeps servers to their leader; turn it on")]
    LeaseWithoutCheckQuorum,
    /// No lease is short enough for clocks that differ so much (thesis §6.4.1).
    #[error("the clocks of two servers may differ by 99 percent at most, not by {percent}")]
    ClocksTooFarApart {
        /// By how many they do.
        percent: u32,
    },
    /// A session would end as soon as it is opened (§8).
    #[error("a session must live for more than no time")]
    NoSessionExpiry,
}

impl RaftSettings {
    /// How long a follower waits at most, and so how long a leader waits for its majority, and for
    /// the one that it hands over to.
    pub(super) fn longest_patience(&self) -> Micros {
        self.election_timeout_most.max(self.election_timeout_least)
    }

    /// Says whether a cluster can work with these settings.
    ///
    /// # Errors
    /// The first [`RaftSettingsError`] that applies.
    pub const fn check(&self) -> Result<(), RaftSettingsError> {
        let (least, most) = (self.election_timeout_least, self.election_timeout_most);
        if least.0 == 0 {
            return Err(RaftSettingsError::NoElectionTimeout);
        }
        if least.0 > most.0 {
            return Err(RaftSettingsError::ElectionTimeoutsSwapped { least, most });
        }
        if self.heartbeat.0 == 0 {
            return Err(RaftSettingsError::NoHeartbeat);
        }
        let slowest = Micros(least.0 / 3);
        if self.heartbeat.0 > slowest.0 {
            return Err(RaftSettingsError::HeartbeatTooSlow {
                heartbeat: self.heartbeat,
                most: slowest,
            });
        }
        if self.entries_per_message == 0 {
            return Err(RaftSettingsError::NoEntriesPerMessage);
        }
        if self.snapshot_chunk_bytes == 0 {
            return Err(RaftSettingsError::NoSnapshotChunk);
        }
        self.check_clients()
    }

    /// The same about what concerns clients.
    const fn check_clients(&self) -> Result<(), RaftSettingsError> {
        if matches!(self.reads, ReadPath::Lease) && !self.check_quorum {
            return Err(RaftSettingsError::LeaseWithoutCheckQuorum);
        }
        let percent = self.clock_drift_percent;
        if percent > 99 {
            return Err(RaftSettingsError::ClocksTooFarApart { percent });
        }
        if matches!(self.session_expiry, Some(Micros(0))) {
            return Err(RaftSettingsError::NoSessionExpiry);
        }
        Ok(())
    }
}
