//! The water that WaterCraft's mutants are tried in, where a storm is not enough.

use super::{expecting, node, steered};
use crate::deed::{Deed, Write};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Followed, Held, Known, That};
use crate::name::Whom;
use crate::span::Span;
use alloc::vec;
use alloc::vec::Vec;
use consensus::Micros;

/// A node crashes, is found dead, and comes back.
pub(in crate::gallery) fn node_returns(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let scenario = steered(protocol, (3, rough), seed, |draw, add| {
        add(draw(1_000, 1_300), Deed::Stop(Whom::Node(node(1))));
        add(draw(2_000, 2_500), Deed::Start(node(1)));
    });
    let youngest = Known {
        node: node(2),
        alive: [0, 2, 1].map(node).into(),
    };
    let at = Some(Span::millis(3_500));
    expecting(scenario, at, That::Ledger(youngest))
}

/// A client writes to one node after the other, and only the host may have it.
pub(in crate::gallery) fn call_to_everyone(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(3);
    let scenario = steered(protocol, (3, rough), seed, |draw, add| {
        for (asked, value) in (0..3).zip(1..) {
            let write = Write {
                value,
                key: 0,
                client: 1,
                to: Some(node(asked)),
            };
            add(draw(1_000, 2_500), Deed::Write(write));
        }
    });
    let nothing = Held {
        node: node(2),
        values: Vec::new(),
    };
    expecting(scenario, None, That::Data(nothing))
}

/// Two sides host themselves, and meet again: the older host knows all of the other side while they
/// still follow the younger.
pub(in crate::gallery) fn hosts_meet(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let scenario = steered(protocol, (1, rough), seed, |draw, add| {
        for id in 1..5 {
            add(100 * id, Deed::Join(node(id)));
        }
        add(draw(1_000, 1_500), Deed::Cut(vec![vec![node(0), node(1)]]));
        add(draw(2_500, 3_500), Deed::Heal);
    });
    let all = Known {
        node: node(0),
        alive: (0..5).map(node).collect(),
    };
    let still = Followed {
        nodes: vec![node(3), node(4)],
        leader: Some(node(2)),
    };
    let two = That::Leaders(vec![node(0), node(2)]);
    let order = vec![two, That::Ledger(all), That::Follow(still)];
    expecting(scenario, None, That::InOrder(order))
}

/// A host admits two nodes, the one of the later name first, and dies: who was there first hosts.
pub(in crate::gallery) fn host_dies_after_joins(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(4);
    let scenario = steered(protocol, (1, rough), seed, |draw, add| {
        add(draw(500, 800), Deed::Join(node(2)));
        add(draw(1_000, 1_300), Deed::Join(node(1)));
        add(draw(2_000, 2_300), Deed::Stop(Whom::Node(node(0))));
    });
    let at = Some(Span::millis(3_500));
    expecting(scenario, at, That::Leaders(vec![node(2)]))
}

/// One node joins after the other.
pub(in crate::gallery) fn nodes_join(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(3);
    steered(protocol, (1, rough), seed, |draw, add| {
        add(draw(500, 800), Deed::Join(node(1)));
        add(draw(1_500, 1_800), Deed::Join(node(2)));
    })
}
