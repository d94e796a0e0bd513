//! All that a run needs, and nothing that only people read: a scenario as the simulator takes it.

use crate::deed::Step;
use crate::document::{ProtocolName, Scenario};
use crate::duel::Duel;
use crate::either::Either;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use simulator::{Engine, Promises, Property, Simulation, TimedAction, World};

/// What the oldest-peer rule promises; the last only to clusters that meet again (A20).
const ALMIGHTY_GUARANTEES: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
    Property::OldestLeads,
];
/// What the oldest-peer rule does not promise, and is measured by: each leader applies alone (A9).
const ALMIGHTY_MEASURES: &[Property] = &[Property::StateMachineSafety, Property::NoStaleRead];

/// A scenario without its words and expectations: whoever plays it need not know how people write
/// scenarios. What `derive(Debug)` prints of it, the page's build takes as Rust.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setup {
    /// The world as it is at the start; what is promised in it follows from the protocol.
    pub world: World,
    /// Raft's settings.
    pub raft: RaftSettings,
    /// The oldest peer's settings.
    pub almighty: AlmightySettings,
    /// What is done, and when.
    pub script: Vec<TimedAction>,
}

impl Setup {
    /// The run under this protocol, at its beginning, without its script.
    #[must_use]
    pub fn bare_engine(&self, protocol: ProtocolName) -> Box<dyn Engine> {
        let mut world = self.world.clone();
        let settings = match protocol {
            ProtocolName::Raft => {
                world.promises = Promises {
                    guarantees: Property::OF_RAFT,
                    measures: &[],
                };
                world.client.opens_sessions = self.raft.session_expiry.is_some();
                world.client.reads_anywhere = self.raft.follower_reads;
                Either::One(self.raft.clone())
            }
            ProtocolName::Almighty => {
                let apart = usize::from(self.almighty.reannounce_every.is_none());
                let most = ALMIGHTY_GUARANTEES.len() - apart;
                world.promises = Promises {
                    guarantees: &ALMIGHTY_GUARANTEES[..most],
                    measures: ALMIGHTY_MEASURES,
                };
                Either::Other(self.almighty)
            }
        };
        Box::new(Simulation::<Either<Raft, Almighty>>::new(world, settings))
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

    /// The run under Raft and under the oldest-peer rule, side by side.
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
            script: self.steps.iter().flat_map(Step::timed).collect(),
        }
    }

    /// The scenario under Raft and under the oldest-peer rule, side by side.
    #[must_use]
    pub fn duel(&self) -> Duel {
        self.setup().duel()
    }
}
