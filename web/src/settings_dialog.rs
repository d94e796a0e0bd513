//! The dialog of a side's settings, in a chunk of its own.

use crate::app::Msg;
use crate::callbacks::{Link, submit};
use crate::chunk::chunk;
use crate::el::{El, button, el, span, spoken};
use crate::settings::{Checked, Form, SettingsMsg};
use crate::settings_fields::{Field, Kind, fields};
use crate::settings_values::{check, range, said, shown};
use crate::text;
use scenario::{ProtocolName, Setup};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The dialog: how it looks, and what stands in it.
pub(crate) struct SettingsDialog {
    /// The fields of a protocol's settings.
    pub(crate) show: fn(&Link, ProtocolName, &Form) -> Html,
    /// Looks at what stands in the fields.
    pub(crate) check: fn(ProtocolName, &Form) -> Checked,
}

chunk! {
    /// Fetches the dialog of a side's settings.
    settings: SettingsDialog = SettingsDialog { show, check };
}

fn show(link: &Link, protocol: ProtocolName, form: &Form) -> Html {
    let usual = Setup::default();
    let mut parts: Vec<(&'static str, Vec<Html>)> = Vec::new();
    for (place, field) in fields(protocol).iter().enumerate() {
        let row = row(link, (place, field), form, &usual);
        match parts.last_mut().filter(|(part, _)| *part == field.part) {
            Some((_, rows)) => rows.push(row),
            None => parts.push((field.part, vec![row])),
        }
    }
    let part = |(name, rows): (&'static str, Vec<Html>)| {
        el("fieldset", "")
            .with(el("legend", "").say(name))
            .with(el("div", "setting-rows").all(rows))
            .done()
    };
    let parts = parts.into_iter().map(part).collect();
    let play = el("button", "btn main")
        .word("type", "submit")
        .say(text::PLAY_WITH_THESE);
    let reset = button("btn", link, Msg::Settings(SettingsMsg::Reset)).say(text::USUAL);
    el("form", "settings")
        .flag("novalidate", true)
        .hear(submit(link, Msg::Settings(SettingsMsg::Play)))
        .with(el("div", "setting-parts").all(parts))
        .with(
            el("div", "setting-acts")
                .put(span("dim", text::PLAYS_ANEW))
                .with(reset)
                .with(play),
        )
        .done()
}

fn id(place: usize, what: &str) -> String {
    ["setting-", &place.to_string(), what].concat()
}

fn row(link: &Link, (place, field): (usize, &Field), form: &Form, usual: &Setup) -> Html {
    let [name, _, meaning] = field.words;
    let trouble = form.troubles.iter().find(|it| it.0 == place);
    let trouble = trouble.map(|it| it.1.clone()).unwrap_or_default();
    let typed = form.typed.iter().find(|it| it.0 == place);
    let now = (field.get)(&form.from);
    let words = typed.map_or_else(|| shown(field.kind, now), |it| it.1.clone());
    let invalid = if trouble.is_empty() { "false" } else { "true" };
    let told = [id(place, "-means"), " ".into(), id(place, "-trouble")].concat();
    let control = match field.kind {
        Kind::Choice(names) => choice(link, place, (names, &words)),
        Kind::Switch => switch(link, place, &words),
        Kind::Span { .. } | Kind::Number { .. } => amount(link, (place, field), words),
    };
    let control = control
        .word("aria-label", name)
        .word("aria-invalid", invalid)
        .attr("aria-describedby", told);
    let unit = match field.kind {
        Kind::Span { .. } => text::MS,
        Kind::Number { unit, .. } => unit,
        Kind::Switch | Kind::Choice(_) => "",
    };
    let default = text::usually(&said(field.kind, (field.get)(usual)));
    let limits = match range(field.kind) {
        Some(range) => [&range, "; ", &*default, "."].concat(),
        None => [&*default, "."].concat(),
    };
    el("div", "setting")
        .with(
            el("label", "").put(span("setting-name", name)).with(
                el("span", "setting-value")
                    .with(control)
                    .put(span("unit", unit)),
            ),
        )
        .with(
            el("p", "setting-means")
                .attr("id", id(place, "-means"))
                .put(span("", meaning))
                .put(spoken("dim", sentence(&limits))),
        )
        .with(
            el("p", "setting-trouble")
                .attr("id", id(place, "-trouble"))
                .word("role", "alert")
                .text(trouble),
        )
        .done()
}

/// A sentence of these words, behind another one.
fn sentence(words: &str) -> String {
    let mut sentence = [" ", words].concat();
    if let Some(first) = sentence.get_mut(1..2) {
        first.make_ascii_uppercase();
    }
    sentence
}

fn amount(link: &Link, (place, field): (usize, &Field), words: String) -> El {
    let whole = matches!(field.kind, Kind::Number { .. });
    el("input", "")
        .word("type", "text")
        .word("inputmode", if whole { "numeric" } else { "decimal" })
        .word("autocomplete", "off")
        .word("maxlength", "12")
        .value(words)
        .hear(typing(link, place))
        .hear(leaving(link))
}

fn switch(link: &Link, place: usize, words: &str) -> El {
    let link = link.clone();
    let flip = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let words = if input.checked() { "1" } else { "0" };
        tell(&link, place, words.to_string());
    });
    el("input", "")
        .word("type", "checkbox")
        .checked(words != "0")
        .hear(Rc::new(yew::html::onchange::Wrapper::new(flip)))
}

fn choice(link: &Link, place: usize, (names, words): (&[&'static str], &str)) -> El {
    let option = |(number, name): (usize, &&'static str)| {
        el("option", "")
            .flag("selected", number.to_string() == words)
            .say(name)
            .done()
    };
    let link = link.clone();
    let pick = Callback::from(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        tell(&link, place, select.selected_index().max(0).to_string());
    });
    el("select", "")
        .hear(Rc::new(yew::html::onchange::Wrapper::new(pick)))
        .all(names.iter().enumerate().map(option).collect())
}

/// Something is chosen, and looked at at once.
fn tell(link: &Link, place: usize, words: String) {
    let told = [SettingsMsg::Typed(place, words), SettingsMsg::Left];
    link.send_message_batch(told.map(Msg::Settings).to_vec());
}

fn typing(link: &Link, place: usize) -> Rc<dyn yew::virtual_dom::Listener> {
    let link = link.clone();
    let heard = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        link.send_message(Msg::Settings(SettingsMsg::Typed(place, input.value())));
    });
    Rc::new(yew::html::oninput::Wrapper::new(heard))
}

fn leaving(link: &Link) -> Rc<dyn yew::virtual_dom::Listener> {
    let link = link.clone();
    let heard = Callback::from(move |_: Event| link.send_message(Msg::Settings(SettingsMsg::Left)));
    Rc::new(yew::html::onchange::Wrapper::new(heard))
}
