//! One rule: its name, its honesty, its stage, what just happened and why, and what it costs.

use crate::callbacks::Link;
use crate::command::SideName;
use crate::el::{disc, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::snapshot::{Proof, Side};
use crate::{checks, measures};
use scene::caption::{Caption, Segment};
use yew::prelude::*;

/// A region of the page for one rule; `over` lies over its stage.
pub(crate) fn side(
    link: &Link,
    name: SideName,
    side: Option<&Side>,
    stage: &NodeRef,
    over: Html,
) -> Html {
    let (id, subtitle) = match name {
        SideName::Raft => ("raft", "Most votes lead"),
        SideName::Oldest => ("oldest", "The longest here leads"),
    };
    let checks = side.map(|side| side.checks.as_slice()).unwrap_or_default();
    let Proof {
        events,
        digest,
        state,
    } = side.map(|side| side.proof.clone()).unwrap_or_default();
    let mut section = el("section", "rule")
        .word("aria-labelledby", id)
        .attr("data-events", events.to_string())
        .attr("data-digest", digest);
    if let Some(state) = state {
        section = section.attr("data-state-digest", state);
    }
    let head = el("header", "")
        .with(el("h2", "").word("id", id).say(name.title()))
        .with(el("p", "").say(subtitle))
        .with(el("div", "honest").put(checks::badge(link, name, checks)));
    let svg = el("svg", "stage").at(stage).word("role", "group").attr(
        "aria-label",
        [name.title(), ": the nodes on their ring"].concat(),
    );
    let mut told = el("div", "why");
    let mut costs = el("div", "costs");
    if let Some(side) = side {
        told = told.put(why(&side.caption));
        costs = costs.put(measures::show(&side.measures));
    }
    section
        .with(head)
        .with(
            el("div", "water")
                .with(svg)
                .with(el("div", "over").put(over)),
        )
        .with(told)
        .with(costs)
        .done()
}

/// The sentence, and its reason.
fn why(caption: &Caption) -> Html {
    let key = [&caption.at.0.to_string(), " ", &caption.text()].concat();
    let mut cite = el("p", "cite");
    if !caption.because.is_empty() {
        cite = cite
            .put(icon(Icon::Why))
            .with(el("b", "because").say("Why: ").say(caption.because))
            .put(span("", caption.source));
    }
    let segments = caption.segments.iter().map(segment).collect();
    el("div", "told")
        .key(key)
        .with(el("p", "sentence").all(segments))
        .with(cite)
        .done()
}

fn segment(segment: &Segment) -> Html {
    match segment {
        Segment::Text(text) => spoken("words", text.clone()),
        Segment::Node { node, fill } => disc(*node, *fill),
    }
}
