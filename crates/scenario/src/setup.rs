//! All that a run needs, and nothing that only people read: a scenario as the simulator takes it.

use crate::chosen::Chosen;
use crate::deed::Step;
use crate::document::{ProtocolName, Scenario};
use crate::either::Either::{One, Other};
use crate::promise;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::watercraft::{Watercraft, WatercraftSettings};
use simulator::{Engine, Simulation, TimedAction, World};

/// Any of the protocols.
type Anything = Chosen<Raft, Chosen<Almighty, Watercraft>>;

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

    /// The run under this protocol, at its beginning, without its script.
    #[must_use]
    pub fn bare_engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        let settings = match protocol {
            ProtocolName::Raft => {
                promise::of_raft(&self.raft, &mut world);
                One(self.raft.clone())
            }
            ProtocolName::Almighty => {
                promise::of_almighty(&self.almighty, &mut world);
                Other(One(self.almighty))
            }
            ProtocolName::Watercraft => {
                promise::of_watercraft(&self.watercraft, &mut world);
                Other(Other(self.watercraft))
            }
        };
        Box::new(Simulation::<Anything>::new(world, settings))
    }

    /// The run under this protocol, at its beginning, with its script to come.
    #[must_use]
    pub fn engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        let mut engine = self.bare_engine(protocol);
        for timed in &self.script {
            engine.schedule(timed.clone());
        }
        engine
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
}
