//! The timers.

use crate::protocol::TimerKind;

/// What a node waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WatercraftTimer {
    /// An answer to a first call (W1).
    Contact,
    /// An answer from the host, or from whom it decided on (W6).
    Silence,
    /// The next heartbeat round (W5).
    Round,
}

impl TimerKind for WatercraftTimer {
    fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Silence => "silence",
            Self::Round => "round",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Contact => "How long a first call may go unanswered.",
            Self::Silence => "How long the host may take to answer a call.",
            Self::Round => "The next heartbeat round.",
        }
    }

    /// A node waits for an answer; at most one of these runs.
    fn is_patience(self) -> bool {
        matches!(self, Self::Contact | Self::Silence)
    }
}
