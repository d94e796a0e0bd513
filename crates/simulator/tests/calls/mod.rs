//! Nodes that treat clients in one way each, and what clients did about it.
#![allow(dead_code, missing_docs, unreachable_pub)]

use super::toy::{Behaviour, Toy};
use consensus::{Answer, Effect, Effects, Input, Micros, NodeId, Now, Output, Refusal};
use simulator::{Action, BreakerState, ClientSettings, Happening, SpanRange, What, World};

pub const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

pub const fn write(client: u32, value: u64, to: Option<NodeId>) -> Action {
    Action::Write {
        client,
        key: 0,
        value,
        to,
    }
}

/// Three nodes, two clients, 5 ms of delay.
pub fn world(client: ClientSettings) -> World {
    World {
        nodes: 3,
        clients: 2,
        link: simulator::LinkSettings::sound(SpanRange::millis(5, 5)),
        client,
        ..World::default()
    }
}

/// Answers a call.
pub fn reply<B: Behaviour>(input: Input<Toy<B>>, answer: Answer, fx: &mut Effects<Toy<B>>) {
    if let Input::Call(call) = input {
        let call = call.command.call;
        fx.push(Effect::Answer { call, answer });
    }
}

pub fn done() -> Answer {
    Answer::Done(Output::EMPTY)
}

pub const fn refused(hint: Option<NodeId>) -> Answer {
    Answer::Refused {
        reason: Refusal::NotLeader,
        hint,
    }
}

/// Never answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deaf;

impl Behaviour for Deaf {
    fn step(_: &mut Toy<Self>, _: Now, _: Input<Toy<Self>>, _: &mut Effects<Toy<Self>>) {}
}

/// Does everything at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Willing;

impl Behaviour for Willing {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        reply(input, done(), fx);
    }
}

/// Refuses everything and knows no leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaderless;

impl Behaviour for Leaderless {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        reply(input, refused(None), fx);
    }
}

/// Who was asked, when, and which attempt of the call it was.
pub fn asked(story: &[Happening]) -> Vec<(Micros, NodeId, u32)> {
    let called = story.iter().filter_map(|it| match it.what {
        What::Called { node, attempt, .. } => Some((it.at, node, attempt)),
        _ => None,
    });
    called.collect()
}

/// When clients backed off, and for how long.
pub fn waits(story: &[Happening]) -> Vec<(Micros, Micros)> {
    let waits = story.iter().filter_map(|it| match it.what {
        What::BacksOff { until, .. } => Some((it.at, until.since(it.at))),
        _ => None,
    });
    waits.collect()
}

/// How breakers changed.
pub fn breakers(story: &[Happening]) -> Vec<(Micros, NodeId, BreakerState)> {
    let changes = story.iter().filter_map(|it| match it.what {
        What::Breaker { node, state, .. } => Some((it.at, node, state)),
        _ => None,
    });
    changes.collect()
}
