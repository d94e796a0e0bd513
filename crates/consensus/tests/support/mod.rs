//! One node on a bench: give it an input, look at what it asks for, effect by effect.
//!
//! The bench is for a rule that one step shows, and for effects that a host would hide: an answer
//! held back, a write not asked for. What takes several nodes, a network, a slow disk or time is
//! driven by `simulator::Driver`.
#![allow(dead_code, missing_docs, unreachable_pub)]

use consensus::{
    Command, Commands, Durable, Effect, Effects, Input, Micros, Now, Output, Protocol,
};

/// A node with an instant disk and an instant state machine, unless told otherwise.
pub struct Bench<P: Protocol> {
    pub node: P,
    pub now: Micros,
    /// Wall clock minus monotonic clock.
    pub wall_offset: Micros,
    pub durable: P::Durable,
    /// Whether writes complete within the step that asks for them.
    pub instant_disk: bool,
    /// Whether commands are carried out within the step that asks for it.
    pub instant_machine: bool,
}

impl<P: Protocol> Bench<P> {
    pub fn new(node: P) -> Self {
        Self {
            node,
            now: Micros::ZERO,
            wall_offset: Micros::from_secs(3_600),
            durable: P::Durable::default(),
            instant_disk: true,
            instant_machine: true,
        }
    }

    /// Gives one input, serves disk and state machine, and returns every effect in order.
    pub fn give(&mut self, input: Input<P>) -> Vec<Effect<P>> {
        let mut all = Vec::new();
        let mut inputs = vec![input];
        while !inputs.is_empty() {
            let mut effects = Effects::new();
            let now = Now {
                monotonic: self.now,
                wall: self.now + self.wall_offset,
            };
            self.node.step(now, inputs.remove(0), &mut effects);
            for effect in effects.drain() {
                match &effect {
                    Effect::Persist { token, write } if self.instant_disk => {
                        self.durable.store(write);
                        inputs.push(Input::Stored(*token));
                    }
                    Effect::Apply(commands) if self.instant_machine => {
                        let echo = |_, command: &Command| Output::new(command.payload.clone());
                        inputs.push(Input::Applied(commands.carry_out(echo)));
                    }
                    Effect::Query { command } if self.instant_machine => {
                        inputs.push(Input::Queried {
                            call: command.call,
                            output: Output::new(command.payload.clone()),
                        })
                    }
                    _ => {}
                }
                all.push(effect);
            }
        }
        all
    }

    /// Lets time pass; no timer fires by itself.
    pub fn pass(&mut self, span: Micros) {
        self.now += span;
    }
}
