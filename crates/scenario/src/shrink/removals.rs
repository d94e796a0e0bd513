//! Leaving things out: kinds of deed, steps, fields.

use super::search::{Draft, Search};
use crate::text::{places, without};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_json::{Value, json};

/// Up to so many steps, any two are left out together.
const MOST_FOR_PAIRS: usize = 20;
/// What every scenario has.
const KEPT: [&str; 7] = [
    "/title",
    "/about",
    "/protocols",
    "/nodes",
    "/seed",
    "/until",
    "/expect",
];

/// Whole kinds of deed.
pub(super) fn kinds(search: &mut Search) -> bool {
    search.attempt_each(|best, place| {
        let mut kinds: Vec<String> = steps(best).iter().map(kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let gone = kinds.get(place)?;
        Some(Vec::from([keeping(best, |_, step| kind(step) != *gone)]))
    })
}

/// Ever shorter stretches of steps, the last ones first; single steps in the end.
pub(super) fn stretches(search: &mut Search) -> bool {
    let mut any = false;
    let mut length = steps(&search.best).len() / 2;
    while length > 0 {
        let mut end = steps(&search.best).len();
        while end > 0 && !search.is_spent {
            let start = end.saturating_sub(length);
            let gone = start..end;
            any |= search.attempt(keeping(&search.best, |at, _| !gone.contains(&at)));
            end = start;
        }
        length /= 2;
    }
    any
}

/// Any two steps where there are few: one may only undo what the other does.
pub(super) fn pairs(search: &mut Search) -> bool {
    if steps(&search.best).len() > MOST_FOR_PAIRS {
        return false;
    }
    search.attempt_each(|best, place| {
        let later = place + 1..steps(best).len();
        let pairs = later.map(|other| keeping(best, |at, _| at != place && at != other));
        (place < steps(best).len()).then(|| pairs.collect())
    })
}

/// Every single entry that can be done without: blocks of settings, then their fields, steps, and
/// what steps name.
pub(super) fn entries(search: &mut Search) -> bool {
    search.attempt_each(|best, place| {
        let places = places(&best.file).into_iter();
        let kept = |it: &String| KEPT.iter().any(|kept| it.starts_with(kept));
        let mut free = places.filter(|it| !kept(it) && best.is_free(it));
        let pointer = free.nth(place)?;
        let less = without(&best.file, &pointer);
        let mutant = best.file.pointer(&pointer).and_then(|it| it.get("mutant"));
        let but_its_mutant = mutant.map(|mutant| {
            let mut less = best.file.clone();
            less[pointer.trim_start_matches('/')] = json!({ "mutant": mutant });
            less
        });
        Some(but_its_mutant.into_iter().chain(less).collect())
    })
}

pub(super) fn steps(draft: &Draft) -> &[Value] {
    draft.file["steps"].as_array().map_or(&[], |it| &**it)
}

/// The same with these of its steps.
fn keeping(draft: &Draft, kept: impl Fn(usize, &Value) -> bool) -> Value {
    let steps = steps(draft).iter().enumerate();
    let kept = steps.filter(|(at, step)| !draft.is_loose(*at) || kept(*at, step));
    let mut file = draft.file.clone();
    file["steps"] = kept.map(|(_, step)| step.clone()).collect();
    file
}

/// What a step does, and for a link what it changes there.
fn kind(step: &Value) -> String {
    match &step["do"] {
        Value::Object(deed) => {
            let mut kind: String = deed.keys().map(|it| &**it).collect();
            let link = deed.get("link").and_then(Value::as_object);
            let changed = link.into_iter().flatten().map(|(name, _)| &**name);
            kind.extend(changed.filter(|name| !matches!(*name, "from" | "to")));
            kind
        }
        deed => deed.to_string(),
    }
}
