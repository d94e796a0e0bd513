//! The two timers of a server.

use crate::protocol::TimerKind;

/// A timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RaftTimer {
    /// A follower's or candidate's patience; a leader has none (R2).
    Election,
    /// A leader's next heartbeat (R6).
    Heartbeat,
}

impl TimerKind for RaftTimer {
    fn name(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::Heartbeat => "heartbeat",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Election => {
                "When it fires, the server calls an election; a word from the leader starts it afresh."
            }
            Self::Heartbeat => "When it fires, the leader tells everyone that it lives.",
        }
    }

    fn is_patience(self) -> bool {
        self == Self::Election
    }
}
