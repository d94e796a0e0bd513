//! What the marks mean, each drawn as it stands on the page.

use crate::app::{Msg, Open};
use crate::callbacks::Link;
use crate::el::{El, button, el, span};
use crate::icons::{Icon, fixed, icon};
use crate::text;
use yew::Html;

/// A mark in each line, in the order of the words. They never change, so they go to the browser as
/// they are written.
const MARKS: &str = include_str!("legend.html");

/// The way to it; where there is little room it shows its sign alone.
pub(crate) fn way(link: &Link, class: &'static str) -> Html {
    button(class, link, Msg::Open(Open::Legend))
        .word("aria-haspopup", "dialog")
        .word("aria-label", text::LEGEND)
        .word("title", text::LEGEND)
        .put(icon(Icon::Ask))
        .put(span("", text::LEGEND))
        .done()
}

/// The dialog's body.
pub(crate) fn body() -> Html {
    let mut marks = MARKS.lines();
    let part = |(title, words): &(&'static str, &[&'static str])| {
        let entry = |words: &&'static str| {
            let mark = fixed(marks.next().unwrap_or_default());
            el("li", "")
                .with(el("span", "mark").put(mark))
                .with(el("p", "").say(words))
                .done()
        };
        part(title, words.iter().map(entry).collect()).done()
    };
    let parts = text::LEGEND_PARTS.iter().map(part).collect();
    el("div", "legend")
        .with(el("p", "").say(text::LEGEND_INTRO))
        .with(el("div", "legend-parts").all(parts))
        .done()
}

fn part(title: &'static str, entries: Vec<Html>) -> El {
    el("section", "part")
        .with(el("h3", "").say(title))
        .with(el("ul", "").all(entries))
}

#[cfg(test)]
mod tests {
    use super::{MARKS, text};

    #[test]
    fn each_mark_has_its_words() {
        let words = text::LEGEND_PARTS.iter().map(|(_, words)| words.len());
        assert_eq!(MARKS.lines().count(), words.sum::<usize>());
    }
}
