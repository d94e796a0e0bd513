//! All that a run needs, and nothing that only people read: a scenario as the simulator takes it.

use crate::deed::Step;
use crate::document::{ProtocolName, Scenario, WorkloadTiming};
use crate::name::Whom;
use crate::promise;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Protocol;
use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::watercraft::{Watercraft, WatercraftSettings};
use simulator::{Engine, Simulation, TimedAction, World};

/// A scenario without its words and expectations: whoever plays it need not know how people write
/// scenarios. What `derive(Debug)` prints of it, the page's build takes as Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Setup {
    /// The world as it is at the start; what is promised in it follows from the protocol.
    pub world: World,
    /// Raft's settings.
    pub raft: RaftSettings,
    /// Almighty's settings.
    pub almighty: AlmightySettings,
    /// WaterCraft's settings.
    pub watercraft: WatercraftSettings,
    /// What is done, and when.
    pub script: Vec<TimedAction>,
}

impl Setup {
    /// The same with so many nodes at the start: A, B, C, ... What the script does to others comes to
    /// nothing.
    #[must_use]
    pub fn with_nodes(mut self, nodes: u16) -> Self {
        self.world.nodes = nodes;
        self.world.clocks.retain(|clock| clock.0.0 < nodes);
        self
    }

    /// The run under this protocol, at its beginning, with its script to come.
    #[must_use]
    pub fn engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        match protocol {
            ProtocolName::Raft => self.raft_engine(),
            ProtocolName::Almighty => self.almighty_engine(),
            ProtocolName::Watercraft => self.watercraft_engine(),
        }
    }

    /// The run under Raft, as [`Self::engine`] makes it. Whoever calls nothing but
    /// this carries no simulator of another protocol.
    #[must_use]
    pub fn raft_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_raft(&self.raft, &mut world);
        self.scripted(Simulation::<Raft>::new(world, self.raft.clone()))
    }

    /// The run under Almighty, as [`Self::raft_engine`] makes that under Raft.
    #[must_use]
    pub fn almighty_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_almighty(&self.almighty, &mut world);
        self.scripted(Simulation::<Almighty>::new(world, self.almighty))
    }

    /// The run under WaterCraft, as [`Self::raft_engine`] makes that under Raft.
    #[must_use]
    pub fn watercraft_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_watercraft(&self.watercraft, &mut world);
        self.scripted(Simulation::<Watercraft>::new(world, self.watercraft))
    }

    fn scripted<P: Protocol>(&self, mut run: Simulation<P>) -> Box<dyn Engine> {
        for timed in &self.script {
            run.schedule(timed.clone());
        }
        Box::new(run)
    }
}

impl Scenario {
    /// The run under this protocol, at its beginning, with the scenario's steps to come.
    #[must_use]
    pub fn engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        self.setup().engine(protocol)
    }

    /// The world as it is at the start, where nothing is promised yet.
    pub(crate) fn world(&self) -> World {
        let clocks = self.clocks.iter().filter_map(|clock| match clock.node {
            Whom::Node(name) => Some((name.0, clock.settings())),
            Whom::Leader => None,
        });
        World {
            seed: self.seed,
            nodes: self.nodes,
            clients: self.clients,
            link: self.network.settings(),
            disk: self.disk.settings(),
            inbox: self.inbox.settings(),
            clocks: clocks.collect(),
            client: self.client.settings(),
            workload: self.workload.as_ref().map(WorkloadTiming::settings),
            snapshot_every: self.raft.snapshot_every,
            ..World::default()
        }
    }

    /// The scenario as the simulator takes it.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup {
            world: self.world(),
            raft: self.raft.settings(),
            almighty: self.almighty.settings(),
            watercraft: self.watercraft.settings(),
            script: self.steps.iter().flat_map(Step::timed).collect(),
        }
    }
}
