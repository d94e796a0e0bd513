//! One rule: its name, its honesty, its stage, what just happened and why, and what it costs.

use crate::callbacks::{Link, pick_protocol};
use crate::el::{disc, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::snapshot::{Proof, Side};
use crate::{checks, measures, protocol};
use scenario::ProtocolName;
use scene::caption::{Caption, Segment};
use yew::prelude::*;

/// A region of the page for one rule; `over` lies over its stage.
pub(crate) fn side(
    link: &Link,
    (place, protocol): (usize, ProtocolName),
    side: Option<&Side>,
    stage: &NodeRef,
    over: Html,
) -> Html {
    let (id, title) = (id(place), protocol::title(protocol));
    let checks = side.map(|side| side.checks.as_slice()).unwrap_or_default();
    let Proof {
        events,
        digest,
        state,
    } = side.map(|side| side.proof.clone()).unwrap_or_default();
    let mut section = el("section", "rule")
        .attr("aria-labelledby", id)
        .attr("data-events", events.to_string())
        .attr("data-digest", digest);
    if let Some(state) = state {
        section = section.attr("data-state-digest", state);
    }
    let head = el("header", "")
        .put(heading(link, place, protocol))
        .with(el("p", "").say(protocol::subtitle(protocol)))
        .with(el("div", "honest").put(checks::badge(link, place, checks)));
    let svg = el("svg", "stage")
        .at(stage)
        .word("role", "group")
        .attr("aria-label", [title, ": the nodes on their ring"].concat());
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

/// The name of a side's heading in the document.
fn id(place: usize) -> String {
    ["side-", &place.to_string()].concat()
}

/// The protocol's name, which opens the choice of another one.
fn heading(link: &Link, place: usize, protocol: ProtocolName) -> Html {
    let option = |one: ProtocolName| {
        el("option", "")
            .flag("selected", one == protocol)
            .say(protocol::title(one))
            .done()
    };
    let label = match place {
        0 => "Protocol of the first side",
        _ => "Protocol of the second side",
    };
    let pick = el("select", "")
        .word("aria-label", label)
        .hear(pick_protocol(link, place))
        .all(ProtocolName::ALL.map(option).to_vec());
    el("div", "protocol")
        .with(
            el("h2", "")
                .attr("id", id(place))
                .say(protocol::title(protocol)),
        )
        .put(icon(Icon::Chevron))
        .with(pick)
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
