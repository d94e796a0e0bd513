//! A node, looked into: all that it keeps, its timers, its log or ledger, what its disk holds, and
//! the messages on their way to and from it.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, disc, el, span, spoken};
use crate::inspect::{Inspected, item};
use crate::text;
use consensus::{LedgerRow, Micros, Value};
use scenario::Side;
use scenario::simulator::{
    CellView, Endpoint, Flight, InboxDetail, MachineDetail, NodeDetail, TimerView, Variable,
};
use scene::caption::node_fill;
use scene::fill;
use yew::Html;

/// So many messages are listed at most.
const MESSAGES: usize = 8;

/// A node as it stands.
pub(crate) struct NodePanel {
    side: usize,
    now: Micros,
    fill: u8,
    detail: NodeDetail,
    /// How many entries stand before those in `log`.
    earlier: u64,
    log: Vec<CellView>,
    ledger: Vec<LedgerRow>,
    /// What is on its way to it or from it, the first to arrive first.
    messages: Vec<Flight>,
}

impl NodePanel {
    /// A node of a side, of which all is known; none where there is no such node.
    pub(crate) fn take(run: &Side, side: usize, detail: NodeDetail, now: Micros) -> Option<Self> {
        let node = detail.id;
        let view = run.playback().engine().glance();
        let fill = node_fill(&view, node);
        let own = Endpoint::Node(node);
        let about = |it: &Flight| it.from == own || it.to == own;
        let mut messages: Vec<Flight> = view.flights.into_iter().filter(about).collect();
        messages.sort_unstable_by_key(|it| (it.due, it.id));
        messages.truncate(MESSAGES);
        let shown = view.nodes.into_iter().find(|it| it.id == node)?;
        Some(Self {
            side,
            now,
            fill,
            detail,
            earlier: shown.earlier,
            log: shown.log,
            ledger: shown.inspection.ledger,
            messages,
        })
    }
}

/// The panel's body.
pub(crate) fn show(link: &Link, node: &NodePanel) -> Html {
    let detail = &node.detail;
    let variables = detail.variables.iter().map(variable).collect();
    let life = text::life(detail.power, detail.incarnation);
    let mut body = el("div", "panel")
        .with(
            el("p", "whose")
                .put(disc(detail.id, node.fill))
                .put(spoken("", life)),
        )
        .put(part(text::TIMERS, timers(&detail.timers, node.now)))
        .put(part(
            text::ON_THEIR_WAY,
            messages(link, node.side, &node.messages),
        ));
    if !node.log.is_empty() {
        body = body.put(part(text::LOG, log(node.earlier, &node.log)));
    }
    if !node.ledger.is_empty() {
        body = body.put(part(text::LEDGER, ledger(&node.ledger)));
    }
    body.put(part(
        text::VARIABLES,
        el("dl", "items").all(variables).done(),
    ))
    .put(part(text::HOST, host(detail)))
    .done()
}

fn part(title: &'static str, body: Html) -> Html {
    el("section", "part")
        .with(el("h3", "").say(title))
        .put(body)
        .done()
}

/// A variable; what its disk holds is told where that is something else.
fn variable(variable: &Variable) -> Html {
    let label = variable.field.label;
    let value = &variable.field.value;
    let held = match &variable.stored {
        None => Html::default(),
        Some(stored) if stored == value => span("held", text::ON_DISK_TOO),
        Some(stored) => spoken("held unlike", text::on_disk(&stored.to_string())),
    };
    let value = el("span", "").put(worth(value)).put(held).done();
    item(label.name, value, label.meaning)
}

/// A value; none is dim.
pub(crate) fn worth(value: &Value) -> Html {
    let class = match value {
        Value::None => "value dim",
        Value::Secret(_) => "value mono",
        _ => "value",
    };
    spoken(class, value.to_string())
}

