//! How a guarantee broke: which one, who broke it, when, and what led to it.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::choice::{Choice, ChoiceMsg};
use crate::command::Command;
use crate::el::{El, button, disc, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::side::words;
use crate::snapshot::Snapshot;
use crate::{protocol, text};
use consensus::{Micros, NodeId};
use scenario::simulator::{Violation, What};
use scenario::{ProtocolName, Run};
use scene::caption::{Caption, node_fill};
use scene::events::{Telling, tell};
use yew::Html;

/// So many things that led to it are told.
const LINES: usize = 8;

/// How a guarantee broke.
pub(crate) struct Story {
    /// On which side, from 0.
    pub(crate) side: usize,
    /// What broke.
    pub(crate) violation: Violation,
    protocol: ProtocolName,
    /// Who broke it, with their fills.
    nodes: Vec<(NodeId, u8)>,
    /// What led to it, in order of time.
    lines: Vec<Caption>,
}

/// The guarantees that are broken, with their sides.
pub(crate) fn breaks(run: &Run) -> impl Iterator<Item = (usize, &Violation)> {
    let sides = run.sides().iter().enumerate();
    sides.filter_map(|(side, it)| Some((side, it.playback().engine().violation()?)))
}

impl Story {
    /// The stories of all that is broken.
    pub(crate) fn all(run: &Run) -> impl Iterator<Item = Self> {
        breaks(run).map(|(side, violation)| Self::of(run, side, violation))
    }

    fn of(run: &Run, side: usize, violation: &Violation) -> Self {
        let played = &run.sides()[side];
        let view = played.playback().engine().glance();
        let fills = |node| node_fill(&view, node);
        let telling = Telling {
            reigns: &view.reigns,
            fills: &fills,
        };
        let past = played.playback().lead_up(violation, LINES + 1);
        let told = past.iter().enumerate();
        let told = told.filter(|(_, it)| !matches!(it.what, What::Violated(_)));
        Self {
            side,
            violation: violation.clone(),
            protocol: played.protocol(),
            nodes: violation.nodes.iter().map(|it| (*it, fills(*it))).collect(),
            lines: told
                .map(|(place, it)| tell(&past[..place], it, &telling))
                .collect(),
        }
    }
}

/// The panel's body.
pub(crate) fn show(link: &Link, choice: &Choice, shown: &Snapshot, story: &Story) -> Html {
    let violation = &story.violation;
    let property = violation.property;
    let mut who = el("p", "").say(text::BROKEN_BY);
    for (place, (node, fill)) in story.nodes.iter().enumerate() {
        let and = if place > 0 { text::AND } else { "" };
        who = who.say(and).put(disc(*node, *fill));
    }
    who = who.text(text::broken_at(violation.at));
    if let Some(place) = property.place_name() {
        who = who.text(text::in_place(place, violation.place));
    }
    el("div", "panel story")
        .with(
            el("p", "promise")
                .put(icon(Icon::Broken))
                .with(el("b", "").say(property.name()))
                .put(spoken(
                    "dim",
                    text::of_protocol(protocol::title(story.protocol)),
                )),
        )
        .with(
            el("p", "")
                .say(property.sentence())
                .say(" ")
                .put(span("dim", property.source())),
        )
        .with(who)
        .with(ways(link, choice, shown, story))
        .with(lines(link, story))
        .done()
}

/// What can be done about it.
fn ways(link: &Link, choice: &Choice, shown: &Snapshot, story: &Story) -> El {
    let way = |sign, words, msg| {
        button("btn", link, msg)
            .put(icon(sign))
            .put(span("", words))
            .done()
    };
    let before = Micros(story.violation.at.0.saturating_sub(1));
    let mut ways = if shown.window.cursor < story.violation.at {
        vec![way(
            Icon::Forward,
            text::GO_THERE,
            Msg::Visit(story.violation.at),
        )]
    } else {
        vec![way(Icon::Back, text::JUST_BEFORE, Msg::Visit(before))]
    };
    if shown.acted {
        ways.push(way(Icon::Undo, text::TAKE_IT_BACK, Msg::Ask(Command::Undo)));
    }
    if choice.breaker_of(story.protocol).is_some() {
        let on = Msg::Choice(ChoiceMsg::Breaker(None));
        ways.push(way(Icon::Heal, text::RULE_ON_AGAIN, on));
    }
    el("div", "ways-out").all(ways)
}

/// What led to it; each line leads to its moment.
fn lines(link: &Link, story: &Story) -> El {
    let line = |line: &Caption| {
        let mut told = el("p", "").all(words(line));
        if !line.because.is_empty() {
            let because = el("span", "dim").say(text::WHY).say(line.because);
            told = told.say(" ").with(because);
        }
        let at = button("moment", link, Msg::Visit(line.at)).text(line.at.to_string());
        el("li", "").with(at).with(told).done()
    };
    el("section", "part")
        .with(el("h3", "").say(text::WHAT_LED_TO_IT))
        .with(el("ol", "lines").all(story.lines.iter().map(line).collect()))
}
