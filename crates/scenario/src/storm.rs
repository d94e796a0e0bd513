//! Rough water: a random scenario that follows from a seed.

use crate::almighty_storm;
use crate::almighty_timing::AlmightyTiming;
use crate::clock::WrongClock;
use crate::deed::{Deed, OneWay, Slow, Step};
use crate::dice::Dice;
use crate::disk::{DiskDeed, DiskTiming};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Expectation, That};
use crate::inbox::InboxTiming;
use crate::name::{NodeName, Whom};
use crate::network::{LinkDeed, NetworkTiming};
use crate::raft_storm::{self, NEWCOMERS};
use crate::raft_timing::RaftTiming;
use crate::span::{SignedSpan, Span};
use crate::watercraft_storm;
use crate::watercraft_timing::WatercraftTiming;
use alloc::format;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{CrashLoss, Spread};

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

/// A kind of deed. Each seed leaves some of them out, and calls take their place.
#[derive(Clone, Copy)]
enum Kind {
    StopLeader,
    Stop,
    Start,
    Pause,
    Slow,
    Clock,
    Disk,
    Cut,
    CutOneWay,
    Heal,
    Loss,
    Duplication,
    Reordering,
    Corruption,
    Delay,
    Capacity,
    Clog,
    /// What only one protocol knows.
    Own,
}

/// What is drawn from; who stands here twice comes twice as often.
const KINDS: [Kind; 25] = [
    Kind::StopLeader,
    Kind::StopLeader,
    Kind::Stop,
    Kind::Start,
    Kind::Start,
    Kind::Start,
    Kind::Pause,
    Kind::Slow,
    Kind::Clock,
    Kind::Disk,
    Kind::Cut,
    Kind::CutOneWay,
    Kind::Heal,
    Kind::Heal,
    Kind::Loss,
    Kind::Duplication,
    Kind::Reordering,
    Kind::Corruption,
    Kind::Delay,
    Kind::Capacity,
    Kind::Clog,
    Kind::Own,
    Kind::Own,
    Kind::Own,
    Kind::Own,
];

