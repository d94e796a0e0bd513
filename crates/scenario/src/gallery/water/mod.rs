//! The water that mutants are tried in, by seed.

pub(super) mod almighty;
pub(super) mod raft;
pub(super) mod watercraft;

use crate::almighty_timing::AlmightyTiming;
use crate::deed::{Deed, Step};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Decided, Expectation, That};
use crate::name::{NodeName, Whom};
use crate::raft_timing::RaftTiming;
use crate::span::Span;
use crate::storm::Storm;
use crate::watercraft_timing::WatercraftTiming;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Choose, Seeded, Stream};

/// By protocol and seed.
pub(super) type Water = fn(ProtocolName, u64) -> Scenario;

/// A storm of Raft as the paper tells it, and of the oldest peer.
pub(super) fn storm(protocol: ProtocolName, seed: u64) -> Scenario {
    let storm = Storm {
        seed,
        nodes: 3 + 2 * (seed % 2) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    let mut scenario = expecting(storm.scenario(protocol), None, That::ChecksHold);
    scenario.raft = RaftTiming::default();
    scenario
}

/// A storm of servers whose members stay as they are.
pub(super) fn storm_of_founders(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = storm(protocol, seed);
    let changes = |deed: &Deed| {
        use Deed as D;
        let by_hand = matches!(
            deed,
            D::AddLearner(_) | D::Promote(_) | D::Remove(_) | D::Replace(_)
        );
        by_hand || matches!(deed, D::Join(_) | D::Leave(_))
    };
    scenario.steps.retain(|step| !changes(&step.deed));
    // What befalls those who would have come stays, and names them.
    let late = (scenario.nodes..scenario.nodes + 2).map(|id| Step {
        at: scenario.until,
        deed: Deed::Join(node(u64::from(id))),
    });
    scenario.steps.extend(late.collect::<Vec<_>>());
    scenario
}

/// The same where no log ever holds anything, so that it is elections that go wrong.
pub(super) fn storm_without_calls(protocol: ProtocolName, seed: u64) -> Scenario {
    let mut scenario = storm_of_founders(protocol, seed);
    let is_call = |step: &Step| matches!(step.deed, Deed::Write(_) | Deed::Read(_));
    scenario.steps.retain(|step| !is_call(step));
    scenario
}

/// Calm water of a seed with every setting as usual, with what `deeds` does before the calm; it is
/// given a dice, and the time in milliseconds to add a deed at.
pub(super) fn steered(
    protocol: ProtocolName,
    (nodes, rough): (u16, Micros),
    seed: u64,
    deeds: impl Fn(&mut dyn FnMut(u64, u64) -> u64, &mut dyn FnMut(u64, Deed)),
) -> Scenario {
    let calm = Micros::from_secs(6);
    let storm = Storm {
        seed,
        nodes,
        rough,
        calm,
    };
    let mut scenario = expecting(storm.scenario(protocol), None, That::ChecksHold);
    scenario.raft = RaftTiming::default();
    scenario.almighty = AlmightyTiming::default();
    scenario.watercraft = WatercraftTiming::default();
    scenario.steps.retain(|step| step.at.0 >= rough);
    let mut choose = Seeded::new(seed);
    let mut draw = |least, most| choose.between(Stream::Environment, least, most);
    deeds(&mut draw, &mut |at, deed| {
        let at = Span(Micros::from_millis(at));
        scenario.steps.push(Step { at, deed });
    });
    scenario
}

pub(super) fn node(id: u64) -> NodeName {
    NodeName(NodeId(id as u16))
}

/// The same water, where nothing is expected but this.
pub(super) fn expecting(scenario: Scenario, at: Option<Span>, that: That) -> Scenario {
    let of = None;
    let expect = Vec::from([Expectation { of, at, that }]);
    Scenario { expect, ..scenario }
}

/// That a rule decided something, at whatever node.
pub(super) fn decided(rule: &str) -> That {
    That::Rule(Decided {
        name: rule.into(),
        by: None,
        about: None,
    })
}

/// Whoever leads falls, and stays away.
pub(super) fn leader_falls(protocol: ProtocolName, seed: u64) -> Scenario {
    let rough = Micros::from_secs(2);
    let mut scenario = steered(protocol, (4, rough), seed, |draw, add| {
        add(draw(1_000, 1_500), Deed::Stop(Whom::Leader));
    });
    let is_start = |deed: &Deed| matches!(deed, Deed::Start(_));
    scenario.steps.retain(|step| !is_start(&step.deed));
    scenario
}
