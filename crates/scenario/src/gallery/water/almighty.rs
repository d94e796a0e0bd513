//! The water that Almighty's mutants are tried in, where a storm is not enough.

use super::{decided, expecting, node, steered};
use crate::clock::WrongClock;
use crate::deed::{Deed, OneWay};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Bound, Measure, That};
use crate::name::Whom;
use crate::network::{LinkDeed, NetworkTiming};
use crate::span::{SignedSpan, Span};
use alloc::vec;
use consensus::Micros;

/// A leader falls and is back at once, and one peer is cut off while the next election is held.
pub(in crate::gallery) fn leader_returns(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_millis(2_500);
    steered(protocol, (5, rough), seed, |draw, add| {
        let at = draw(1_000, 1_300);
        add(at, Deed::Stop(Whom::Leader));
        let back = at + draw(11, 80);
        for id in 0..5 {
            add(back, Deed::Start(node(id)));
        }
        let alone = node(draw(0, 4));
        add(back + draw(40, 120), Deed::Cut(vec![vec![alone]]));
        add(back + draw(160, 300), Deed::Heal);
    })
}

/// A peer that does not lead falls, and comes back.
pub(in crate::gallery) fn follower_returns(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    steered(protocol, (4, rough), seed, |draw, add| {
        let at = draw(1_000, 1_300);
        add(at, Deed::Stop(Whom::Node(node(1))));
        add(at + draw(1, 500), Deed::Start(node(1)));
    })
}

/// A newcomer whose clock is behind joins, and is older than all the others by that.
pub(in crate::gallery) fn elder_joins(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    let mut scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(draw(1_000, 1_300), Deed::Join(node(3)));
    });
    scenario.clocks.push(WrongClock {
        node: Whom::Node(node(3)),
        offset: SignedSpan(-60_000_000),
        drift_per_million: 0,
    });
    scenario
}

/// A newcomer hears of an election and not of its winner, and wins it as well when it is closed.
pub(in crate::gallery) fn winner_comes_late(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(3);
    let mut scenario = steered(protocol, (4, rough), seed, |draw, add| {
        let at = draw(1_000, 1_300);
        let [from, to] = [0, 4].map(|id| vec![node(id)]);
        add(at, Deed::Join(node(4)));
        add(at, Deed::CutOneWay(OneWay { from, to }));
        add(at + 1, Deed::TimeOut(Whom::Node(node(1))));
        add(at + 1_500, Deed::Heal);
    });
    scenario.almighty.settle_window = Span::millis(30);
    scenario
}

/// Nothing happens, but that leaders make new secrets all the time.
pub(in crate::gallery) fn secrets_rotate(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = steered(protocol, (4, Micros::from_secs(1)), seed, |_, _| {});
    scenario.almighty.secret_rotation = Some(Span::millis(60 + seed));
    scenario
}

/// A leader leaves, and a few delays later the next leads.
pub(in crate::gallery) fn leader_leaves(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    let scenario = steered(protocol, (4, rough), seed, |draw, add| {
        add(draw(1_000, 1_050), Deed::Leave(Whom::Leader));
    });
    let at = Some(Span::millis(1_120));
    expecting(scenario, at, That::Leaders(vec![node(1)]))
}

/// Two sides lead themselves, and meet again.
pub(in crate::gallery) fn clusters_meet(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let scenario = steered(protocol, (5, rough), seed, |draw, add| {
        add(draw(1_000, 1_500), Deed::Cut(vec![vec![node(0), node(1)]]));
        add(draw(2_500, 3_500), Deed::Heal);
    });
    expecting(scenario, None, decided("checks-leader"))
}

/// A newcomer whose details arrive late lands inside an election, and declares itself; it stands
/// down before anybody else wins.
pub(in crate::gallery) fn newcomer_declares_itself(protocol: ProtocolName, seed: u64) -> Scenario {
    let newcomer = node(5);
    let late = |delay: [u64; 2]| {
        Deed::Link(LinkDeed {
            from: Some(newcomer),
            delay: Some(delay.map(Span::millis)),
            ..LinkDeed::default()
        })
    };
    let rough = Micros::from_secs(3);
    let mut scenario = steered(protocol, (5, rough), seed, |_, add| {
        add(1_000, Deed::Stop(Whom::Node(node(0))));
        add(1_000, Deed::Stop(Whom::Node(node(1))));
        add(1_000, late([140, 140]));
        add(1_090, Deed::Join(newcomer));
        add(1_500, late([15, 25]));
    });
    scenario.network = NetworkTiming::default();
    scenario.almighty.winner_timeout = Span::millis(400);
    let never = Bound {
        name: Measure::TwoClaimMs,
        least: 0,
        most: Some(0),
    };
    expecting(scenario, None, That::Measure(never))
}
