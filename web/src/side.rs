//! One rule: its name, its honesty, its stage, what just happened and why, and what it costs.

use crate::address::Page;
use crate::app::App;
use crate::callbacks::{Link, pick_protocol};
use crate::el::{El, disc, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::part::part;
use crate::snapshot::{Proof, Side};
use crate::{checks, measures, mutants, protocol, settings, text, views};
use scenario::ProtocolName;
use scene::caption::{Caption, Segment};
use yew::prelude::*;

/// A region of the page for one side; `over` lies over its stage.
pub(crate) fn side(
    app: &App,
    link: &Link,
    (place, protocol): (usize, ProtocolName),
    side: Option<&Side>,
    (stage, over): (&NodeRef, Html),
) -> Html {
    let title = app.choice.name(place);
    let mut section = el("section", "rule").attr("aria-labelledby", id(place));
    let mut told = el("div", "why");
    let mut costs = el("div", "costs");
    if let Some(side) = side {
        section = prove(section, &side.proof);
        told = told.put(part(link, side.caption.clone(), why));
        costs = costs.put(measures::show(link, &side.measures));
    }
    let svg = el("svg", "stage")
        .at(stage)
        .word("role", "group")
        .attr("aria-label", text::on_ring(title));
    let water = el("div", "water")
        .with(svg)
        .with(el("div", "over").put(over));
    let body = el("div", "views")
        .word("data-view", app.view.name())
        .put(views::tabs(link, app.view, place))
        .with(water)
        .with(el("div", "beside-ring").put(views::pane(app, link, place)));
    section
        .with(head(app, link, (place, protocol), side))
        .with(body)
        .with(el("div", "beside").with(told).with(costs))
        .done()
}

/// What tells a run from another one, for whoever compares.
fn prove(section: El, proof: &Proof) -> El {
    let section = section
        .attr("data-events", proof.events.to_string())
        .attr("data-digest", proof.digest.clone());
    match &proof.state {
        Some(state) => section.attr("data-state-digest", state.clone()),
        None => section,
    }
}

/// The protocol, what it holds to, and whether it does.
fn head(
    app: &App,
    link: &Link,
    (place, protocol): (usize, ProtocolName),
    side: Option<&Side>,
) -> El {
    let checks = side.map(|side| side.checks.as_slice()).unwrap_or_default();
    let mut size = el("div", "size");
    if let (Page::Play, Some(shown)) = (app.choice.page, &app.shown) {
        size = size.put(app.choice.stepper.show(link, shown.given));
    }
    el("header", "")
        .put(part(
            link,
            (place, app.choice.name(place), protocol),
            heading,
        ))
        .with(el("p", "").say(protocol::subtitle(protocol)))
        .with(size)
        .with(el("div", "opens").put(settings::opener(link, place, app.choice.name(place))))
        .with(el("div", "honest").put(checks::badge(link, place, checks)))
        .with(el("p", "unlike").text(app.choice.unlike(place).to_string()))
        .with(el("div", "rule-off").put(mutants::notice(link, &app.choice, protocol)))
}

/// The name of a side's heading in the document.
fn id(place: usize) -> String {
    ["side-", &place.to_string()].concat()
}

/// The protocol's name, which opens the choice of another one.
fn heading(link: &Link, &(place, name, protocol): &(usize, &'static str, ProtocolName)) -> Html {
    let option = |one: ProtocolName| {
        el("option", "")
            .flag("selected", one == protocol)
            .say(protocol::title(one))
            .done()
    };
    let pick = el("select", "")
        .word("aria-label", text::protocol_of(place))
        .hear(pick_protocol(link, place))
        .all(ProtocolName::ALL.map(option).to_vec());
    el("div", "protocol")
        .with(el("h2", "").attr("id", id(place)).say(name))
        .put(icon(Icon::Chevron))
        .with(pick)
        .done()
}

/// The sentence, and its reason.
fn why(_: &Link, caption: &Caption) -> Html {
    let key = [&caption.at.0.to_string(), " ", &caption.text()].concat();
    let mut cite = el("p", "cite");
    if !caption.because.is_empty() {
        cite = cite
            .put(icon(Icon::Why))
            .with(el("b", "because").say(text::WHY).say(caption.because))
            .put(span("", caption.source));
    }
    el("div", "told")
        .key(key)
        .with(el("p", "sentence").all(words(caption)))
        .with(cite)
        .done()
}

/// A sentence with the nodes in it as discs.
pub(crate) fn words(caption: &Caption) -> Vec<Html> {
    caption.segments.iter().map(segment).collect()
}

fn segment(segment: &Segment) -> Html {
    match segment {
        Segment::Text(text) => spoken("words", text.clone()),
        Segment::Node { node, fill } => disc(*node, *fill),
    }
}
