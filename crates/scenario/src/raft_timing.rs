//! Raft's settings as a scenario names them.

use crate::span::Span;
use consensus::raft::{self, RaftSettings, ReadPath, ReplicateWhen};
use serde::{Deserialize, Serialize};

/// Two ways in which Raft is run; what a scenario does not name is as here (R9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RaftPreset {
    /// As the paper tells it.
    #[default]
    Paper,
    /// As it is run in earnest: with pre-votes, a check of the quorum, and an empty entry at the
    /// start of each reign.
    Production,
}

impl RaftPreset {
    const fn settings(self) -> RaftSettings {
        match self {
            Self::Paper => RaftSettings::paper(),
            Self::Production => RaftSettings::production(),
        }
    }
}

/// Raft's settings (R2, R6, R8, R9, R11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RaftTiming {
    /// What all that is not named is like.
    pub preset: RaftPreset,
    /// The shortest and the longest election timeout.
    pub election_timeout: [Span; 2],
    /// How often a leader asserts itself.
    pub heartbeat: Span,
    /// Whether an entry waits for the next heartbeat, as the source tells it, instead of being
    /// sent at once.
    pub replicate_with_heartbeat: bool,
    /// Whether a server asks who would vote for it before it stands; `None` as in the preset.
    pub pre_vote: Option<bool>,
    /// Whether a leader that no majority answers steps down, and a live one is stood by; `None` as
    /// in the preset.
    pub check_quorum: Option<bool>,
    /// Whether a leader begins with an empty entry; `None` as in the preset.
    pub no_op: Option<bool>,
    /// How many entries one message carries at most.
    pub entries_per_message: u32,
    /// How many bytes of commands one message carries at most, where it carries several.
    pub bytes_per_message: u32,
    /// How many messages with entries may be on their way to one follower.
    pub in_flight_messages: u32,
    /// How many bytes of commands may be on their way to one follower.
    pub in_flight_bytes: u32,
    /// How many bytes of commands a leader keeps uncommitted before it refuses more.
    pub uncommitted_bytes: u32,
    /// How many bytes of a snapshot one message carries at most.
    pub snapshot_chunk_bytes: u32,
    /// After how many applied entries a server is told to take a snapshot; `None` for never.
    pub snapshot_every: Option<u32>,
    /// How many entries stay in the log behind a snapshot.
    pub entries_kept: u32,
    /// How reads are answered.
    pub reads: ReadPath,
    /// Whether followers answer reads, too; clients then ask anybody for them.
    pub follower_reads: bool,
    /// By how many percent the speeds of two clocks may differ, as lease reads assume.
    pub clock_drift_percent: u32,
    /// Whether a command takes effect once, however often its client asks.
    pub sessions: bool,
    /// How long a session lives without a command; `None` for sessions that never end.
    pub session_expiry: Option<Span>,
    /// The rule that every server breaks, to see a check catch it; left out for none.
    pub mutant: Option<raft::Mutant>,
}

impl Default for RaftTiming {
    fn default() -> Self {
        Self::of(&RaftSettings::default(), None)
    }
}

impl RaftTiming {
    /// What a file says of settings like these, where a server takes a snapshot so often.
    #[must_use]
    pub fn of(settings: &RaftSettings, snapshot_every: Option<u32>) -> Self {
        let preset = match settings {
            RaftSettings {
                pre_vote: true,
                check_quorum: true,
                no_op: true,
                ..
            } => RaftPreset::Production,
            _ => RaftPreset::Paper,
        };
        let usual = preset.settings();
        let unlike = |is: bool, usual: bool| (is != usual).then_some(is);
        Self {
            preset,
            election_timeout: [
                Span(settings.election_timeout_least),
                Span(settings.election_timeout_most),
            ],
            heartbeat: Span(settings.heartbeat),
            replicate_with_heartbeat: settings.replicate == ReplicateWhen::WithNextHeartbeat,
            pre_vote: unlike(settings.pre_vote, usual.pre_vote),
            check_quorum: unlike(settings.check_quorum, usual.check_quorum),
            no_op: unlike(settings.no_op, usual.no_op),
            entries_per_message: settings.entries_per_message,
            bytes_per_message: settings.bytes_per_message,
            in_flight_messages: settings.in_flight_messages,
            in_flight_bytes: settings.in_flight_bytes,
            uncommitted_bytes: settings.uncommitted_bytes,
            snapshot_chunk_bytes: settings.snapshot_chunk_bytes,
            snapshot_every,
            entries_kept: settings.entries_kept,
            reads: settings.reads,
            follower_reads: settings.follower_reads,
            clock_drift_percent: settings.clock_drift_percent,
            sessions: settings.sessions,
            session_expiry: settings.session_expiry.map(Span),
            mutant: settings.mutant,
        }
    }

    /// The settings as the protocol takes them.
    #[must_use]
    pub fn settings(&self) -> RaftSettings {
        let preset = self.preset.settings();
        RaftSettings {
            election_timeout_least: self.election_timeout[0].0,
            election_timeout_most: self.election_timeout[1].0,
            heartbeat: self.heartbeat.0,
            replicate: if self.replicate_with_heartbeat {
                ReplicateWhen::WithNextHeartbeat
            } else {
                ReplicateWhen::AtOnce
            },
            entries_per_message: self.entries_per_message,
            bytes_per_message: self.bytes_per_message,
            in_flight_messages: self.in_flight_messages,
            in_flight_bytes: self.in_flight_bytes,
            uncommitted_bytes: self.uncommitted_bytes,
            snapshot_chunk_bytes: self.snapshot_chunk_bytes,
            entries_kept: self.entries_kept,
            reads: self.reads,
            follower_reads: self.follower_reads,
            clock_drift_percent: self.clock_drift_percent,
            sessions: self.sessions,
            session_expiry: self.session_expiry.map(|span| span.0),
            pre_vote: self.pre_vote.unwrap_or(preset.pre_vote),
            check_quorum: self.check_quorum.unwrap_or(preset.check_quorum),
            no_op: self.no_op.unwrap_or(preset.no_op),
            mutant: self.mutant,
        }
    }
}