impl Storm {
    /// The storm as a scenario: in the end exactly one node leads, known to all, and no guarantee
    /// broke on the way.
    #[must_use]
    pub fn scenario(&self, protocol: ProtocolName) -> Scenario {
        let mut dice = Dice::new(self.seed);
        let kinds = dice.upto(u64::MAX) as u32;
        let network = NetworkTiming {
            delay: [Span::millis(5), Span::millis(5 + dice.upto(25))],
            ..NetworkTiming::default()
        };
        let inbox = InboxTiming {
            capacity: 4 + dice.upto(60) as u32,
            ..InboxTiming::default()
        };
        let mut steps = self.deeds(&mut dice, kinds, protocol);
        let mut raft = RaftTiming::default();
        let mut almighty = AlmightyTiming::default();
        let mut watercraft = WatercraftTiming::default();
        let mut left_alone = 0;
        let comes_to_rest = match protocol {
            ProtocolName::Raft => {
                raft = raft_storm::settings(&mut dice);
                steps.extend(self.last_calls(steps.len() as u64));
                let members_change = has(kinds, Kind::Own);
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
                watercraft.host_call_every > 0
            }
        };
        let mut scenario = Scenario {
            title: format!("Storm {}", self.seed),
            about: "Random faults, then calm.".into(),
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
        let call = dice.call(number as u64 + 1);
        let sides = dice.sides(self.nodes);
        let [node, other] = [(); 2].map(|()| dice.node(self.nodes));
        let newcomer = dice.node((self.nodes + NEWCOMERS).min(NodeName::COUNT));
        let (size, on) = (dice.upto(999_999), dice.upto(1) > 0);
        if !has(kinds, kind) {
            return call;
        }
        if let Some(change) = link_change(kind, size, on) {
            let everywhere = size % 2 > 0;
            return Deed::Link(LinkDeed {
                from: (!everywhere).then_some(node),
                to: (!everywhere && other != node).then_some(other),
                ..change
            });
        }
        match kind {
            Kind::StopLeader => Deed::Stop(Whom::Leader),
            Kind::Stop => Deed::Stop(Whom::Node(node)),
            Kind::Start => Deed::Start(node),
            Kind::Pause if on => Deed::Pause(Whom::Node(node)),
            Kind::Pause => Deed::Resume(node),
            Kind::Slow => slow(node, if on { size / 50 } else { 0 }),
            Kind::Clock => clock(node, size, on),
            Kind::Disk => disk(on.then_some(node), size),
            Kind::Cut => Deed::Cut(sides),
            Kind::CutOneWay => one_way(sides),
            Kind::Own if protocol == ProtocolName::Raft => {
                Self::raft_deed(node, newcomer, &sides, size)
            }
            // The oldest peer knows fewer deeds of its own, so that they come less often.
            Kind::Own if !size.is_multiple_of(4) => call,
            Kind::Own if on => Deed::Leave(Whom::Node(node)),
            Kind::Own => Deed::Join(newcomer),
            // Whatever befalls links was done above.
            _ => Deed::Heal,
        }
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
            deeds.extend([slow(node, 0), clock(node, 500_000, false)]);
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

/// Whether a seed has deeds of this kind.
const fn has(kinds: u32, kind: Kind) -> bool {
    kinds & (1 << kind as u32) != 0
}

fn step(at: Micros, deed: Deed) -> Step {
    Step { at: Span(at), deed }
}

fn slow(node: NodeName, micros: u64) -> Deed {
    Deed::Slow(Slow {
        node: Whom::Node(node),
        service: Span(Micros(micros)),
    })
}

/// What changes on a link, the worse the greater `size`; nothing for kinds of another sort.
fn link_change(kind: Kind, size: u64, on: bool) -> Option<LinkDeed> {
    let mut change = LinkDeed::default();
    let strength = size as u32;
    match kind {
        Kind::Loss => change.loss_per_million = Some(strength / 6),
        Kind::Duplication => change.duplication_per_million = Some(strength / 3),
        Kind::Reordering => change.reordering_per_million = Some(strength / 2),
        Kind::Corruption => change.corruption_per_million = Some(strength / 6),
        Kind::Delay => {
            change.delay = Some([Span::millis(1), Span::millis(1 + size / 10_000)]);
            change.spread = Some(if on { Spread::LongTail } else { Spread::Even });
        }
        Kind::Capacity => change.capacity = Some(strength / 7 % 4),
        Kind::Clog => change.clogged = Some(on),
        _ => return None,
    }
    Some(change)
}

/// Clocks that are up to five seconds off, or run up to 5 % too fast or too slow; right for a half
/// of a million.
fn clock(node: NodeName, size: u64, jumps: bool) -> Deed {
    let error = size.cast_signed() - 500_000;
    Deed::Clock(WrongClock {
        node: Whom::Node(node),
        offset: SignedSpan(if jumps { error * 10 } else { 0 }),
        drift_per_million: if jumps { 0 } else { error as i32 / 10 },
    })
}

/// A disk that is the slower and the more out of order the greater `size`; sound for nothing.
fn disk(node: Option<NodeName>, size: u64) -> Deed {
    let latency = Span::millis(1 + size / 25_000);
    let losses = [CrashLoss::Everything, CrashLoss::Suffix, CrashLoss::Torn];
    Deed::Disk(DiskDeed {
        node,
        writes: DiskTiming {
            latency: [Span::millis(1), latency],
            disorder_per_million: size as u32 / 2,
            crash_loss: losses[size as usize % losses.len()],
        },
    })
}

/// The first side is not heard by the second.
fn one_way(sides: Vec<Vec<NodeName>>) -> Deed {
    let mut sides = sides.into_iter();
    match (sides.next(), sides.next()) {
        (Some(from), Some(to)) => Deed::CutOneWay(OneWay { from, to }),
        _ => Deed::Heal,
    }
}

/// Every link as it was at the start.
fn sound(network: &NetworkTiming) -> Deed {
    Deed::Link(LinkDeed {
        from: None,
        to: None,
        delay: Some(network.delay),
        spread: Some(network.spread),
        loss_per_million: Some(0),
        duplication_per_million: Some(0),
        reordering_per_million: Some(0),
        corruption_per_million: Some(0),
        capacity: Some(0),
        clogged: Some(false),
    })
}
