//! The first difference of two sides: when it came, and in what.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, disc, el, span, spoken};
use crate::side::words;
use crate::text;
use consensus::NodeId;
use scenario::{Difference, Divergence, Parting, Run, Side, Unlike};
use scene::caption::node_fill;
use scene::events::{Telling, tell};
use yew::Html;

/// A sentence for each side, and the way there.
pub(crate) fn difference(
    link: &Link,
    run: &Run,
    parting: Option<&Parting>,
    names: &[&'static str],
) -> Html {
    let place = el("div", "difference");
    let Some(parting) = parting else {
        return place.with(el("p", "").say(text::NO_DIFFERENCE)).done();
    };
    let at = parting.at();
    let sides = run.sides().iter().zip(names).enumerate();
    let row = |name, told| {
        el("div", "")
            .with(el("dt", "").say(name))
            .with(el("dd", "").put(told))
            .done()
    };
    let both_do_the_same = match parting {
        Parting::Difference(_) => false,
        Parting::Divergence(it) => {
            (0..2).all(|side| unlike(it, side).is_none() && it.sides[side].is_some())
        }
    };
    let shown = if both_do_the_same { 1 } else { 2 };
    let side = sides.take(shown).map(|(place, (side, name))| {
        let told = match parting {
            Parting::Difference(it) => seen(it, side, place),
            Parting::Divergence(it) => stepped(it, side, place),
        };
        row(
            if both_do_the_same {
                text::BOTH_SIDES
            } else {
                name
            },
            told,
        )
    });
    place
        .with(
            el("p", "difference-at")
                .with(el("b", "").text(text::first_difference_at(at)))
                .with(button("btn", link, Msg::Visit(at)).say(text::GO_TO_DIFFERENCE)),
        )
        .with(el("dl", "").all(side.collect()))
        .done()
}

/// What a side was seen to do.
fn seen(difference: &Difference, side: &Side, place: usize) -> Html {
    let told = match difference.unlike {
        Unlike::Claims(claims) => match claims.get(place).copied().flatten() {
            Some((at, node)) => {
                let view = side.playback().engine().glance();
                return el("span", "")
                    .put(disc(node, node_fill(&view, node)))
                    .put(spoken("words", text::begins_to_lead(at)))
                    .done();
            }
            None => text::NOBODY_BEGINS.to_string(),
        },
        Unlike::Answers { call, told } => {
            let told = told.get(place).copied().flatten();
            text::call_told(call.client.0 + 1, call.sequence, told)
        }
    };
    spoken("words", told)
}

/// The place of the first that a side did in a step and the other did not.
fn unlike(divergence: &Divergence, place: usize) -> Option<usize> {
    let other = divergence.sides[1 - place].iter();
    let other: Vec<_> = other.flat_map(|it| &it.told).collect();
    let mut own = divergence.sides[place].iter().flat_map(|it| &it.told);
    own.position(|told| !other.iter().any(|it| it.what == told.what))
}

/// What a side did in the first step that is not the same on both.
fn stepped(divergence: &Divergence, side: &Side, place: usize) -> Html {
    let Some(own) = &divergence.sides[place] else {
        return span("", text::NO_MORE_EVENTS);
    };
    let unlike = unlike(divergence, place);
    let view = side.playback().engine().glance();
    let fills = |node: NodeId| node_fill(&view, node);
    let telling = Telling {
        reigns: &view.reigns,
        fills: &fills,
    };
    let told = unlike.or_else(|| own.told.len().checked_sub(1));
    let said = told.map(|place| {
        let caption = tell(&own.told[..place], &own.told[place], &telling);
        words(&caption)
    });
    let note = if unlike.is_none() {
        text::OTHERWISE_THE_SAME
    } else {
        ""
    };
    el("div", "stepped")
        .with(el("span", "").all(said.unwrap_or_default()))
        .put(span("dim", note))
        .done()
}
