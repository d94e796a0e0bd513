//! The logs of all nodes side by side, as a grid: a row for each node, a column for each position.

use super::logs::Logs;
use super::rove::{ROVE, ROVER, hovers, keys, within};
use super::{Beside, Pane, PaneMsg, label};
use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::{Command, Focus};
use crate::el::{El, button, disc, el, icon_button, spoken};
use crate::icons::Icon;
use crate::inspect::Inspected;
use crate::text;
use crate::views::View;
use consensus::NodeId;
use scene::logs::{Table, TableCell, TableRow};
use scene::{CellState, decimal};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// A side's logs.
pub(super) fn show(
    beside: &Beside,
    link: &Link,
    (side, pane): (usize, &Pane),
    logs: &Logs,
) -> Html {
    let table = &logs.table;
    let mut rows = vec![head(table)];
    for row in &table.rows {
        rows.push(line(beside, link, side, row, table));
    }
    let entered = link.clone();
    let press = move |element: &Element| {
        if let Some((node, _)) = meant(element) {
            entered.send_message(Msg::Inspect(Some(Inspected::Node(side, node))));
        }
    };
    let pressed = press.clone();
    let on_click = Callback::from(move |event: MouseEvent| {
        if let Some(element) = within(event.target(), ROVE) {
            pressed(&element);
        }
    });
    let grid = el("div", "logs")
        .word("role", "grid")
        .word(ROVER, "grid")
        .attr("aria-label", label(&pane.about, View::Logs))
        .attr("aria-colcount", (table.end + 1).to_string())
        .hear(Rc::new(yew::html::onclick::Wrapper::new(on_click)))
        .hear(keys(press))
        .all(rows);
    el("section", "pane")
        .attr("aria-label", label(&pane.about, View::Logs))
        .with(bar(link, side, logs))
        .with(
            look(link, side, el("div", "room"))
                .at(&pane.room)
                .with(grid),
        )
        .done()
}

/// The ways to earlier and later positions.
fn bar(link: &Link, side: usize, logs: &Logs) -> El {
    let table = &logs.table;
    let count = (table.last + 1).saturating_sub(table.first).max(1);
    let step = (count / 2).max(1);
    let go = |sign, words, to: Option<u64>, can: bool| {
        icon_button(
            "iconbtn",
            sign,
            words,
            link,
            Msg::Pane(PaneMsg::First(side, to)),
        )
        .flag("disabled", !can)
    };
    let (is_first, is_last) = (table.first <= 1, table.last >= table.end);
    let earlier = Some(table.first.saturating_sub(step).max(1));
    let later = Some(table.first + step);
    let shown = match (logs.numbered, table.end) {
        (_, 0) => text::NOTHING_HELD.to_string(),
        (true, end) => text::positions(table.first, table.last, end),
        (false, _) => text::KNOWN_LIVES.to_string(),
    };
    let latest = button("btn quiet", link, Msg::Pane(PaneMsg::First(side, None)))
        .flag("disabled", is_last)
        .say(text::LATEST);
    let bar = el("div", "pane-bar");
    if is_first && is_last {
        return bar.put(spoken("span", shown));
    }
    bar.with(go(Icon::Left, text::EARLIER_POSITIONS, earlier, !is_first))
        .put(spoken("span", shown))
        .with(go(Icon::Right, text::LATER_POSITIONS, later, !is_last))
        .with(latest)
}

fn place(element: El, list: &[(&str, f64)]) -> El {
    let mut style = String::new();
    for (name, number) in list {
        style.push_str(name);
        decimal(&mut style, *number, 1);
        style.push_str("px;");
    }
    element.attr("style", style)
}

fn head(table: &Table) -> Html {
    let column = |column: &scene::logs::ColumnShape| {
        place(el("span", "column"), &[("left:", column.x)])
            .word("role", "columnheader")
            .text(column.text.clone())
            .done()
    };
    let corner = el("span", "vh")
        .word("role", "columnheader")
        .say(text::NODE);
    let columns = core::iter::once(corner.done()).chain(table.columns.iter().map(column));
    el("div", "head")
        .word("role", "row")
        .all(columns.collect())
        .done()
}

