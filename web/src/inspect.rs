//! What is looked into: a node, a message, or how a guarantee broke. It stands beside the stages,
//! or lies over them as a sheet where there is little room, and follows the run as time goes.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::choice::Choice;
use crate::chunk::Absent;
use crate::chunks::Chunks;
use crate::command::Focus;
use crate::el::{el, icon_button};
use crate::icons::Icon;
use crate::inspect_node::{self, NodePanel};
use crate::message::{self, MessagePanel};
use crate::snapshot::Snapshot;
use crate::story::{self, Story};
use crate::text;
use consensus::NodeId;
use scenario::Run;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Something that can be looked into, on a side, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inspected {
    /// A node.
    Node(usize, NodeId),
    /// A message, by its number in the run.
    Message(usize, u64),
    /// How a guarantee broke there.
    Story(usize),
}

impl Inspected {
    /// How it is called by whoever knows no more of it.
    fn title(self) -> String {
        match self {
            Self::Node(_, node) => text::inside_node(node),
            Self::Message(..) => text::MESSAGE.to_string(),
            Self::Story(_) => text::BROKEN_TITLE.to_string(),
        }
    }
}

/// What is looked into, as it stands.
pub(crate) struct Panel {
    /// What it is.
    inspected: Inspected,
    /// How it is called.
    title: String,
    /// A guarantee that broke, as told to screen readers; empty where none did.
    pub(crate) announced: String,
    /// Makes the panel's body, where that is here.
    body: Option<Body>,
}

/// Makes a panel's body.
type Body = Box<dyn Fn(&Link, &Choice, &Snapshot) -> Html>;

/// What the loop remembers of what is looked into.
#[derive(Default)]
pub(crate) struct Inspector {
    looked: Option<Inspected>,
    /// The message, as it was when it was last on its way.
    message: Option<Rc<MessagePanel>>,
    /// How guarantees broke, in this run or in a future left behind.
    stories: Vec<Rc<Story>>,
}

impl Inspector {
    /// Looks into something else, or into nothing.
    pub(crate) fn look(&mut self, inspected: Option<Inspected>) {
        self.looked = inspected;
        self.message = None;
    }

    /// Another run begins: a node of the same name may be there, but no message and no story.
    pub(crate) fn forget(&mut self) {
        self.stories.clear();
        if !matches!(self.looked, Some(Inspected::Node(..))) {
            self.look(None);
        }
    }

    /// What is looked into, as views mark it.
    pub(crate) fn focus(&self) -> Focus {
        let mut focus = Focus::default();
        match self.looked {
            Some(Inspected::Node(_, node)) => focus.node = Some(node),
            Some(Inspected::Message(side, number)) => focus.message = Some((side, number)),
            Some(Inspected::Story(_)) | None => {}
        }
        focus
    }

    /// A guarantee broke just now: how it came to that is looked into.
    pub(crate) fn tell(&mut self, run: &Run) {
        self.stories.clear();
        let first = story::breaks(run).next();
        self.look(first.map(|(side, _)| Inspected::Story(side)));
    }

    /// What is looked into, as it stands in the run.
    pub(crate) fn panel(&mut self, run: &Run, chunks: &Chunks) -> Option<Panel> {
        let inspected = self.looked?;
        match chunks.dialogs.contents() {
            Ok(dialogs) => (dialogs.inspection)(self, run, chunks),
            Err(_) => Some(Panel {
                inspected,
                title: inspected.title(),
                announced: String::new(),
                body: None,
            }),
        }
    }

