//! Where in a run a step lies, and what came of it.

use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;

/// Where in a run a step lies, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The moment at which it is entered; what it does is done then.
    pub begin: Micros,
    /// The moment at which its gate holds, its span is over, or its gate's time is up.
    pub end: Micros,
    /// What was the case instead where the gate did not hold in time; `None` where it did.
    pub late: Option<String>,
    /// Whether the gate held before the step did anything.
    pub at_once: bool,
    /// Of each answer to its question, whether it was right at the end.
    pub truths: Vec<bool>,
}

impl Mark {
    /// The number, from 1, of the one answer that was right; `None` where none was, or several.
    #[must_use]
    pub fn right(&self) -> Option<usize> {
        let mut right = (1..).zip(&self.truths).filter(|(_, truth)| **truth);
        let first = right.next()?.0;
        right.next().is_none().then_some(first)
    }
}
