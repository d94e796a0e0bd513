//! What stands in the dialogs, in a chunk of its own.

use crate::app::{App, Open};
use crate::callbacks::Link;
use crate::chunk::chunk;
use crate::cut::{self, CutMsg};
use crate::snapshot::Snapshot;
use crate::water::{self, WaterMsg};
use crate::{checks, menu};
use yew::Html;

/// The dialogs, but for their frame.
pub(crate) struct Dialogs {
    /// What stands in this one; nothing where what it is about is gone.
    pub(crate) body: fn(&App, &Link, &Snapshot, Open) -> Option<Html>,
    /// A choice in the chooser of a cut.
    pub(crate) cut: fn(&mut App, CutMsg),
    /// A move in the panel for rough water.
    pub(crate) water: fn(&mut App, WaterMsg),
}

chunk! {
    /// Fetches the dialogs.
    dialogs: Dialogs = Dialogs {
        body,
        cut: App::cut,
        water: App::water,
    };
}

fn body(app: &App, link: &Link, shown: &Snapshot, open: Open) -> Option<Html> {
    Some(match open {
        Open::Node(side, id, _) => {
            let node = shown.nodes.iter().find(|node| node.id == id)?;
            menu::menu(link, node, side, &app.menu_write)
        }
        Open::Cut => cut::chooser(link, &shown.nodes, &app.chooser),
        Open::Water => water::panel(link, shown, &app.panel),
        Open::Checks(side) => checks::list(shown.sides.get(side)?),
    })
}
