//! What else can be made to happen: a client asks, a node comes.

use crate::app::{App, Msg};
use crate::callbacks::{Link, input, submit};
use crate::command::Command;
use crate::el::{El, button, el, span, spoken};
use crate::snapshot::Snapshot;
use crate::text;
use consensus::{MembershipChange, NodeId};
use scenario::ProtocolName;
use scenario::simulator::Action;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A wish for something else to happen.
#[derive(Clone, Copy)]
pub(crate) enum MoreMsg {
    /// The client writes what is typed.
    Write,
    /// The client reads the key that is typed.
    Read,
    /// The node that is chosen joins.
    Join,
    /// The node that is chosen gets Raft's log without a vote.
    AddLearner,
}

/// The fields of the dialog.
#[derive(Default)]
pub(crate) struct Fields {
    client: NodeRef,
    key: NodeRef,
    value: NodeRef,
    to: NodeRef,
    newcomer: NodeRef,
}

/// The place of the option that is chosen.
fn chosen(select: &NodeRef) -> usize {
    let select = select.cast::<HtmlSelectElement>();
    select.map_or(0, |it| it.selected_index().max(0) as usize)
}

/// The number that is typed, 0 where none is.
fn typed<N: core::str::FromStr + Default>(field: &NodeRef) -> N {
    let value = input(field).map(|field| field.value());
    let number = value.and_then(|value| value.trim().parse().ok());
    number.unwrap_or_default()
}

impl App {
    /// Makes it happen.
    pub(crate) fn more(&mut self, msg: MoreMsg) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let fields = &self.fields;
        let client = u32::try_from(chosen(&fields.client)).unwrap_or_default();
        let key = typed(&fields.key);
        let to = chosen(&fields.to).checked_sub(1);
        let to = to.and_then(|place| shown.nodes.get(place)).map(|it| it.id);
        let newcomer = shown.newcomers.get(chosen(&fields.newcomer)).copied();
        let action = match (msg, newcomer) {
            (MoreMsg::Write, _) => Some(Action::Write {
                client,
                key,
                value: typed(&fields.value),
                to,
            }),
            (MoreMsg::Read, _) => Some(Action::Read { client, key, to }),
            (MoreMsg::Join, Some(node)) => Some(Action::Join(node)),
            (MoreMsg::AddLearner, Some(node)) => {
                Some(Action::ChangeMembership(MembershipChange::AddLearner(node)))
            }
            (MoreMsg::Join | MoreMsg::AddLearner, None) => None,
        };
        self.shut();
        if let Some(action) = action {
            self.ask(Command::Act(action));
        }
    }
}

/// The dialog.
pub(crate) fn dialog(link: &Link, shown: &Snapshot, fields: &Fields) -> Html {
    el("div", "happens")
        .with(el("h3", "").say(text::A_CLIENT_ASKS))
        .with(calls(link, shown, fields))
        .with(el("h3", "").say(text::A_NODE_COMES))
        .with(newcomers(link, shown, fields))
        .done()
}

fn field(name: &'static str, control: El) -> El {
    el("label", "field").put(span("dim", name)).with(control)
}

fn choice(select: &NodeRef, options: impl Iterator<Item = String>) -> El {
    // The first is chosen; a browser that is given them last first would choose the last.
    let option = |(place, words)| {
        let option = el("option", "").flag("selected", place == 0);
        option.text(words).done()
    };
    el("select", "")
        .at(select)
        .all(options.enumerate().map(option).collect())
}

fn number(place: &NodeRef, value: u64) -> El {
    el("input", "")
        .at(place)
        .word("type", "number")
        .word("min", "0")
        .word("max", "999")
        .word("step", "1")
        .word("required", "")
        .word("inputmode", "numeric")
        .value(value.to_string())
}

/// The form of a client's call.
fn calls(link: &Link, shown: &Snapshot, fields: &Fields) -> El {
    let nodes = shown.nodes.iter().map(|node| text::node(node.id));
    let whom = core::iter::once(text::WHOEVER_LEADS.to_string()).chain(nodes);
    let client = choice(&fields.client, (0..shown.clients).map(text::client));
    let write = el("button", "btn main")
        .word("type", "submit")
        .say(text::WRITE);
    let read = button("btn", link, Msg::More(MoreMsg::Read)).say(text::READ);
    el("form", "fields")
        .hear(submit(link, Msg::More(MoreMsg::Write)))
        .with(field(text::CLIENT, client))
        .with(field(text::ASKS, choice(&fields.to, whom)))
        .with(field(text::KEY_OF_REGISTER, number(&fields.key, 0)))
        .with(field(
            text::VALUE_SHORT,
            number(&fields.value, shown.next_value),
        ))
        .with(el("div", "row").with(write).with(read))
}

/// The form of a node that comes.
fn newcomers(link: &Link, shown: &Snapshot, fields: &Fields) -> El {
    if shown.newcomers.is_empty() {
        return el("p", "dim").say(text::NOBODY_CAN_COME);
    }
    let name = |node: &NodeId| text::node(*node);
    let who = choice(&fields.newcomer, shown.newcomers.iter().map(name));
    let join = button("btn main", link, Msg::More(MoreMsg::Join)).say(text::JOINS);
    let mut row = el("div", "row").with(join);
    let is_raft = |side: &crate::snapshot::Side| side.protocol == ProtocolName::Raft;
    let raft = shown.sides.iter().find(|side| is_raft(side));
    let mut note = String::new();
    if let Some(raft) = raft {
        let learn = button("btn", link, Msg::More(MoreMsg::AddLearner));
        row = row.with(
            learn
                .flag("disabled", raft.leader.is_none())
                .say(text::ADD_LEARNER[0]),
        );
        note = if raft.leader.is_none() {
            text::NEEDS_LEADER.to_string()
        } else {
            text::JOIN_HINT.to_string()
        };
    }
    el("div", "fields")
        .with(field(text::WHO, who))
        .with(row)
        .put(spoken("dim", note))
}
