//! The timers.

use crate::protocol::TimerKind;

/// What a peer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlmightyTimer {
    /// A leader's answer to a joiner (A15).
    Join,
    /// The winner of the open election (A18).
    Winner,
    /// A good pong from the leader (A17).
    Silence,
    /// The next ping; for a leader, the next look at who pinged (A5, A17).
    Ping,
    /// The end of the settle window (A19).
    Settle,
    /// Ledgers to merge before the fresh election (A10, A12).
    Merge,
    /// An answer to a face-off (A11).
    FaceOff,
    /// The next change of the secret (A8).
    Rotate,
}

impl TimerKind for AlmightyTimer {
    fn name(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Winner => "winner",
            Self::Silence => "silence",
            Self::Ping => "ping",
            Self::Settle => "settle",
            Self::Merge => "merge",
            Self::FaceOff => "face-off",
            Self::Rotate => "rotate",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Join => "How long a peer that wants to join waits for a leader's answer.",
            Self::Winner => "How long the winner of the open election may take to announce itself.",
            Self::Silence => "How long the leader may take to answer a ping.",
            Self::Ping => "The next ping; for a leader, the next look at who pinged.",
            Self::Settle => "The end of the time in which a second winner would still be noticed.",
            Self::Merge => "How long ledgers may still come in before the fresh election.",
            Self::FaceOff => "How long the other leader may take to answer a face-off.",
            Self::Rotate => "The next change of the secret.",
        }
    }

    /// A peer waits for a leader to answer, to win or to speak; at most one of these runs.
    fn is_patience(self) -> bool {
        matches!(self, Self::Join | Self::Winner | Self::Silence)
    }
}
