//! Refusing settings that no Raft cluster can work with.

use crate::document::Scenario;
use crate::span::Span;
use crate::validate::{Fault, fault, within};
use alloc::string::ToString;
use consensus::raft::RaftSettingsError;

/// The most entries, messages or bytes that a limit may be set to.
const MOST: u64 = u32::MAX as u64;

impl Scenario {
    /// What is wrong with Raft's settings.
    pub(crate) fn raft_fault(&self) -> Option<Fault> {
        let raft = &self.raft;
        let limits = [
            ("raft.entries-per-message", raft.entries_per_message),
            ("raft.bytes-per-message", raft.bytes_per_message),
            ("raft.in-flight-messages", raft.in_flight_messages),
            ("raft.in-flight-bytes", raft.in_flight_bytes),
            ("raft.uncommitted-bytes", raft.uncommitted_bytes),
            ("raft.snapshot-chunk-bytes", raft.snapshot_chunk_bytes),
            ("raft.snapshot-every", raft.snapshot_every.unwrap_or(1)),
        ];
        let mut limits = limits.into_iter();
        limits
            .find_map(|(field, limit)| within(field, u64::from(limit), 1, MOST))
            .or_else(|| {
                let drift = u64::from(raft.clock_drift_percent);
                within("raft.clock-drift-percent", drift, 0, 99)
            })
            .or_else(|| {
                let none = raft.session_expiry == Some(Span::default());
                let problem = "it must be longer than no time at all; leave it out for never";
                none.then(|| fault("raft.session-expiry", problem))
            })
            .or_else(|| Some(named(&raft.settings().check().err()?)))
    }
}

/// The field that is to blame, and what is wrong with it.
fn named(error: &RaftSettingsError) -> Fault {
    use RaftSettingsError as E;
    let field = match error {
        E::NoElectionTimeout | E::ElectionTimeoutsSwapped { .. } => "raft.election-timeout",
        E::NoHeartbeat | E::HeartbeatTooSlow { .. } => "raft.heartbeat",
        E::NoEntriesPerMessage => "raft.entries-per-message",
        E::NoSnapshotChunk => "raft.snapshot-chunk-bytes",
        E::LeaseWithoutCheckQuorum => "raft.reads",
        E::ClocksTooFarApart { .. } => "raft.clock-drift-percent",
        E::NoSessionExpiry => "raft.session-expiry",
    };
    fault(field, &error.to_string())
}
