//! Honesty: what is checked at every step, how it stands, and by what two runs can be compared.

use crate::app::{Msg, Open};
use crate::callbacks::Link;
use crate::choice::Choice;
use crate::el::{El, button, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::inspect::Inspected;
use crate::snapshot::{Proof, Side};
use crate::{mutants, text};
use consensus::Micros;
use scenario::simulator::{Engine, Property, Standing, Violation};
use yew::prelude::*;

/// One check.
pub(crate) struct Check {
    property: Property,
    standing: Standing,
    /// How the property was broken first, where it was.
    first: Option<Violation>,
}

impl Check {
    /// Every check of a run, as it stands.
    pub(crate) fn all(engine: &dyn Engine, at: Micros) -> Vec<Self> {
        let all = engine.checks(at).into_iter();
        let all = all.map(|(property, standing)| Self {
            property,
            standing,
            first: engine.first_break(property).cloned(),
        });
        all.collect()
    }

    fn is_broken(&self) -> bool {
        matches!(self.standing, Standing::Broken { .. })
    }
}

/// The badge beside a side's name; it leads to the checks.
pub(crate) fn badge(link: &Link, side: usize, checks: &[Check]) -> Html {
    let broken = checks.iter().find(|it| it.is_broken());
    let count = |is: fn(&Standing) -> bool| checks.iter().filter(|it| is(&it.standing)).count();
    let waits = count(|it| *it == Standing::Waits);
    let holding = count(|it| matches!(it, Standing::Holds { .. }));
    let (class, sign, words, more) = match (broken, waits) {
        (Some(check), _) => (
            "badge broken",
            Icon::Broken,
            [check.property.name(), text::IS_BROKEN].concat(),
            "",
        ),
        (None, 0) => ("badge ok", Icon::Tick, text::checks_hold(holding), ""),
        (None, waits) => (
            "badge wait",
            Icon::Waits,
            text::checks_wait(waits),
            text::FOR_WHOLE_NETWORK,
        ),
    };
    button(class, link, Msg::Open(Open::Checks(side)))
        .word("aria-haspopup", "dialog")
        .put(icon(sign))
        .with(el("span", "").text(words).put(span("more", more)))
        .done()
}

/// Every check in a sentence, and what tells one run from another.
pub(crate) fn list(link: &Link, choice: &Choice, (place, side): (usize, &Side)) -> Html {
    let rows = side.checks.iter().map(|check| row(link, place, check));
    el("div", "checks")
        .put(mutants::choice(link, choice, side.protocol))
        .with(el("ul", "checklist").all(rows.collect()))
        .put(proof(&side.proof))
        .done()
}

fn row(link: &Link, side: usize, check: &Check) -> Html {
    let property = check.property;
    let (class, sign, words) = match check.standing {
        Standing::Holds { since } => ("badge ok", Icon::Tick, text::holds_since(since)),
        Standing::Counted { count: 0, .. } => {
            ("badge ok", Icon::Tick, text::holds_since(Micros::ZERO))
        }
        Standing::Counted { count, .. } => {
            let words = text::not_promised(&grouped(count));
            ("badge wait", Icon::Broken, words)
        }
        Standing::Undecided { keys } => {
            let words = text::undecided(&grouped(keys));
            ("badge wait", Icon::Waits, words)
        }
        Standing::Waits => ("badge wait", Icon::Waits, text::WAITS.to_string()),
        Standing::Broken { .. } => ("badge broken", Icon::Broken, text::IS_BROKEN.to_string()),
    };
    let sentence = el("p", "")
        .say(property.sentence())
        .say(" ")
        .put(span("dim", property.source()))
        .done();
    let told = el("div", "")
        .with(el("b", "").say(property.name()))
        .text(words)
        .put(sentence);
    el("li", "")
        .with(el("span", class).put(icon(sign)))
        .with(told.with(broken(link, side, check)))
        .done()
}

/// How a property was broken first, and the way there.
fn broken(link: &Link, side: usize, check: &Check) -> El {
    let place = el("div", "first-break");
    let Some(first) = &check.first else {
        return place;
    };
    let names: Vec<String> = first.nodes.iter().map(ToString::to_string).collect();
    let there = button("btn", link, Msg::Visit(first.at)).say(text::GO_THERE);
    let place = place
        .with(el("span", "").text(text::violated(first.at, &names.join(text::AND))))
        .with(there);
    if check.is_broken() {
        let story = Msg::Inspect(Some(Inspected::Story(side)));
        return place.with(button("btn", link, story).say(text::HOW_IT_CAME));
    }
    place
}

fn proof(proof: &Proof) -> Html {
    let state = proof.state.clone().unwrap_or_else(|| "…".to_string());
    el("div", "proof")
        .with(
            el("p", "")
                .say(text::EVENT)
                .with(el("b", "").text(grouped(proof.events)))
                .say(text::DIGEST)
                .put(spoken("mono", proof.digest.clone())),
        )
        .with(el("p", "").say(text::STATE).put(spoken("mono", state)))
        .with(el("p", "dim").say(text::EQUAL_DIGESTS))
        .done()
}

/// A number in groups of three digits, with narrow gaps.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}
