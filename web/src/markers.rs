//! Markers of the timeline: what happened to leadership, and what was done. Each is a button that
//! says what it stands for, and leads there.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::Command;
use crate::el::{El, button, el};
use crate::part::part;
use crate::text;
use crate::timeline::{class, places};
use consensus::Micros;
use scene::lanes::{Mark, Sign};
use yew::prelude::*;

/// What a row of markers shows.
#[derive(PartialEq)]
struct Row {
    title: &'static str,
    marks: Vec<Mark>,
    /// The place of the last that was reached.
    past: usize,
}

/// The markers of a row, which has this title; `now` is the moment shown.
pub(crate) fn row(link: &Link, title: &'static str, marks: &[Mark], now: Micros) -> Html {
    let past = marks.iter().rposition(|it| it.at <= now).unwrap_or(0);
    let marks = marks.to_vec();
    part(link, Row { title, marks, past }, draw)
}

fn draw(link: &Link, row: &Row) -> Html {
    let Row { title, marks, past } = row;
    let one = |(place, mark): (usize, &Mark)| {
        // Those of one moment are told apart by their order.
        let before = marks[..place].iter().rev();
        let nth = before.take_while(|it| it.at == mark.at).count();
        let key = [mark.at.0.to_string(), nth.to_string()].join("-");
        marker(link, mark, place == *past).key(key).done()
    };
    let all = marks.iter().enumerate().map(one).collect();
    el("div", "marks")
        .word("role", "group")
        .attr("aria-label", text::markers(title))
        .all(all)
        .done()
}

/// The class of a sign, and the word behind it.
const fn face(sign: Sign) -> (&'static str, &'static str) {
    match sign {
        Sign::Broken => ("i-broken", ""),
        Sign::Crown => ("i-crown", ""),
        Sign::Down => ("i-down", ""),
        Sign::Ask => ("i-ask", ""),
        Sign::Write(_) => ("i-write", ""),
        Sign::Read => ("i-write i-read", ""),
        Sign::Cut => ("i-cut", text::MARK_CUT),
        Sign::Heal => ("i-heal", text::MARK_HEALED),
        Sign::CutOneWay => ("i-cut one", text::MARK_ONE_WAY),
        Sign::Stop => ("i-stop", ""),
        Sign::Start => ("i-start", ""),
        Sign::Pause => ("i-pause", ""),
        Sign::Resume => ("i-resume", ""),
        Sign::Slow => ("i-slow", ""),
        Sign::Water => ("i-water", ""),
        Sign::TimeOut => ("i-line i-timer", ""),
        Sign::Join => ("i-line i-join", ""),
        Sign::Leave => ("i-line i-leave", ""),
        Sign::Transfer => ("i-line i-transfer", ""),
        Sign::Members => ("i-line i-members", ""),
        Sign::Snapshot => ("i-line i-snapshot", ""),
        Sign::Message => ("i-line i-message", ""),
        Sign::Disk => ("i-line i-disk", ""),
        Sign::Clock => ("i-line i-clock", ""),
    }
}

/// Only one of a row is reached with Tab, arrows lead to the others.
fn marker(link: &Link, mark: &Mark, is_reached: bool) -> El {
    let (sign, word) = face(mark.sign);
    let words = match mark.sign {
        Sign::Write(value) => value.to_string(),
        _ => String::new(),
    };
    let said = mark.alone && !word.is_empty();
    let class = class(
        "ev",
        &[
            (mark.low, "low"),
            (mark.ahead, "future"),
            (mark.more > 0 && !said, "many"),
            (mark.place > 50.0, "late"),
        ],
    );
    let mut symbol = el("i", sign);
    if mark.fill > 0 {
        symbol = symbol.attr("data-term", mark.fill.to_string());
    }
    let mut made = button("", link, Msg::Ask(Command::Seek(mark.at)))
        .attr("class", class)
        .word("tabindex", if is_reached { "0" } else { "-1" })
        .attr("style", places(&[("--t:", mark.place)]))
        .attr("aria-label", mark.said.clone())
        .with(symbol.text(words));
    if said {
        let mut said = word.to_string();
        if mark.more > 0 {
            said.push_str(&[" +", &mark.more.to_string()].concat());
        }
        // Drawn by its style: it is no part of the marker's name.
        let behind = el("span", "").attr("data-word", said);
        made = made.with(behind);
    }
    made
}
