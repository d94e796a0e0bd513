//! The list of events of a side: what happened and why, by kind, by node and by words.

use super::list::List;
use super::rove::{ROVE, ROVER, hovers, keys, within};
use super::{Beside, Pane, PaneMsg, label};
use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::{Command, Focus};
use crate::el::{El, button, el, spoken};
use crate::icons::fixed;
use crate::side::words;
use crate::text;
use crate::timeline::clock;
use crate::views::View;
use consensus::{Micros, NodeId};
use scene::events::{EventKind, EventRow};
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A side's list.
pub(super) fn show(
    beside: &Beside,
    link: &Link,
    (side, pane): (usize, &Pane),
    list: &List,
) -> Html {
    let mut pane_ = el("section", "pane").attr("aria-label", label(&pane.about, View::Events));
    // One filter for all sides.
    pane_ = match side {
        0 => pane_.with(filter(beside, link, pane)),
        _ => pane_.with(el("div", "spare-filter")),
    };
    pane_.with(lines(beside, link, (side, pane), list)).done()
}

/// What is shown of all that happened.
fn filter(beside: &Beside, link: &Link, pane: &Pane) -> El {
    let filter = &beside.lists.filter;
    let chip = |kind: EventKind| {
        let pressed = if filter.kinds.has(kind) {
            "true"
        } else {
            "false"
        };
        button("chip", link, Msg::Pane(PaneMsg::Kind(kind)))
            .word("aria-pressed", pressed)
            .put(sign(kind))
            .say(text::EVENT_KINDS[kind as usize])
            .done()
    };
    let typed = link.clone();
    let on_input = Callback::from(move |event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        typed.send_message(Msg::Pane(PaneMsg::Search(field.value())));
    });
    let search = el("input", "search")
        .word("type", "search")
        .word("placeholder", text::SEARCH)
        .word("aria-label", text::SEARCH_EVENTS)
        .hear(Rc::new(yew::html::oninput::Wrapper::new(on_input)));
    let chosen = link.clone();
    let nodes: Vec<NodeId> = pane.about.fills.iter().map(|it| it.0).collect();
    let known = nodes.clone();
    let on_change = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlSelectElement>();
        let place = usize::try_from(field.selected_index() - 1).ok();
        let node = place.and_then(|it| known.get(it)).copied();
        chosen.send_message(Msg::Pane(PaneMsg::Node(node)));
    });
    let option = |node: Option<NodeId>| {
        let name = node.map_or_else(|| text::ALL_NODES.to_string(), text::node);
        el("option", "")
            .flag("selected", node == filter.node)
            .text(name)
            .done()
    };
    let all = core::iter::once(None).chain(nodes.into_iter().map(Some));
    let which = el("select", "which")
        .word("aria-label", text::EVENTS_OF)
        .hear(Rc::new(yew::html::onchange::Wrapper::new(on_change)))
        .all(all.map(option).collect());
    let follow = button("chip", link, Msg::Pane(PaneMsg::Follow))
        .word(
            "aria-pressed",
            if beside.lists.follow { "true" } else { "false" },
        )
        .say(text::FOLLOW);
    let kinds = el("div", "chips kinds")
        .word("role", "group")
        .word("aria-label", text::KINDS)
        .all(EventKind::ALL.map(chip).to_vec());
    let row = el("div", "pane-bar").with(search).with(which).with(follow);
    el("div", "filter").with(row).with(kinds)
}

/// The lines that can be seen, at their places in all of them.
fn lines(beside: &Beside, link: &Link, (side, pane): (usize, &Pane), list: &List) -> El {
    let height = beside.lists.line(side);
    let all = list.events.total;
    let scrolled = link.clone();
    let on_scroll = Callback::from(move |_: Event| {
        scrolled.send_message(Msg::Pane(PaneMsg::Scrolled(side)));
    });
    let entered = link.clone();
    let press = move |element: &Element| {
        if let Some(at) = number(element, "data-at") {
            entered.send_message(Msg::Visit(Micros(at)));
        }
    };
    let pressed = press.clone();
    let on_click = Callback::from(move |event: MouseEvent| {
        if let Some(line) = within(event.target(), ROVE) {
            pressed(&line);
        }
    });
    let rows = list.events.rows.iter().enumerate();
    let stop = list.now.saturating_sub(1).clamp(
        list.events.first,
        (list.events.first + list.events.rows.len())
            .saturating_sub(1)
            .max(list.events.first),
    );
    let rows =
        rows.map(|(place, row)| line(beside, side, list, (list.events.first + place, row), stop));
    let lines = el("ol", "events")
        .word(ROVER, "row")
        .attr(
            "style",
            format!(
                "padding-top:{}px;height:{}px",
                list.events.first as f64 * height,
                all as f64 * height
            ),
        )
        .hear(Rc::new(yew::html::onclick::Wrapper::new(on_click)))
        .hear(keys(press))
        .all(rows.collect());
    let mut above = el("div", "above");
    if list.from > Micros::ZERO {
        let more = button("btn quiet", link, Msg::Pane(PaneMsg::Earlier));
        above = above.with(more.say(text::EARLIER_EVENTS));
    }
    let mut below = el("p", "nothing").word("role", "status");
    if all == 0 {
        below = below.say(if list.whole {
            text::NO_SUCH_EVENT
        } else {
            text::ON_ITS_WAY
        });
    }
    let room = el("div", "room scrolls")
        .at(&pane.room)
        .hear(Rc::new(yew::html::onscroll::Wrapper::new(on_scroll)))
        .with(lines);
    let room = look(link, side, room);
    el("div", "listing").with(above).with(room).with(below)
}

