//! The timeline: one window of time, who led on each side, and what was done to both.

use crate::app::Msg;
use crate::callbacks::{Link, slide};
use crate::command::Command;
use crate::el::{button, el, span, spoken};
use crate::protocol::title;
use crate::snapshot::{Snapshot, Twig};
use crate::text;
use consensus::Micros;
use scene::decimal;
use scene::lanes::{Bar, Lane, Mark, Note, Shared, Sign, Window};
use yew::prelude::*;

/// The lanes under one ruler.
pub(crate) fn timeline(link: &Link, shown: &Snapshot) -> Html {
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
        .map(|side| lane(link, title(side.protocol), &side.lane))
        .collect();
    let mut first = el("div", "first-place");
    if let Some(at) = shown.parting {
        first = first.put(first_difference(link, at, window));
    }
    let twigs = shown.twigs.iter().map(|twig| branch(link, twig)).collect();
    el("div", class)
        .attr("style", places(&[("--now:", now)]))
        .with(
            el("div", "ruler")
                .word("aria-hidden", "true")
                .all(ruler(window, shown.parting)),
        )
        .with(el("div", "lead-lanes").all(lanes))
        .put(acts(link, name, &shown.shared, window))
        .with(el("div", "branches").all(twigs))
        .with(first)
        .with(
            el("div", playhead)
                .attr("data-at", clock(window.cursor))
                .word("aria-hidden", "true"),
        )
        .done()
}

/// Seconds with three decimals.
pub(crate) fn clock(at: Micros) -> String {
    at.to_string().trim_end_matches(" s").to_string()
}

/// A style that gives variables their numbers, in percent.
fn places(places: &[(&str, f64)]) -> String {
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
fn ruler(window: &Window, first: Option<Micros>) -> Vec<Html> {
    let taken = [Some((window.cursor, 4.5)), first.map(|at| (at, 2.5))]
        .map(|taken| taken.map(|(at, room)| (window.place(at), room)));
    let free = |at: &Micros| {
        let place = window.place(*at);
        !taken
            .iter()
            .flatten()
            .any(|(other, room)| (place - other).abs() < *room)
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
        let place = window.place(at);
        let class = match (at.0 == 0, at == window.end) {
            (true, _) => "start early",
            (_, true) => "end",
            _ if place < 60.0 => "early",
            _ => "",
        };
        el("span", class)
            .attr("style", places(&[("--t:", place)]))
            .text(words)
            .done()
    };
    window.ticks().filter(free).map(tick).collect()
}

fn lane(link: &Link, title: &'static str, lane: &Lane) -> Html {
    let bars = lane.bars.iter().map(bar).collect();
    let track = el("div", "track")
        .with(el("div", "bars").all(bars))
        .put(marks(link, &lane.marks))
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

fn marks(link: &Link, marks: &[Mark]) -> Html {
    let marks = marks.iter().map(|one| mark(link, one)).collect();
    el("div", "marks").all(marks).done()
}

/// A class, and those that go with it where something is so.
fn class(always: &str, sometimes: &[(bool, &str)]) -> String {
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

/// A mark can be pointed at; by keyboard the slider and the steps lead to the same moments.
fn mark(link: &Link, mark: &Mark) -> Html {
    let (sign, named) = match mark.sign {
        Sign::Crown => ("i-crown", ""),
        Sign::Down => ("i-down", ""),
        Sign::Ask => ("i-ask", ""),
        Sign::Write(_) => ("i-write", ""),
        Sign::Cut => ("i-cut", text::MARK_CUT),
        Sign::Heal => ("i-heal", text::MARK_HEALED),
        Sign::Stop => ("i-stop", ""),
        Sign::Start => ("i-start", ""),
        Sign::CutOneWay => ("i-cut one", text::MARK_ONE_WAY),
        Sign::Pause => ("i-pause", ""),
        Sign::Resume => ("i-resume", ""),
        Sign::Slow => ("i-slow", ""),
        Sign::Water => ("i-water", ""),
    };
    let words = match mark.sign {
        Sign::Write(value) => value.to_string(),
        _ => String::new(),
    };
    let class = class(
        "ev",
        &[
            (mark.low, "low"),
            (mark.ahead, "future"),
            (!named.is_empty(), "named"),
        ],
    );
    let mut symbol = el("i", sign);
    if mark.fill > 0 {
        symbol = symbol.attr("data-term", mark.fill.to_string());
    }
    el("span", "")
        .attr("class", class)
        .attr("style", places(&[("--t:", mark.place)]))
        .word("role", "img")
        .attr("aria-label", mark.said.clone())
        .attr("title", mark.said.clone())
        .press(link, seek(mark.at))
        .with(symbol.text(words))
        .with(el("span", "").word("aria-hidden", "true").say(named))
        .done()
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
        .put(marks(link, &shared.marks))
        .with(
            el("label", "scrub")
                .attr("style", places(&[("--b:", reached)]))
                .put(span("vh", text::TIME))
                .put(slider),
        )
        .done();
    row("lane both", name, track)
}

fn branch(link: &Link, twig: &Twig) -> Html {
    let name = button("twig-name", link, Msg::Ask(Command::TakeUp(twig.branch)))
        .attr("style", places(&[("--t:", twig.from.min(70.0))]))
        .word("title", text::BRANCH_HINT)
        .put(span("vh", text::BRANCH_SAID))
        .text(twig.label.clone());
    let up = twig.up as f64;
    let reach = places(&[("--a:", twig.from), ("--b:", twig.to), ("--up:", up)]);
    let track = el("div", "track")
        .with(el("span", "twig").attr("style", reach))
        .with(name)
        .done();
    row("lane branch", text::BRANCH, track)
}

fn first_difference(link: &Link, at: Micros, window: &Window) -> Html {
    let place = window.place(at);
    let behind = place - window.place(window.cursor);
    // Its words stand on the side where there is room and the cursor's time is not.
    let early = place < 16.0 || (-2.0..16.0).contains(&behind);
    let covered = (-30.0..2.0).contains(&behind);
    let class = class(
        "first",
        &[
            (early, "early"),
            (place < 30.0, "narrowly"),
            (covered, "covered"),
            (behind.abs() < 4.0, "close"),
        ],
    );
    let go = button("", link, seek(at))
        .with(el("b", "").say(text::FIRST_DIFFERENCE))
        .put(spoken("dim", at.to_string()));
    el("div", "")
        .attr("class", class)
        .attr("style", places(&[("--t:", place)]))
        .with(go)
        .done()
}
