//! What can be done to one node: the same on every side at once.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::command::Command;
use crate::el::{button, disc, el, span, spoken};
use crate::icons::{Icon, icon};
use crate::inspect::Inspected;
use crate::protocol;
use crate::snapshot::{Membership, NodeState, SideState, Snapshot};
use crate::text;
use crate::tools::WriteField;
use consensus::{MembershipChange, Micros, NodeId};
use scenario::ProtocolName;
use scenario::simulator::{Action, Power, Target};
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

/// How long a slow node may work on each message, in milliseconds. With the second, which is
/// offered first, a leader of five gets more than it can take up.
const SLOW: [u64; 5] = [10, 40, 80, 200, 1_000];
const USUAL: usize = 1;

/// Where it is chosen how slow a node becomes.
#[derive(Default)]
pub(crate) struct Slowness(NodeRef);

impl App {
    /// Makes a node as slow as its menu says.
    pub(crate) fn slow(&mut self, node: NodeId) {
        let place = self.slowness.0.cast::<HtmlSelectElement>();
        let place = place.map_or(USUAL, |it| it.selected_index().max(0) as usize);
        self.shut();
        self.ask(Command::Act(Action::Slow {
            node: Target::Node(node),
            service: Micros(SLOW[place.min(SLOW.len() - 1)] * 1_000),
        }));
    }
}

/// What can be done to a node, as it stands on every side: its power, its pace, its call.
fn acts(node: &NodeState) -> Vec<Action> {
    let target = Target::Node(node.id);
    let is = |power: Power| node.sides.iter().any(|it| it.power == power);
    let is_up = is(Power::Running) || is(Power::Paused);
    let all = [
        (is_up, Action::Stop(target)),
        (is(Power::Stopped), Action::Start(target)),
        (is(Power::Running), Action::Pause(target)),
        (is(Power::Paused), Action::Resume(target)),
        (is(Power::Running), Action::Leave(target)),
    ];
    let wanted = all.into_iter().filter(|(wanted, _)| *wanted);
    wanted.map(|(_, action)| action).collect()
}

/// What Raft can do with a node besides, as it stands on one side.
fn raft_acts(id: NodeId, side: &SideState, led: Option<NodeId>) -> Vec<Action> {
    let target = Target::Node(id);
    let runs = side.power == Power::Running;
    let has_leader = led.is_some();
    let other_leads = led.is_some_and(|leader| leader != id);
    let is = |membership| side.membership == membership;
    let change = |change| Action::ChangeMembership(change);
    let all = [
        (runs && !side.leads, Action::TimeOut(target)),
        (runs && side.committed > 0, Action::TakeSnapshot(target)),
        (
            runs && other_leads && is(Membership::Voter),
            Action::Transfer(id),
        ),
        (
            has_leader && is(Membership::Learner),
            change(MembershipChange::Promote(id)),
        ),
        (
            has_leader && !is(Membership::Outside),
            change(MembershipChange::Remove(id)),
        ),
        (runs && is(Membership::Outside), Action::Join(id)),
        (
            has_leader && is(Membership::Outside),
            change(MembershipChange::AddLearner(id)),
        ),
    ];
    let wanted = all.into_iter().filter(|(wanted, _)| *wanted);
    wanted.map(|(_, action)| action).collect()
}

