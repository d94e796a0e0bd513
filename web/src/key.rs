//! The Key: what each mark means, drawn as it is on the stage.

use crate::callbacks::Link;
use crate::el::{el, span};
use crate::icons::{Icon, fixed, icon};
use crate::text;
use yew::Html;

/// The marks never change, so they go to the browser as they are written: a tenth of the code that
/// would build them piece by piece.
const MARKS: &str = include_str!("key.html");

/// The Key, one tap away.
pub(crate) fn key(_: &Link, (): &()) -> Html {
    let words = el("summary", "btn quiet")
        .put(icon(Icon::Key))
        .put(span("", text::KEY));
    el("details", "key")
        .with(words)
        .with(el("div", "").put(fixed(MARKS)))
        .done()
}
