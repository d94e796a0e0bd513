//! Timing and choices of the oldest-peer rule.

use super::identity::IdentityStamp;
use crate::time::Micros;
use serde::{Deserialize, Serialize};

/// Timing and choices. The defaults suit one-way delays of 5 to 30 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlmightySettings {
    /// How often a peer pings its leader (A5), in microseconds; above 0.
    pub ping_interval: Micros,
    /// How many missed pongs mean death (A17); at least 1.
    pub missed_pongs: u32,
    /// How long a joiner waits for a leader's answer (A15): longer than there and back. A random
    /// half of it is added, so that the founders of a cluster don't all call at once.
    pub join_timeout: Micros,
    /// How long an election waits for its winner (A18): longer than there and back. A random third
    /// of it is added.
    pub winner_timeout: Micros,
    /// How long an election id stays open after its first winner (A19).
    pub settle_window: Micros,
    /// After how many ping intervals the leader announces itself again (A20); `None` for never.
    pub reannounce_every: Option<u32>,
    /// How often the leader changes the secret (A8), at most once in a ping interval; `None` for
    /// never.
    pub secret_rotation: Option<Micros>,
    /// Whose clock stamps the time of joining (A1).
    pub stamp: IdentityStamp,
    /// The rule that it breaks on purpose; `None` for the protocol as it ought to be.
    #[cfg(feature = "mutants")]
    pub mutant: Option<super::Mutant>,
}

impl Default for AlmightySettings {
    fn default() -> Self {
        Self {
            ping_interval: Micros::from_millis(50),
            missed_pongs: 3,
            join_timeout: Micros::from_millis(100),
            winner_timeout: Micros::from_millis(150),
            settle_window: Micros::from_millis(100),
            reannounce_every: Some(10),
            secret_rotation: None,
            stamp: IdentityStamp::Joiner,
            #[cfg(feature = "mutants")]
            mutant: None,
        }
    }
}

/// Why settings make no protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A time that has to pass is zero.
    #[error("{0} must be longer than 0")]
    Zero(&'static str),
    /// A time is so long that it is a mistake.
    #[error("{0} must be at most one hour")]
    TooLong(&'static str),
    /// Nobody could ever miss so few pongs.
    #[error("missed_pongs must be from 1 to 1000")]
    MissedPongs,
    /// A new announcement after no interval at all.
    #[error("reannounce_every must be at least 1, or absent")]
    ReannounceEvery,
    /// Peers would hear of a new secret less often than it changes.
    #[error("secret_rotation must be at least ping_interval, or absent")]
    Rotation,
}

impl AlmightySettings {
    /// Whether these settings make a protocol.
    ///
    /// # Errors
    /// The first setting that is out of range.
    pub fn check(&self) -> Result<(), SettingsError> {
        let times = [
            ("ping_interval", self.ping_interval),
            ("join_timeout", self.join_timeout),
            ("winner_timeout", self.winner_timeout),
            ("settle_window", self.settle_window),
            (
                "secret_rotation",
                self.secret_rotation.unwrap_or(self.ping_interval),
            ),
        ];
        for (name, time) in times {
            if time == Micros::ZERO {
                return Err(SettingsError::Zero(name));
            }
            if time > Micros::from_secs(3_600) {
                return Err(SettingsError::TooLong(name));
            }
        }
        if !(1..=1_000).contains(&self.missed_pongs) {
            return Err(SettingsError::MissedPongs);
        }
        if self.reannounce_every == Some(0) {
            return Err(SettingsError::ReannounceEvery);
        }
        if self
            .secret_rotation
            .is_some_and(|it| it < self.ping_interval)
        {
            return Err(SettingsError::Rotation);
        }
        Ok(())
    }

    /// Whether clusters that were apart notice each other when they can (A20). Where they do not,
    /// each may keep a leader of its own for ever.
    #[must_use]
    pub const fn meets_again(&self) -> bool {
        self.reannounce_every.is_some()
    }

    /// How long a peer bears its leader's silence after a good pong (A17): one interval until the
    /// next ping, and one for each pong that may be missed.
    pub(super) fn patience(&self) -> Micros {
        self.ping_interval * (u64::from(self.missed_pongs) + 1)
    }
}

/// A share of a span: `span * times / of`, rounded down.
pub(super) const fn share(span: Micros, times: u64, of: u64) -> Micros {
    Micros(span.0.saturating_mul(times) / if of == 0 { 1 } else { of })
}
