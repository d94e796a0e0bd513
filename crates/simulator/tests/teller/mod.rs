//! Nodes that count aloud: what each fault does to a steady stream of numbers is plain to see.
#![allow(dead_code, missing_docs, unreachable_pub)]

use super::toy::{Behaviour, Clock, Talk, Toy};
use consensus::{CallId, Command, Effects, Facts, Input, Micros, NodeId, Now, SessionId};
use simulator::{Driver, DriverBuilder, SpanRange, What};

pub const A: NodeId = NodeId(0);
pub const B: NodeId = NodeId(1);
pub const C: NodeId = NodeId(2);

/// How much time lies between two numbers.
pub const BEAT: Micros = ms(20);

pub const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// Tells everybody 1 at its start, and the next number at every beat; says what it hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Teller;

impl Behaviour for Teller {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Start | Input::Timer(_) => {
                toy.written += 1;
                fx.broadcast(number(toy.written));
                fx.arm(Clock(0), BEAT);
            }
            Input::Receive(envelope) => {
                let told = envelope.message.0.map_or(0, |it| it.call.sequence);
                let facts = Facts::peer(envelope.sender).with_number(told);
                fx.why(super::toy::Says, facts);
            }
            _ => {}
        }
    }
}

/// A number, as it is told.
pub fn number(sequence: u64) -> Talk {
    let call = CallId {
        sequence,
        ..CallId::default()
    };
    let payload = [].into();
    Talk(Some(Command {
        call,
        session: SessionId::LASTING,
        payload,
    }))
}

pub type Tellers = Driver<Toy<Teller>>;

/// Three nodes; a number takes 10 ms to its listener.
pub fn tellers() -> DriverBuilder<Toy<Teller>> {
    Driver::builder().nodes(3).delay(SpanRange::millis(10, 10))
}

/// What one node heard of another, and when.
pub fn heard(driver: &Tellers, from: NodeId, by: NodeId) -> Vec<(Micros, u64)> {
    let heard = driver.story().iter().filter_map(|it| match &it.what {
        What::Why(node, why) if *node == by && why.facts.peer == Some(from) => {
            Some((it.at, why.facts.number?))
        }
        _ => None,
    });
    heard.collect()
}

/// The numbers that one node heard of another, in order.
pub fn numbers(driver: &Tellers, from: NodeId, by: NodeId) -> Vec<u64> {
    let heard = heard(driver, from, by);
    heard.into_iter().map(|(_, number)| number).collect()
}

/// How long each number travelled on every link.
pub fn delays(driver: &Tellers) -> Vec<Micros> {
    let mut delays = Vec::new();
    for from in [A, B, C] {
        for by in [A, B, C] {
            let all = heard(driver, from, by);
            delays.extend(all.into_iter().map(|(at, number)| at - sent(number)));
        }
    }
    delays
}

/// When a number was told.
pub fn sent(number: u64) -> Micros {
    BEAT * (number - 1)
}

/// The first so many numbers.
pub fn counted(to: u64) -> Vec<u64> {
    (1..=to).collect()
}
