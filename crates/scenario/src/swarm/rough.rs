//! Safety mode: what is done while it is rough.

use super::kind::FaultKind;
use super::mix::Mix;
use crate::deed::{Deed, Step};
use crate::dice::Dice;
use crate::document::ProtocolName;
use crate::fault::{Draws, newcomers};
use crate::name::{NodeName, Whom};
use crate::raft_storm;
use crate::span::Span;
use alloc::vec::Vec;
use consensus::Micros;

/// The faults of the mix for so long, and as many calls of clients between them, each of a value
/// of its own.
pub(super) fn steps(
    dice: &mut Dice,
    mix: &Mix,
    protocol: ProtocolName,
    rough: Micros,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = Micros::from_millis(dice.upto(800));
    while at < rough {
        let kind = mix.kind(dice).filter(|_| dice.upto(1) > 0);
        let mut draws = Draws::new(dice, mix.nodes, steps.len() as u64 + 1);
        if !mix.has(FaultKind::Members) {
            // Nobody comes.
            draws.any = draws.node;
        }
        if let Some(kind) = kind {
            draws.size = mix.roughness.tempered(kind, draws.size);
        }
        steps.push(Step {
            at: Span(at),
            deed: deed(kind, draws, protocol),
        });
        at += mix.roughness.pause(dice);
    }
    if protocol == ProtocolName::Raft && mix.has(FaultKind::Members) {
        steps.extend(newcomers(mix.nodes).map(|node| fetch(dice, node, rough)));
    }
    steps
}

/// Each newcomer is fetched once at least, by the operator or by hand.
fn fetch(dice: &mut Dice, node: NodeName, rough: Micros) -> Step {
    let at = Micros(dice.upto(rough.0.saturating_sub(1)));
    let by_hand = dice.upto(1) > 0;
    Step {
        at: Span(at),
        deed: match by_hand {
            true => Deed::AddLearner(node),
            false => Deed::Join(node),
        },
    }
}

/// One fault, or a call.
fn deed(kind: Option<FaultKind>, draws: Draws, protocol: ProtocolName) -> Deed {
    let node = Whom::Node(draws.node);
    match kind {
        Some(FaultKind::Members) if protocol == ProtocolName::Raft => {
            raft_storm::change(&draws, draws.size % 8, draws.size / 8)
        }
        Some(FaultKind::Members) if draws.on => Deed::Leave(node),
        Some(FaultKind::Members) => Deed::Join(draws.any),
        Some(FaultKind::Transfer) => Deed::Transfer(draws.any),
        Some(FaultKind::TimeOut) => Deed::TimeOut(node),
        Some(FaultKind::Snapshot) => Deed::Snapshot(node),
        Some(kind) => {
            let call = draws.call.clone();
            draws.fault(kind).unwrap_or(call)
        }
        None => draws.call,
    }
}