/// Each timer as a bar that empties until it fires.
fn timers(timers: &[TimerView], now: Micros) -> Html {
    if timers.is_empty() {
        return none();
    }
    let timer = |timer: &TimerView| {
        let whole = timer.due.since(timer.armed).0.max(1);
        let left = timer.due.since(now);
        let share = (left.0 * 100 / whole).min(100);
        let bar = el("span", "bar-left").attr("style", format!("width:{share}%"));
        el("li", "countdown")
            .with(el("b", "").say(timer.name))
            .put(spoken("value", text::fires_in(left)))
            .with(
                el("span", "bar-whole")
                    .word("aria-hidden", "true")
                    .with(bar),
            )
            .put(span("meaning", timer.meaning))
            .done()
    };
    el("ul", "timers")
        .all(timers.iter().map(timer).collect())
        .done()
}

fn messages(link: &Link, side: usize, flights: &[Flight]) -> Html {
    if flights.is_empty() {
        return none();
    }
    let message = |flight: &Flight| {
        let look = Msg::Inspect(Some(Inspected::Message(side, flight.id)));
        let way = text::way(flight.from, flight.to);
        let open = button("btn wide-btn", link, look)
            .put(span("", flight.kind))
            .with(el("small", "dim").text(way));
        el("li", "").with(open).done()
    };
    el("ul", "acts")
        .all(flights.iter().map(message).collect())
        .done()
}

fn log(earlier: u64, log: &[CellView]) -> Html {
    let entry = |cell: &CellView| {
        let class = if cell.committed {
            "entry"
        } else {
            "entry pending"
        };
        el("li", class)
            .attr("data-term", fill(cell.term).to_string())
            .put(spoken("index", cell.index.to_string()))
            .put(spoken("what", text::written(cell.value)))
            .put(spoken("vh", text::entry(cell.term, cell.committed)))
            .done()
    };
    let before = match earlier {
        0 => Html::default(),
        _ => spoken("dim", text::earlier_entries(earlier)),
    };
    el("div", "")
        .put(before)
        .with(el("ol", "entries").all(log.iter().map(entry).collect()))
        .done()
}

fn ledger(rows: &[LedgerRow]) -> Html {
    let row = |row: &LedgerRow| {
        let life = if row.alive { text::ALIVE } else { text::DEAD };
        el("tr", if row.alive { "" } else { "dim" })
            .with(el("td", "").text(row.node.to_string()))
            .with(el("td", "").text(row.incarnation.0.to_string()))
            .with(el("td", "").text(row.joined.0.to_string()))
            .with(el("td", "").say(life))
            .done()
    };
    let heads = text::LEDGER_HEADS.map(|it| el("th", "").word("scope", "col").say(it).done());
    el("table", "ledger")
        .with(el("thead", "").with(el("tr", "").all(heads.to_vec())))
        .with(el("tbody", "").all(rows.iter().map(row).collect()))
        .done()
}

/// What the host does for the node: state machine, inbox, disk, clocks.
fn host(detail: &NodeDetail) -> Html {
    let NodeDetail {
        machine,
        inbox,
        unwritten,
        missed,
        clock,
        shows,
        ..
    } = detail;
    let number = |number: u64| spoken("value", number.to_string());
    let words = |words: String| spoken("value", words);
    let [
        applied,
        values,
        snapshots,
        waits,
        service,
        writes,
        stood,
        off,
        shown,
    ] = text::HOST_ITEMS;
    let items = [
        (applied, number(machine.applied)),
        (values, words(registers(machine))),
        (snapshots, number(machine.snapshots.into())),
        (waits, words(text::of_room(inbox.waiting, inbox.capacity))),
        (service, words(served(inbox))),
        (writes, number((*unwritten).into())),
        (stood, number((*missed).into())),
        (off, words(text::wrong_by(clock.offset, clock.drift))),
        (shown, words(shows.wall.to_string())),
    ];
    let items = items.map(|([name, meaning], value)| item(name, value, meaning));
    el("dl", "items").all(items.to_vec()).done()
}

fn registers(machine: &MachineDetail) -> String {
    let values = machine
        .values
        .iter()
        .map(|(key, value)| format!("{key}: {value}"));
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return text::NOTHING.to_string();
    }
    values.join(", ")
}

fn served(inbox: &InboxDetail) -> String {
    match inbox.service {
        Micros::ZERO => text::AT_ONCE.to_string(),
        service => service.to_string(),
    }
}

/// Stands for a list in which there is nothing.
fn none() -> Html {
    span("dim", text::NONE_NOW)
}
