//! All that a run needs, and nothing that only people read: a scenario as the simulator takes it.

use crate::chosen::Chosen;
use crate::deed::Step;
use crate::document::{ProtocolName, Scenario};
use crate::duel::Duel;
use crate::either::Either::{One, Other};
use crate::promise;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Protocol;
use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::watercraft::{Watercraft, WatercraftSettings};
use simulator::{Engine, Simulation, TimedAction, World};

/// The protocols that a page begins with: one simulator for both. WaterCraft has one of its own, so
/// that a page may fetch it when it is asked for.
type First = Chosen<Raft, Almighty>;

/// A run of either, at its beginning.
fn first(world: World, settings: <First as Protocol>::Settings) -> Box<dyn Engine> {
    Box::new(Simulation::<First>::new(world, settings))
}

/// A scenario without its words and expectations: whoever plays it need not know how people write
/// scenarios. What `derive(Debug)` prints of it, the page's build takes as Rust.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The run under this protocol, at its beginning, with its script to come.
    #[must_use]
    pub fn engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        match protocol {
            ProtocolName::Raft => self.raft_engine(),
            ProtocolName::Almighty => self.almighty_engine(),
            ProtocolName::Watercraft => self.watercraft_engine(),
        }
    }

    /// The run under Raft, as [`Self::engine`] makes it.
    #[must_use]
    pub fn raft_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_raft(&self.raft, &mut world);
        self.scripted(first(world, One(self.raft.clone())))
    }

    /// The run under Almighty, as [`Self::engine`] makes it.
    #[must_use]
    pub fn almighty_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_almighty(&self.almighty, &mut world);
        self.scripted(first(world, Other(self.almighty)))
    }

    /// The run under WaterCraft, as [`Self::engine`] makes it. Whoever calls this alone can do
    /// without the simulator of the other two.
    #[must_use]
    pub fn watercraft_engine(&self) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        promise::of_watercraft(&self.watercraft, &mut world);
        let simulation = Simulation::<Watercraft>::new(world, self.watercraft);
        self.scripted(Box::new(simulation))
    }

    /// The run with its script to come.
    fn scripted(&self, mut engine: Box<dyn Engine>) -> Box<dyn Engine> {
        for timed in &self.script {
            engine.schedule(timed.clone());
        }
        engine
    }

    /// The run under Raft and under Almighty, side by side.
    #[must_use]
    pub fn duel(self) -> Duel {
        Duel::new(self, ProtocolName::Raft, ProtocolName::Almighty)
    }
}

impl Scenario {
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

    /// The scenario under Raft and under Almighty, side by side.
    #[must_use]
    pub fn duel(&self) -> Duel {
        self.setup().duel()
    }
}
