//! How nodes work through what reaches them.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use simulator::InboxSettings;

/// How every node works through what reaches it at the start (F3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct InboxTiming {
    /// How many messages and calls can wait; what comes beyond is dropped.
    pub capacity: u32,
    /// How long a node works on each of them; zero for no time at all.
    pub service: Span,
}

impl Default for InboxTiming {
    fn default() -> Self {
        Self::of(&InboxSettings::default())
    }
}

impl InboxTiming {
    /// What a file says of inboxes that are like this.
    #[must_use]
    pub const fn of(settings: &InboxSettings) -> Self {
        Self {
            capacity: settings.capacity,
            service: Span(settings.service),
        }
    }

    /// The settings as the simulator takes them.
    #[must_use]
    pub const fn settings(&self) -> InboxSettings {
        InboxSettings {
            capacity: self.capacity,
            service: self.service.0,
        }
    }
}
