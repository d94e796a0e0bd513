//! A scenario file.

use crate::almighty_timing::AlmightyTiming;
use crate::clock::WrongClock;
use crate::deed::Step;
use crate::disk::DiskTiming;
use crate::expect::Expectation;
use crate::inbox::InboxTiming;
use crate::name::NodeName;
use crate::network::NetworkTiming;
use crate::raft_timing::RaftTiming;
use crate::span::{Span, range, spans};
use crate::watercraft_timing::WatercraftTiming;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use core::fmt;
use serde::{Deserialize, Serialize};
use simulator::{Backoff, BreakerSettings, ClientSettings, PerMillion, Workload};

/// A protocol that a scenario can run under.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ProtocolName {
    /// Leadership by a majority of votes.
    #[default]
    Raft,
    /// Leadership by age, by the clock at which each joined: the oldest-peer rule of Almighty
    /// Consensus.
    Almighty,
    /// Leadership by age, in the order in which hosts admitted: the oldest-peer rule of WaterCraft.
    Watercraft,
}

impl ProtocolName {
    /// Every protocol.
    pub const ALL: [Self; 3] = [Self::Raft, Self::Almighty, Self::Watercraft];

    /// The name in scenario files and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Raft => "raft",
            Self::Almighty => "almighty",
            Self::Watercraft => "watercraft",
        }
    }
}

impl fmt::Display for ProtocolName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How clients behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ClientTiming {
    /// How long a client waits for an answer before it asks again.
    pub timeout: Span,
    /// How often it asks in all before it gives up.
    pub attempts: u32,
    /// How often in a row it follows a hint at once.
    pub redirects: u32,
    /// The ceiling of its first wait after a failed attempt, and the highest ceiling; each wait is
    /// drawn from the upper half of its ceiling.
    pub backoff: [Span; 2],
    /// After how many unanswered attempts in a row it leaves a node alone; 0 for never.
    pub breaker_failures: u32,
    /// For how long it leaves that node alone before it tries it again.
    pub breaker_cooling: Span,
}

impl Default for ClientTiming {
    fn default() -> Self {
        Self::of(&ClientSettings::default())
    }
}

impl ClientTiming {
    /// What a file says of clients that behave like this.
    #[must_use]
    pub fn of(settings: &ClientSettings) -> Self {
        let breaker = settings.breaker;
        Self {
            timeout: Span(settings.timeout),
            attempts: settings.attempts,
            redirects: settings.redirects,
            backoff: [Span(settings.backoff.base), Span(settings.backoff.cap)],
            breaker_failures: breaker.map_or(0, |it| it.failures),
            breaker_cooling: Span(breaker.map_or(Micros::ZERO, |it| it.cooling)),
        }
    }

    /// The settings as the simulator takes them.
    #[must_use]
    pub fn settings(&self) -> ClientSettings {
        let breaker = BreakerSettings {
            failures: self.breaker_failures,
            cooling: self.breaker_cooling.0,
        };
        ClientSettings {
            timeout: self.timeout.0,
            attempts: self.attempts,
            redirects: self.redirects,
            backoff: Backoff {
                base: self.backoff[0].0,
                cap: self.backoff[1].0,
            },
            breaker: (self.breaker_failures > 0).then_some(breaker),
            ..ClientSettings::default()
        }
    }
}

/// Calls that clients make by themselves: each makes one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct WorkloadTiming {
    /// When they begin.
    pub start: Span,
    /// The shortest and the longest time that a client thinks before each call.
    pub think: [Span; 2],
    /// How many keys there are, from 0 on.
    pub keys: u32,
    /// How many of a million calls are reads.
    pub reads_per_million: u32,
}

impl Default for WorkloadTiming {
    /// From half a second on, every half to whole second, one key, half reads.
    fn default() -> Self {
        Self {
            start: Span::millis(500),
            think: [Span::millis(500), Span::millis(1_000)],
            keys: 1,
            reads_per_million: 500_000,
        }
    }
}

impl WorkloadTiming {
    /// What a file says of a workload like this.
    #[must_use]
    pub const fn of(settings: &Workload) -> Self {
        Self {
            start: Span(settings.start),
            think: spans(settings.think),
            keys: settings.keys,
            reads_per_million: settings.reads.0,
        }
    }

    /// The workload as the simulator takes it.
    #[must_use]
    pub fn settings(&self) -> Workload {
        Workload {
            start: self.start.0,
            think: range(self.think),
            keys: self.keys,
            reads: PerMillion(self.reads_per_million),
        }
    }
}

/// A run as data. [`Scenario::parse`] reads it and refuses what cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// What people read.
    pub title: String,
    /// What it shows, in a sentence or two.
    #[serde(default)]
    pub about: String,
    /// What to watch for while it plays, in one sentence of at most eighteen words; empty for
    /// nothing in particular.
    #[serde(default)]
    pub watch: String,
    /// The requirements that it shows, such as `R9`.
    #[serde(default)]
    pub covers: Vec<String>,
    /// The protocols that it is run under, and that its expectations are about.
    #[serde(default = "every_protocol")]
    pub protocols: Vec<ProtocolName>,
    /// How many nodes there are at the start, 1 to 31.
    pub nodes: u16,
    /// How many clients there are, 1 to 16.
    #[serde(default = "one_client")]
    pub clients: u32,
    /// Every random draw follows from it.
    pub seed: u64,
    /// How long the run takes.
    pub until: Span,
    /// How messages travel.
    #[serde(default)]
    pub network: NetworkTiming,
    /// How disks write.
    #[serde(default)]
    pub disk: DiskTiming,
    /// How nodes work through what reaches them.
    #[serde(default)]
    pub inbox: InboxTiming,
    /// The clocks that are wrong from the start, each node's once; all others are right.
    #[serde(default)]
    pub clocks: Vec<WrongClock>,
    /// How clients behave.
    #[serde(default)]
    pub client: ClientTiming,
    /// Calls that clients make by themselves; none where this is left out.
    #[serde(default)]
    pub workload: Option<WorkloadTiming>,
    /// Raft's settings.
    #[serde(default)]
    pub raft: RaftTiming,
    /// Almighty's settings.
    #[serde(default)]
    pub almighty: AlmightyTiming,
    /// WaterCraft's settings.
    #[serde(default)]
    pub watercraft: WatercraftTiming,
    /// What is done, in any order.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What must hold.
    #[serde(default)]
    pub expect: Vec<Expectation>,
}

fn every_protocol() -> Vec<ProtocolName> {
    ProtocolName::ALL.to_vec()
}

const fn one_client() -> u32 {
    1
}

impl Scenario {
    /// Every node that is ever part of the run: those of the start, and those that join.
    #[must_use]
    pub fn every_node(&self) -> Vec<NodeName> {
        let first = (0..self.nodes).map(|id| NodeName(NodeId(id)));
        let mut names: Vec<NodeName> = first.collect();
        for step in &self.steps {
            for node in step.deed.newcomers() {
                if !names.contains(&node) {
                    names.push(node);
                }
            }
        }
        names
    }
}
