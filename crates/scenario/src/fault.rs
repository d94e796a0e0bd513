//! Faults made of random draws.

use crate::clock::WrongClock;
use crate::deed::{Deed, OneWay, Slow};
use crate::dice::Dice;
use crate::disk::{DiskDeed, DiskTiming};
use crate::inbox::InboxTiming;
use crate::name::{NodeName, Whom};
use crate::network::{LinkDeed, NetworkTiming};
use crate::span::{SignedSpan, Span};
use crate::swarm::FaultKind;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{CrashLoss, Spread};

/// How many nodes rough water knows besides those of the start.
const NEWCOMERS: u16 = 2;

/// Those of them that may join a cluster of so many nodes.
pub(crate) fn newcomers(nodes: u16) -> impl Iterator<Item = NodeName> {
    let most = (nodes + NEWCOMERS).min(NodeName::COUNT);
    (nodes..most).map(|id| NodeName(NodeId(id)))
}

/// What one deed is made of: the same draws, whatever it becomes.
pub(crate) struct Draws {
    /// A client's call.
    pub(crate) call: Deed,
    /// Two or three sides.
    pub(crate) sides: Vec<Vec<NodeName>>,
    /// Somebody.
    pub(crate) node: NodeName,
    /// Somebody, perhaps the same.
    pub(crate) other: NodeName,
    /// Somebody, those who are not here at the start included.
    pub(crate) any: NodeName,
    /// Below a million: the greater, the worse.
    pub(crate) size: u64,
    /// Whether it begins or ends.
    pub(crate) on: bool,
}

impl Draws {
    /// Draws for a cluster of so many nodes; a call that writes writes this value.
    pub(crate) fn new(dice: &mut Dice, nodes: u16, value: u64) -> Self {
        let call = dice.call(value);
        let sides = dice.sides(nodes);
        let [node, other] = [(); 2].map(|()| dice.node(nodes));
        let any = dice.node((nodes + NEWCOMERS).min(NodeName::COUNT));
        let (size, on) = (dice.upto(999_999), dice.upto(1) > 0);
        Self {
            call,
            sides,
            node,
            other,
            any,
            size,
            on,
        }
    }

    /// They become a fault of this kind; none where nobody stands on the other side of a cut, nor of
    /// the kinds that each protocol knows in its own way.
    pub(crate) fn fault(self, kind: FaultKind) -> Option<Deed> {
        let Self { node, size, on, .. } = self;
        if let Some(change) = link_change(kind, size, on) {
            return Some(Deed::Link(self.somewhere(change)));
        }
        Some(match kind {
            FaultKind::StopLeader => Deed::Stop(Whom::Leader),
            FaultKind::Stop => Deed::Stop(Whom::Node(node)),
            FaultKind::Start => Deed::Start(node),
            FaultKind::Pause if on => Deed::Pause(Whom::Node(node)),
            FaultKind::Pause => Deed::Resume(node),
            FaultKind::Slow => slow(node, if on { size / 50 } else { 0 }),
            FaultKind::Clock => clock(node, size, on),
            FaultKind::Disk => disk(on.then_some(node), size),
            FaultKind::Cut => Deed::Cut(self.sides),
            FaultKind::CutOneWay => one_way(self.sides)?,
            FaultKind::Heal => Deed::Heal,
            _ => return None,
        })
    }

    /// A change of one link, of all links from somebody, or of every link.
    fn somewhere(&self, change: LinkDeed) -> LinkDeed {
        let everywhere = !self.size.is_multiple_of(2);
        LinkDeed {
            from: (!everywhere).then_some(self.node),
            to: (!everywhere && self.other != self.node).then_some(self.other),
            ..change
        }
    }
}

/// How messages travel, and how many may wait at a node.
pub(crate) fn water(dice: &mut Dice) -> (NetworkTiming, InboxTiming) {
    let network = NetworkTiming {
        delay: [Span::millis(5), Span::millis(5 + dice.upto(25))],
        ..NetworkTiming::default()
    };
    let inbox = InboxTiming {
        capacity: 4 + dice.upto(60) as u32,
        ..InboxTiming::default()
    };
    (network, inbox)
}

/// A node works so long on each message.
pub(crate) fn slow(node: NodeName, micros: u64) -> Deed {
    Deed::Slow(Slow {
        node: Whom::Node(node),
        service: Span(Micros(micros)),
    })
}

/// What changes on a link, the worse the greater `size`; nothing for kinds of another sort.
fn link_change(kind: FaultKind, size: u64, on: bool) -> Option<LinkDeed> {
    let mut change = LinkDeed::default();
    let strength = size as u32;
    match kind {
        FaultKind::Loss => change.loss_per_million = Some(strength / 6),
        FaultKind::Duplication => change.duplication_per_million = Some(strength / 3),
        FaultKind::Reordering => change.reordering_per_million = Some(strength / 2),
        FaultKind::Corruption => change.corruption_per_million = Some(strength / 6),
        FaultKind::Delay => {
            change.delay = Some([Span::millis(1), Span::millis(1 + size / 10_000)]);
            change.spread = Some(if on { Spread::LongTail } else { Spread::Even });
        }
        FaultKind::Capacity => change.capacity = Some(strength / 7 % 4),
        FaultKind::Clog => change.clogged = Some(on),
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

/// A node's clocks are right.
pub(crate) fn right_clock(node: NodeName) -> Deed {
    clock(node, 500_000, false)
}

/// A disk that is the slower and the more out of order the greater `size`; sound for nothing.
pub(crate) fn disk(node: Option<NodeName>, size: u64) -> Deed {
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

/// The first side is not heard by the second, where there is one.
fn one_way(sides: Vec<Vec<NodeName>>) -> Option<Deed> {
    let mut sides = sides.into_iter();
    let (from, to) = (sides.next()?, sides.next()?);
    Some(Deed::CutOneWay(OneWay { from, to }))
}

/// Every link as it was at the start.
pub(crate) fn sound(network: &NetworkTiming) -> Deed {
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