/// A node's row: its name, what its snapshot stands for, its cells, and where what is committed ends.
fn line(beside: &Beside, link: &Link, side: usize, row: &TableRow, table: &Table) -> Html {
    let focus = beside.focus;
    let is_lit = focus.node == Some(row.node);
    let class = if is_lit { "line lit" } else { "line" };
    let look = Msg::Inspect(Some(Inspected::Node(side, row.node)));
    let crown = if row.leads { "name leads" } else { "name" };
    let name = el("span", crown).word("role", "rowheader").with(
        button("", link, look)
            .attr("aria-label", text::look_into(row.node))
            .put(disc(row.node, if row.up { row.fill } else { 0 })),
    );
    let mut inside = vec![name.done()];
    let first = row.folded.is_none();
    inside.extend(
        row.folded
            .iter()
            .map(|fold| cell(row.node, fold, (false, true))),
    );
    for (place, it) in row.cells.iter().enumerate() {
        let here = focus.entry == Some((side, it.position)) && it.position > 0;
        inside.push(cell(row.node, it, (here, first && place == 0)));
    }
    if let Some(border) = row.border {
        let border_mark = place(el("span", "border"), &[("left:", border)]);
        inside.push(border_mark.word("role", "presentation").done());
    }
    if !row.says.is_empty() {
        let says = el("span", "says").word("role", "gridcell");
        let says = match table.says {
            Some(x) => place(says, &[("left:", beyond(table).min(x))]),
            None => says.word("data-hidden", ""),
        };
        inside.push(says.text(row.says.clone()).done());
    }
    el("div", class)
        .word("role", "row")
        .attr("data-node-row", row.node.0.to_string())
        .attr("data-up", row.up.to_string())
        .all(inside)
        .done()
}

/// Where the longest row ends.
fn beyond(table: &Table) -> f64 {
    let cells = table
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().chain(&row.folded));
    cells.map(|it| it.x + it.width).fold(40.0, f64::max) + 12.0
}

fn cell(node: NodeId, cell: &TableCell, (lit, first): (bool, bool)) -> Html {
    let state = match cell.state {
        CellState::Committed => "cell committed",
        CellState::Pending => "cell pending",
        CellState::Empty => "cell empty",
        CellState::Earlier => "cell earlier",
    };
    let shape = place(
        el("span", state),
        &[("left:", cell.x), ("width:", cell.width)],
    );
    let mut cell_ = shape
        .word("role", "gridcell")
        .word(ROVE, "")
        .word("tabindex", if first { "0" } else { "-1" })
        .attr("data-term", cell.fill.to_string())
        .attr("data-of", node.0.to_string())
        .attr("aria-label", cell.said.clone())
        .attr("title", cell.said.clone());
    if cell.position > 0 {
        cell_ = cell_.attr("data-position", cell.position.to_string());
    }
    if cell.applied && cell.position > 0 {
        cell_ = cell_.word("data-applied", "");
    }
    if lit {
        cell_ = cell_.word("data-lit", "entry");
    }
    cell_.text(cell.text.clone()).done()
}

/// Whose cell it is, and of which position.
fn meant(element: &Element) -> Option<(NodeId, Option<u64>)> {
    let number = |name| element.get_attribute(name)?.parse::<u64>().ok();
    let node = NodeId(u16::try_from(number("data-of")?).ok()?);
    Some((node, number("data-position")))
}

/// Marks what a pointer or the focus comes to, in every view.
fn look(link: &Link, side: usize, room: El) -> El {
    let link = link.clone();
    hovers(room, move |target| {
        let row = within(target.clone(), "data-node-row");
        let of_row = row.and_then(|it| it.get_attribute("data-node-row")?.parse().ok());
        let cell = within(target, ROVE).and_then(|it| meant(&it));
        let position = cell.and_then(|it| it.1);
        let focus = Focus {
            node: of_row.map(NodeId),
            entry: position.map(|it| (side, it)),
            ..Focus::default()
        };
        link.send_message(Msg::Ask(Command::Look(focus)));
    })
}
