//! What can happen to the page, and what can float over it.

use crate::address::Page;
use crate::building::Built;
use crate::choice::ChoiceMsg;
use crate::command::Command;
use crate::cut::CutMsg;
use crate::files::FilesMsg;
use crate::inspect::Inspected;
use crate::more::MoreMsg;
use crate::painter::Press;
use crate::panes::PaneMsg;
use crate::settings::SettingsMsg;
use crate::shortcuts::Deed;
use crate::snapshot::Snapshot;
use crate::views::View;
use crate::water::WaterMsg;
use consensus::{Micros, NodeId};
use scenario::simulator::Action;
use std::rc::Rc;

/// Whatever can happen to the page; what belongs to one part of it is in that part's own kind.
#[derive(Clone)]
pub(crate) enum Msg {
    /// So much of the page is to stand.
    Build(Built),
    /// The run has news.
    Told(Rc<Snapshot>),
    /// A person wants something of the run.
    Ask(Command),
    /// A person acts on every side.
    Act(Action),
    /// Something else is to be played.
    Choice(ChoiceMsg),
    /// In the chooser of a cut.
    Cut(CutMsg),
    /// In the dialog of a side's settings.
    Settings(SettingsMsg),
    /// In the panel for rough water.
    Water(WaterMsg),
    /// A client's write was sent, to this node or to whoever leads.
    Written(Option<NodeId>),
    /// Something on a side's stage, from 0, was pressed or drawn.
    Press(usize, Press),
    /// A node is to be as slow as its menu says.
    Slow(NodeId),
    /// A scenario is opened, or the run is saved.
    Files(FilesMsg),
    /// In the dialog of what else can happen.
    More(MoreMsg),
    /// The charts are to be read at this moment, or at the one that is shown.
    ReadAt(Option<Micros>),
    /// The run is to be looked at in another way.
    View(View),
    /// In a view beside the ring.
    Pane(PaneMsg),
    /// Something is to be looked into, or nothing any more.
    Inspect(Option<Inspected>),
    /// The run is to stand still at this moment.
    Visit(Micros),
    /// The next milestone, or the one before, is to be reached.
    Travel(bool),
    /// A key was pressed that does this.
    Key(Deed),
    /// Keys of a single character are to work, or not any more.
    SingleKeys,
    /// Something is to be chosen.
    Open(Open),
    /// Nothing is being chosen any more.
    Shut,
    /// Another page.
    Go(Page),
    /// Light becomes dark, or dark light.
    Theme,
    /// A chunk is here, or will not come.
    Arrived,
}

/// What floats over the page.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Open {
    /// A node's menu, beside the node on a side.
    Node(usize, NodeId, (i32, i32)),
    /// A message's menu, beside the message.
    Message((i32, i32)),
    /// The chooser of a cut.
    Cut,
    /// What else can be made to happen.
    More,
    /// What links do to messages.
    Water,
    /// Where scenarios are opened and the run is saved.
    Files,
    /// What the marks mean.
    Legend,
    /// The settings of a side.
    Settings(usize),
    /// The list of checks of a side.
    Checks(usize),
    /// The list of keys.
    Keys,
}
