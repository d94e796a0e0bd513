//! Timing and choices of WaterCraft.

use crate::time::Micros;
use serde::{Deserialize, Serialize};

/// What a call reports (W5).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// How many nodes the caller believes in: one that left and one that joined go unseen.
    Count,
    /// The version of the caller's list: nothing goes unseen.
    #[default]
    Version,
}

/// Timing and choices. The defaults suit one-way delays of 5 to 30 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatercraftSettings {
    /// How long a heartbeat round takes (W5), in microseconds; above 0.
    pub call_interval: Micros,
    /// How many missed answers mean that a host cannot be reached, and how many missed calls that
    /// a node is dead (W5, W6); at least 1.
    pub missed_calls: u32,
    /// How long a first call waits for its answer (W1): longer than there and back. A random half
    /// of it is added.
    pub contact_timeout: Micros,
    /// After how many rounds a host calls the nodes that are not on its list (W10); `None` for
    /// never.
    pub host_call_every: Option<u32>,
    /// What a call reports (W5).
    pub report: ReportKind,
    /// The rule that it breaks on purpose; `None` for the protocol as it ought to be.
    #[cfg(feature = "mutants")]
    pub mutant: Option<super::Mutant>,
}

impl Default for WatercraftSettings {
    fn default() -> Self {
        Self {
            call_interval: Micros::from_millis(50),
            missed_calls: 3,
            contact_timeout: Micros::from_millis(100),
            host_call_every: Some(10),
            report: ReportKind::Version,
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
    /// Nobody could ever miss so few answers.
    #[error("missed_calls must be from 1 to 1000")]
    MissedCalls,
    /// A call after no round at all.
    #[error("host_call_every must be at least 1, or absent")]
    HostCallEvery,
}

impl WatercraftSettings {
    /// Whether these settings make a protocol.
    ///
    /// # Errors
    /// The first setting that is out of range.
    pub fn check(&self) -> Result<(), SettingsError> {
        for (name, time) in [
            ("call_interval", self.call_interval),
            ("contact_timeout", self.contact_timeout),
        ] {
            if time == Micros::ZERO {
                return Err(SettingsError::Zero(name));
            }
            if time > Micros::from_secs(3_600) {
                return Err(SettingsError::TooLong(name));
            }
        }
        if !(1..=1_000).contains(&self.missed_calls) {
            return Err(SettingsError::MissedCalls);
        }
        if self.host_call_every == Some(0) {
            return Err(SettingsError::HostCallEvery);
        }
        Ok(())
    }

    /// Whether hosts that were apart find each other when they can (W10). Where they do not, each
    /// may keep a network of its own for ever.
    #[must_use]
    pub const fn meets_again(&self) -> bool {
        self.host_call_every.is_some()
    }

    /// Whether a host sees from a call that its caller's list is not its own (W5). By count, one
    /// node that left and one that joined go unseen.
    #[must_use]
    pub const fn sees_every_change(&self) -> bool {
        matches!(self.report, ReportKind::Version)
    }

    /// How long a node bears its host's silence after an answer (W6): one round until the next
    /// call, and one for each answer that may be missed.
    pub(super) fn patience(&self) -> Micros {
        self.call_interval * (u64::from(self.missed_calls) + 1)
    }
}