    /// The same, for the chunk that holds it.
    pub(crate) fn inspection(&mut self, run: &Run, chunks: &Chunks) -> Option<Panel> {
        let inspected = self.looked?;
        let mut announced = String::new();
        let (title, body): (String, Body) = match inspected {
            Inspected::Node(side, node) => {
                let played = run.sides().get(side)?;
                let detail = chunks.insight(played)?.node(node)?;
                let panel = NodePanel::take(played, side, detail, run.at())?;
                (
                    inspected.title(),
                    Box::new(move |link, _, _| inspect_node::show(link, &panel)),
                )
            }
            Inspected::Message(side, number) => {
                let detail = chunks.insight(run.sides().get(side)?)?.message(number);
                let panel = match (detail, &self.message) {
                    (Some(detail), _) => MessagePanel::new(side, detail),
                    (None, Some(last)) => last.gone(run.at()),
                    (None, None) => return None,
                };
                let panel = Rc::new(panel);
                self.message = Some(panel.clone());
                let title = panel.title();
                (
                    title,
                    Box::new(move |link, _, _| message::show(link, &panel)),
                )
            }
            Inspected::Story(side) => {
                if self.stories.is_empty() {
                    self.stories = Story::all(run).map(Rc::new).collect();
                }
                let story = self.stories.iter().find(|it| it.side == side)?.clone();
                announced = story.violation.sentence();
                let show = move |link: &Link, choice: &Choice, shown: &Snapshot| {
                    story::show(link, choice, shown, &story)
                };
                (inspected.title(), Box::new(show))
            }
        };
        Some(Panel {
            inspected,
            title,
            announced,
            body: Some(body),
        })
    }
}

/// Where the panel stands on the page, and what has the focus when it goes.
#[derive(Default)]
pub(crate) struct Shelf {
    place: NodeRef,
    /// Somebody asked for it, and it is to take the focus.
    asked: bool,
    /// Who had the focus before.
    before: Option<HtmlElement>,
}

impl Shelf {
    /// Somebody looks into something else, or into nothing; a node comes from its stage.
    pub(crate) fn look(&mut self, inspected: Option<Inspected>, stages: &[NodeRef]) {
        self.asked = inspected.is_some();
        let came = inspected.and_then(|_| pressed_in_view());
        match inspected {
            Some(_) if came.is_some() => self.before = came,
            Some(Inspected::Node(side, node)) => {
                let stage = stages.get(side).and_then(NodeRef::cast::<Element>);
                let selector = ["[data-node=\"", &node.0.to_string(), "\"]"].concat();
                let node = stage.and_then(|it| it.query_selector(&selector).ok().flatten());
                self.before = node.map(JsCast::unchecked_into);
            }
            Some(_) => {}
            None => {
                if let Some(before) = self.before.take() {
                    let _ = before.focus();
                }
            }
        }
    }

    /// After a rendering in which a panel stands on the page, or not.
    pub(crate) fn rendered(&mut self, stands: bool) {
        if self.asked
            && stands
            && let Some(panel) = self.place.cast::<HtmlElement>()
        {
            self.asked = false;
            let _ = panel.focus();
        }
    }
}

/// What has the focus, where that is a mark in a view beside the ring.
fn pressed_in_view() -> Option<HtmlElement> {
    let active = web_sys::window()?.document()?.active_element()?;
    // Whatever can have the focus, in SVG or not, takes it in the same way.
    active
        .has_attribute("data-rove")
        .then(|| active.unchecked_into())
}

/// The panel, where something is looked into.
pub(crate) fn aside(app: &App, link: &Link) -> Option<Html> {
    let shown = app.shown.as_deref()?;
    let panel = shown.panel.as_ref()?;
    let title = panel.title.clone();
    let body = match (&panel.body, app.chunks.dialogs.contents()) {
        (Some(body), _) => body(link, &app.choice, shown),
        (None, Err(absent)) => absent.show(link, Msg::Inspect(Some(panel.inspected))),
        // It was told of just before it arrived, and will be anew.
        (None, Ok(_)) => Absent::Coming.show(link, Msg::Shut),
    };
    let close = [text::CLOSE; 2];
    let head = el("header", "")
        .with(el("h2", "").text(title.clone()))
        .with(icon_button(
            "iconbtn",
            Icon::Close,
            close,
            link,
            Msg::Inspect(None),
        ));
    let aside = el("aside", "inspector")
        .at(&app.shelf.place)
        .word("tabindex", "-1")
        .attr("aria-label", title)
        .with(head)
        .put(body);
    Some(aside.done())
}

/// A name and what it stands for, in a list of such.
pub(crate) fn item(name: &'static str, value: Html, meaning: &'static str) -> Html {
    el("div", "item")
        .with(el("dt", "").say(name))
        .with(el("dd", "").put(value))
        .with(el("dd", "meaning").say(meaning))
        .done()
}
