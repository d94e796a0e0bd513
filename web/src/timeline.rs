//! The timeline: one window of time, who led on each side, and what was done to both.

use crate::app::Msg;
use crate::callbacks::{Link, slide};
use crate::command::Command;
use crate::el::{button, el, span, spoken};
use crate::markers;
use crate::room::{Room, Taken, overlap};
use crate::rove::among_markers;
use crate::snapshot::Snapshot;
use crate::text;
use consensus::Micros;
use scene::decimal;
use scene::lanes::{Bar, Lane, Note, Shared, Window};
use yew::prelude::*;

/// How wide the words of the first difference are, in rem.
const PARTING: f64 = 10.75;
/// The same on a phone, where they leave the moment out.
const PARTING_ON_PHONE: f64 = 8.0;
/// Half of the width of a tick's number.
const TICK: f64 = 1.0;

/// The lanes under one ruler, and the tree of branches under them.
pub(crate) fn timeline(link: &Link, shown: &Snapshot, branches: Html) -> Html {
    let Snapshot { window, sides, .. } = shown;
    let now = window.place(window.cursor);
    let playhead = if now < 4.0 {
        "playhead start"
    } else if now > 96.0 {
        "playhead end"
    } else {
        "playhead"
    };
    let class = if shown.twigs.is_empty() {
        "lanes"
    } else {
        "lanes branched"
    };
    let name = match sides.len() {
        1 => text::ACTS,
        _ => text::ACTS_ON_BOTH,
    };
    let lanes = sides
        .iter()
        .map(|side| lane(link, side.name, &side.lane, window.cursor))
        .collect();
    let room = Room::now();
    let mut taken = vec![room.clock(window)];
    let mut first = el("div", "first-place");
    if let Some(at) = shown.parting {
        let width = if room.phone {
            PARTING_ON_PHONE
        } else {
            PARTING
        };
        let line = room.rem(window.place(at));
        let left = room.beside(line, width, window);
        taken.push((left, left + width));
        first = first.put(first_difference(link, at, window, left - line));
    }
    el("div", class)
        .attr("style", places(&[("--now:", now)]))
        .hear(among_markers())
        .with(
            el("div", "ruler")
                .word("aria-hidden", "true")
                .all(ruler(window, room, &taken)),
        )
        .with(el("div", "lead-lanes").all(lanes))
        .put(acts(link, name, &shown.shared, window))
        .with(el("div", "branches").put(branches))
        .with(first)
        .with(
            el("div", playhead)
                .word("aria-hidden", "true")
                .with(el("b", "").text(clock(window.cursor))),
        )
        .done()
}

/// Seconds with three decimals.
pub(crate) fn clock(at: Micros) -> String {
    at.to_string().trim_end_matches(" s").to_string()
}

/// A style that gives variables their numbers.
pub(crate) fn places(places: &[(&str, f64)]) -> String {
    let mut style = String::new();
    for (name, place) in places {
        style.push_str(name);
        decimal(&mut style, *place, 2);
        style.push(';');
    }
    style
}

fn seek(at: Micros) -> Msg {
    Msg::Ask(Command::Seek(at))
}

/// The ticks, save where something else stands in their place.
fn ruler(window: &Window, room: Room, taken: &[Taken]) -> Vec<Html> {
    let free = |at: &Micros| {
        let place = room.rem(window.place(*at));
        let own = match (at.0 == 0, *at == window.end) {
            (true, _) => (place, place + 2.0 * TICK),
            (_, true) => (place - 2.0 * TICK, place),
            _ => (place - TICK, place + TICK),
        };
        !taken.iter().any(|other| overlap(*other, own))
    };
    let tick = |at: Micros| {
        let mut words = String::new();
        decimal(&mut words, at.0 as f64 / 1_000_000.0, 1);
        if window.tick.0 < 1_000_000 && !words.contains('.') {
            words.push_str(".0");
        }
        if at.0 == 0 {
            words.push_str(" s");
        }
        let class = match (at.0 == 0, at == window.end) {
            (true, _) => "leftmost",
            (_, true) => "rightmost",
            _ => "",
        };
        el("span", class)
            .attr("style", places(&[("--t:", window.place(at))]))
            .text(words)
            .done()
    };
    window.ticks().filter(free).map(tick).collect()
}

fn lane(link: &Link, title: &'static str, lane: &Lane, now: Micros) -> Html {
    let bars = lane.bars.iter().map(bar).collect();
    let track = el("div", "track")
        .with(el("div", "bars").all(bars))
        .put(markers::row(link, title, &lane.marks, now))
        .done();
    row("lane", title, track)
}

/// A title and its track.
fn row(class: &'static str, title: &'static str, track: Html) -> Html {
    el("div", class)
        .with(el("h3", "").say(title))
        .put(track)
        .done()
}

/// A class, and those that go with it where something is so.
pub(crate) fn class(always: &str, sometimes: &[(bool, &str)]) -> String {
    let mut class = always.to_string();
    for (_, word) in sometimes.iter().filter(|(is, _)| *is) {
        class.push(' ');
        class.push_str(word);
    }
    class
}

fn bar(bar: &Bar) -> Html {
    let class = class(
        "bar",
        &[(bar.low, "low"), (bar.idle, "idle"), (bar.ahead, "ahead")],
    );
    let mut made = el("span", "")
        .attr("class", class)
        .attr("data-term", bar.fill.to_string())
        .attr("style", places(&[("--a:", bar.from), ("--b:", bar.to)]));
    if let Some(name) = bar.name {
        let near = if bar.crowned { "" } else { "near" };
        made = made.with(el("b", near).text(name.to_string()));
    }
    let note = bar.note.map(|note| match note {
        Note::CannotCommit => ("right", text::CANNOT_COMMIT),
        Note::TwoLeaders => ("right warn", text::TWO_LEAD),
    });
    if let Some((class, words)) = note {
        made = made.with(el("b", class).say(words));
    }
    made.done()
}

fn acts(link: &Link, name: &'static str, shared: &Shared, window: &Window) -> Html {
    let reach = |(from, to): &(f64, f64)| {
        el("span", "reach")
            .attr("style", places(&[("--a:", *from), ("--b:", *to)]))
            .done()
    };
    let reached = window.place(window.reached);
    let slider = el("input", "")
        .word("type", "range")
        .word("min", "0")
        .attr("max", window.reached.0.to_string())
        .word("step", "1000")
        .value(window.cursor.0.to_string())
        .attr("aria-valuetext", text::in_seconds(&clock(window.cursor)))
        .hear(slide(link, |at| seek(Micros(at))))
        .done();
    let rivers = shared.rivers.iter().map(reach).collect();
    let track = el("div", "track")
        .put(span("axis", ""))
        .with(el("div", "rivers").all(rivers))
        .put(markers::row(link, name, &shared.marks, window.cursor))
        .with(
            el("label", "scrub")
                .attr("style", places(&[("--b:", reached)]))
                .put(span("vh", text::TIME))
                .put(slider),
        )
        .done();
    row("lane both", name, track)
}

/// The line of the first difference; its words stand so far from it, in rem.
fn first_difference(link: &Link, at: Micros, window: &Window, from_line: f64) -> Html {
    let go = button("", link, seek(at))
        .attr("style", places(&[("--x:", from_line)]))
        .with(el("b", "").say(text::FIRST_DIFFERENCE))
        .put(spoken("dim", at.to_string()));
    el("div", "first")
        .attr("style", places(&[("--t:", window.place(at))]))
        .with(go)
        .done()
}
