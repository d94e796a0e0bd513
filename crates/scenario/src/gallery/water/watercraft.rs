//! The water that WaterCraft's mutants are tried in, where a storm is not enough.

use super::{expecting, node, steered};
use crate::deed::{Deed, Write};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Bound, Known, Measure, That};
use crate::name::Whom;
use crate::span::Span;
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

/// Clients write to whomever they like, and no host ever fails.
pub(in crate::gallery) fn calls_to_anybody(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(3);
    let scenario = steered(protocol, (3, rough), seed, |draw, add| {
        for value in 1..9 {
            let write = Write {
                value,
                key: 0,
                client: 1,
                to: Some(node(draw(0, 2))),
            };
            add(draw(1_000, 2_500), Deed::Write(write));
        }
    });
    let none_lost = Bound {
        name: Measure::Lost,
        least: 0,
        most: Some(0),
    };
    expecting(scenario, None, That::Measure(none_lost))
}
