//! How many nodes the cluster has at its start: one fewer, a number, one more.

use crate::app::Msg;
use crate::callbacks::{Link, input, number};
use crate::choice::ChoiceMsg;
use crate::el::{button, el, span};
use crate::text;
use scenario::NodeName;
use yew::prelude::*;

/// The field, which keeps what is typed until it is entered.
#[derive(Default)]
pub(crate) struct Stepper {
    field: NodeRef,
    shown: Option<u16>,
}

impl Stepper {
    /// After a rendering: the field follows the number that is played.
    pub(crate) fn rendered(&mut self, count: u16) {
        let field = input(&self.field);
        if let Some(field) = &field
            && self.shown != Some(count)
        {
            field.set_value(&count.to_string());
        }
        self.shown = field.map(|_| count);
    }

    /// What was typed may be no number of nodes: the one that is played is shown again.
    pub(crate) fn forget(&mut self) {
        self.shown = None;
    }

    /// The field between its two buttons.
    pub(crate) fn show(&self, link: &Link, count: u16) -> Html {
        let told = |nodes| Msg::Choice(ChoiceMsg::Nodes(nodes));
        let step = |label, sign, to: u16, possible: bool| {
            button("step", link, told(to.into()))
                .word("aria-label", label)
                .word("title", label)
                .flag("disabled", !possible)
                .say(sign)
        };
        let field = el("input", "")
            .at(&self.field)
            .word("type", "number")
            .word("min", "1")
            .attr("max", NodeName::COUNT.to_string())
            .word("inputmode", "numeric")
            .hear(number(link, told));
        let more = count < NodeName::COUNT;
        el("div", "stepper")
            .with(step(
                text::FEWER_NODES,
                "−",
                count.saturating_sub(1),
                count > 1,
            ))
            .with(el("label", "").with(field).put(span("", text::NODES)))
            .with(step(text::MORE_NODES, "+", count.saturating_add(1), more))
            .done()
    }
}
