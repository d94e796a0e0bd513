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
use consensus::{Micros, NodeId, Reign};
use scenario::simulator::{Happening, Violation, What};
use scenario::{ProtocolName, Run};
use scene::caption::node_fill;
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
    /// Every node's fill.
    fills: Vec<(NodeId, u8)>,
    /// What led to it, in order of time.
    past: Vec<Happening>,
    /// The reigns of the run.
    reigns: Vec<Reign>,
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
        let nodes = view.nodes.iter();
        let mut past = played.playback().lead_up(violation, LINES + 1);
        past.retain(|it| !matches!(it.what, What::Violated(_)));
        Self {
            side,
            violation: violation.clone(),
            protocol: played.protocol(),
            fills: nodes.map(|it| (it.id, node_fill(&view, it.id))).collect(),
            past,
            reigns: view.reigns,
        }
    }

    fn fill(&self, node: NodeId) -> u8 {
        let known = self.fills.iter().find(|it| it.0 == node);
        known.map_or(0, |it| it.1)
    }
}

/// The panel's body.
pub(crate) fn show(link: &Link, choice: &Choice, shown: &Snapshot, story: &Story) -> Html {
    let violation = &story.violation;
    let property = violation.property;
    let mut who = el("p", "").say(text::BROKEN_BY);
    for (place, node) in violation.nodes.iter().enumerate() {
        let and = if place > 0 { text::AND } else { "" };
        who = who.say(and).put(disc(*node, story.fill(*node)));
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
    let fills = |node| story.fill(node);
    let telling = Telling {
        reigns: &story.reigns,
        fills: &fills,
    };
    let line = |(place, happening): (usize, &Happening)| {
        let caption = tell(&story.past[..place], happening, &telling);
        let mut told = el("p", "").all(words(&caption));
        if !caption.because.is_empty() {
            let because = el("span", "dim").say(text::WHY).say(caption.because);
            told = told.say(" ").with(because);
        }
        let at = happening.at;
        let moment = button("moment", link, Msg::Visit(at)).text(at.to_string());
        el("li", "").with(moment).with(told).done()
    };
    let lines = story.past.iter().enumerate().map(line);
    el("section", "part")
        .with(el("h3", "").say(text::WHAT_LED_TO_IT))
        .with(el("ol", "lines").all(lines.collect()))
}
