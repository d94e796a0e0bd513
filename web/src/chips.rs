//! The scenarios of one click, on the page of one cluster.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::choice::ChoiceMsg;
use crate::el::{button, el, spoken};
use crate::presets::{NOTES, TITLES};
use crate::text;
use yew::Html;

/// A row of all of them, and what to watch for in the one that is played.
pub(crate) fn row(app: &App, link: &Link) -> Html {
    let chip = |(place, (name, title)): (usize, &(&'static str, &'static str))| {
        let pressed = if place == app.choice.preset && app.choice.own_title().is_none() {
            "true"
        } else {
            "false"
        };
        button("chip", link, Msg::Choice(ChoiceMsg::Preset(place)))
            .word("aria-pressed", pressed)
            .word("title", title)
            .say(text::preset(name).unwrap_or(title))
            .done()
    };
    let chips = TITLES.iter().enumerate().map(chip).collect();
    let (watch, protocols) = NOTES[app.choice.preset];
    let suits = app
        .choice
        .protocols()
        .iter()
        .any(|it| protocols.contains(it));
    let watch = match (app.choice.in_its_water, suits) {
        (true, _) => text::WATCH_BREAKER,
        (_, true) => watch,
        _ => text::SAYS_NOTHING,
    };
    let watch = match app.choice.opened.as_deref() {
        None => watch,
        Some(opened) if opened.watch.is_empty() => text::WATCH_FILE,
        Some(opened) => &opened.watch,
    };
    el("section", "presets")
        .word("aria-label", text::PRESETS)
        .with(el("div", "chips").all(chips))
        .with(
            el("p", "watch")
                .with(el("b", "").say(text::WATCH))
                .put(spoken("", watch.to_string())),
        )
        .done()
}
