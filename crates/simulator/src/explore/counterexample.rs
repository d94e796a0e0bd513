//! How a guarantee can be broken.

use crate::check::Violation;
use crate::driver::line;
use crate::happening::Happening;
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
    /// Which message arrives or which timer fires; `None` for an act of the environment.
    pub event: Option<String>,
    /// What happens in it.
    pub story: Vec<Happening>,
}

impl Display for Counterexample {
    /// The story, a paragraph for each event.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (number, step) in (1..).zip(&self.steps) {
            let event = step.event.as_deref();
            writeln!(f, "{number}. {}", event.unwrap_or("from outside"))?;
            lines(f, &step.story)?;
        }
        if !self.calm.is_empty() {
            writeln!(f, "Then the water is calm.")?;
            lines(f, &self.calm)?;
        }
        Ok(())
    }
}

fn lines(f: &mut Formatter<'_>, story: &[Happening]) -> fmt::Result {
    for line in story.iter().filter_map(line) {
        writeln!(f, "   {line}")?;
    }
    Ok(())
}
