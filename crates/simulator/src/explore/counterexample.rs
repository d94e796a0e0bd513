//! How a guarantee can be broken.

use crate::check::Violation;
use crate::happening::{Happening, What};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

/// A shortest sequence of events that breaks a guarantee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterexample {
    /// What breaks.
    pub violation: Violation,
    /// The events, in order.
    pub steps: Vec<Step>,
    /// What follows in due time, where it breaks only once the water is calm.
    pub calm: Vec<Happening>,
}

/// One event of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which message arrives, which timer fires, what befalls the cluster.
    pub event: String,
    /// What happens in it.
    pub story: Vec<Happening>,
}

impl Display for Counterexample {
    /// The story: a line for each event, and below it what nodes decided and why, each thing once.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (number, step) in (1..).zip(&self.steps) {
            writeln!(f, "{number}. {}", step.event)?;
            lines(f, &step.story)?;
        }
        if !self.calm.is_empty() {
            writeln!(f, "Then it is calm.")?;
            lines(f, &self.calm)?;
        }
        Ok(())
    }
}

fn lines(f: &mut Formatter<'_>, story: &[Happening]) -> fmt::Result {
    let mut told = Vec::new();
    for happening in story {
        let line = match &happening.what {
            What::Why(node, why) if why.rule.weight > 0 => why.text(*node),
            What::Violated(violation) => violation.sentence(),
            _ => continue,
        };
        if !told.contains(&line) {
            writeln!(f, "   {line}")?;
            told.push(line);
        }
    }
    Ok(())
}
