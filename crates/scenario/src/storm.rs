//! Rough water: a random scenario that follows from a seed.

use crate::almighty_storm;
use crate::almighty_timing::AlmightyTiming;
use crate::deed::{Deed, Step};
use crate::dice::Dice;
use crate::disk::DiskTiming;
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Expectation, That};
use crate::fault::{Draws, disk, right_clock, slow, sound, water};
use crate::name::NodeName;
use crate::raft_storm;
use crate::raft_timing::RaftTiming;
use crate::span::Span;
use crate::swarm::FaultKind;
use crate::watercraft_storm;
use crate::watercraft_timing::WatercraftTiming;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};

/// The bit of what only one protocol knows.
const OWN: u32 = FaultKind::Clog as u32 + 1;

/// Random faults of every kind, joins, leaves and calls for some time, then calm (F7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storm {
    /// Everything follows from it, which kinds of fault there are included.
    pub seed: u64,
    /// How many nodes there are at the start, 1 to 31.
    pub nodes: u16,
    /// How long it is rough.
    pub rough: Micros,
    /// How long it is calm after that.
    pub calm: Micros,
}

/// What is drawn from, `None` for what only one protocol knows; who stands here twice comes twice
/// as often. Each seed leaves some of them out, and calls take their place.
const KINDS: [Option<FaultKind>; 25] = [
    Some(FaultKind::StopLeader),
    Some(FaultKind::StopLeader),
    Some(FaultKind::Stop),
    Some(FaultKind::Start),
    Some(FaultKind::Start),
    Some(FaultKind::Start),
    Some(FaultKind::Pause),
    Some(FaultKind::Slow),
    Some(FaultKind::Clock),
    Some(FaultKind::Disk),
    Some(FaultKind::Cut),
    Some(FaultKind::CutOneWay),
    Some(FaultKind::Heal),
    Some(FaultKind::Heal),
    Some(FaultKind::Loss),
    Some(FaultKind::Duplication),
    Some(FaultKind::Reordering),
    Some(FaultKind::Corruption),
    Some(FaultKind::Delay),
    Some(FaultKind::Capacity),
    Some(FaultKind::Clog),
    None,
    None,
    None,
    None,
];

impl Storm {
    /// The storm as a scenario: in the end exactly one node leads, known to all, and no guarantee
    /// broke on the way.
    #[must_use]
    pub fn scenario(&self, protocol: ProtocolName) -> Scenario {
        let mut dice = Dice::new(self.seed);
        let kinds = dice.upto(u64::MAX) as u32;
        let (network, inbox) = water(&mut dice);
        let mut steps = self.deeds(&mut dice, kinds, protocol);
        let mut raft = RaftTiming::default();
        let mut almighty = AlmightyTiming::default();
        let mut watercraft = WatercraftTiming::default();
        let mut left_alone = 0;
        let comes_to_rest = match protocol {
            ProtocolName::Raft => {
                raft = raft_storm::settings(&mut dice);
                steps.extend(self.last_calls(steps.len() as u64));
                let members_change = has(kinds, None);
                if members_change {
                    steps.extend(self.fetch_newcomers(&mut dice));
                }
                // Whoever was taken out and does not know it disturbs those who are left
                // (Raft thesis §4.2.3).
                !members_change || raft.settings().check_quorum
            }
            ProtocolName::Almighty => {
                almighty = almighty_storm::settings(&mut dice);
                left_alone = almighty_storm::left_alone(&mut dice);
                almighty.settings().meets_again()
            }
            ProtocolName::Watercraft => {
                watercraft = watercraft_storm::settings(&mut dice);
                left_alone = almighty_storm::left_alone(&mut dice);
                watercraft.settings().meets_again()
            }
        };
        let mut scenario = Scenario {
            title: format!("Storm {}", self.seed),
            about: "Random faults, then calm.".into(),
            watch: String::new(),
            covers: Vec::from(["F7".into()]),
            protocols: Vec::from([protocol]),
            nodes: self.nodes,
            clients: 2,
            seed: self.seed,
            until: Span(self.rough + self.calm),
            network,
            disk: DiskTiming::default(),
            inbox,
            clocks: Vec::new(),
            client: crate::document::ClientTiming::default(),
            workload: None,
            raft,
            almighty,
            watercraft,
            steps,
            expect: expected(comes_to_rest),
        };
        let mends = self.calm_down(&scenario, left_alone);
        scenario.steps.extend(mends);
        scenario
    }

    /// All that is done while it is rough.
    fn deeds(&self, dice: &mut Dice, kinds: u32, protocol: ProtocolName) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = Micros::from_millis(dice.upto(800));
        while at < self.rough {
            let deed = self.deed(dice, kinds, protocol, steps.len());
            steps.push(step(at, deed));
            at += Micros::from_millis(20 + dice.upto(230));
        }
        steps
    }

    /// One deed. Takes the same draws whatever it is.
    fn deed(&self, dice: &mut Dice, kinds: u32, protocol: ProtocolName, number: usize) -> Deed {
        let kind = KINDS[dice.upto(KINDS.len() as u64 - 1) as usize];
        let draws = Draws::new(dice, self.nodes, number as u64 + 1);
        if !has(kinds, kind) {
            return draws.call;
        }
        let Some(kind) = kind else {
            return match protocol {
                ProtocolName::Raft => raft_storm::deed(draws),
                _ => almighty_storm::deed(draws),
            };
        };
        draws.fault(kind).unwrap_or(Deed::Heal)
    }

    /// Everything that makes the network whole and every disk and clock right, and lets every
    /// stopped, paused or slow node run again, but for those who are left alone while stopped, a
    /// bit each. Who left stays away, but for A: somebody must be there to lead.
    fn calm_down(&self, scenario: &Scenario, left_alone: u64) -> Vec<Step> {
        let first = Deed::Join(NodeName(NodeId(0)));
        let join = !scenario.protocols.contains(&ProtocolName::Raft);
        let mends = [Deed::Heal, sound(&scenario.network), disk(None, 0)];
        let mut deeds = Vec::from(mends);
        deeds.extend(join.then_some(first));
        for node in scenario.every_node() {
            let starts = left_alone >> node.0.0 & 1 == 0;
            deeds.extend([slow(node, 0), right_clock(node)]);
            deeds.extend(starts.then_some(Deed::Start(node)));
            deeds.push(Deed::Resume(node));
        }
        let steps = deeds.into_iter().map(|deed| step(self.rough, deed));
        steps.collect()
    }
}

/// What must hold in the end: no guarantee broke, and where it comes to rest, one leads.
fn expected(comes_to_rest: bool) -> Vec<Expectation> {
    let rest = comes_to_rest.then_some(That::OneLeader);
    let all = rest.into_iter().chain([That::ChecksHold]);
    let expectation = |that| Expectation {
        of: None,
        at: None,
        that,
    };
    all.map(expectation).collect()
}

/// Whether a seed has deeds of this kind, or of those that only its protocol knows.
fn has(kinds: u32, kind: Option<FaultKind>) -> bool {
    let bit = kind.map_or(OWN, |it| it as u32);
    kinds >> bit & 1 > 0
}

fn step(at: Micros, deed: Deed) -> Step {
    Step { at: Span(at), deed }
}
