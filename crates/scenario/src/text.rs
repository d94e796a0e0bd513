//! A scenario as the text of its file: what is as by default is left out.

use crate::document::Scenario;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The fields of a file in the order in which people read them.
const ORDER: [&str; 20] = [
    "title",
    "about",
    "watch",
    "covers",
    "protocols",
    "nodes",
    "clients",
    "seed",
    "until",
    "network",
    "disk",
    "inbox",
    "clocks",
    "client",
    "workload",
    "raft",
    "almighty",
    "watercraft",
    "steps",
    "expect",
];

impl Scenario {
    /// The text of a file that [`Scenario::parse`] reads as this scenario, without what is as by
    /// default.
    #[must_use]
    pub fn text(&self) -> String {
        text(&sparse(self))
    }
}

/// The scenario as JSON, without what is as by default.
pub(crate) fn sparse(scenario: &Scenario) -> Value {
    let mut frame = scenario.clone();
    let steps = core::mem::take(&mut frame.steps);
    let expect = core::mem::take(&mut frame.expect);
    let mut file = stripped(&frame);
    file["steps"] = steps.iter().map(stripped).collect();
    file["expect"] = expect.iter().map(stripped).collect();
    file
}

/// As JSON, without each entry that reads the same without it.
fn stripped<T: Serialize + DeserializeOwned + PartialEq>(whole: &T) -> Value {
    let mut value = serde_json::to_value(whole).unwrap_or_default();
    let mut place = 0;
    while let Some(pointer) = places(&value).get(place) {
        let less = without(&value, pointer);
        let read = less.and_then(|less| Some((T::deserialize(&less).ok()?, less)));
        match read {
            Some((same, less)) if same == *whole => value = less,
            _ => place += 1,
        }
    }
    value
}

/// Where everything stands that has a name or a number in it, as JSON pointers: what holds others
/// comes before them.
pub(crate) fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    add_places(value, "", &mut found);
    found
}

fn add_places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut add = |name: &str, inner: &Value| {
        let place = format!("{at}/{name}");
        found.push(place.clone());
        add_places(inner, &place, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, it)| add(name, it)),
        Value::Array(entries) => {
            let numbered = entries.iter().enumerate();
            numbered.for_each(|(number, it)| add(&number.to_string(), it));
        }
        _ => {}
    }
}

/// The same without what stands there; `None` where nothing does.
pub(crate) fn without(value: &Value, pointer: &str) -> Option<Value> {
    let (holder, name) = pointer.rsplit_once('/')?;
    let mut less = value.clone();
    match less.pointer_mut(holder)? {
        Value::Object(fields) => {
            fields.remove(name)?;
        }
        Value::Array(entries) => {
            let place = name.parse().ok().filter(|it| *it < entries.len())?;
            entries.remove(place);
        }
        _ => return None,
    }
    Some(less)
}

/// A field a line, and each entry of a list of steps or expectations on one of its own.
fn text(file: &Value) -> String {
    let fields = ORDER
        .iter()
        .filter_map(|name| Some((name, file.get(name)?)));
    let lines = fields.filter_map(|(name, value)| match value {
        Value::Array(entries) if matches!(*name, "steps" | "expect") => {
            let entries: Vec<String> = entries.iter().map(|it| format!("    {it}")).collect();
            let list = format!("  \"{name}\": [\n{}\n  ]", entries.join(",\n"));
            (!entries.is_empty()).then_some(list)
        }
        value => Some(format!("  \"{name}\": {value}")),
    });
    let lines: Vec<String> = lines.collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}
