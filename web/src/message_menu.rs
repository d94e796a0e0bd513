//! What can be done to one message on its way, on a page of one cluster.

use crate::address::Page;
use crate::app::{App, Msg, Open};
use crate::callbacks::Link;
use crate::command::Focus;
use crate::cut::CutMsg;
use crate::el::{button, el, span};
use crate::icons::{Icon, icon};
use crate::inspect::Inspected;
use crate::painter::Press;
use crate::text;
use consensus::Micros;
use scenario::simulator::{Action, Endpoint, Fate, Flight, MessageDeed};
use yew::prelude::*;

/// By how much a message can be made late.
const DELAYS: [Micros; 3] = [Micros(10_000), Micros(50_000), Micros(250_000)];

impl App {
    /// Something on a stage was pressed or drawn.
    pub(crate) fn pressed(&mut self, link: &Link, side: usize, press: Press) {
        match press {
            Press::Node(node) => self.press(link, side, node),
            Press::Message(number, near) => self.press_message(link, (side, number), near),
            Press::Water(point, near) => {
                let animation = self.animation.as_ref();
                if let Some(number) = animation.and_then(|it| it.message_at(side, point)) {
                    self.press_message(link, (side, number), near);
                }
            }
            Press::Over(node, message) => self.over(Focus {
                node,
                message: message.map(|it| (side, it)),
                ..Focus::default()
            }),
            Press::Line(sides) => self.in_dialogs(link, Msg::Cut(CutMsg::Drawn(sides))),
        }
    }

    fn press_message(&mut self, link: &Link, (side, number): (usize, u64), near: (i32, i32)) {
        let animation = self.animation.as_ref();
        self.message = animation.and_then(|it| it.flight(side, number));
        if self.message.is_some() {
            self.show(link, Open::Message(near));
        }
    }
}

/// What a message is called.
pub(crate) fn name(flight: &Flight) -> String {
    let end = |endpoint| match endpoint {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(client) => text::client(client.0),
    };
    text::message(flight.kind, &end(flight.from), &end(flight.to))
}

/// What can be done to a message as it stands.
fn deeds(flight: &Flight) -> Vec<MessageDeed> {
    let (arrives, held) = (
        flight.fate == Fate::Arrives,
        matches!(flight.fate, Fate::Held(_)),
    );
    // What clients say carries no checksum that could tell.
    let between_nodes = flight.from.node().and(flight.to.node()).is_some();
    let all = [
        (arrives, MessageDeed::Hold),
        (held, MessageDeed::Release),
        (true, MessageDeed::Drop),
        (
            between_nodes && !flight.damaged && (arrives || held),
            MessageDeed::Corrupt(flight.id),
        ),
    ];
    let delays = DELAYS.map(|span| (arrives || held, MessageDeed::Delay(span)));
    let wanted = all.into_iter().chain(delays).filter(|(wanted, _)| *wanted);
    wanted.map(|(_, deed)| deed).collect()
}

/// The sign of a deed, its name, and what it means.
fn face(deed: MessageDeed) -> (Icon, [&'static str; 2]) {
    match deed {
        MessageDeed::Hold => (Icon::Pause, text::HOLD),
        MessageDeed::Release => (Icon::Play, text::RELEASE),
        MessageDeed::Drop => (Icon::Close, text::DROP),
        MessageDeed::Corrupt(_) => (Icon::Broken, text::CORRUPT),
        MessageDeed::Delay(_) => (Icon::Timer, text::DELAY_MORE),
    }
}

/// The menu of a message; on two sides it is one on each, and none can be chosen.
pub(crate) fn menu(link: &Link, flight: &Flight, page: Page) -> Html {
    if page == Page::Compare {
        return el("div", "menu")
            .with(el("p", "").say(text::MESSAGE_ON_TWO_SIDES))
            .with(
                el("a", "btn main")
                    .word("href", Page::Play.href())
                    .say(text::PLAY_ONE_SIDE),
            )
            .done();
    }
    let number = flight.id;
    let act = |deed| Msg::Act(Action::Message { number, deed });
    let mut acts = Vec::new();
    let mut delays = Vec::new();
    for deed in deeds(flight) {
        let (sign, [words, note]) = face(deed);
        if let MessageDeed::Delay(span) = deed {
            let words = text::later_by(span);
            delays.push(button("chip", link, act(deed)).text(words).done());
            continue;
        }
        let button = button("btn deed", link, act(deed))
            .put(icon(sign))
            .put(span("", words))
            .with(el("small", "dim").say(note));
        acts.push(el("li", "").with(button).done());
    }
    let mut menu = el("div", "menu")
        .with(el("p", "dim").text(text::fate(flight.fate, flight.damaged, flight.due)))
        .with(
            el("ul", "acts deeds")
                .word("aria-label", text::WHAT_CAN_BE_DONE)
                .all(acts),
        );
    // Where messages have a menu there is one side.
    let inside = Msg::Inspect(Some(Inspected::Message(0, number)));
    let inside = button("btn wide-btn", link, inside)
        .put(icon(Icon::Why))
        .put(span("", text::LOOK_INSIDE));
    menu = menu.with(inside);
    if !delays.is_empty() {
        let row = el("div", "ways")
            .word("role", "group")
            .word("aria-label", text::DELAY_MORE[0])
            .all(delays);
        let label = span("dim", text::DELAY_MORE[0]);
        menu = menu.with(el("div", "presets-row").put(label).with(row));
    }
    menu.done()
}
