//! The ways to look at a run. A view is drawn in a side's place for views; the ring keeps its stage
//! while another one is shown.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, el};
use crate::text;
use yew::Html;

/// A way to look at a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The nodes on their ring.
    #[default]
    Ring,
}

impl View {
    /// Every view, in the order of its tabs.
    const ALL: &[Self] = &[Self::Ring];

    const fn title(self) -> &'static str {
        match self {
            Self::Ring => text::RING,
        }
    }
}

/// The tabs of the views; none where there is one view.
pub(crate) fn tabs(link: &Link, shown: View) -> Html {
    let tab = |view: &View| {
        let pressed = if *view == shown { "true" } else { "false" };
        button("tab", link, Msg::View(*view))
            .word("aria-pressed", pressed)
            .say(view.title())
            .done()
    };
    if View::ALL.len() < 2 {
        return Html::default();
    }
    el("div", "tabs")
        .word("role", "group")
        .word("aria-label", text::VIEWS)
        .all(View::ALL.iter().map(tab).collect())
        .done()
}
