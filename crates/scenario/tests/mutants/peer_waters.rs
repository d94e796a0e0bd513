//! The water that mutants of the oldest peer are tried in, where a storm is not enough.

use super::waters::{node, steered};
use scenario::consensus::Micros;
use scenario::{
    Decided, Deed, Expectation, OneWay, ProtocolName, Scenario, SignedSpan, Span, That, Whom,
    WrongClock,
};

/// A leader falls and is back at once, and one peer is cut off while the next election is held.
pub(crate) fn leader_returns(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(crate) fn follower_returns(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    steered(protocol, (4, rough), seed, |draw, add| {
        let at = draw(1_000, 1_300);
        add(at, Deed::Stop(Whom::Node(node(1))));
        add(at + draw(1, 500), Deed::Start(node(1)));
    })
}

/// A newcomer whose clock is behind joins, and is older than all the others by that.
pub(crate) fn elder_joins(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(crate) fn winner_comes_late(protocol: ProtocolName, seed: u64) -> Scenario {
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
pub(crate) fn secrets_rotate(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = steered(protocol, (4, Micros::from_secs(1)), seed, |_, _| {});
    scenario.almighty.secret_rotation = Some(Span::millis(60 + seed));
    scenario
}

/// A leader leaves, and a few delays later the next leads.
pub(crate) fn leader_leaves(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    let mut scenario = steered(protocol, (4, rough), seed, |draw, add| {
        add(draw(1_000, 1_050), Deed::Leave(Whom::Leader));
    });
    // The storm would have A back.
    let is_join = |deed: &Deed| matches!(deed, Deed::Join(_));
    scenario.steps.retain(|step| !is_join(&step.deed));
    scenario.expect.push(Expectation {
        of: None,
        at: Some(Span::millis(1_120)),
        that: That::Leaders(vec![node(1)]),
    });
    scenario
}

/// Two sides lead themselves, and meet again.
pub(crate) fn clusters_meet(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let mut scenario = steered(protocol, (5, rough), seed, |draw, add| {
        add(draw(1_000, 1_500), Deed::Cut(vec![vec![node(0), node(1)]]));
        add(draw(2_500, 3_500), Deed::Heal);
    });
    let name = "checks-leader".into();
    scenario.expect.push(Expectation {
        of: None,
        at: None,
        that: That::Rule(Decided {
            name,
            by: None,
            about: None,
        }),
    });
    scenario
}
