//! Commands on their way to the state machine.

use crate::client::{Command, Output};
use alloc::vec::Vec;
use core::fmt::Debug;
use core::hash::Hash;
use core::iter;

/// Commands at positions without a gap, for the state machine to carry out in that order. At least
/// one.
///
/// Each protocol has its own kind, so that one with a log can hand over what its log holds without
/// copying it.
pub trait Commands: Clone + Eq + Hash + Debug {
    /// The position of the first one, from 1.
    fn first(&self) -> u64;

    /// They, in order.
    fn iter(&self) -> impl Iterator<Item = &Command>;

    /// They, each with its position.
    fn placed(&self) -> impl Iterator<Item = (u64, &Command)> {
        (self.first()..).zip(self.iter())
    }

    /// Lets a state machine carry them out, and gives its report.
    fn carry_out(&self, mut apply: impl FnMut(u64, &Command) -> Output) -> Applied {
        let outputs: Vec<_> = self.placed().map(|it| apply(it.0, it.1)).collect();
        let first = self.first();
        let last = first.saturating_add(outputs.len() as u64).saturating_sub(1);
        Applied {
            first,
            last,
            outputs,
        }
    }
}

/// A single command, for protocols that hand over one at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SingleCommand {
    /// Its position, from 1.
    pub index: u64,
    /// It.
    pub command: Command,
}

impl Commands for SingleCommand {
    fn first(&self) -> u64 {
        self.index
    }

    fn iter(&self) -> impl Iterator<Item = &Command> {
        iter::once(&self.command)
    }
}

/// The report that a state machine carried out the commands at some positions without a gap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Applied {
    /// The position of the first one.
    pub first: u64,
    /// The position of the last one.
    pub last: u64,
    /// What the state machine answered to each, in order. It can end early: a state machine has
    /// nothing to say to the others.
    pub outputs: Vec<Output>,
}

impl Applied {
    /// The report for a single command.
    #[must_use]
    pub fn one(index: u64, output: Output) -> Self {
        Self {
            first: index,
            last: index,
            outputs: [output].into(),
        }
    }

    /// Takes what the state machine answered to the command at `index`.
    pub(crate) fn take_output(&mut self, index: u64) -> Output {
        let place = index.checked_sub(self.first);
        let place = place.and_then(|place| usize::try_from(place).ok());
        let output = place.and_then(|place| self.outputs.get_mut(place));
        output.map(core::mem::take).unwrap_or_default()
    }
}
