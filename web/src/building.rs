//! The page is built in steps, a frame for each, so that none of them holds the browser up for long.

use crate::app::Msg;
use crate::callbacks::Link;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// How much of the page stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Built {
    /// The top bar.
    #[default]
    Bar,
    /// The timeline and the controls too: a run is there.
    Timeline,
    /// All of it.
    Stages,
}

impl Built {
    /// Asks for the next step, where there is one.
    pub(crate) fn go_on(self, link: &Link) {
        let next = match self {
            Self::Bar => Self::Timeline,
            Self::Timeline => Self::Stages,
            Self::Stages => return,
        };
        let link = link.clone();
        let step = Closure::once_into_js(move || link.send_message(Msg::Build(next)));
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(step.unchecked_ref());
        }
    }
}
