//! A run's story in words, for a test that fails.

use super::Driver;
use crate::choose::Choose;
use crate::happening::{Happening, What};
use alloc::format;
use alloc::string::String;
use consensus::Protocol;
use core::fmt::Write;

impl<P: Protocol, C: Choose> Driver<P, C> {
    /// The story so far, a line each: what was done to the run, what nodes decided and why, what
    /// clients were told. Messages, disk writes and routine decisions are left out; they are in
    /// [`Driver::story`]. The first line says how to repeat the run.
    #[must_use]
    pub fn tell(&self) -> String {
        let world = &self.run.world;
        let (protocol, nodes, seed) = (P::name(&self.run.settings), world.nodes, world.seed);
        let mut text = format!("{protocol}, {nodes} nodes, seed {seed}\n");
        for it in &self.story {
            if let Some(line) = line(it) {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{} {line}", it.at);
            }
        }
        text
    }
}

fn line(happening: &Happening) -> Option<String> {
    Some(match &happening.what {
        What::Acted(action) => format!("** {action:?}"),
        What::Idle { action, reason } => format!("** {action:?}: no effect, {reason:?}"),
        What::Power { node, power, .. } => format!("{node} {power:?}"),
        What::Why(_, why) if why.rule.weight == 0 => return None,
        What::Why(node, why) => format!("{node} {} [{}]", why.text(*node), why.rule.name),
        What::Answered {
            call, by, answer, ..
        } => format!(
            "client {} call {} answered by {by}: {answer:?}",
            call.client.0, call.sequence
        ),
        What::GaveUp { call, .. } => {
            format!("client {} gives up call {}", call.client.0, call.sequence)
        }
        What::Violated(violation) => violation.sentence(),
        _ => return None,
    })
}
