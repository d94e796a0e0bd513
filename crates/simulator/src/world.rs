//! The world that a run takes place in: everything that is fixed before it starts.

use crate::action::PerMillion;
use crate::check::Promises;
use consensus::Micros;

/// A range from which spans of time are drawn, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// How clients behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientSettings {
    /// How long a client waits for an answer before it asks again; above 0.
    pub timeout: Micros,
    /// How often it asks in all before it gives a call up; 0 counts as 1.
    pub attempts: u32,
}

/// Everything that is fixed before a run starts, but the protocol and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// Every random draw of the run follows from it.
    pub seed: u64,
    /// How many nodes there are at the start: A, B, C, ... Any number; a run of none does nothing.
    pub nodes: u16,
    /// How many clients there are.
    pub clients: u32,
    /// How long a message travels, one way.
    pub delay: SpanRange,
    /// What share of the messages between nodes is lost.
    pub loss: PerMillion,
    /// How long a disk takes for one write.
    pub disk: SpanRange,
    /// How clients behave.
    pub client: ClientSettings,
    /// How long after the last disturbance the network counts as quiet.
    pub quiet: Micros,
    /// How much longer for each node that is or was part of the run: the silent are found out one
    /// after the other (A14).
    pub quiet_per_node: Micros,
    /// The longest one-way delay at which the network counts as quiet: where messages may take
    /// longer, nobody can tell the slow from the dead.
    pub quiet_delay: Micros,
    /// What the protocol promises, and what is counted.
    pub promises: Promises,
}

impl Default for World {
    /// Five nodes, a client, 15 to 25 ms of delay, nothing lost, a disk that takes 1 ms.
    fn default() -> Self {
        Self {
            seed: 1,
            nodes: 5,
            clients: 1,
            delay: SpanRange::millis(15, 25),
            loss: PerMillion(0),
            disk: SpanRange::millis(1, 1),
            client: ClientSettings {
                timeout: Micros::from_millis(250),
                attempts: 20,
            },
            quiet: Micros::from_secs(4),
            quiet_per_node: Micros::ZERO,
            quiet_delay: Micros::MAX,
            promises: Promises::NONE,
        }
    }
}

/// What a node's wall clock shows when a run starts: far enough from zero that a clock can be
/// behind.
pub(crate) const WALL_AT_START: Micros = Micros::from_secs(3_600);
