//! Playback: play and pause, one event at a time, how fast.

use crate::app::{Msg, Open};
use crate::callbacks::{Link, slide};
use crate::command::Command;
use crate::el::{El, el, icon_button, span, spoken};
use crate::icons::{Icon, fixed};
use crate::part::part;
use crate::snapshot::Snapshot;
use crate::speed::Speed;
use crate::text;
use crate::timeline::clock;
use scene::lanes::Window;
use yew::prelude::*;

/// The transport, with the tools beside it.
pub(crate) fn transport(link: &Link, shown: &Snapshot, tools: Html) -> Html {
    let clocks = clocks(&shown.window);
    let keys = part(link, (shown.playing, shown.stepping), keys);
    el("div", "transport")
        .put(keys)
        .with(clocks)
        .put(part(link, shown.speed, speed))
        .put(tools)
        .with(shortcuts(link))
        .with(
            el("p", "vh")
                .word("role", "status")
                .text(shown.reached.clone()),
        )
        .done()
}

/// The keys of playback, while it plays or not, and where events come one by one.
fn keys(link: &Link, state: &(bool, bool)) -> Html {
    let key = |class, sign, words, command| {
        icon_button(class, sign, words, link, Msg::Ask(command)).done()
    };
    let (sign, words) = match *state {
        (true, _) => (Icon::Pause, text::PAUSE),
        (false, false) => (Icon::Play, text::PLAY),
        (false, true) => (Icon::Play, text::STEP_THROUGH),
    };
    let keys = vec![
        key(
            "iconbtn restart",
            Icon::Restart,
            [text::RESTART; 2],
            Command::Restart,
        ),
        milestone(link, Icon::Earlier, text::PREVIOUS_MILESTONE, false),
        key("iconbtn", Icon::Back, text::STEP_BACK, Command::Back),
        key("playbtn", sign, words, Command::Toggle),
        key(
            "iconbtn",
            Icon::Forward,
            text::STEP_FORWARD,
            Command::Forward,
        ),
        milestone(link, Icon::Later, text::NEXT_MILESTONE, true),
    ];
    el("div", "keys")
        .word("role", "group")
        .word("aria-label", text::PLAYBACK)
        .all(keys)
        .done()
}

fn clocks(window: &Window) -> El {
    el("p", "clock")
        .with(el("b", "").text(clock(window.cursor)))
        .put(span("unit", text::SECONDS))
        .put(spoken("dim", text::of(&clock(window.reached))))
}

fn milestone(link: &Link, sign: Icon, words: [&'static str; 2], forward: bool) -> Html {
    icon_button("iconbtn", sign, words, link, Msg::Travel(forward)).done()
}

/// The way to the list of keys.
fn shortcuts(link: &Link) -> El {
    let open = Msg::Open(Open::Keys);
    icon_button(
        "iconbtn keys-btn",
        Icon::Keyboard,
        text::KEYS_TITLE,
        link,
        open,
    )
    .word("aria-haspopup", "dialog")
}

fn speed(link: &Link, speed: &Speed) -> Html {
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
        .put(span("", text::SPEED))
        .with(el("span", "slider").put(slider).put(fixed(TICKS)))
        .with(el("output", "").text(speed.label()))
        .done()
}

const TICKS: &str =
    "<span class='ticks' aria-hidden='true'><i></i><i></i><i></i><i></i><i></i></span>";