fn line(
    beside: &Beside,
    side: usize,
    list: &List,
    (place, row): (usize, &EventRow),
    stop: usize,
) -> Html {
    let caption = &row.caption;
    let mut class = "event".to_string();
    for (is, word) in [
        (place >= list.now, " later"),
        (is_lit(beside.focus, side, row), " lit"),
    ] {
        class.push_str(if is { word } else { "" });
    }
    let mut why = el("span", "because");
    if !caption.because.is_empty() {
        why = why
            .say(caption.because)
            .say(" ")
            .put(spoken("source", caption.source.to_string()));
    }
    let told = el("span", "told")
        .with(el("span", "sentence").all(words(caption)))
        .with(why);
    let mut line = el("button", "")
        .word("type", "button")
        .word(ROVE, "")
        .word("tabindex", if place == stop { "0" } else { "-1" })
        .attr("data-at", caption.at.0.to_string())
        .with(el("span", "when").text(clock(caption.at)))
        .put(sign(row.kind))
        .with(told);
    let numbers = [
        ("data-message", row.message),
        ("data-entry", row.entry),
        ("data-of", row.nodes[0].map(|it| u64::from(it.0))),
    ];
    for (name, number) in numbers {
        if let Some(number) = number {
            line = line.attr(name, number.to_string());
        }
    }
    let mut item = el("li", "")
        .attr("class", class)
        .key(format!("{} {}", row.event, place))
        .attr("aria-setsize", list.events.total.to_string())
        .attr("aria-posinset", (place + 1).to_string());
    if place + 1 == list.now {
        item = item.word("aria-current", "true");
    }
    item.with(line).done()
}

/// Whether a line is about what is marked.
fn is_lit(focus: Focus, side: usize, row: &EventRow) -> bool {
    let message = row.message.map(|it| (side, it));
    let message = focus.message.is_some_and(|it| message == Some(it));
    let entry = row.entry.map(|it| (side, it));
    let entry = focus.entry.is_some_and(|it| entry == Some(it));
    let node = focus.node.is_some_and(|it| row.nodes.contains(&Some(it)));
    let here = focus.at.is_none_or(|at| at == row.caption.at);
    // A node is in many lines: with an entry or a moment, only what is about both.
    message || entry || (node && here && focus.entry.is_none() && focus.message.is_none())
}

fn number(element: &Element, name: &str) -> Option<u64> {
    element.get_attribute(name)?.parse().ok()
}

/// Marks what a line is about, in every view.
fn look(link: &Link, side: usize, room: El) -> El {
    let link = link.clone();
    hovers(room, move |target| {
        let focus = within(target, ROVE).map(|line| Focus {
            node: number(&line, "data-of").and_then(|it| Some(NodeId(u16::try_from(it).ok()?))),
            message: number(&line, "data-message").map(|it| (side, it)),
            entry: number(&line, "data-entry").map(|it| (side, it)),
            at: number(&line, "data-at").map(Micros),
        });
        link.send_message(Msg::Ask(Command::Look(focus.unwrap_or_default())));
    })
}

/// The sign of a kind.
fn sign(kind: EventKind) -> Html {
    macro_rules! strokes {
        ($strokes:literal) => {
            concat!(
                "<svg class='icon sign' viewBox='0 0 20 20' aria-hidden='true'>",
                $strokes,
                "</svg>"
            )
        };
    }
    fixed(match kind {
        EventKind::Deed => strokes!("<path d='M10 3v14M6 7l4-4 4 4'/>"),
        EventKind::Power => strokes!("<path d='M10 3.5v6M6.2 5.6a6 6 0 1 0 7.6 0'/>"),
        EventKind::Leadership => {
            strokes!("<path class='solid' d='M3.5 15.5 2.5 7l4 3.5L10 4.5l3.5 6 4-3.5-1 8.5z'/>")
        }
        EventKind::Log => strokes!("<rect x='4' y='4' width='12' height='12' rx='3'/>"),
        EventKind::Rule => {
            strokes!("<path d='M10 9.5v4.5M10 6.3h.01'/><circle cx='10' cy='10' r='7'/>")
        }
        EventKind::Routine => strokes!("<circle cx='10' cy='10' r='2.5'/>"),
        EventKind::Message => strokes!("<path d='M3 10h13M11.5 5.5 16 10l-4.5 4.5'/>"),
        EventKind::Client => strokes!(
            "<rect x='3.5' y='3.5' width='13' height='13' rx='4'/><path d='m7 7.5 2.5 2.5L7 12.5M11 13h2.5'/>"
        ),
        EventKind::Check => {
            strokes!("<path d='M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.5v4M10 13.4h.01'/>")
        }
    })
}
