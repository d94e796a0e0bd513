//! The secret of a reign (A4), by which a leader proves that it never died (A5), and its rotation
//! (A8).

use core::fmt;
use serde::{Deserialize, Serialize};

/// A value made for one reign and known to its members alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub u64);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:016x})", self.0)
    }
}

/// For how many ping ticks an old secret is good: at least one whole interval (A8).
const GRACE_TICKS: u32 = 2;

/// The secret that a reign has at the moment, and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// The secret that counts.
    pub current: Secret,
    /// How often it was rotated in this reign.
    pub turn: u32,
    /// The one before: a leader shows it to peers that missed the rotation.
    pub before: Option<Secret>,
    /// For how many ping ticks more the one before is good (A8).
    pub grace: u32,
}

impl Session {
    /// The session of a new reign, or of a peer that is told a secret.
    #[must_use]
    pub const fn new(current: Secret, turn: u32) -> Self {
        Self {
            current,
            turn,
            before: None,
            grace: 0,
        }
    }

    /// Changes the secret; the old one stays good for a while.
    pub fn rotate(&mut self, next: Secret, turn: u32) {
        self.before = Some(self.current);
        self.current = next;
        self.turn = turn;
        self.grace = GRACE_TICKS;
    }

    /// A ping tick passed.
    pub fn age(&mut self) {
        self.grace = self.grace.saturating_sub(1);
    }

    /// The secret before, while it is good.
    #[must_use]
    pub fn previous(&self) -> Option<Secret> {
        self.before.filter(|_| self.grace > 0)
    }

    /// Whether the secret of that turn is good no longer: what it says proves nothing, and accuses
    /// nobody.
    #[must_use]
    pub fn is_past(&self, turn: u32) -> bool {
        match self.turn.checked_sub(turn) {
            None | Some(0) => false,
            Some(1) => self.previous().is_none(),
            Some(_) => true,
        }
    }

    /// Whether a pong with this secret comes from the leader that was followed all along.
    #[must_use]
    pub fn proves(&self, secret: Secret) -> bool {
        secret == self.current || self.previous() == Some(secret)
    }
}
