//! The page as it stands: the stages, their timeline, the controls, and what floats over them.

use crate::address::Page;
use crate::app::{App, Msg, Open};
use crate::building::Built;
use crate::callbacks::Link;
use crate::chips::{self, Chips};
use crate::chunk::Absent;
use crate::cut::CutMsg;
use crate::dialogs::Dialogs;
use crate::el::{El, button, el, span};
use crate::header::{Header, header};
use crate::icons::{Icon, icon};
use crate::part::part;
use crate::snapshot::{Snapshot, cut_words};
use crate::timeline::timeline;
use crate::tools::{self, Tools};
use crate::transport::transport;
use crate::{compared, inspect, legend, message_menu, protocol, settings, side, text};
use consensus::NodeId;
use scenario::simulator::Action;
use yew::Html;

/// All of it. What comes and goes has a container of its own: Yew loses its place among siblings
/// that do so at once.
pub(crate) fn page(app: &App, link: &Link) -> Html {
    let shown = app.shown.as_deref();
    let (class, title) = match app.choice.page {
        Page::Play => ("app play", text::PLAY_TITLE),
        Page::Compare => ("app compare", text::COMPARE_TITLE),
    };
    let mut root = el("div", class);
    let mut trouble = el("div", "trouble").word("role", "alert");
    let mut coming = el("div", "coming");
    let mut run = el("div", "run");
    if !app.trouble.is_empty() {
        trouble = trouble.with(el("p", "").say(app.trouble));
    }
    if let (Some(absent), Some(wish)) = (app.absent(), &app.wish) {
        coming = coming.put(absent.show(link, wish.clone()));
    }
    // Until the first run is here there is nothing to see; where it will not come, that is said.
    let awaited = shown.is_none() && app.absent() != Some(Absent::Missing);
    if app.built < Built::Stages || awaited {
        root = root.word("data-building", "");
    }
    if let Some(shown) = shown {
        let tools = Tools::of(shown, &app.write, invited(app, shown));
        let tools = part(link, tools, tools::tools);
        if app.drawing {
            root = root.word("data-drawing", "");
        }
        root = root.attr("data-at", shown.window.cursor.0.to_string());
        run = run
            .put(timeline(link, shown, branches(app, link, shown)))
            .put(transport(link, shown, tools));
    }
    let main = el("main", "")
        .with(el("h1", "vh").say(title))
        .with(el("div", "").with(trouble).with(coming))
        .with(el("div", "presets-place").put(match app.choice.page {
            Page::Play => part(link, Chips::of(&app.choice), chips::row),
            Page::Compare => Html::default(),
        }))
        .with(sides(app, link))
        .with(el("div", "shelf").put(inspect::aside(app, link).unwrap_or_default()));
    let timeline = el("section", "timeline")
        .word("aria-label", text::TIMELINE)
        .with(run)
        .put(part(link, (), ways));
    let root = root
        .put(part(link, Header::of(&app.choice), header))
        .with(main)
        .with(timeline)
        .with(announcements(shown))
        .with(el("div", "dialogs").put(dialog(app, link).unwrap_or_default()));
    el("div", "page")
        .with(root)
        .with(el("div", "compared-place").put(compared::section(app, link)))
        .done()
}

/// A page's stages are its own: another page's are made anew.
fn sides(app: &App, link: &Link) -> El {
    let shown = app.shown.as_deref();
    let stages: &[_] = if app.built < Built::Stages {
        &[]
    } else {
        &app.stages
    };
    let stages = stages.iter().zip(app.choice.protocols()).enumerate();
    let sides = stages.map(|(place, (stage, protocol))| {
        let over = match place {
            0 => el("div", "")
                .put(cut_pill(link, shown))
                .put(draw_hint(link, app.drawing))
                .done(),
            _ => Html::default(),
        };
        let stands = shown.and_then(|shown| shown.sides.get(place));
        side::side(app, link, (place, *protocol), stands, (stage, over))
    });
    let sides = sides.collect();
    el("div", "sides")
        .key(app.choice.page.name().to_string())
        .all(sides)
}

/// The pill at the river, between the stages.
fn cut_pill(link: &Link, shown: Option<&Snapshot>) -> Html {
    let mut place = el("div", "pill-place");
    let words = shown.map(cut_words);
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        let words = el("span", "")
            .with(el("b", "").say(text::CUT).say(" "))
            .text(words)
            .done();
        let heal = button("", link, Msg::Act(Action::Heal));
        place = place.with(el("div", "cutpill").put(words).with(heal.say(text::HEAL)));
    }
    place.done()
}