/// The sign of something done to a node, its name, and what it means.
fn face(action: &Action, is_raft: bool) -> (Icon, [&'static str; 2]) {
    match action {
        Action::Stop(_) => (Icon::Stop, text::STOP),
        Action::Start(_) => (Icon::Start, text::START),
        Action::Pause(_) => (Icon::Pause, text::PAUSE_NODE),
        Action::Resume(_) => (Icon::Play, text::GO_ON),
        Action::Leave(_) if is_raft => (Icon::Close, text::LEAVE_RAFT),
        Action::Leave(_) => (Icon::Close, text::LEAVE),
        Action::Join(_) => (Icon::Heal, text::JOIN_AGAIN),
        Action::Slow { .. } => (Icon::Fast, text::FULL_SPEED),
        Action::Transfer(_) => (Icon::Forward, text::TRANSFER),
        Action::TakeSnapshot(_) => (Icon::Key, text::SNAPSHOT),
        Action::ChangeMembership(MembershipChange::Promote(_)) => (Icon::Tick, text::PROMOTE),
        Action::ChangeMembership(MembershipChange::Remove(_)) => (Icon::Back, text::REMOVE),
        Action::ChangeMembership(_) => (Icon::Heal, text::ADD_LEARNER),
        Action::Read { .. } => (Icon::Write, text::READ_HERE),
        _ => (Icon::Timer, text::TIME_OUT),
    }
}

/// Buttons for things to be done, two in a row.
fn deeds(link: &Link, name: &'static str, acts: Vec<Action>, is_raft: bool) -> Html {
    let act = |action: Action| {
        let (sign, [words, note]) = face(&action, is_raft);
        let button = button("btn deed", link, Msg::Act(action))
            .put(icon(sign))
            .put(span("", words))
            .with(el("small", "dim").say(note));
        el("li", "").with(button).done()
    };
    let acts = acts.into_iter().map(act).collect();
    el("ul", "acts deeds")
        .word("aria-label", name)
        .all(acts)
        .done()
}

/// What a node's menu holds; `place` is the stage on which it was chosen.
pub(crate) fn menu(
    link: &Link,
    shown: &Snapshot,
    node: &NodeState,
    place: usize,
    (write, slowness): (&WriteField, &Slowness),
) -> Html {
    let state = |side: &SideState| {
        el("p", "")
            .put(disc(node.id, side.fill))
            .put(span("", protocol::title(side.protocol)))
            .with(el("b", "").text(side.said.clone()))
            .with(el("small", "dim").text(side.held_up.clone()))
            .done()
    };
    let states = node.sides.iter().map(state).collect();
    let inspected = Inspected::Node(place, node.id);
    let inspect = button("btn wide-btn", link, Msg::Inspect(Some(inspected)))
        .put(icon(Icon::Why))
        .put(span("", text::LOOK_INSIDE));
    let name = match node.sides.len() {
        1 => text::WHAT_CAN_BE_DONE,
        _ => text::ON_BOTH_SIDES,
    };
    let raft = node.sides.get(place);
    let raft = raft.filter(|side| side.protocol == ProtocolName::Raft);
    let mut of_raft = el("div", "of-raft");
    if let Some(side) = raft {
        let played = shown.sides.get(place);
        let led = played.and_then(|side| side.leader);
        let acts = raft_acts(node.id, side, led);
        let changes = acts
            .iter()
            .any(|it| matches!(it, Action::ChangeMembership(_)));
        let refuses = led.filter(|_| changes && played.is_some_and(|it| it.leader_is_new));
        of_raft = of_raft
            .with(el("p", "dim on-both").say(text::RAFT_ONLY))
            .put(deeds(link, text::RAFT_ONLY, acts, true));
        if let Some(leader) = refuses {
            let words = text::changes_nothing_yet(leader);
            of_raft = of_raft.with(
                el("p", "refuses")
                    .put(icon(Icon::Why))
                    .put(spoken("", words)),
            );
        }
    }
    let read = Action::Read {
        client: 0,
        key: 0,
        to: Some(node.id),
    };
    let calls = el("div", "calls")
        .put(write.show(link, text::write_at(node.id), Some(node.id)))
        .with(
            button("btn", link, Msg::Act(read))
                .attr("aria-label", text::read_at(node.id))
                .say(text::READ),
        );
    el("div", "menu")
        .with(el("div", "states").all(states))
        .with(el("p", "dim on-both").say(name))
        .put(deeds(link, name, acts(node), raft.is_some()))
        .with(pace(link, node, slowness))
        .with(of_raft)
        .with(calls)
        .with(inspect)
        .done()
}

/// How fast it works: slower by as much as is chosen, or at once.
fn pace(link: &Link, node: &NodeState, slowness: &Slowness) -> crate::el::El {
    let option = |(place, span): (usize, &u64)| {
        el("option", "")
            .flag("selected", place == USUAL)
            .text(text::each_message(*span))
            .done()
    };
    let choice = el("select", "")
        .at(&slowness.0)
        .word("aria-label", text::HOW_SLOW)
        .all(SLOW.iter().enumerate().map(option).collect());
    let slow = button("btn", link, Msg::Slow(node.id))
        .put(icon(Icon::Slow))
        .put(span("", text::SLOW_DOWN));
    let mut row = el("div", "pace").with(slow).with(choice);
    let mut fast = el("div", "fast");
    if node.sides.iter().any(|it| it.slow) {
        let service = Micros::ZERO;
        let node = Target::Node(node.id);
        let at_once = Msg::Act(Action::Slow { node, service });
        fast = fast.with(
            button("btn wide-btn", link, at_once)
                .put(icon(Icon::Fast))
                .put(span("", text::FULL_SPEED[0]))
                .with(el("small", "dim").say(text::FULL_SPEED[1])),
        );
    }
    row = row.with(fast);
    row
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
