//! What chance did, as steps that do it.

use super::search::Search;
use crate::text::{places, without};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::Micros;
use litemap::LiteMap;
use serde_json::{Value, json};
use simulator::{DropCause, Endpoint, Happening, What};

/// A share of messages is done without; what befell each of them in the run becomes a step of its
/// own. A message has the same number with the step as with the share, and all that is drawn for
/// it is the same.
pub(super) fn single_choices(search: &mut Search) -> bool {
    if !search.best.weight.leaves_to_chance() {
        return false;
    }
    let mut fates = Fates {
        calm: search.best.calm,
        ..Fates::default()
    };
    search.watch(|told| fates.watch(told));
    places(&search.best.file).iter().any(|share| {
        let file = explicit(&search.best.file, share, &fates);
        file.is_some_and(|file| search.attempt(file))
    })
}

/// How to find out what a share of that name did.
fn deeds_for(place: &str) -> Option<fn(&Fates) -> Vec<Value>> {
    let (_, name) = place.rsplit_once('/')?;
    match name {
        "loss-per-million" => Some(Fates::losses),
        "corruption-per-million" => Some(Fates::damages),
        "reordering-per-million" => Some(Fates::delays),
        _ => None,
    }
}

/// The same without that share, and with steps that do what it did.
fn explicit(file: &Value, share: &str, fates: &Fates) -> Option<Value> {
    let deeds = deeds_for(share)?(fates);
    let mut file = without(file, share)?;
    let (link, _) = share.rsplit_once('/')?;
    let changes = file.pointer(link)?.as_object()?;
    if changes.keys().all(|name| name == "from" || name == "to") {
        // A step that changes nothing, or a network that is as by default.
        let whole = link.trim_end_matches("/do/link");
        file = without(&file, whole)?;
    }
    let mut steps = file["steps"].as_array().cloned().unwrap_or_default();
    steps.extend(deeds);
    file["steps"] = steps.into();
    Some(file)
}

/// What became of the messages of a run.
#[derive(Default)]
struct Fates {
    /// What befalls messages that are sent from then on is left out.
    calm: Option<Micros>,
    /// When each was sent, and on which link.
    sent: LiteMap<u64, (Micros, Endpoint, Endpoint)>,
    lost: Vec<u64>,
    damaged: Vec<u64>,
    arrived: Vec<(u64, Micros)>,
}

impl Fates {
    fn watch(&mut self, told: &[Happening]) {
        for happening in told {
            match happening.what {
                What::Sent {
                    flight, from, to, ..
                } => {
                    self.sent.insert(flight, (happening.at, from, to));
                }
                What::Dropped { flight, cause, .. } => match cause {
                    DropCause::Lost => self.lost.push(flight),
                    DropCause::Damaged => self.damaged.push(flight),
                    _ => {}
                },
                What::Arrived { flight, .. } => self.arrived.push((flight, happening.at)),
                _ => {}
            }
        }
    }

    fn losses(&self) -> Vec<Value> {
        let deed = |number: &u64| self.deed(*number, &json!("drop"));
        self.lost.iter().filter_map(deed).collect()
    }

    fn damages(&self) -> Vec<Value> {
        let deed = |number: &u64| self.deed(*number, &json!({ "corrupt": 1 }));
        self.damaged.iter().filter_map(deed).collect()
    }

    /// Whoever was overtaken on its link is delayed, by what it took longer than the quickest.
    fn delays(&self) -> Vec<Value> {
        let took = |(number, at): &(u64, Micros)| Some(at.since(self.sent.get(number)?.0));
        let quickest = self
            .arrived
            .iter()
            .filter_map(took)
            .min()
            .unwrap_or_default();
        let way = |number: &u64| self.sent.get(number).map(|it| (it.1, it.2));
        let arrived = self.arrived.iter().enumerate();
        let overtaken = arrived.filter(|(place, (number, _))| {
            let mut before = self.arrived[..*place].iter();
            before.any(|(other, _)| other > number && way(other) == way(number))
        });
        let deed = |(_, arrived): (usize, &(u64, Micros))| {
            let longer = micros(took(arrived)?.since(quickest));
            self.deed(arrived.0, &json!({ "delay": longer }))
        };
        overtaken.filter_map(deed).collect()
    }

    fn deed(&self, number: u64, touch: &Value) -> Option<Value> {
        let sent = self.sent.get(&number)?.0;
        let at = micros(Some(sent).filter(|it| self.calm.is_none_or(|calm| *it < calm))?);
        Some(json!({ "at": at, "do": { "message": { "number": number, "do": touch } } }))
    }
}

fn micros(span: Micros) -> String {
    crate::span::Span(span).to_string()
}
