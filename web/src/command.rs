//! What the page's controls ask of the run.

use crate::inspect::Inspected;
use crate::speed::Speed;
use crate::travel::Travel;
use crate::views::Reader;
use consensus::{Micros, NodeId};
use scenario::simulator::Action;

/// What is looked at in every view at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Focus {
    /// A node, which is the same on every side.
    pub(crate) node: Option<NodeId>,
    /// A message: its side, from 0, and its number there.
    pub(crate) message: Option<(usize, u64)>,
    /// An entry: its side, from 0, and its position in the log.
    pub(crate) entry: Option<(usize, u64)>,
    /// A moment.
    pub(crate) at: Option<Micros>,
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
    /// Go to the next milestone, or to the one before.
    Travel(&'static Travel, bool),
    /// Go to this moment.
    Seek(Micros),
    /// Go to the furthest moment played.
    End,
    /// Run at this speed.
    Speed(Speed),
    /// Run one stop faster, or slower.
    Faster(bool),
    /// Go to the start.
    Restart,
    /// Do this on every side, now.
    Act(Action),
    /// Take the last act back.
    Undo,
    /// Take up a branch.
    TakeUp(usize),
    /// Stand still while something is being chosen, or go on after.
    Hold(bool),
    /// Mark this in every view.
    Look(Focus),
    /// Read for these views whatever they show, from now on; none where the ring stands alone.
    Watch(Option<Reader>),
    /// Stand still and look into this; none ends the looking.
    Inspect(Option<Inspected>),
    /// Stand still at this moment.
    Visit(Micros),
}
