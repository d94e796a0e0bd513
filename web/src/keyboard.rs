//! Keys that work wherever one is on the page, except where they mean something already.

use crate::command::Command;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Fields take every key, and a dialog has the keyboard to itself.
const FIELDS: &str = "input:not([type=range]), textarea, select, [contenteditable=''], [contenteditable=true], dialog";
/// A slider takes the arrows.
const SLIDERS: &str = "input[type=range]";
/// A button takes the space.
const BUTTONS: &str = "button, summary, a, [role=button]";

/// Listens to the keys of a whole document, for as long as the listener lives.
pub(crate) fn listen(on_command: impl Fn(Command) + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            if let Some(command) = command(event) {
                event.prevent_default();
                on_command(command);
            }
        },
    ))
}

fn command(event: &Event) -> Option<Command> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
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
    match event.key().as_str() {
        " " if !within(BUTTONS) => Some(Command::Toggle),
        "." => Some(Command::Forward),
        "," => Some(Command::Back),
        "ArrowRight" if !within(SLIDERS) => Some(Command::Forward),
        "ArrowLeft" if !within(SLIDERS) => Some(Command::Back),
        _ => None,
    }
}
