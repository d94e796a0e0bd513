//! Where the app meets a page: any element can host it, and what stops it is told outside.

use crate::app::App;
use crate::seed;
use crate::text;
use consensus::Micros;
use serde::Serialize;
use std::cell::Cell;
use std::panic::PanicHookInfo;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// What is told when the app has stopped: enough to run into the same trouble again.
#[derive(Serialize)]
struct Report<'a> {
    /// What went wrong.
    message: &'a str,
    /// File, line and column, where they are known.
    location: Option<&'a str>,
    /// The version of the app.
    version: &'static str,
    /// The scenario that was played.
    scenario: &'static str,
    /// Its seed, as the page shows it.
    seed: String,
    /// The moment that was shown last, in microseconds.
    at: f64,
}

thread_local! {
    /// The run that is played, kept where a panic can still read it: its scenario and seed.
    static RUN: Cell<(&'static str, u64)> = const { Cell::new(("", 0)) };
    /// The moment that was shown last.
    static AT: Cell<Micros> = const { Cell::new(Micros::ZERO) };
}

/// Remembers which run is played.
pub(crate) fn note_run(scenario: &'static str, seed: u64) {
    RUN.set((scenario, seed));
}

/// Remembers which moment is shown.
pub(crate) fn note_at(at: Micros) {
    AT.set(at);
}

/// Runs the app inside `host`, in place of what stands there.
pub(crate) fn mount(host: Element) {
    yew::set_custom_panic_hook(Box::new(report));
    yew::Renderer::<App>::with_root(host).render();
}

/// After a panic nothing here can be trusted any more: the page outside draws the crash screen.
fn report(panic: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(panic);
    let location = panic.location().map(ToString::to_string);
    let payload = panic.payload();
    let fixed = payload.downcast_ref::<&str>().copied();
    let made = || payload.downcast_ref::<String>().map(String::as_str);
    let message = fixed.or_else(made).unwrap_or(text::UNKNOWN_TROUBLE);
    crash(message, location.as_deref());
}

/// Tells the page outside that the app has stopped, and why.
pub(crate) fn crash(message: &str, location: Option<&str>) {
    let (scenario, seed) = RUN.get();
    let report = Report {
        message,
        location,
        version: env!("CARGO_PKG_VERSION"),
        scenario,
        seed: seed::show(seed),
        at: AT.get().0 as f64,
    };
    let init = CustomEventInit::new();
    if let Ok(detail) = serde_wasm_bindgen::to_value(&report) {
        init.set_detail(&detail);
    }
    if let Some(window) = web_sys::window()
        && let Ok(event) = CustomEvent::new_with_event_init_dict("whitewater:crash", &init)
    {
        let _ = window.dispatch_event(&event);
    }
}
