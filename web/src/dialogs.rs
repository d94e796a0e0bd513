//! What stands in the dialogs and in the inspector, in a chunk of its own.

use crate::callbacks::Link;
use crate::choice::Choice;
use crate::chunk::chunk;
use crate::cut::{self, Chooser};
use crate::inspect;
use crate::snapshot::{NodeState, Side, Snapshot};
use crate::tools::WriteField;
use crate::water::{self, Panel};
use crate::{checks, menu};
use yew::Html;

/// The bodies of the dialogs and of the inspector.
pub(crate) struct Dialogs {
    /// What can be done to a node.
    pub(crate) menu: fn(&Link, &NodeState, usize, &WriteField) -> Html,
    /// Where to cut.
    pub(crate) cut: fn(&Link, &[NodeState], &Chooser) -> Html,
    /// What links do to messages.
    pub(crate) water: fn(&Link, &Snapshot, &Panel) -> Html,
    /// Every check of a side.
    pub(crate) checks: fn(&Link, &Choice, (usize, &Side)) -> Html,
    /// What is looked into.
    pub(crate) inspector: fn(&Link, &Choice, &Snapshot, &inspect::Panel) -> Html,
}

chunk! {
    /// Fetches the dialogs.
    dialogs: Dialogs = Dialogs {
        menu: menu::menu,
        cut: cut::chooser,
        water: water::panel,
        checks: checks::list,
        inspector: inspect::body,
    };
}
