//! The page as it stands: two stages, their timeline, the controls, and what floats over them.

use crate::app::{App, Msg, Open};
use crate::callbacks::Link;
use crate::el::{El, button, el};
use crate::header::header;
use crate::key::key;
use crate::snapshot::{Snapshot, cut_words};
use crate::timeline::timeline;
use crate::tools::tools;
use crate::transport::transport;
use crate::{checks, cut, menu, protocol, side, water};
use scenario::simulator::Action;
use yew::Html;

/// All of it. What comes and goes has a container of its own: Yew loses its place among siblings
/// that do so at once.
pub(crate) fn page(app: &App, link: &Link) -> Html {
    let shown = app.shown.as_deref();
    let mut root = el("div", "app compare");
    let mut trouble = el("div", "trouble").word("role", "alert");
    let mut run = el("div", "run");
    if let Some(trouble_words) = &app.trouble {
        trouble = trouble.with(el("p", "").text(trouble_words.clone()));
    }
    if let Some(shown) = shown {
        let tools = tools(link, shown, &app.write);
        root = root.attr("data-at", shown.window.cursor.0.to_string());
        run = run
            .put(timeline(link, shown))
            .put(transport(link, shown, tools));
    }
    let sides = el("div", "sides")
        .put(one_side(app, link, 0, cut_pill(link, shown)))
        .put(one_side(app, link, 1, Html::default()));
    let main = el("main", "")
        .with(el("h1", "vh").say("Two protocols in the same rough water"))
        .with(trouble)
        .with(sides);
    let timeline = el("section", "timeline")
        .word("aria-label", "Timeline")
        .with(run)
        .put(key());
    root.put(header(link, app.choice, &app.seed_field))
        .with(main)
        .with(timeline)
        .with(announcements(shown))
        .with(el("div", "dialogs").put(dialog(app, link).unwrap_or_default()))
        .done()
}

fn one_side(app: &App, link: &Link, place: usize, over: Html) -> Html {
    let shown = app.shown.as_ref().and_then(|shown| shown.sides.get(place));
    let protocol = app.protocols[place];
    side::side(link, (place, protocol), shown, &app.stages[place], over)
}

/// The pill at the river, between the stages.
fn cut_pill(link: &Link, shown: Option<&Snapshot>) -> Html {
    let mut place = el("div", "pill-place");
    let words = shown.map(cut_words);
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        let words = el("span", "")
            .with(el("b", "").say("Cut "))
            .text(words)
            .done();
        let heal = button("", link, Msg::Act(Action::Heal));
        place = place.with(el("div", "cutpill").put(words).with(heal.say("Heal")));
    }
    place.done()
}

fn announcements(shown: Option<&Snapshot>) -> El {
    let mut said = el("div", "vh").word("aria-live", "polite");
    if let Some(shown) = shown {
        said = said.with(el("p", "").text(shown.announced.clone()));
        for side in &shown.sides {
            said = said.with(el("p", "").text(side.announced.clone()));
        }
    }
    said
}

fn dialog(app: &App, link: &Link) -> Option<Html> {
    let shown = app.shown.as_ref()?;
    let (label, near, body) = match app.open? {
        Open::Node(side, id, near) => {
            let node = shown.nodes.iter().find(|node| node.id == id)?;
            let body = menu::menu(link, node, side, &app.menu_write);
            (format!("Node {id}"), Some(near), body)
        }
        Open::Cut => {
            let body = cut::chooser(link, &shown.nodes, &app.above, app.closed);
            ("Cut the network".to_string(), None, body)
        }
        Open::Water => {
            let body = water::panel(link, shown, app.drawn);
            ("Rough water".to_string(), None, body)
        }
        Open::Checks(place) => {
            let side = shown.sides.get(place)?;
            let label = format!("What is checked on {}", protocol::title(side.protocol));
            (label, None, checks::list(side))
        }
    };
    Some(app.dialog.frame(link, label, near, body))
}
