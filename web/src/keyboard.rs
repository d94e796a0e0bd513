//! Keys that work wherever one is on the page, except where they mean something already.

use crate::app::{App, Msg, Open};
use crate::callbacks::Link;
use crate::chunk::Absent;
use crate::command::Command;
use crate::cut::CutMsg;
use crate::shortcuts::{Deed, Place, deed};
use crate::text;
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Fields take every key, and a dialog has the keyboard to itself.
const FIELDS: &str = "input:not([type=range]), textarea, select, [contenteditable=''], [contenteditable=true], dialog";
/// A slider takes the keys that move it.
const SLIDERS: &str = "input[type=range]";
/// A button takes the space.
const BUTTONS: &str = "button, summary, a, [role=button]";

/// Listens to the keys of a whole document, for as long as the listener lives.
/// Those of a single character do so only while they are switched on: who speaks to the browser may
/// say one by chance.
pub(crate) fn listen(link: Link, single_keys: Rc<Cell<bool>>) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            if let Some(deed) = meant(event, single_keys.get()) {
                event.prevent_default();
                link.send_message(Msg::Key(deed));
            }
        },
    ))
}

fn meant(event: &Event, single_keys: bool) -> Option<Deed> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    if event.default_prevented() {
        return None;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| {
        target
            .as_ref()
            .is_some_and(|target| target.closest(selector).ok().flatten().is_some())
    };
    if within(FIELDS) {
        return None;
    }
    let deed = deed(Place::Page, event)?;
    let key = event.key();
    if !single_keys && key.len() == 1 && key != " " {
        return None;
    }
    let taken = match deed {
        Deed::Toggle => within(BUTTONS),
        // What is typed moves no slider.
        Deed::Forward | Deed::Back => key.len() > 1 && within(SLIDERS),
        Deed::Start | Deed::End => within(SLIDERS),
        _ => false,
    };
    (!taken).then_some(deed)
}

impl App {
    /// Goes to the next milestone, or to the one before, as soon as it is known how.
    pub(crate) fn travel(&mut self, link: &Link, forward: bool) {
        self.asked_way = Some(forward);
        self.chunks.travel.ask(link);
        self.set_out();
    }

    /// Goes the way that was asked for, where it is known how.
    pub(crate) fn set_out(&mut self) {
        match (self.chunks.travel.contents(), self.asked_way) {
            (Ok(travel), Some(forward)) => {
                self.asked_way = None;
                self.trouble = "";
                self.ask(Command::Travel(travel, forward));
            }
            (Err(Absent::Missing), Some(_)) => {
                self.asked_way = None;
                self.trouble = text::NOT_FETCHED;
            }
            _ => {}
        }
    }

    /// Whether something is looked into.
    fn looks(&self) -> bool {
        self.shown.as_ref().is_some_and(|it| it.panel.is_some())
    }

    /// Does what a key says.
    pub(crate) fn key(&mut self, link: &Link, deed: Deed) {
        match deed {
            Deed::Toggle => self.ask(Command::Toggle),
            Deed::Forward => self.ask(Command::Forward),
            Deed::Back => self.ask(Command::Back),
            Deed::NextMilestone => self.travel(link, true),
            Deed::PreviousMilestone => self.travel(link, false),
            Deed::Start => self.ask(Command::Restart),
            Deed::End => self.ask(Command::End),
            Deed::Faster => self.ask(Command::Faster(true)),
            Deed::Slower => self.ask(Command::Faster(false)),
            Deed::Keys => self.show(link, Open::Keys),
            Deed::Leave if self.drawing => self.cut(CutMsg::Leave),
            Deed::Leave if self.looks() => self.inspect(link, None),
            _ => {}
        }
    }
}
