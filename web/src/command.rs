//! What the page's controls ask of the run.

use crate::speed::Speed;
use consensus::{Micros, NodeId};
use scenario::simulator::Action;

/// Which of the two stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SideName {
    /// What a phone shows first.
    Left,
    /// What it shows below.
    Right,
}

impl SideName {
    /// Both, in reading order.
    pub(crate) const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// Its place in pairs.
    pub(crate) fn place(self) -> usize {
        self as usize
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// Its name in the document.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// A person's wish.
#[derive(Clone)]
pub(crate) enum Command {
    /// Play, or pause.
    Toggle,
    /// One event forward.
    Forward,
    /// One event back.
    Back,
    /// Go to this moment.
    Seek(Micros),
    /// Run at this speed.
    Speed(Speed),
    /// Go to the start.
    Restart,
    /// Do this to both sides, now.
    Act(Action),
    /// Take up a branch.
    TakeUp(usize),
    /// Stand still while something is being chosen, or go on after.
    Hold(bool),
    /// Mark a node on one stage, or none.
    Select(Option<(SideName, NodeId)>),
}
