//! A file that is dropped anywhere on the page.

use crate::files::files_of;
use crate::text;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlElement};

/// What tells, on the body of the document, that files hang over it.
const OVER: &str = "data-dropping";

/// Listens for files that are dropped, for as long as the listeners live.
pub(crate) fn listen(on_files: impl Fn(Vec<File>) + Clone + 'static) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return Vec::new();
    };
    let Some(body) = document.body() else {
        return Vec::new();
    };
    let hear = |kind| {
        let (body, on_files) = (body.clone(), on_files.clone());
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document, kind, options, move |event| {
            if let Some(files) = dropped(event, &body) {
                on_files(files);
            }
        })
    };
    ["dragover", "dragleave", "drop"].map(hear).into()
}

/// The files that were dropped, where any were. What is dragged within the page is none of ours.
fn dropped(event: &Event, body: &HtmlElement) -> Option<Vec<File>> {
    let drag = event.dyn_ref::<DragEvent>()?;
    let carried = drag.data_transfer()?;
    if !carried.types().includes(&"Files".into(), 0) {
        return None;
    }
    event.prevent_default();
    match &*drag.type_() {
        "dragover" => {
            let _ = body.set_attribute(OVER, text::DROP_HERE);
        }
        // It leaves the page when it goes to no other element of it.
        "dragleave" if drag.related_target().is_some() => {}
        _ => {
            let _ = body.remove_attribute(OVER);
        }
    }
    let files = files_of(&carried.files()?);
    (drag.type_() == "drop" && !files.is_empty()).then_some(files)
}
