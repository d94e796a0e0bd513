//! What a run costs and loses, counted alike for every protocol.

use crate::flight::DropCause;
use consensus::Micros;
use litemap::LiteMap;

/// Messages of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traffic {
    /// How many were sent.
    pub messages: u64,
    /// Their bytes as encoded.
    pub bytes: u64,
    /// Whether they are replies.
    pub reply: bool,
    /// Whether they are heartbeats or answers to these.
    pub heartbeat: bool,
}

impl Traffic {
    /// What it would be if each of so many nodes told every other one, instead of everybody one
    /// node or one node everybody (W8): there are so many times as many pairs.
    #[must_use]
    pub const fn all_to_all(self, nodes: u64) -> Self {
        Self {
            messages: self.messages.saturating_mul(nodes),
            bytes: self.bytes.saturating_mul(nodes),
            ..self
        }
    }
}

/// Counts and times since the start of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Time during which nobody that is up claimed to lead.
    pub leaderless: Micros,
    /// Time during which two nodes or more claimed to lead at once, a stale one included.
    pub two_claim: Micros,
    /// How often a leader took over, the first time included.
    pub leader_changes: u64,
    /// Nodes that claim to lead at the moment.
    pub claims: u64,
    /// Messages between nodes, sent.
    pub messages: u64,
    /// Bytes of these messages as encoded.
    pub bytes: u64,
    /// Messages between nodes by kind.
    pub by_kind: LiteMap<&'static str, Traffic>,
    /// Messages that reached nobody who took them, those to and from clients included.
    pub dropped: u64,
    /// The same by cause.
    pub drops: LiteMap<DropCause, u64>,
    /// Writes that a client was told are done.
    pub acknowledged: u64,
    /// Acknowledged writes that no node holds any more, in its state machine or on its disk.
    pub lost: u64,
    /// Acknowledged writes that a single node holds: its crash would lose them.
    pub at_risk: u64,
    /// Elections called.
    pub elections: u64,
    /// Elections that ended without a winner.
    pub failed_elections: u64,
    /// Times that entries were taken out of a log.
    pub truncations: u64,
    /// Leaders that crashed or left while they led.
    pub leader_losses: u64,
}

impl Measures {
    /// The heartbeats among the messages, and their answers.
    #[must_use]
    pub fn heartbeats(&self) -> Traffic {
        let mut all = Traffic {
            heartbeat: true,
            ..Traffic::default()
        };
        for kind in self.by_kind.values().filter(|it| it.heartbeat) {
            all.messages += kind.messages;
            all.bytes += kind.bytes;
        }
        all
    }
}
