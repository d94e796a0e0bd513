//! Rough water at hand: cut and heal, write as a client, stop the leader.

use crate::app::{Msg, Open};
use crate::callbacks::{Link, input, submit};
use crate::command::Command;
use crate::el::{El, button, el, icon_button, span, spoken};
use crate::icons::{Icon, fixed, icon};
use crate::snapshot::Snapshot;
use crate::water;
use consensus::NodeId;
use scenario::simulator::{Action, Target};
use yew::prelude::*;

const UNDO: &str = "Undo the last act";

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
            ("aria-label", "Value to write"),
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

/// The tools, in a row.
pub(crate) fn tools(link: &Link, shown: &Snapshot, write: &WriteField) -> Html {
    let tool = |class, sign, words, msg| button(class, link, msg).put(icon(sign)).put(words);
    let heal = Msg::Act(Action::Heal);
    let stop = Msg::Act(Action::Stop(Target::Leader));
    // On a phone a crown stands for the leader.
    let stop_words = fixed(
        "<span>Stop <span class='wide'>the leader</span></span><svg class='icon narrow' viewBox='0 0 20 20' aria-hidden='true'><path class='solid' d='M4 16 2.5 7l4.2 3.4L10 4.5l3.3 5.9L17.5 7 16 16z'/></svg>",
    );
    el("div", "tools-row")
        .word("role", "group")
        .word("aria-label", "Rough water, on both sides")
        .with(
            tool("btn cut", Icon::Cut, span("", "Cut…"), Msg::Open(Open::Cut))
                .word("aria-haspopup", "dialog"),
        )
        .with(
            tool("btn heal", Icon::Heal, span("", "Heal"), heal).flag("disabled", !shown.is_cut()),
        )
        .with(rough_water(link, shown))
        .with(tool("btn", Icon::Stop, stop_words, stop).word("aria-label", "Stop the leader"))
        .put(write.show(link, "Write".to_string(), None))
        .with(
            icon_button(
                "iconbtn",
                Icon::Undo,
                [UNDO, UNDO],
                link,
                Msg::Ask(Command::Undo),
            )
            .flag("disabled", !shown.acted),
        )
        .done()
}

/// The way to the panel, which says how rough the water is without being opened.
fn rough_water(link: &Link, shown: &Snapshot) -> El {
    const CALM: &str = "Rough water…";
    let rough = water::summary(shown);
    const ROUGH: &str = "Now rough…";
    let (class, name, words) = if rough.is_empty() {
        ("btn wet", CALM.to_string(), CALM)
    } else {
        ("btn wet is-rough", [ROUGH, " ", &rough].concat(), ROUGH)
    };
    button(class, link, Msg::Open(Open::Water))
        .word("aria-haspopup", "dialog")
        .attr("aria-label", name.clone())
        .attr("title", name)
        .put(icon(Icon::Water))
        .put(span("wide", words))
}
