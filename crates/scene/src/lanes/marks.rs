//! What happened, as marks: to leadership on one side, and what was done to both.

use super::crowd::thinned;
use super::deeds::done;
use super::{Mark, Shared, Sign, Window, leads_at, number};
use crate::facts::fill;
use alloc::format;
use alloc::vec::Vec;
use consensus::{Mandate, Micros, Observation};
use simulator::{Action, Happening, Lead, TimedAction, What};

/// Where marks are wider than this, in percent, nothing is set beside its own place.
const NARROW: f64 = 3.0;

/// What was done to both sides.
#[must_use]
pub fn shared(script: &[TimedAction], window: &Window) -> Shared {
    let mut shared = Shared::default();
    let mut open: Option<Micros> = None;
    for (place, timed) in script.iter().enumerate() {
        if timed.at > window.end || is_overruled(timed, &script[place + 1..]) {
            continue;
        }
        match &timed.action {
            Action::Cut(_) | Action::CutOneWay { .. } => open = open.or(Some(timed.at)),
            Action::Heal => {
                if let Some(from) = open.take() {
                    shared
                        .rivers
                        .push((window.place(from), window.place(timed.at)));
                }
            }
            _ => {}
        }
        let (sign, said) = done(&timed.action);
        let mark = mark(timed.at, false, sign, 0, &said, window);
        add(&mut shared.marks, mark, window.room());
    }
    if let Some(from) = open {
        shared
            .rivers
            .push((window.place(from), window.place(window.reached.max(from))));
    }
    shared.marks = thinned(shared.marks, window);
    shared
}

/// Whether a later action of the same moment changes the very same thing of the water.
fn is_overruled(timed: &TimedAction, later: &[TimedAction]) -> bool {
    let kind = |action: &Action| match action {
        Action::Link { links, change } => Some((*links, core::mem::discriminant(change))),
        _ => None,
    };
    let changed = kind(&timed.action);
    let mut soon = later.iter().take_while(|other| other.at == timed.at);
    changed.is_some() && soon.any(|other| kind(&other.action) == changed)
}

/// Puts a mark behind the others, beside one of the same moment. Changes of the water at one moment
/// share a mark, and where a cut takes another's place no healing is told.
fn add(marks: &mut Vec<Mark>, mut mark: Mark, room: f64) {
    if let Some(last) = marks.last_mut().filter(|last| last.at == mark.at) {
        match (last.sign, mark.sign) {
            (Sign::Water, Sign::Water) => {
                last.said.push_str(", ");
                let said = mark.said.split_once(':');
                last.said
                    .push_str(said.map_or("", |(_, said)| said.trim_start()));
                return;
            }
            (Sign::Heal, Sign::Cut | Sign::CutOneWay) => {
                *last = mark;
                return;
            }
            _ if room < NARROW => mark.place = (last.place + room).min(100.0),
            _ => {}
        }
    }
    marks.push(mark);
}

fn mark(at: Micros, low: bool, sign: Sign, fill: u8, said: &str, window: &Window) -> Mark {
    Mark {
        at,
        place: window.place(at),
        low,
        ahead: at > window.cursor,
        sign,
        fill,
        said: format!("{at}: {said}"),
        more: 0,
        alone: false,
    }
}

pub(super) fn crown_marks(lead: &Lead, low: bool, window: &Window) -> Vec<Mark> {
    let filled = fill(number(lead));
    let right = match lead.reign.mandate {
        Mandate::Term(term) => format!("term {term}"),
        Mandate::Election { .. } => format!("reign {}", lead.number),
    };
    let said = format!("{} leads {right}", lead.node);
    let mut marks = alloc::vec![mark(lead.from, low, Sign::Crown, filled, &said, window)];
    if let Some(until) = lead.until {
        let said = format!("{} leads no longer", lead.node);
        marks.push(mark(until, low, Sign::Down, filled, &said, window));
    }
    marks
}

pub(super) fn ask_marks(story: &[Happening], leads: &[Lead], window: &Window) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for happening in story {
        let What::Observed(node, Observation::ElectionCalled(Mandate::Term(term))) = happening.what
        else {
            continue;
        };
        let at = happening.at;
        let low = leads.iter().any(|lead| leads_at(lead, at));
        let said = format!("{node} asks for votes in term {term}");
        marks.push(mark(at, low, Sign::Ask, fill(term), &said, window));
    }
    marks
}

/// Where a guarantee broke.
pub(super) fn broken_marks(story: &[Happening], window: &Window) -> impl Iterator<Item = Mark> {
    story.iter().filter_map(|happening| {
        let What::Violated(violation) = &happening.what else {
            return None;
        };
        let said = format!("{} is broken", violation.property.name());
        Some(mark(happening.at, false, Sign::Broken, 0, &said, window))
    })
}
