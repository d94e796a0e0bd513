//! Playback: play and pause, one event at a time, how fast.

use crate::app::Msg;
use crate::callbacks::{Link, slide};
use crate::command::Command;
use crate::el::{el, icon_button, span, spoken};
use crate::icons::{Icon, fixed};
use crate::snapshot::Snapshot;
use crate::speed::Speed;
use crate::timeline::clock;
use yew::prelude::*;

/// The transport, with the tools beside it.
pub(crate) fn transport(link: &Link, shown: &Snapshot, tools: Html) -> Html {
    let window = &shown.window;
    let key = |class, sign, label, title, command| {
        icon_button(class, sign, [label, title], link, Msg::Ask(command)).done()
    };
    let (sign, words, title) = match (shown.playing, shown.stepping) {
        (true, _) => (Icon::Pause, "Pause", "Pause (space)"),
        (false, false) => (Icon::Play, "Play", "Play (space)"),
        (false, true) => (Icon::Play, "Step through", "Step through (space)"),
    };
    let keys = vec![
        key(
            "iconbtn restart",
            Icon::Restart,
            "Restart",
            "Restart",
            Command::Restart,
        ),
        key(
            "iconbtn",
            Icon::Back,
            "Step back",
            "One event back (,)",
            Command::Back,
        ),
        key("playbtn", sign, words, title, Command::Toggle),
        key(
            "iconbtn",
            Icon::Forward,
            "Step forward",
            "One event forward (.)",
            Command::Forward,
        ),
    ];
    let clocks = el("p", "clock")
        .with(el("b", "").text(clock(window.cursor)))
        .put(span("unit", " s "))
        .put(spoken("dim", ["of ", &clock(window.reached)].concat()));
    el("div", "transport")
        .with(
            el("div", "keys")
                .word("role", "group")
                .word("aria-label", "Playback")
                .all(keys),
        )
        .with(clocks)
        .put(speed(link, shown.speed))
        .put(tools)
        .done()
}

fn speed(link: &Link, speed: Speed) -> Html {
    let told = |place| Msg::Ask(Command::Speed(Speed::at(place as usize)));
    let slider = el("input", "")
        .word("type", "range")
        .word("min", "0")
        .attr("max", Speed::LAST.to_string())
        .word("step", "1")
        .value(speed.place().to_string())
        .attr("aria-valuetext", speed.said())
        .hear(slide(link, told))
        .done();
    el("label", "speed")
        .put(span("", "Speed"))
        .with(el("span", "slider").put(slider).put(fixed(TICKS)))
        .with(el("output", "").text(speed.label()))
        .done()
}

const TICKS: &str =
    "<span class='ticks' aria-hidden='true'><i></i><i></i><i></i><i></i><i></i></span>";
