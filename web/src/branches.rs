//! Futures left behind, as a tree under the timeline.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::command::Command;
use crate::el::{button, el, span};
use crate::rove::among_branches;
use crate::snapshot::Twig;
use crate::text;
use crate::timeline::places;
use yew::Html;

/// Every branch in a row of its own, below what it grows on.
#[expect(clippy::ptr_arg, reason = "a part is drawn from what it owns")]
pub(crate) fn tree(link: &Link, twigs: &Vec<Twig>) -> Html {
    let rows = twigs.iter().enumerate();
    let rows = rows.map(|(place, twig)| row(link, place, twig)).collect();
    el("div", "twigs")
        .word("role", "group")
        .word("aria-label", text::BRANCHES)
        .hear(among_branches())
        .all(rows)
        .done()
}

fn row(link: &Link, place: usize, twig: &Twig) -> Html {
    // One of them is reached with Tab, arrows lead to the others.
    let tab = if place == 0 { "0" } else { "-1" };
    let grows = text::grows_on(twig.parent.map(|it| it + 1), twig.parted);
    let name = button("twig-name", link, Msg::Ask(Command::TakeUp(twig.branch)))
        .word("tabindex", tab)
        .attr("style", places(&[("--t:", twig.from.min(70.0))]))
        .attr("title", [text::BRANCH_HINT, grows.as_str()].join(". "))
        .put(span("vh", text::BRANCH_SAID))
        .text(twig.label.clone())
        .with(el("span", "vh").text([". ", &grows].concat()));
    let up = twig.up as f64;
    let reach = places(&[("--a:", twig.from), ("--b:", twig.to), ("--up:", up)]);
    let track = el("div", "track")
        .with(el("span", "twig").attr("style", reach))
        .with(name);
    el("div", "lane branch")
        .with(el("h3", "").text(text::branch(twig.branch + 1)))
        .with(track)
        .done()
}
