//! What happened, as marks: to leadership on one side, and what was done to both.

use super::{Mark, Shared, Sign, Window, leads_at, number};
use crate::caption::{link_words, names};
use crate::facts::fill;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Mandate, Micros, Observation};
use simulator::{Action, Happening, Lead, Target, TimedAction, What};

/// Marks of one kind nearer than this, in percent, cover each other.
const MARK_ROOM: f64 = 1.2;

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
        if let Some((sign, said)) = done(&timed.action) {
            add(
                &mut shared.marks,
                mark(timed.at, false, sign, 0, &said, window),
            );
        }
    }
    if let Some(from) = open {
        shared
            .rivers
            .push((window.place(from), window.place(window.reached.max(from))));
    }
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
fn add(marks: &mut Vec<Mark>, mut mark: Mark) {
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
            _ => mark.place = (last.place + MARK_ROOM).min(100.0),
        }
    }
    marks.push(mark);
}

fn done(action: &Action) -> Option<(Sign, String)> {
    let who = |target: &Target| match target {
        Target::Node(node) => node.to_string(),
        Target::Leader => "the leader".to_string(),
    };
    Some(match action {
        Action::Cut(_) => (Sign::Cut, "the network is cut".to_string()),
        Action::CutOneWay { from, to } => {
            let (from, to) = (names(from), names(to));
            let said = format!("nothing passes from {from} to {to}");
            (Sign::CutOneWay, said)
        }
        Action::Heal => (Sign::Heal, "the network is healed".to_string()),
        Action::Write { value, .. } => (Sign::Write(*value), format!("client writes {value}")),
        Action::Stop(target) => (Sign::Stop, format!("{} stops", who(target))),
        Action::Start(target) => (Sign::Start, format!("{} starts", who(target))),
        Action::Pause(target) => (Sign::Pause, format!("{} stands still", who(target))),
        Action::Resume(target) => (Sign::Resume, format!("{} goes on", who(target))),
        Action::Slow { node, service } if *service == Micros::ZERO => {
            (Sign::Slow, format!("{} works at full speed", who(node)))
        }
        Action::Slow { node, .. } => (Sign::Slow, format!("{} works slowly", who(node))),
        Action::Link { links, change } => (Sign::Water, link_words(*links, change)),
        _ => return None,
    })
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
        let covered = marks
            .last()
            .is_some_and(|last| window.place(at) - last.place < MARK_ROOM);
        if covered {
            continue;
        }
        let low = leads.iter().any(|lead| leads_at(lead, at));
        let said = format!("{node} asks for votes in term {term}");
        marks.push(mark(at, low, Sign::Ask, fill(term), &said, window));
    }
    marks
}
