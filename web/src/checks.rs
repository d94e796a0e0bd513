//! Honesty: what is checked at every step, how it stands, and by what two runs can be compared.

use crate::app::{Msg, Open};
use crate::callbacks::Link;
use crate::el::{button, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::snapshot::{Proof, Side};
use crate::text;
use scenario::simulator::{Property, Standing};
use yew::prelude::*;

/// The badge beside a side's name.
pub(crate) fn badge(link: &Link, side: usize, checks: &[(Property, Standing)]) -> Html {
    let broken = checks
        .iter()
        .find(|(_, standing)| matches!(standing, Standing::Broken { .. }));
    let waits = checks
        .iter()
        .filter(|(_, standing)| *standing == Standing::Waits)
        .count();
    let holding = checks
        .iter()
        .filter(|(_, standing)| matches!(standing, Standing::Holds { .. }))
        .count();
    let (class, sign, words, more) = match (broken, waits) {
        (Some((property, _)), _) => (
            "badge broken",
            Icon::Broken,
            [property.name(), text::IS_BROKEN].concat(),
            "",
        ),
        (None, _) if checks.is_empty() => {
            let words = text::NOT_CHECKED_YET.to_string();
            ("badge wait", Icon::Waits, words, "")
        }
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
pub(crate) fn list(side: &Side) -> Html {
    el("div", "checks")
        .with(el("ul", "checklist").all(side.checks.iter().map(row).collect()))
        .put(proof(&side.proof))
        .done()
}

fn row((property, standing): &(Property, Standing)) -> Html {
    let (class, sign, words) = match standing {
        Standing::Holds { .. } | Standing::Counted { count: 0, .. } => {
            ("badge ok", Icon::Tick, text::HOLDS.to_string())
        }
        Standing::Counted { count, .. } => {
            let words = text::not_promised(&grouped(*count));
            ("badge wait", Icon::Broken, words)
        }
        Standing::Undecided { keys } => {
            let words = text::undecided(&grouped(*keys));
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
    el("li", "")
        .with(el("span", class).put(icon(sign)))
        .with(
            el("div", "")
                .with(el("b", "").say(property.name()))
                .text(words)
                .put(sentence),
        )
        .done()
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
