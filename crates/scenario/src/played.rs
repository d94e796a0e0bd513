//! A run that was played, as a scenario file.

use crate::almighty_timing::AlmightyTiming;
use crate::clock::WrongClock;
use crate::deed::{Deed, Step};
use crate::disk::DiskTiming;
use crate::document::{ClientTiming, ProtocolName, Scenario, WorkloadTiming};
use crate::error::ScenarioError;
use crate::inbox::InboxTiming;
use crate::name::{NodeName, Whom};
use crate::network::NetworkTiming;
use crate::raft_timing::RaftTiming;
use crate::setup::Setup;
use crate::span::Span;
use crate::watercraft_timing::WatercraftTiming;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::TimedAction;

/// A run that was played.
#[derive(Clone, Copy, Debug)]
pub struct Played<'a> {
    /// What people read above it.
    pub title: &'a str,
    /// What it was played under, each protocol once.
    pub protocols: &'a [ProtocolName],
    /// How it began, and its script.
    pub setup: &'a Setup,
    /// What was done by hand, in the order in which it was done.
    pub acts: &'a [TimedAction],
    /// How far it was played.
    pub until: Micros,
}

/// Why a run cannot be written as a scenario file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsayable {
    /// A file has no words for this.
    #[error("at {}: a scenario file cannot say {:?}", Span(.0.at), .0.action)]
    Deed(TimedAction),
    /// A file cannot say that this is so at the start.
    #[error("a scenario file cannot say how its {0} is")]
    Start(&'static str),
    /// A file would say so, and nobody would read it.
    #[error("{field}: {problem}")]
    Refused {
        /// The field, such as `steps[2].do.stop`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl From<ScenarioError> for Unsayable {
    fn from(error: ScenarioError) -> Self {
        let ScenarioError { field, problem, .. } = error;
        Self::Refused { field, problem }
    }
}

impl Played<'_> {
    /// The run as a scenario: under each of its protocols it has the same digests at the moment to
    /// which it was played. It expects nothing, and lasts until its last step where that comes later.
    ///
    /// # Errors
    /// The first thing that a scenario file cannot say.
    pub fn scenario(&self) -> Result<Scenario, Unsayable> {
        let script = self.setup.script.iter().chain(self.acts);
        let steps: Vec<Step> = script.map(step).collect::<Result<_, _>>()?;
        let last = steps.iter().map(|it| it.at).max();
        let written = Scenario {
            title: self.title.into(),
            protocols: self.protocols.to_vec(),
            until: Span(self.until).max(last.unwrap_or_default()),
            steps,
            ..start(self.setup)
        };
        let read = Scenario::parse(&written.text())?;
        match self.unlike(&read.setup()) {
            Some(part) => Err(Unsayable::Start(part)),
            None => Ok(read),
        }
    }

    /// What is otherwise where the run begins as `read` says.
    fn unlike(&self, read: &Setup) -> Option<&'static str> {
        let (is, said) = (self.setup, read);
        let parts = [
            ("client", is.world.client == said.world.client),
            ("world", is.world == said.world),
            ("raft", is.raft == said.raft),
            ("almighty", is.almighty == said.almighty),
            ("watercraft", is.watercraft == said.watercraft),
        ];
        parts.into_iter().find(|it| !it.1).map(|it| it.0)
    }
}

fn step(timed: &TimedAction) -> Result<Step, Unsayable> {
    let deed = Deed::of(&timed.action).ok_or_else(|| Unsayable::Deed(timed.clone()))?;
    let at = Span(timed.at);
    Ok(Step { at, deed })
}

/// A scenario that begins like this, in which nothing is done.
fn start(setup: &Setup) -> Scenario {
    let world = &setup.world;
    let clocks = world.clocks.iter();
    let clock = |(node, settings)| WrongClock::of(Whom::Node(NodeName(node)), settings);
    Scenario {
        title: String::new(),
        about: String::new(),
        watch: String::new(),
        covers: Vec::new(),
        protocols: Vec::new(),
        nodes: world.nodes,
        clients: world.clients,
        seed: world.seed,
        until: Span::default(),
        network: NetworkTiming::of(&world.link),
        disk: DiskTiming::of(&world.disk),
        inbox: InboxTiming::of(&world.inbox),
        clocks: clocks.copied().map(clock).collect(),
        client: ClientTiming::of(&world.client),
        workload: world.workload.as_ref().map(WorkloadTiming::of),
        raft: RaftTiming::of(&setup.raft, world.snapshot_every),
        almighty: AlmightyTiming::of(&setup.almighty),
        watercraft: WatercraftTiming::of(&setup.watercraft),
        steps: Vec::new(),
        expect: Vec::new(),
    }
}
