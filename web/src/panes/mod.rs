//! The views beside the ring: what they show is read from the run while they are shown.

mod diagram;
mod events;
mod export;
mod extent;
mod list;
mod logs;
mod rove;
mod table;

use crate::app::Msg;
use crate::callbacks::Link;
use crate::chunk::chunk;
use crate::command::Focus;
use crate::el::el;
use crate::protocol;
use crate::text;
use crate::views::{Panes, Reader, View, Views};
use consensus::{Micros, NodeId, Reign};
use diagram::Diagram;
use export::Format;
use extent::Extent;
use list::{List, Lists};
use logs::Logs;
use scenario::simulator::Excerpt;
use scenario::{ProtocolName, Run, Side};
use scene::caption::node_fill;
use scene::events::EventKind;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// What a person can do in a view.
#[derive(Clone)]
pub(crate) enum PaneMsg {
    /// The diagram shows more time, or less.
    Zoom(i32),
    /// A side's diagram becomes a file.
    Export(usize, Format),
    /// The logs of a side are shown from this position on; from the latest where it is none.
    First(usize, Option<u64>),
    /// A side's list was scrolled.
    Scrolled(usize),
    /// The lists follow the moment, or stay.
    Follow,
    /// The lists show a kind of events, or no longer.
    Kind(EventKind),
    /// The lists show what concerns one node only.
    Node(Option<NodeId>),
    /// The lists show what holds these words.
    Search(String),
    /// The lists reach further back.
    Earlier,
    /// There is another room for the view.
    Sized,
}

chunk! {
    /// Fetches the views beside the ring.
    views: Views = Views { make };
}

/// They are styled by what arrives with them.
const STYLES: &str = include_str!("../../styles/panes.css");

fn make() -> Reader {
    Rc::new(RefCell::new(Beside::default()))
}

/// The views beside the ring.
#[derive(Default)]
struct Beside {
    view: View,
    sides: Vec<Pane>,
    extent: Extent,
    lists: Lists,
    focus: Focus,
    /// The moment that people stand at.
    cursor: Micros,
    /// Whether no time passes.
    stands: bool,
}

/// A side's pane.
#[derive(Default)]
struct Pane {
    excerpt: Excerpt,
    /// The element whose size decides.
    room: NodeRef,
    /// Its size in CSS pixels, as far as it is known.
    size: (f64, f64),
    /// From which position on the logs are shown.
    first: Option<u64>,
    about: About,
    shown: Shown,
}

/// What is to be known of a side by whatever shows it.
struct About {
    protocol: ProtocolName,
    seed: u64,
    reigns: Vec<Reign>,
    /// Every node's fill.
    fills: Vec<(NodeId, u8)>,
}

impl Default for About {
    fn default() -> Self {
        Self {
            protocol: ProtocolName::Raft,
            seed: 0,
            reigns: Vec::new(),
            fills: Vec::new(),
        }
    }
}

impl About {
    fn take(side: &Side) -> Self {
        let view = side.playback().engine().glance();
        let nodes = view.nodes.iter();
        Self {
            protocol: side.protocol(),
            seed: side.setup().world.seed,
            fills: nodes.map(|it| (it.id, node_fill(&view, it.id))).collect(),
            reigns: view.reigns,
        }
    }

    fn fill(&self, node: NodeId) -> u8 {
        let known = self.fills.iter().find(|it| it.0 == node);
        known.map_or(0, |it| it.1)
    }

    fn title(&self) -> &'static str {
        protocol::title(self.protocol)
    }
}

/// What was read of a side.
#[derive(Default)]
enum Shown {
    #[default]
    Nothing,
    Diagram(Rc<Diagram>),
    Logs(Box<Logs>),
    List(Box<List>),
}

impl Panes for Beside {
    fn turn(&mut self, view: View) {
        if self.view != view {
            self.view = view;
            self.sides.clear();
        }
    }

    fn forget(&mut self) {
        self.sides.clear();
        self.extent = Extent::default();
    }

    fn read(&mut self, run: &Run, focus: Focus, stands: bool) -> bool {
        (self.focus, self.cursor, self.stands) = (focus, run.at(), stands);
        self.sides.resize_with(run.sides().len(), Pane::default);
        self.extent.follow(run.at(), run.reached());
        let mut done = true;
        for (place, (pane, side)) in self.sides.iter_mut().zip(run.sides()).enumerate() {
            pane.about = About::take(side);
            let (shown, whole) = match self.view {
                View::Ring => (Shown::Nothing, true),
                View::Spacetime => diagram::read(pane, side, &self.extent, run.at()),
                View::Logs => (logs::read(pane, side), true),
                View::Events => list::read(pane, (place, side), &self.lists, run.at()),
            };
            pane.shown = shown;
            done &= whole;
        }
        done
    }

    fn hear(&mut self, msg: PaneMsg) {
        match msg {
            PaneMsg::Zoom(steps) => self.extent.zoom(steps),
            PaneMsg::Export(side, format) => {
                if let Some(Shown::Diagram(diagram)) = self.sides.get(side).map(|it| &it.shown) {
                    export::export(&self.sides[side].about, diagram, format);
                }
            }
            PaneMsg::First(side, first) => {
                if let Some(pane) = self.sides.get_mut(side) {
                    pane.first = first;
                }
            }
            PaneMsg::Scrolled(side) => {
                if let Some(pane) = self.sides.get(side) {
                    self.lists.scrolled(side, pane);
                }
            }
            PaneMsg::Follow => self.lists.follow = !self.lists.follow,
            PaneMsg::Kind(kind) => self.lists.filter.kinds = self.lists.filter.kinds.toggled(kind),
            PaneMsg::Node(node) => self.lists.filter.node = node,
            PaneMsg::Search(words) => self.lists.filter.search = words,
            PaneMsg::Earlier => self.lists.earlier(),
            PaneMsg::Sized => {}
        }
    }

    fn show(&self, link: &Link, side: usize) -> Html {
        let Some(pane) = self.sides.get(side) else {
            return Html::default();
        };
        let view = match &pane.shown {
            // Its room is measured before anything is read for it.
            Shown::Nothing => el("section", "pane")
                .with(el("div", "room").at(&pane.room))
                .done(),
            Shown::Diagram(diagram) => diagram::show(self, link, (side, pane), diagram),
            Shown::Logs(logs) => table::show(self, link, (side, pane), logs),
            Shown::List(list) => events::show(self, link, (side, pane), list),
        };
        let styles = if side == 0 { STYLES } else { "" };
        el("div", "pane-place")
            .key(self.view.name().to_string())
            .with(el("style", "").say(styles))
            .put(view)
            .done()
    }

    fn rendered(&mut self, link: &Link) {
        for (side, pane) in self.sides.iter_mut().enumerate() {
            let Some(room) = pane.room.cast::<Element>() else {
                continue;
            };
            let size = (
                f64::from(room.client_width()),
                f64::from(room.client_height()),
            );
            if core::mem::replace(&mut pane.size, size) != size {
                link.send_message(Msg::Pane(PaneMsg::Sized));
            }
            if let Shown::List(list) = &pane.shown {
                self.lists.keep_up(side, &room, list);
            }
        }
    }
}

/// The label of a side's view.
fn label(about: &About, view: View) -> String {
    text::view_of(about.title(), view as usize)
}
