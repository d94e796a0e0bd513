//! The swarm: runs from seeds that draw for themselves what befalls them. Each goes through safety
//! mode, in which no guarantee may break, and then through liveness mode, in which a part of the
//! cluster is healed, all else is broken for good, and that part has to get on.

mod ending;
mod healed;
mod kind;
mod mix;
mod mutants;
mod outage;
mod rough;
#[cfg(feature = "json")]
mod small;

pub use ending::{ACKNOWLEDGED_WITHIN, CAUGHT_UP_WITHIN, Core, ELECTION_TIMEOUTS, Ending};
pub use kind::FaultKind;
pub use mix::{Mix, Roughness};
pub use mutants::Mutants;
pub use outage::Outage;

use crate::almighty_storm;
use crate::almighty_timing::AlmightyTiming;
use crate::dice::Dice;
use crate::disk::DiskTiming;
use crate::document::{ClientTiming, ProtocolName, Scenario};
use crate::fault::water;
use crate::raft_storm;
use crate::raft_timing::RaftTiming;
use crate::span::Span;
use crate::watercraft_storm;
use crate::watercraft_timing::WatercraftTiming;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;

/// The smallest pieces in which snapshots travel.
const LEAST_CHUNK: u32 = 32;

/// One run of the swarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwarmRun {
    /// Everything follows from it, the mix of faults included.
    pub seed: u64,
    /// How many nodes there are at the start, 1 to 31; drawn where it is `None`.
    pub nodes: Option<u16>,
    /// How long safety mode takes; liveness mode comes after it.
    pub rough: Micros,
    /// The rules that every node breaks, to see a check catch it.
    pub mutants: Mutants,
}

/// A run of the swarm as it will take place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwarmPlan {
    /// What befalls it.
    pub mix: Mix,
    /// What liveness mode asks of it.
    pub ending: Ending,
    /// All of it, as a scenario that can be kept.
    pub scenario: Scenario,
}

impl SwarmRun {
    /// What befalls the cluster in this run.
    #[must_use]
    pub fn mix(&self, protocol: ProtocolName) -> Mix {
        Mix::draw(&mut Dice::new(self.seed), protocol, self.nodes)
    }

    /// The run, laid out. Where Raft's members change, its rough part is played once to learn who
    /// votes at the end of it.
    #[must_use]
    pub fn plan(&self, protocol: ProtocolName) -> SwarmPlan {
        let mut dice = Dice::new(self.seed);
        let mix = Mix::draw(&mut dice, protocol, self.nodes);
        let mut scenario = self.rough_part(&mut dice, &mix, protocol);
        let ending = self.ending(&mut dice, &mix, &scenario, protocol);
        ending.add_to(&mut scenario, protocol);
        scenario.about = format!("{mix}. Then {ending}.");
        SwarmPlan {
            mix,
            ending,
            scenario,
        }
    }

    /// Safety mode alone.
    fn rough_part(&self, dice: &mut Dice, mix: &Mix, protocol: ProtocolName) -> Scenario {
        let (network, inbox) = water(dice);
        let mut raft = RaftTiming::default();
        let mut almighty = AlmightyTiming::default();
        let mut watercraft = WatercraftTiming::default();
        match protocol {
            ProtocolName::Raft => {
                raft = raft_storm::settings(dice);
                // A snapshot of hundreds of bytes, a byte a round trip, takes longer than anybody
                // is given to get on.
                raft.snapshot_chunk_bytes = raft.snapshot_chunk_bytes.max(LEAST_CHUNK);
            }
            ProtocolName::Almighty => almighty = almighty_storm::settings(dice),
            ProtocolName::Watercraft => watercraft = watercraft_storm::settings(dice),
        }
        raft.mutant = self.mutants.raft;
        almighty.mutant = self.mutants.almighty;
        watercraft.mutant = self.mutants.watercraft;
        Scenario {
            title: format!("Swarm, seed {}", self.seed),
            about: "Random faults; then a part is healed and has to get on.".into(),
            watch: String::new(),
            covers: Vec::from(["F7".into()]),
            protocols: Vec::from([protocol]),
            nodes: mix.nodes,
            clients: 2,
            seed: self.seed,
            until: Span(self.rough),
            network,
            disk: DiskTiming::default(),
            inbox,
            clocks: Vec::new(),
            client: clients(),
            workload: None,
            raft,
            almighty,
            watercraft,
            steps: rough::steps(dice, mix, protocol, self.rough),
            expect: Vec::new(),
        }
    }

    fn ending(
        &self,
        dice: &mut Dice,
        mix: &Mix,
        scenario: &Scenario,
        protocol: ProtocolName,
    ) -> Ending {
        let meets_again = match protocol {
            ProtocolName::Raft => true,
            ProtocolName::Almighty => scenario.almighty.settings().meets_again(),
            ProtocolName::Watercraft => scenario.watercraft.settings().meets_again(),
        };
        if !meets_again {
            return Ending::Nothing;
        }
        let nodes = match protocol {
            ProtocolName::Raft if mix.has(FaultKind::Members) => healed::of_voters(dice, scenario),
            ProtocolName::Raft => Some(healed::of_founders(dice, scenario)),
            _ => Some(healed::of_peers(dice, scenario)),
        };
        match nodes {
            Some(nodes) => Ending::Core(Core::new(dice, nodes, scenario, protocol)),
            // Whoever was taken out and does not know it disturbs those who are left (Raft thesis
            // §4.2.3).
            None if scenario.raft.settings().check_quorum => Ending::Whole,
            None => Ending::Nothing,
        }
    }
}

/// Clients that do not wait long, so that one finds a leader soon among nodes that do not answer.
fn clients() -> ClientTiming {
    ClientTiming {
        backoff: [Span::millis(50), Span::millis(250)],
        ..ClientTiming::default()
    }
}
