//! What can be done to one node: the same on both sides at once.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::SideName;
use crate::el::{button, disc, el, span};
use crate::icons::{Icon, icon};
use crate::snapshot::NodeState;
use crate::tools::WriteField;
use consensus::NodeId;
use scenario::simulator::{Action, Target};
use web_sys::Element;
use yew::prelude::*;

/// What a node's menu holds; `side` is the stage on which it was chosen.
pub(crate) fn menu(link: &Link, node: &NodeState, side: SideName, write: &WriteField) -> Html {
    let target = Target::Node(node.id);
    let act =
        |wanted: bool, sign: Icon, words: &'static str, note: &'static str, action: Action| {
            let act = || {
                let button = button("btn wide-btn", link, Msg::Act(action))
                    .put(icon(sign))
                    .put(span("", words))
                    .with(el("small", "dim").say(note));
                el("li", "").with(button).done()
            };
            wanted.then(act)
        };
    let [left, right] = node.running;
    const BOTH: &str = "on both sides";
    let acts = [
        act(
            left || right,
            Icon::Stop,
            "Stop",
            BOTH,
            Action::Stop(target),
        ),
        act(
            !(left && right),
            Icon::Start,
            "Start",
            BOTH,
            Action::Start(target),
        ),
        act(
            side == SideName::Raft && left,
            Icon::Timer,
            "Time out now",
            "Raft’s timer",
            Action::TimeOut(target),
        ),
    ];
    let states = SideName::BOTH.map(|side| {
        let place = side.place();
        el("p", "")
            .put(disc(node.id, node.fills[place]))
            .put(span("", side.title()))
            .with(el("b", "").text(node.said[place].clone()))
            .done()
    });
    let write = write.show(link, format!("Write at {}", node.id), Some(node.id));
    el("div", "menu")
        .with(el("div", "states").all(states.to_vec()))
        .with(el("ul", "acts").all(acts.into_iter().flatten().collect()))
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
