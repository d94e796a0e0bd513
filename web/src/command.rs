//! What the page's controls ask of the run.

use crate::speed::Speed;
use consensus::{Micros, NodeId};
use scenario::simulator::Action;

/// Which of the two stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SideName {
    /// Left.
    Raft,
    /// Right.
    Oldest,
}

impl SideName {
    /// Both, in reading order.
    pub(crate) const BOTH: [Self; 2] = [Self::Raft, Self::Oldest];

    /// Its place in pairs.
    pub(crate) fn place(self) -> usize {
        self as usize
    }

    /// What people read.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Raft => "Raft",
            Self::Oldest => "Oldest peer",
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
