//! The page as it stands: two stages, their timeline, the controls, and what floats over them.

use crate::app::{App, Msg, Open};
use crate::callbacks::Link;
use crate::command::SideName;
use crate::dialogs::Dialogs;
use crate::el::{El, button, el};
use crate::header::header;
use crate::key::key;
use crate::snapshot::{Snapshot, cut_words};
use crate::timeline::timeline;
use crate::tools::tools;
use crate::transport::transport;
use crate::{protocol, side};
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
    let duel = el("div", "duel")
        .put(one_side(app, link, SideName::Left, cut_pill(link, shown)))
        .put(one_side(app, link, SideName::Right, Html::default()));
    let main = el("main", "")
        .with(el("h1", "vh").say("Two protocols in the same rough water"))
        .with(trouble)
        .with(duel);
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

fn one_side(app: &App, link: &Link, name: SideName, over: Html) -> Html {
    let place = name.place();
    let shown = app.shown.as_ref().map(|shown| &shown.sides[place]);
    let protocol = app.protocols[place];
    side::side(link, (name, protocol), shown, &app.stages[place], over)
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
        let [left, right] = &shown.sides;
        for words in [&shown.announced, &left.announced, &right.announced] {
            said = said.with(el("p", "").text(words.clone()));
        }
    }
    said
}

fn dialog(app: &App, link: &Link) -> Option<Html> {
    let shown = app.shown.as_ref()?;
    let open = app.open?;
    let (label, near) = match open {
        Open::Node(_, id, near) => (format!("Node {id}"), Some(near)),
        Open::Cut => ("Cut the network".to_string(), None),
        Open::Water => ("Rough water".to_string(), None),
        Open::Checks(side) => {
            let title = protocol::title(app.protocols[side.place()]);
            (format!("What is checked on {title}"), None)
        }
    };
    let body = match app.chunks.dialogs.contents() {
        Ok(dialogs) => body(app, link, shown, open, dialogs)?,
        Err(absent) => absent.show(link, Msg::Open(open)),
    };
    Some(app.dialog.frame(link, label, near, body))
}

fn body(app: &App, link: &Link, shown: &Snapshot, open: Open, dialogs: &Dialogs) -> Option<Html> {
    Some(match open {
        Open::Node(side, id, _) => {
            let node = shown.nodes.iter().find(|node| node.id == id)?;
            (dialogs.menu)(link, node, side, &app.menu_write)
        }
        Open::Cut => (dialogs.cut)(link, &shown.nodes, &app.above, app.closed),
        Open::Water => (dialogs.water)(link, shown, app.drawn),
        Open::Checks(side) => (dialogs.checks)(&shown.sides[side.place()]),
    })
}
