//! Rough water: what all links between nodes do to messages, a slider for each fault.

use crate::app::{App, Msg};
use crate::callbacks::{Link, drag};
use crate::command::Command;
use crate::el::{button, el, span};
use crate::snapshot::Snapshot;
use crate::text;
use scenario::simulator::{Action, LinkChange, LinkSettings, Links, PerMillion, SpanRange};
use scene::caption::{delay_words, percent};
use yew::prelude::*;

/// A fault that all links can have; each has a slider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Messages fall off their wires.
    Loss,
    /// Messages take long.
    Delay,
    /// Messages arrive twice.
    Duplication,
    /// Bits of messages are flipped.
    Corruption,
}

/// A move in the panel.
#[derive(Clone, Copy)]
pub(crate) enum WaterMsg {
    /// The slider of a fault is drawn to this stop.
    Drawn(Fault, usize),
    /// The slider of a fault is released at this stop.
    Released(Fault, usize),
    /// No fault is left on any link.
    Calm,
}

/// The slider that is being drawn, and its stop, until the run has taken it over.
#[derive(Default)]
pub(crate) struct Panel(Option<(Fault, usize)>);

impl Panel {
    /// The run has taken it over.
    pub(crate) fn told(&mut self) {
        self.0 = None;
    }
}

impl App {
    /// Makes the water as the panel says.
    pub(crate) fn water(&mut self, msg: WaterMsg) {
        match msg {
            WaterMsg::Drawn(fault, stop) => self.panel.0 = Some((fault, stop)),
            WaterMsg::Released(fault, stop) => {
                self.panel.0 = Some((fault, stop));
                self.ask(Command::Act(act(fault.change(stop))));
            }
            WaterMsg::Calm => {
                let changes = self.shown.as_deref().map(calming).unwrap_or_default();
                let acts = changes.into_iter().map(act);
                acts.for_each(|act| self.ask(Command::Act(act)));
            }
        }
    }
}

/// The stops of a share's slider, in percent: fine where a little matters.
const SHARES: [u32; 12] = [0, 1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100];
/// The stops of the delay's slider, shortest and longest in milliseconds: each about twice the one
/// before it.
const DELAYS: [(u64, u64); 8] = [
    (1, 3),
    (3, 7),
    (7, 13),
    (15, 25),
    (40, 60),
    (80, 120),
    (150, 250),
    (400, 600),
];

impl Fault {
    const ALL: [Self; 4] = [Self::Loss, Self::Delay, Self::Duplication, Self::Corruption];

    /// Its name, and what it does to messages.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Loss => text::LOSS,
            Self::Delay => text::DELAY,
            Self::Duplication => text::DUPLICATION,
            Self::Corruption => text::CORRUPTION,
        }
    }

    /// The last stop of its slider.
    fn last(self) -> usize {
        match self {
            Self::Delay => DELAYS.len() - 1,
            _ => SHARES.len() - 1,
        }
    }

    /// What its slider does at a stop.
    fn change(self, stop: usize) -> LinkChange {
        let share = PerMillion::percent(SHARES[stop.min(SHARES.len() - 1)]);
        match self {
            Self::Loss => LinkChange::Loss(share),
            Self::Duplication => LinkChange::Duplication(share),
            Self::Corruption => LinkChange::Corruption(share),
            Self::Delay => {
                let (least, most) = DELAYS[stop.min(DELAYS.len() - 1)];
                LinkChange::Delay(SpanRange::millis(least, most))
            }
        }
    }

    /// How links are now, as the change that would make them so.
    fn now(self, link: &LinkSettings) -> LinkChange {
        match self {
            Self::Loss => LinkChange::Loss(link.loss),
            Self::Delay => LinkChange::Delay(link.delay),
            Self::Duplication => LinkChange::Duplication(link.duplication),
            Self::Corruption => LinkChange::Corruption(link.corruption),
        }
    }
}

/// The last stop that is no more than this.
fn stop(change: &LinkChange) -> usize {
    let before = match change {
        LinkChange::Loss(share)
        | LinkChange::Duplication(share)
        | LinkChange::Corruption(share) => {
            SHARES.partition_point(|stop| PerMillion::percent(*stop) <= *share)
        }
        LinkChange::Delay(range) => {
            DELAYS.partition_point(|(_, most)| SpanRange::millis(0, *most).most <= range.most)
        }
        _ => 0,
    };
    before.saturating_sub(1)
}

/// A slider's value in words.
fn said(change: &LinkChange) -> String {
    match change {
        LinkChange::Loss(share)
        | LinkChange::Duplication(share)
        | LinkChange::Corruption(share) => percent(*share),
        LinkChange::Delay(range) => delay_words(*range),
        _ => String::new(),
    }
}

/// An action on every link.
fn act(change: LinkChange) -> Action {
    let links = Links::ALL;
    Action::Link { links, change }
}

/// The changes that make the water calm again; none where it is.
fn calming(shown: &Snapshot) -> Vec<LinkChange> {
    let calm = LinkSettings::sound(shown.calm_delay);
    let faults = Fault::ALL.map(|fault| (fault.now(&calm), fault.now(&shown.link)));
    let rough = faults.into_iter().filter(|(calm, now)| calm != now);
    rough.map(|(calm, _)| calm).collect()
}

/// The rough water in a few words, such as `20% lost, 5% damaged`; empty where it is calm.
pub(crate) fn summary(shown: &Snapshot) -> String {
    let link = &shown.link;
    let mut words: Vec<String> = Vec::new();
    if link.delay != shown.calm_delay {
        words.push(delay_words(link.delay));
    }
    let shares = [
        (link.loss, text::LOST),
        (link.duplication, text::TWICE),
        (link.corruption, text::DAMAGED),
    ];
    for (share, effect) in shares.iter().filter(|(share, _)| share.0 > 0) {
        words.push([&percent(*share), " ", effect].concat());
    }
    words.join(", ")
}

/// The panel.
pub(crate) fn panel(link: &Link, shown: &Snapshot, panel: &Panel) -> Html {
    let row = |fault: Fault| {
        let held = panel.0.filter(|(held, _)| *held == fault);
        let now = held.map_or(fault.now(&shown.link), |(_, stop)| fault.change(stop));
        row(link, fault, &now)
    };
    el("div", "faults")
        .put(span("dim", text::ALL_LINKS))
        .with(el("div", "rows").all(Fault::ALL.map(row).to_vec()))
        .with(button("btn", link, Msg::Water(WaterMsg::Calm)).say(text::CALM_AGAIN))
        .done()
}

fn row(link: &Link, fault: Fault, now: &LinkChange) -> Html {
    let ([title, effect], value) = (fault.words(), said(now));
    let heard = [&value, " ", effect].concat();
    let [drawn, released] = drag(link, fault);
    let slider = el("input", "")
        .word("type", "range")
        .word("min", "0")
        .attr("max", fault.last().to_string())
        .word("step", "1")
        .value(stop(now).to_string())
        .word("aria-label", title)
        .attr("aria-valuetext", heard)
        .hear(drawn)
        .hear(released)
        .done();
    el("label", "fault")
        .with(el("b", "").say(title))
        .with(
            el("span", "value")
                .word("aria-hidden", "true")
                .with(el("b", "").text(value))
                .with(el("span", "dim").say(" ").say(effect)),
        )
        .with(el("span", "slider").put(slider))
        .done()
}
