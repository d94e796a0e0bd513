//! The top bar: which page, which scenario, which seed, light or dark.

use crate::address::Page;
use crate::app::{Msg, Open};
use crate::callbacks::{Link, choose, input, submit};
use crate::choice::{Choice, ChoiceMsg};
use crate::el::{el, icon_button, span};
use crate::icons::{Icon, fixed, icon};
use crate::legend;
use crate::presets::TITLES;
use crate::seed;
use crate::text;
use yew::prelude::*;

const WORDMARK: &str = "<div class='wordmark'><svg viewBox='0 0 32 24' aria-hidden='true'><circle cx='16' cy='8' r='5.5'/><path d='M2 17.5q3.5-4.5 7 0t7 0 7 0 7 0'/></svg><span>Whitewater</span></div>";

/// The seed's field: what stands in it, and what is wrong with that.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct SeedField {
    field: NodeRef,
    shown: Option<u64>,
    /// What is wrong with what was typed; empty where nothing is.
    pub(crate) trouble: String,
}

impl SeedField {
    /// What was typed.
    pub(crate) fn typed(&self) -> Result<u64, String> {
        let typed = input(&self.field).map(|input| input.value());
        seed::parse(&typed.unwrap_or_default())
    }

    /// After a rendering: the field follows the seed that is played, and keeps what is typed.
    pub(crate) fn rendered(&mut self, seed: u64) {
        if self.shown != Some(seed)
            && let Some(input) = input(&self.field)
        {
            input.set_value(&seed::show(seed));
            self.shown = Some(seed);
        }
    }

    fn show(&self, link: &Link) -> Html {
        let wrong = if self.trouble.is_empty() {
            "false"
        } else {
            "true"
        };
        let mut field = el("input", "mono");
        for (name, value) in [
            ("type", "text"),
            ("size", "9"),
            ("maxlength", "24"),
            ("spellcheck", "false"),
            ("autocomplete", "off"),
            ("autocapitalize", "off"),
            ("aria-invalid", wrong),
            ("aria-describedby", "seed-trouble"),
            ("title", text::SEED_HINT),
        ] {
            field = field.word(name, value);
        }
        let draw = [text::NEW_SEED; 2];
        el("form", "seed")
            .hear(submit(link, Msg::Choice(ChoiceMsg::SeedTyped)))
            .with(
                el("label", "")
                    .put(span("dim", text::SEED))
                    .with(field.at(&self.field)),
            )
            .with(icon_button(
                "iconbtn",
                Icon::Dice,
                draw,
                link,
                Msg::Choice(ChoiceMsg::SeedDrawn),
            ))
            .with(
                el("p", "field-trouble")
                    .word("id", "seed-trouble")
                    .word("role", "alert")
                    .text(self.trouble.clone()),
            )
            .done()
    }
}

/// What the top bar shows.
#[derive(PartialEq)]
pub(crate) struct Header {
    page: Page,
    /// The scenario's place among the presets, where it is one.
    preset: Option<usize>,
    /// Its title, where it is none.
    own_title: Option<String>,
    seed_field: SeedField,
}

impl Header {
    /// As it stands.
    pub(crate) fn of(choice: &Choice) -> Self {
        Self {
            page: choice.page,
            preset: choice.shown_preset(),
            own_title: choice.own_title().map(str::to_string),
            seed_field: choice.seed_field.clone(),
        }
    }
}

/// The top bar.
pub(crate) fn header(link: &Link, shown: &Header) -> Html {
    let option = |(place, &(name, title)): (usize, &(&'static str, &'static str))| {
        el("option", "")
            .word("value", name)
            .flag("selected", Some(place) == shown.preset)
            .say(title)
            .done()
    };
    let mut options: Vec<Html> = TITLES.iter().enumerate().map(option).collect();
    if let Some(title) = &shown.own_title {
        let own = el("option", "").flag("selected", true).text(title.clone());
        options.push(own.done());
    }
    let pick = el("label", "btn pick")
        .put(span("dim", text::SCENARIO))
        .with(el("select", "").hear(choose(link)).all(options))
        .put(icon(Icon::Chevron))
        .done();
    let files = icon_button(
        "iconbtn",
        Icon::Open,
        [text::FILES; 2],
        link,
        Msg::Open(Open::Files),
    )
    .word("aria-haspopup", "dialog");
    let theme = icon_button("iconbtn", Icon::Theme, [text::THEME; 2], link, Msg::Theme);
    el("header", "top")
        .with(
            el("div", "top-left")
                .put(fixed(WORDMARK))
                .put(navigation(shown.page)),
        )
        .with(el("div", "top-run").put(pick).with(files))
        .with(
            el("div", "top-acts")
                .put(legend::way(link, "btn quiet"))
                .put(shown.seed_field.show(link))
                .with(theme),
        )
        .done()
}

/// The way from page to page: links, so that they can be kept and passed on.
fn navigation(shown: Page) -> Html {
    let go = |page: Page| {
        let words = match page {
            Page::Play => text::PLAY_PAGE,
            Page::Compare => text::COMPARE_PAGE,
        };
        let mut go = el("a", "").word("href", page.href()).say(words);
        if page == shown {
            go = go.word("aria-current", "page");
        }
        go.done()
    };
    el("nav", "nav")
        .word("aria-label", text::PAGES)
        .all(Page::ALL.map(go).to_vec())
        .done()
}
