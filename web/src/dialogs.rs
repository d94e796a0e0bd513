//! What stands in the dialogs and in the inspector, in a chunk of its own.

use crate::address::Page;
use crate::callbacks::Link;
use crate::choice::Choice;
use crate::chunk::chunk;
use crate::cut::{self, Chooser};
use crate::inspect;
use crate::legend;
use crate::menu::{self, Slowness};
use crate::more::{self, Fields};
use crate::snapshot::{NodeState, Side, Snapshot};
use crate::tools::WriteField;
use crate::water::{self, Panel};
use crate::{checks, message_menu};
use scenario::simulator::Flight;
use yew::Html;

/// The bodies of the dialogs and of the inspector.
pub(crate) struct Dialogs {
    /// What can be done to a node.
    pub(crate) menu: fn(&Link, &Snapshot, &NodeState, usize, (&WriteField, &Slowness)) -> Html,
    /// What can be done to a message.
    pub(crate) message: fn(&Link, &Flight, Page) -> Html,
    /// What else can happen.
    pub(crate) more: fn(&Link, &Snapshot, &Fields) -> Html,
    /// Where to cut.
    pub(crate) cut: fn(&Link, &[NodeState], &Chooser) -> Html,
    /// What links do to messages.
    pub(crate) water: fn(&Link, &Snapshot, &Panel) -> Html,
    /// Every check of a side.
    pub(crate) checks: fn(&Link, &Choice, (usize, &Side)) -> Html,
    /// What the marks mean.
    pub(crate) legend: fn() -> Html,
    /// What is looked into.
    pub(crate) inspector: fn(&Link, &Choice, &Snapshot, &inspect::Panel) -> Html,
}

chunk! {
    /// Fetches the dialogs.
    dialogs: Dialogs = Dialogs {
        menu: menu::menu,
        message: message_menu::menu,
        more: more::dialog,
        cut: cut::chooser,
        water: water::panel,
        checks: checks::list,
        legend: legend::body,
        inspector: inspect::body,
    };
}
