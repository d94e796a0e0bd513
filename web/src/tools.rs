//! Rough water at hand: cut and heal, write as a client, stop the leader.

use crate::app::{Msg, Open};
use crate::callbacks::{Link, input, submit};
use crate::command::Command;
use crate::el::{El, button, el, icon_button, span, spoken};
use crate::icons::{Icon, fixed, icon};
use crate::legend;
use crate::snapshot::Snapshot;
use crate::text;
use crate::water;
use consensus::NodeId;
use scenario::simulator::{Action, Target};
use yew::prelude::*;

/// A value and a button: a client's write.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct WriteField {
    field: NodeRef,
    /// The value that was offered last.
    offered: Option<u64>,
}

impl WriteField {
    /// The write that was asked for; `None` where no number stands there.
    pub(crate) fn typed(&self, to: Option<NodeId>) -> Option<Action> {
        let value = input(&self.field)?.value().trim().parse().ok()?;
        Some(Action::Write {
            client: 0,
            key: 0,
            value,
            to,
        })
    }

    /// After a rendering: the value offered follows the script; what a person typed stays until it
    /// is written.
    pub(crate) fn rendered(&mut self, offer: u64) {
        let field = input(&self.field);
        if let Some(field) = &field
            && self.offered != Some(offer)
        {
            field.set_value(&offer.to_string());
        }
        self.offered = field.map(|_| offer);
    }

    /// Offers a value anew, whatever was typed.
    pub(crate) fn forget(&mut self) {
        self.offered = None;
    }

    /// The field and its button; `to` is the node to ask, none looks for the leader.
    pub(crate) fn show(&self, link: &Link, label: String, to: Option<NodeId>) -> Html {
        let mut field = el("input", "");
        for (name, value) in [
            ("type", "number"),
            ("min", "0"),
            ("max", "999"),
            ("step", "1"),
            ("required", ""),
            ("inputmode", "numeric"),
            ("aria-label", text::VALUE),
        ] {
            field = field.word(name, value);
        }
        el("form", "write")
            .hear(submit(link, Msg::Written(to)))
            .with(field.at(&self.field))
            .with(
                el("button", "btn")
                    .word("type", "submit")
                    .put(icon(Icon::Write))
                    .put(spoken("", label)),
            )
            .done()
    }
}

const CROWN: &str = "<svg class='icon narrow' viewBox='0 0 20 20' aria-hidden='true'><path class='solid' d='M4 16 2.5 7l4.2 3.4L10 4.5l3.3 5.9L17.5 7 16 16z'/></svg>";

/// The id of what invites to stop the leader.
const INVITATION: &str = "invitation";

/// What the tools show.
#[derive(PartialEq)]
pub(crate) struct Tools {
    /// Who leads, where a person is invited to stop it.
    invited: Option<NodeId>,
    /// Whether there is one cluster only.
    alone: bool,
    acted: bool,
    is_cut: bool,
    /// How rough the water is; empty where it is calm.
    rough: String,
    write: WriteField,
}

impl Tools {
    /// As they stand.
    pub(crate) fn of(shown: &Snapshot, write: &WriteField, invited: Option<NodeId>) -> Self {
        Self {
            invited,
            alone: shown.sides.len() == 1,
            acted: shown.acted,
            is_cut: shown.is_cut(),
            rough: water::summary(shown),
            write: write.clone(),
        }
    }
}

/// The tools, in a row.
pub(crate) fn tools(link: &Link, shown: &Tools) -> Html {
    let tool = |class, sign, words, msg| button(class, link, msg).put(icon(sign)).put(words);
    let heal = Msg::Act(Action::Heal);
    let stop = Msg::Act(Action::Stop(Target::Leader));
    // On a phone a crown stands for the leader.
    let [verb, leader] = text::STOP_LEADER_PARTS;
    let stop_words = el("span", "").say(verb).put(span("wide", leader)).done();
    let group = if shown.alone {
        text::TOOLS
    } else {
        text::TOOLS_ON_BOTH
    };
    let class = if shown.invited.is_some() {
        "btn main invited"
    } else {
        "btn"
    };
    let stop_it = tool(class, Icon::Stop, stop_words, stop)
        .put(fixed(CROWN))
        .word("aria-label", text::STOP_LEADER)
        .word("aria-describedby", INVITATION);
    let mut invitation = el("div", "invites").word("id", INVITATION);
    if let Some(leader) = shown.invited {
        let [words, more] = text::stop_it(leader);
        let words = el("p", "").text(words).put(spoken("wide", more)).say(".");
        invitation = invitation.with(words);
    }
    el("div", "tools-row")
        .word("role", "group")
        .word("aria-label", group)
        .with(
            tool(
                "btn cut",
                Icon::Cut,
                span("", text::CUT_MORE),
                Msg::Open(Open::Cut),
            )
            .word("aria-haspopup", "dialog"),
        )
        .with(
            tool("btn heal", Icon::Heal, span("", text::HEAL), heal)
                .flag("disabled", !shown.is_cut),
        )
        .with(rough_water(link, &shown.rough))
        .with(el("div", "first-act").with(invitation).with(stop_it))
        .put(shown.write.show(link, text::WRITE.to_string(), None))
        .with(
            icon_button(
                "iconbtn more-btn",
                Icon::More,
                [text::MORE_CAN_HAPPEN; 2],
                link,
                Msg::Open(Open::More),
            )
            .word("aria-haspopup", "dialog"),
        )
        .with(
            icon_button(
                "iconbtn",
                Icon::Undo,
                [text::UNDO; 2],
                link,
                Msg::Ask(Command::Undo),
            )
            .flag("disabled", !shown.acted),
        )
        .put(legend::way(link, "iconbtn"))
        .done()
}

/// The way to the panel, which says how rough the water is without being opened.
fn rough_water(link: &Link, rough: &str) -> El {
    let (class, name, words) = if rough.is_empty() {
        (
            "btn wet",
            text::ROUGH_WATER_MORE.to_string(),
            text::ROUGH_WATER_MORE,
        )
    } else {
        (
            "btn wet is-rough",
            [text::NOW_ROUGH, " ", rough].concat(),
            text::NOW_ROUGH,
        )
    };
    button(class, link, Msg::Open(Open::Water))
        .word("aria-haspopup", "dialog")
        .attr("aria-label", name.clone())
        .attr("title", name)
        .put(icon(Icon::Water))
        .put(span("wide", words))
}
