//! What stands in the dialogs, in a chunk of its own.

use crate::callbacks::Link;
use crate::chunk::chunk;
use crate::command::SideName;
use crate::cut::{self, Closed};
use crate::snapshot::{NodeState, Side, Snapshot};
use crate::tools::WriteField;
use crate::water::{self, Fault};
use crate::{checks, menu};
use consensus::NodeId;
use yew::Html;

/// The bodies of the dialogs.
pub(crate) struct Dialogs {
    /// What can be done to a node.
    pub(crate) menu: fn(&Link, &NodeState, SideName, &WriteField) -> Html,
    /// Where to cut.
    pub(crate) cut: fn(&Link, &[NodeState], &[NodeId], Closed) -> Html,
    /// What links do to messages.
    pub(crate) water: fn(&Link, &Snapshot, Option<(Fault, usize)>) -> Html,
    /// Every check of a side.
    pub(crate) checks: fn(&Side) -> Html,
}

chunk! {
    /// Fetches the dialogs.
    dialogs: Dialogs = Dialogs {
        menu: menu::menu,
        cut: cut::chooser,
        water: water::panel,
        checks: checks::list,
    };
}
