//! How disks write: at the start, and changed on the way.

use crate::name::NodeName;
use crate::span::{Span, range, spans};
use serde::{Deserialize, Serialize};
use simulator::{Action, CrashLoss, DiskSettings, PerMillion};

/// How every disk writes at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DiskTiming {
    /// The shortest and the longest time for one write.
    pub latency: [Span; 2],
    /// How many of a million writes are done beside the others, so that they may complete before
    /// earlier ones.
    pub disorder_per_million: u32,
    /// What a crash leaves of the writes that were not stored yet.
    pub crash_loss: CrashLoss,
}

impl Default for DiskTiming {
    fn default() -> Self {
        Self {
            latency: [Span::millis(1), Span::millis(1)],
            disorder_per_million: 0,
            crash_loss: CrashLoss::Everything,
        }
    }
}

impl DiskTiming {
    /// What a file says of disks that write like this.
    #[must_use]
    pub const fn of(settings: &DiskSettings) -> Self {
        Self {
            latency: spans(settings.latency),
            disorder_per_million: settings.disorder.0,
            crash_loss: settings.crash_loss,
        }
    }

    /// The settings as the simulator takes them.
    #[must_use]
    pub const fn settings(&self) -> DiskSettings {
        DiskSettings {
            latency: range(self.latency),
            disorder: PerMillion(self.disorder_per_million),
            crash_loss: self.crash_loss,
        }
    }
}

/// How a disk, or every disk, writes from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DiskDeed {
    /// Whose; everybody's where it is left out.
    #[serde(default)]
    pub node: Option<NodeName>,
    /// How; what is left out is as in a scenario that says nothing of its disks.
    pub writes: DiskTiming,
}

impl DiskDeed {
    /// As the simulator takes it.
    pub(crate) fn action(&self) -> Action {
        Action::Disk {
            node: self.node.map(|name| name.0),
            settings: self.writes.settings(),
        }
    }
}
