//! The world that a run takes place in: everything that is fixed before it starts.

use crate::check::Promises;
use crate::client::{ClientSettings, Workload};
use crate::clock::ClockSettings;
use crate::disk::DiskSettings;
use crate::inbox::InboxSettings;
use crate::link::LinkSettings;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use serde::{Deserialize, Serialize};

/// A range from which spans of time are drawn, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpanRange {
    /// The shortest.
    pub least: Micros,
    /// The longest.
    pub most: Micros,
}

impl SpanRange {
    /// A range between two whole numbers of milliseconds.
    #[must_use]
    pub const fn millis(least: u64, most: u64) -> Self {
        Self {
            least: Micros::from_millis(least),
            most: Micros::from_millis(most),
        }
    }
}

/// Everything that is fixed before a run starts, but the protocol and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct World {
    /// Every random draw of the run follows from it.
    pub seed: u64,
    /// How many nodes there are at the start: A, B, C, ... Any number; a run of none does nothing.
    pub nodes: u16,
    /// How many clients there are.
    pub clients: u32,
    /// How every link is at the start.
    pub link: LinkSettings,
    /// How every disk writes at the start.
    pub disk: DiskSettings,
    /// How every node works through what reaches it at the start.
    pub inbox: InboxSettings,
    /// The clocks that are wrong from the start; all others are right.
    pub clocks: Vec<(NodeId, ClockSettings)>,
    /// How clients behave.
    pub client: ClientSettings,
    /// The calls that clients make by themselves; `None` where they call only when told.
    pub workload: Option<Workload>,
    /// After how many commands that its state machine applied a node is told to take a snapshot;
    /// `None` for never. At least 1.
    pub snapshot_every: Option<u32>,
    /// How long after the last disturbance the network counts as quiet.
    pub quiet: Micros,
    /// How much longer for each node that is or was part of the run: the silent are found out one
    /// after the other (A14).
    pub quiet_per_node: Micros,
    /// The longest one-way delay at which the network counts as quiet: where messages may take
    /// longer, nobody can tell the slow from the dead.
    pub quiet_delay: Micros,
    /// What the protocol promises, and what is counted.
    #[serde(skip)]
    pub promises: Promises,
}

impl Default for World {
    /// Five nodes, a client, 15 to 25 ms of delay, nothing lost, a disk that takes 1 ms.
    fn default() -> Self {
        Self {
            seed: 1,
            nodes: 5,
            clients: 1,
            link: LinkSettings::sound(SpanRange::millis(15, 25)),
            disk: DiskSettings::sound(SpanRange::millis(1, 1)),
            inbox: InboxSettings::default(),
            clocks: Vec::new(),
            client: ClientSettings::default(),
            workload: None,
            snapshot_every: None,
            quiet: Micros::from_secs(4),
            quiet_per_node: Micros::ZERO,
            quiet_delay: Micros::MAX,
            promises: Promises::NONE,
        }
    }
}
