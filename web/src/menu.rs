//! What can be done to one node: the same on every side at once.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, disc, el, span};
use crate::icons::{Icon, icon};
use crate::protocol;
use crate::snapshot::{NodeState, SideState};
use crate::text;
use crate::tools::WriteField;
use consensus::{Micros, NodeId};
use scenario::ProtocolName;
use scenario::simulator::{Action, Power, Target};
use web_sys::Element;
use yew::prelude::*;

/// How long a slow node works on each message: a leader of five gets more than it can take up.
const SLOW: Micros = Micros(40_000);

/// What can be done to a node, as it stands on every side.
fn acts(node: &NodeState, side: usize) -> Vec<Action> {
    let target = Target::Node(node.id);
    let is = |power: Power| node.sides.iter().any(|it| it.power == power);
    let is_slow = |slow: bool| node.sides.iter().any(|it| it.slow == slow);
    let slow = |service| Action::Slow {
        node: target,
        service,
    };
    let times_out = node
        .sides
        .get(side)
        .is_some_and(|it| it.protocol == ProtocolName::Raft && it.power == Power::Running);
    let is_up = is(Power::Running) || is(Power::Paused);
    let all = [
        (is_up, Action::Stop(target)),
        (is(Power::Stopped), Action::Start(target)),
        (is(Power::Running), Action::Pause(target)),
        (is(Power::Paused), Action::Resume(target)),
        (is_slow(false), slow(SLOW)),
        (is_slow(true), slow(Micros::ZERO)),
        (times_out, Action::TimeOut(target)),
    ];
    let wanted = all.into_iter().filter(|(wanted, _)| *wanted);
    wanted.map(|(_, action)| action).collect()
}

/// The sign of something done to a node, its name, and what it means.
fn face(action: &Action) -> (Icon, [&'static str; 2]) {
    match action {
        Action::Stop(_) => (Icon::Stop, text::STOP),
        Action::Start(_) => (Icon::Start, text::START),
        Action::Pause(_) => (Icon::Pause, text::PAUSE_NODE),
        Action::Resume(_) => (Icon::Play, text::GO_ON),
        Action::Slow { service, .. } if *service == Micros::ZERO => (Icon::Fast, text::FULL_SPEED),
        Action::Slow { .. } => (Icon::Slow, text::SLOW_DOWN),
        _ => (Icon::Timer, text::TIME_OUT),
    }
}

/// What a node's menu holds; `side` is the stage on which it was chosen.
pub(crate) fn menu(link: &Link, node: &NodeState, side: usize, write: &WriteField) -> Html {
    let act = |action: Action| {
        let (sign, [words, note]) = face(&action);
        let button = button("btn wide-btn", link, Msg::Act(action))
            .put(icon(sign))
            .put(span("", words))
            .with(el("small", "dim").say(note));
        el("li", "").with(button).done()
    };
    let state = |side: &SideState| {
        el("p", "")
            .put(disc(node.id, side.fill))
            .put(span("", protocol::title(side.protocol)))
            .with(el("b", "").text(side.said.clone()))
            .with(el("small", "dim").text(side.held_up.clone()))
            .done()
    };
    let states = node.sides.iter().map(state).collect();
    let acts = acts(node, side).into_iter().map(act).collect();
    let write = write.show(link, text::write_at(node.id), Some(node.id));
    let name = match node.sides.len() {
        1 => text::WHAT_CAN_BE_DONE,
        _ => text::ON_BOTH_SIDES,
    };
    el("div", "menu")
        .with(el("div", "states").all(states))
        .with(el("p", "dim on-both").say(name))
        .with(el("ul", "acts").word("aria-label", name).all(acts))
        .put(write)
        .done()
}

/// Where in the window a node is drawn: the pressed one has the focus; else its stage's middle.
pub(crate) fn anchor(stage: &NodeRef, node: NodeId) -> (i32, i32) {
    let stage = stage.cast::<Element>();
    let named = stage.as_ref().and_then(|stage| {
        let selector = ["[data-node=\"", &node.0.to_string(), "\"]"].concat();
        stage.query_selector(&selector).ok().flatten()
    });
    let rect = named
        .or(stage)
        .map(|element| element.get_bounding_client_rect());
    rect.map_or((0, 0), |rect| {
        (
            (rect.left() + rect.width() / 2.0) as i32,
            (rect.top() + rect.height() / 2.0) as i32,
        )
    })
}
