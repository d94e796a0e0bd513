//! What two sides are told apart by: below the timeline of the page that compares.

use crate::address::Page;
use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::el::el;
use crate::text;
use consensus::Micros;
use yew::Html;

impl App {
    /// Reads the charts at this moment; none for the moment that is shown.
    pub(crate) fn read_at(&mut self, link: &Link, at: Option<Micros>) {
        if self.choice.page == Page::Compare {
            self.chunks.charts.ask(link);
        }
        self.read = at;
    }
}

/// The first difference and the charts of both sides, once they are here; nothing beside one side.
pub(crate) fn section(app: &App, link: &Link) -> Html {
    let (Page::Compare, Some(shown), Some(animation)) =
        (app.choice.page, &app.shown, &app.animation)
    else {
        return Html::default();
    };
    let body = match app.chunks.charts.contents() {
        Ok(charts) => {
            let names = shown.sides.iter().map(|side| side.name).collect::<Vec<_>>();
            animation.of_run(|run| (charts.show)(link, run, &names, app.read))
        }
        Err(absent) => absent.show(link, Msg::ReadAt(None)),
    };
    el("section", "compared")
        .word("aria-label", text::SIDE_BY_SIDE)
        .put(body)
        .done()
}
