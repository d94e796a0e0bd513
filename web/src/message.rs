//! A message, looked into: all that it says, when it was sent, when it is due, and what will become
//! of it.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{El, button, el, spoken};
use crate::inspect::{Inspected, item};
use crate::inspect_node::worth;
use crate::text;
use consensus::Micros;
use scenario::simulator::{Endpoint, MessageDetail, Prospect};
use yew::Html;

/// A message as it stands, or as it was last seen.
#[derive(Clone)]
pub(crate) struct MessagePanel {
    side: usize,
    detail: MessageDetail,
    /// What will become of it, or what became of it.
    end: String,
    /// Whether it is on its way, or sinks.
    under_way: bool,
}

impl MessagePanel {
    /// A message of a side, on its way or sinking.
    pub(crate) fn new(side: usize, detail: MessageDetail) -> Self {
        Self {
            side,
            end: detail.prospect.sentence().to_string(),
            detail,
            under_way: true,
        }
    }

    /// The same, when it is to be seen no more.
    pub(crate) fn gone(&self, now: Micros) -> Self {
        let flight = &self.detail.flight;
        let end = match self.detail.prospect {
            _ if now < flight.sent => text::NOT_SENT_YET.to_string(),
            Prospect::Dropped(_) => self.detail.prospect.sentence().to_string(),
            _ if now < flight.due => text::NO_LONGER_THERE.to_string(),
            _ => text::arrived(flight.due),
        };
        Self {
            side: self.side,
            detail: self.detail.clone(),
            end,
            under_way: false,
        }
    }

    /// How the panel is called.
    pub(crate) fn title(&self) -> String {
        let flight = &self.detail.flight;
        [flight.kind, ", ", &text::way(flight.from, flight.to)].concat()
    }
}

/// The panel's body.
pub(crate) fn show(link: &Link, message: &MessagePanel) -> Html {
    let detail = &message.detail;
    let flight = &detail.flight;
    let words = |words: String| spoken("value", words);
    let [number, sent, due, size, double] = text::MESSAGE_ITEMS;
    let mut items = vec![
        (sent, words(flight.sent.to_string())),
        (due, words(flight.due.to_string())),
    ];
    if detail.bytes > 0 {
        items.push((size, words(text::bytes(detail.bytes))));
    }
    items.push((number, words(flight.id.to_string())));
    if let Some(first) = flight.copy_of {
        items.push((double, words(text::of_message(first))));
    }
    let items = items.into_iter();
    let items = items.map(|([name, meaning], value)| item(name, value, meaning));
    let fields = detail.fields.iter();
    let fields = fields.map(|it| item(it.label.name, worth(&it.value), it.label.meaning));
    let class = if message.under_way {
        "outcome"
    } else {
        "outcome dim"
    };
    let part = |title: &'static str, items: Vec<Html>| {
        el("section", "part")
            .with(el("h3", "").say(title))
            .with(el("dl", "items").all(items))
    };
    el("div", "panel")
        .with(el("p", class).text(message.end.clone()))
        .with(ends(link, message))
        .with(part(text::SAYS, fields.collect()))
        .with(part(text::UNDER_WAY, items.collect()))
        .done()
}

/// Ways to look into who sent it and who is to get it.
fn ends(link: &Link, message: &MessagePanel) -> El {
    let flight = &message.detail.flight;
    let nodes = [flight.from, flight.to]
        .into_iter()
        .filter_map(Endpoint::node);
    let look = nodes.map(|node| {
        let look = Msg::Inspect(Some(Inspected::Node(message.side, node)));
        button("btn", link, look).text(text::look_into(node)).done()
    });
    el("div", "ways-out").all(look.collect())
}
