//! Simpler values: round times, small numbers, nodes by their names.

use super::search::{Draft, Search};
use crate::deed::Deed;
use crate::name::NodeName;
use crate::span::{SignedSpan, Span};
use crate::text::{places, sparse};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use serde_json::{Value, json};

/// What times are rounded to, the roundest first, in microseconds.
const UNITS: [i64; 4] = [1_000_000, 100_000, 10_000, 1_000];
/// By how much steps are moved, in milliseconds.
const LEAPS: [u64; 7] = [10_000, 5_000, 2_000, 1_000, 500, 200, 100];
/// Fields that are simplified by themselves, or not at all.
const APART: [&str; 8] = [
    "/title",
    "/about",
    "/protocols",
    "/nodes",
    "/clients",
    "/seed",
    "/until",
    "/expect",
];

/// The times of all steps rounded alike.
pub(super) fn times(search: &mut Search) -> bool {
    UNITS.into_iter().any(|unit| {
        let mut rounded = search.best.scenario.clone();
        let steps = rounded.steps.iter_mut().enumerate();
        for (_, step) in steps.filter(|(place, _)| search.best.is_loose(*place)) {
            let at = step.at.0.0.next_multiple_of(unit.unsigned_abs());
            step.at = Span(Micros(at)).min(rounded.until);
        }
        search.attempt(sparse(&rounded))
    })
}

/// The writes' values counted from 1, so that each is written once.
pub(super) fn values(search: &mut Search) -> bool {
    if search.best.calm.is_some() {
        return false;
    }
    let mut counted = search.best.scenario.clone();
    counted.steps.sort_by_key(|step| step.at);
    let writes = counted.steps.iter_mut();
    let writes = writes.filter_map(|step| match &mut step.deed {
        Deed::Write(write) => Some(write),
        _ => None,
    });
    for (write, value) in writes.zip(1..) {
        write.value = value;
    }
    search.attempt(sparse(&counted))
}

/// Every step, and all after it, so much sooner.
pub(super) fn sooner(search: &mut Search) -> bool {
    search.attempt_each(|best, place| {
        let first = best.scenario.steps.get(place)?.at.0;
        let by = LEAPS.into_iter().map(Micros::from_millis);
        let sooner = by.filter(|by| *by < first).map(|by| {
            let mut sooner = best.scenario.clone();
            let steps = sooner.steps.iter_mut().enumerate();
            let loose = steps.filter(|(place, _)| best.is_loose(*place));
            for (_, step) in loose.filter(|(_, step)| step.at.0 >= first) {
                step.at = Span(step.at.0.since(by));
            }
            sparse(&sooner)
        });
        Some(sooner.collect())
    })
}

/// Each value by itself.
pub(super) fn each(search: &mut Search) -> bool {
    search.attempt_each(|best, place| {
        let places = places(&best.file).into_iter();
        let apart = |it: &String| {
            APART.iter().any(|apart| it.starts_with(apart)) || it.ends_with("/write/value")
        };
        let mut free = places.filter(|it| !apart(it) && best.is_free(it));
        let pointer = free.nth(place)?;
        let value = best.file.pointer(&pointer)?;
        let simpler = simpler(value, best).into_iter().filter_map(|simpler| {
            let mut file = best.file.clone();
            *file.pointer_mut(&pointer)? = simpler;
            Some(file)
        });
        Some(simpler.collect())
    })
}

/// A smaller seed.
pub(super) fn seed(search: &mut Search) -> bool {
    let seeds = (0..search.best.scenario.seed).take(20);
    seeds.into_iter().any(|seed| {
        let mut file = search.best.file.clone();
        file["seed"] = seed.into();
        search.attempt(file)
    })
}

/// What may stand in its place, the simplest first.
fn simpler(value: &Value, draft: &Draft) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(i64::MAX);
            round_numbers(number).map(Value::from).collect()
        }
        Value::String(text) if text == "leader" => {
            let ids = 0..draft.scenario.nodes;
            let names = ids.map(|id| NodeName(NodeId(id)).to_string());
            names.map(Value::from).collect()
        }
        Value::String(text) => {
            let span = SignedSpan::parse(text).ok();
            let spans = span.into_iter().flat_map(|span| round_spans(span.0));
            spans.map(Value::from).collect()
        }
        // A range that holds more than one.
        Value::Array(ends) if ends.len() == 2 && ends[0] != ends[1] => {
            let spans = [&ends[0], &ends[1]].map(|it| SignedSpan::parse(it.as_str()?).ok());
            let [Some(least), Some(most)] = spans else {
                return Vec::new();
            };
            let middle = round_spans(i64::midpoint(least.0, most.0));
            let ends = [least, most].map(|it| it.to_string());
            middle.chain(ends).map(|it| json!([it, it])).collect()
        }
        _ => Vec::new(),
    }
}

fn round_spans(micros: i64) -> impl Iterator<Item = String> {
    let rounded = UNITS.into_iter().flat_map(move |unit| {
        let below = micros / unit * unit;
        [below, below + unit * micros.signum()]
    });
    let rounded = rounded.filter(|micros| *micros != 0);
    rounded.map(|micros| SignedSpan(micros).to_string())
}

fn round_numbers(number: i64) -> impl Iterator<Item = i64> {
    let power = 10_i64.pow(number.unsigned_abs().checked_ilog10().unwrap_or(0));
    let below = number / power * power;
    let round = below.checked_add(power * number.signum());
    let all = (number > 2).then_some(1_000_000);
    [Some(0), Some(1), Some(2), all, Some(below), round]
        .into_iter()
        .flatten()
}