/// What to do while a line is to be drawn.
fn draw_hint(link: &Link, drawing: bool) -> Html {
    let mut place = el("div", "hint-place").word("role", "status");
    if drawing {
        let cancel = button("", link, Msg::Cut(CutMsg::Leave)).say(text::CANCEL);
        let hint = el("div", "cutpill hint").put(span("", text::DRAW_A_LINE));
        place = place.with(hint.with(cancel));
    }
    place.done()
}

/// Who leads, where the one thing to do is to stop it: a first visit's cluster in calm water, of
/// which nobody has asked anything yet.
fn invited(app: &App, shown: &Snapshot) -> Option<NodeId> {
    let is_first = app.choice.page == Page::Play && app.choice.shown_preset() == Some(0);
    let leader = shown.sides.first()?.leader;
    leader.filter(|_| is_first && !shown.acted)
}

/// What has its place at the end of the page on a phone.
fn ways(link: &Link, (): &()) -> Html {
    let files = button("btn quiet", link, Msg::Open(Open::Files))
        .word("aria-haspopup", "dialog")
        .put(icon(Icon::Open))
        .put(span("", text::FILES));
    el("div", "ways-on")
        .put(legend::way(link, "btn quiet"))
        .with(files)
        .done()
}

/// The tree of futures left behind.
fn branches(app: &App, link: &Link, shown: &Snapshot) -> Html {
    match app.chunks.travel.contents() {
        Ok(travel) if !shown.twigs.is_empty() => part(link, shown.twigs.clone(), travel.branches),
        _ => Html::default(),
    }
}

fn announcements(shown: Option<&Snapshot>) -> El {
    let mut said = el("div", "vh").word("aria-live", "polite");
    if let Some(shown) = shown {
        let words = shown.announced.iter().cloned();
        let broken = shown.panel.as_ref().map(|it| it.announced.clone());
        let words = words.chain(broken);
        let words = words.map(|words| el("p", "").text(words).done());
        said = said.all(words.collect());
    }
    said
}

fn dialog(app: &App, link: &Link) -> Option<Html> {
    let shown = app.shown.as_ref()?;
    let open = app.open?;
    let (label, near) = match open {
        Open::Node(_, id, near) => (text::node(id), Some(near)),
        Open::Message(near) => (message_menu::name(app.message.as_ref()?), Some(near)),
        Open::Keys => (text::KEYS.to_string(), None),
        Open::More => (text::MORE_CAN_HAPPEN.to_string(), None),
        Open::Cut => (text::CUT_THE_NETWORK.to_string(), None),
        Open::Water => (text::ROUGH_WATER.to_string(), None),
        Open::Files => (text::FILES.to_string(), None),
        Open::Legend => (text::LEGEND.to_string(), None),
        Open::Settings(place) => (text::settings_of(app.choice.name(place)), None),
        Open::Checks(place) => {
            let side = shown.sides.get(place)?;
            (text::checked_on(protocol::title(side.protocol)), None)
        }
    };
    let chunks = &app.chunks;
    let body = match (open, chunks.dialogs.contents()) {
        (Open::Settings(place), _) => settings::body(app, link, place),
        (Open::Keys, _) => match chunks.travel.contents() {
            Ok(travel) => (travel.shortcuts)(link, app.single_keys.get()),
            Err(absent) => absent.show(link, Msg::Open(open)),
        },
        (Open::Files, _) => match chunks.files.contents() {
            Ok(files) => (files.dialog)(link, app.files.told.as_ref()),
            Err(absent) => absent.show(link, Msg::Open(open)),
        },
        (_, Ok(dialogs)) => body(app, link, shown, open, dialogs)?,
        (_, Err(absent)) => absent.show(link, Msg::Open(open)),
    };
    Some(app.dialog.frame(link, label, near, body))
}

fn body(app: &App, link: &Link, shown: &Snapshot, open: Open, dialogs: &Dialogs) -> Option<Html> {
    Some(match open {
        Open::Node(side, id, _) => {
            let node = shown.nodes.iter().find(|node| node.id == id)?;
            let fields = (&app.menu_write, &app.slowness);
            (dialogs.menu)(link, shown, node, side, fields)
        }
        Open::Message(_) => (dialogs.message)(link, app.message.as_ref()?, app.choice.page),
        Open::More => (dialogs.more)(link, shown, &app.fields),
        Open::Cut => (dialogs.cut)(link, &shown.nodes, &app.chooser),
        Open::Water => (dialogs.water)(link, shown, &app.panel),
        Open::Legend => (dialogs.legend)(),
        // They are in other chunks.
        Open::Files | Open::Settings(_) | Open::Keys => return None,
        Open::Checks(place) => {
            let side = shown.sides.get(place)?;
            (dialogs.checks)(link, &app.choice, (place, side))
        }
    })
}
