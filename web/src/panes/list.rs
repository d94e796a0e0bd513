//! The list of events, read from a side: as many lines as can be seen, and what holds them.

use super::{About, Pane, Shown};
use consensus::Micros;
use scenario::Side;
use scenario::simulator::Happening;
use scene::events::{EventKind, EventKinds, Events, Filter, Telling, events};
use web_sys::Element;

/// At most so many events are played for one look at a run.
const MOST: u64 = 4_000;
/// How much time before and after the cursor the list covers at first.
const REACH: Micros = Micros::from_secs(5);
/// How many lines are drawn above and below what can be seen.
const MORE: usize = 6;
/// Nothing is played again from before this many times the first reach.
const FURTHEST: u64 = 64;

/// What the lists of all sides are shown by.
pub(super) struct Lists {
    pub(super) filter: Filter,
    /// Whether they stay with the moment that people stand at.
    pub(super) follow: bool,
    /// How many times the first reach they cover.
    reach: u64,
    /// Each side's scrolling.
    scrolls: Vec<Scroll>,
}

/// Where a list stands.
#[derive(Clone, Copy, Default)]
struct Scroll {
    /// How far it is scrolled, in pixels.
    top: f64,
    /// How high a line is.
    line: f64,
    /// How far it was scrolled by itself.
    own: f64,
}

impl Default for Lists {
    fn default() -> Self {
        let kinds = EventKinds::ALL
            .toggled(EventKind::Routine)
            .toggled(EventKind::Message);
        Self {
            filter: Filter {
                kinds,
                ..Filter::all()
            },
            follow: true,
            reach: 1,
            scrolls: Vec::new(),
        }
    }
}

/// A list as it stands.
pub(super) struct List {
    pub(super) events: Events,
    /// How many lines lie before the cursor, or at it.
    pub(super) now: usize,
    /// Where it begins.
    pub(super) from: Micros,
    /// Whether all of it was read.
    pub(super) whole: bool,
}

impl Lists {
    /// Covers four times as much.
    pub(super) fn earlier(&mut self) {
        self.reach = (self.reach * 4).min(FURTHEST);
        self.follow = true;
    }

    /// A person scrolled, or the list itself did.
    pub(super) fn scrolled(&mut self, side: usize, pane: &Pane) {
        let Some(room) = pane.room.cast::<Element>() else {
            return;
        };
        let scroll = self.scroll(side);
        let top = f64::from(room.scroll_top());
        let by_itself = (top - scroll.own).abs() < 2.0;
        scroll.top = top;
        self.follow &= by_itself;
    }

    /// After a rendering: keeps the line of the moment in sight.
    pub(super) fn keep_up(&mut self, side: usize, room: &Element, list: &List) {
        let follow = self.follow;
        let scroll = self.scroll(side);
        if let Ok(Some(line)) = room.query_selector(".event") {
            scroll.line = line.get_bounding_client_rect().height();
        }
        if !follow {
            return;
        }
        let seen = f64::from(room.client_height());
        let end = (list.now + 2) as f64 * scroll.line;
        let top = (end - seen).max(0.0).round();
        if (f64::from(room.scroll_top()) - top).abs() >= 1.0 {
            room.set_scroll_top(top as i32);
        }
        // As far as it could be scrolled.
        scroll.own = f64::from(room.scroll_top());
        scroll.top = scroll.own;
    }

    /// How high a line of a side's list is, in pixels; 0 before one is drawn.
    pub(super) fn line(&self, side: usize) -> f64 {
        self.scrolls.get(side).map_or(0.0, |it| it.line)
    }

    fn scroll(&mut self, side: usize) -> &mut Scroll {
        if self.scrolls.len() <= side {
            self.scrolls.resize(side + 1, Scroll::default());
        }
        &mut self.scrolls[side]
    }

    /// The lines to draw: the first of them, and how many.
    fn lines(&self, side: usize, now: usize, height: f64) -> (usize, usize) {
        let scroll = self.scrolls.get(side).copied().unwrap_or_default();
        let line = scroll.line.max(24.0);
        let count = (height / line) as usize + 1;
        let first = match self.follow {
            true => (now + 2).saturating_sub(count),
            false => (scroll.top / line) as usize,
        };
        (first.saturating_sub(MORE), count + 2 * MORE)
    }
}

/// Reads the lines that can be seen; false where more of the run is to be read.
pub(super) fn read(
    pane: &mut Pane,
    (place, side): (usize, &Side),
    lists: &Lists,
    cursor: Micros,
) -> (Shown, bool) {
    let reach = Micros(REACH.0 * lists.reach);
    let from = cursor.since(reach);
    let done = pane
        .excerpt
        .show(side.playback(), from, cursor + reach, MOST);
    let told = pane.excerpt.told();
    let told = &told[told.partition_point(|it| it.at < from)..];
    let before = &told[..told.partition_point(|it| it.at <= cursor)];
    let now = lines(before, &pane.about, &lists.filter, (0, 0)).total;
    let drawn = lists.lines(place, now, pane.size.1);
    let list = List {
        events: lines(told, &pane.about, &lists.filter, drawn),
        now,
        from,
        whole: done,
    };
    (Shown::List(Box::new(list)), done)
}

fn lines(
    told: &[Happening],
    about: &About,
    filter: &Filter,
    (first, count): (usize, usize),
) -> Events {
    let fills = |node| about.fill(node);
    let telling = Telling {
        reigns: &about.reigns,
        fills: &fills,
    };
    events(told, &telling, filter, first, count)
}
