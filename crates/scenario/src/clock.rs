//! Clocks that are wrong.

use crate::name::Whom;
use crate::span::SignedSpan;
use serde::{Deserialize, Serialize};
use simulator::ClockSettings;

/// A node whose clocks are wrong, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WrongClock {
    /// Which node; at the start of a run, when nobody leads yet, by its name.
    pub node: Whom,
    /// How far its wall clock is ahead; behind where it is negative.
    #[serde(default)]
    pub offset: SignedSpan,
    /// How much too fast both its clocks run, in parts per million; too slow where it is negative.
    /// Within [`Self::MOST_DRIFT`] either way.
    #[serde(default)]
    pub drift_per_million: i32,
}

impl WrongClock {
    /// The most drift, either way.
    pub const MOST_DRIFT: i32 = 500_000;

    /// What a file says of clocks that are wrong in this way.
    #[must_use]
    pub const fn of(node: Whom, settings: ClockSettings) -> Self {
        Self {
            node,
            offset: SignedSpan(settings.offset),
            drift_per_million: settings.drift,
        }
    }

    /// The settings as the simulator takes them.
    #[must_use]
    pub const fn settings(&self) -> ClockSettings {
        ClockSettings {
            offset: self.offset.0,
            drift: self.drift_per_million,
        }
    }
}
