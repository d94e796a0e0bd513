//! The dialog in which a scenario is opened and the run is saved.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{El, button, el, span};
use crate::files::{FilesMsg, Told, files_of};
use crate::icons::{Icon, icon};
use crate::text;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// The dialog's body.
pub(crate) fn body(link: &Link, told: Option<&Told>) -> Html {
    let to = link.clone();
    let chosen = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let list = input.files();
        let files: Vec<File> = list.iter().flat_map(files_of).collect();
        // The same file may be chosen again, once it is mended.
        input.set_value("");
        if !files.is_empty() {
            to.send_message(Msg::Files(FilesMsg::Given(files)));
        }
    });
    let field = el("input", "vh")
        .word("type", "file")
        .word("accept", ".json,application/json")
        .hear(Rc::new(yew::html::onchange::Wrapper::new(chosen)));
    let choose = el("label", "btn main file-btn")
        .put(icon(Icon::Open))
        .put(span("", text::CHOOSE_A_FILE))
        .with(field);
    let save = button("btn file-btn", link, Msg::Files(FilesMsg::Save))
        .put(icon(Icon::Save))
        .put(span("", text::SAVE));
    el("div", "files")
        .with(news(told))
        .with(part(text::OPEN_A_FILE, choose, text::OR_DROP_IT))
        .with(part(text::SAVE_THE_RUN, save, text::WHAT_IS_SAVED))
        .done()
}

fn part(title: &'static str, control: El, words: &'static str) -> El {
    el("section", "part")
        .with(el("h3", "").say(title))
        .with(control)
        .with(el("p", "dim").say(words))
}

/// What became of it.
fn news(told: Option<&Told>) -> El {
    let (class, role) = match told {
        Some(Told::Refused { .. } | Told::NotSaved(_)) => ("file-news wrong", "alert"),
        _ => ("file-news", "status"),
    };
    let mut place = el("div", class).word("role", role);
    match told {
        None => {}
        Some(Told::Refused {
            name,
            place: at,
            problem,
        }) => {
            let problem = el("p", "")
                .with(el("b", "").text(at.clone()))
                .text(problem.clone());
            place = place
                .with(el("h3", "").text(text::cannot_open(name)))
                .with(problem)
                .with(el("p", "dim").say(text::RUN_GOES_ON));
        }
        Some(Told::Saved(name)) => {
            let name = el("b", "").text(name.clone());
            place = place.with(el("p", "").say(text::SAVED).with(name).say("."));
        }
        Some(Told::NotSaved(why)) => {
            place = place.with(
                el("p", "")
                    .with(el("b", "").say(text::NOT_SAVED))
                    .text(why.clone()),
            );
        }
    }
    place
}
