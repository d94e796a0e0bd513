//! The scenarios of one click, on the page of one cluster.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::choice::{Choice, ChoiceMsg};
use crate::el::{button, el, spoken};
use crate::presets::{NOTES, TITLES};
use crate::text;
use yew::Html;

/// The preset that is played, where it is one, and what to watch for.
#[derive(PartialEq)]
pub(crate) struct Chips {
    preset: Option<usize>,
    watch: String,
}

impl Chips {
    /// As they stand.
    pub(crate) fn of(choice: &Choice) -> Self {
        let preset = choice.shown_preset();
        let watch = match preset.map(|preset| NOTES[preset]) {
            None => choice
                .opened
                .as_ref()
                .map_or(text::WATCH_BREAKER, |it| it.watch()),
            Some((watch, protocols)) => {
                let mut played = choice.protocols().iter();
                if played.any(|it| protocols.contains(it)) {
                    watch
                } else {
                    text::SAYS_NOTHING
                }
            }
        };
        let watch = watch.to_string();
        Self { preset, watch }
    }
}

/// A row of all of them, and what to watch for in the one that is played.
pub(crate) fn row(link: &Link, shown: &Chips) -> Html {
    let chip = |(place, (name, title)): (usize, &(&'static str, &'static str))| {
        let pressed = if Some(place) == shown.preset {
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
    el("section", "presets")
        .word("aria-label", text::PRESETS)
        .with(el("div", "chips").all(chips))
        .with(
            el("p", "watch")
                .with(el("b", "").say(text::WATCH))
                .put(spoken("", shown.watch.clone())),
        )
        .done()
}
