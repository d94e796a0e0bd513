//! What stands in the dialogs and in the inspector, in a chunk of its own.

use crate::address::Page;
use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::choice::Choice;
use crate::chunk::chunk;
use crate::chunks::Chunks;
use crate::cut::{self, Chooser};
use crate::engines::LookInto;
use crate::inspect::{Inspector, Panel as Inspection};
use crate::legend;
use crate::menu::{self, Slowness};
use crate::more::{self, Fields};
use crate::snapshot::{NodeState, Side, Snapshot};
use crate::tools::WriteField;
use crate::water::{self, Panel};
use crate::{checks, message_menu};
use consensus::raft::Raft;
use scenario::Run;
use scenario::simulator::{Flight, insight};
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
    pub(crate) inspection: fn(&mut Inspector, &Run, &Chunks) -> Option<Inspection>,
    /// Dresses the page for what stands in them, once.
    pub(crate) dress: fn(),
    /// Does what is chosen in a dialog.
    pub(crate) act: fn(&mut App, Msg),
    /// A closer look at a run of Raft.
    pub(crate) raft: LookInto,
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
        inspection: Inspector::inspection,
        dress,
        act,
        raft: insight::<Raft>,
    };
}

/// How it looks: only what is here needs it.
const STYLE: &str = include_str!("../styles/late.css");

/// The name of its element in the document.
const STYLE_ID: &str = "late-style";

fn dress() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    if document.get_element_by_id(STYLE_ID).is_some() {
        return;
    }
    // A browser that makes no element shows the words undressed.
    if let (Some(head), Ok(style)) = (document.head(), document.create_element("style")) {
        style.set_id(STYLE_ID);
        style.set_text_content(Some(STYLE));
        let _ = head.append_child(&style);
    }
}

fn act(app: &mut App, msg: Msg) {
    match msg {
        Msg::Cut(msg) => app.cut(msg),
        Msg::Water(msg) => app.water(msg),
        Msg::Slow(node) => app.slow(node),
        Msg::More(msg) => app.more(msg),
        // Nothing else is sent from within one alone.
        _ => {}
    }
}
