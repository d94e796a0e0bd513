//! Rough water at hand: cut and heal, write as a client, stop the leader.

use crate::app::{Msg, Open};
use crate::callbacks::{Link, input, submit};
use crate::command::Command;
use crate::el::{El, button, el, icon_button, span, spoken};
use crate::icons::{Icon, fixed, icon};
use crate::snapshot::Snapshot;
use crate::text;
use crate::water;
use consensus::NodeId;
use scenario::simulator::{Action, Target};
use yew::prelude::*;

/// A value and a button: a client's write.
#[derive(Default)]
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

/// The id of the sentence that invites to stop the leader.
const INVITATION: &str = "invitation";

/// The tools, in a row; who leads where a person is invited to stop it.
pub(crate) fn tools(
    link: &Link,
    shown: &Snapshot,
    write: &WriteField,
    invited: Option<NodeId>,
) -> Html {
    let tool = |class, sign, words, msg| button(class, link, msg).put(icon(sign)).put(words);
    let heal = Msg::Act(Action::Heal);
    let stop = Msg::Act(Action::Stop(Target::Leader));
    // On a phone a crown stands for the leader.
    let [verb, leader] = text::STOP_LEADER_PARTS;
    let stop_words = el("span", "").say(verb).put(span("wide", leader)).done();
    let group = match shown.sides.len() {
        1 => text::TOOLS,
        _ => text::TOOLS_ON_BOTH,
    };
    let mut stop_it = tool("btn", Icon::Stop, stop_words, stop)
        .put(fixed(CROWN))
        .word("aria-label", text::STOP_LEADER);
    let mut invitation = el("div", "invites");
    if let Some(leader) = invited {
        let words = el("p", "")
            .word("id", INVITATION)
            .text(text::stop_it(leader));
        invitation = invitation.with(words);
        stop_it = stop_it
            .word("class", "btn main invited")
            .word("aria-describedby", INVITATION);
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
                .flag("disabled", !shown.is_cut()),
        )
        .with(rough_water(link, shown))
        .with(el("div", "first-act").with(invitation).with(stop_it))
        .put(write.show(link, text::WRITE.to_string(), None))
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
        .done()
}

/// The way to the panel, which says how rough the water is without being opened.
fn rough_water(link: &Link, shown: &Snapshot) -> El {
    let rough = water::summary(shown);
    let (class, name, words) = if rough.is_empty() {
        (
            "btn wet",
            text::ROUGH_WATER_MORE.to_string(),
            text::ROUGH_WATER_MORE,
        )
    } else {
        (
            "btn wet is-rough",
            [text::NOW_ROUGH, " ", &rough].concat(),
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
