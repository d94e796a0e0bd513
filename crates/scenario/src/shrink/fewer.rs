//! Fewer nodes and clients.

use super::search::{Draft, Search};
use crate::name::NodeName;
use alloc::string::ToString;
use alloc::vec::Vec;
use consensus::NodeId;
use serde_json::Value;

/// Up to so many nodes, each is tried in the place of each other.
const MOST_TO_MERGE: u16 = 9;
/// Where nodes are named.
const NAMING: [&str; 3] = ["steps", "clocks", "expect"];

/// Fewer nodes: one is left out with all that befalls it alone, or another takes its place; those
/// behind it move up.
pub(super) fn nodes(search: &mut Search) -> bool {
    search.attempt_each(|best, place| {
        let every = best.scenario.every_node();
        let last = every.iter().map(|it| it.0.0).max()?;
        let gone = last.checked_sub(u16::try_from(place).ok()?)?;
        let others = (0..gone).filter(|_| last < MOST_TO_MERGE).map(Some);
        let heirs = [None].into_iter().chain(others);
        Some(
            heirs
                .filter_map(|heir| less_one(best, gone, heir))
                .collect(),
        )
    })
}

/// Fewer clients: the others make their calls.
pub(super) fn clients(search: &mut Search) -> bool {
    if search.best.calm.is_some() {
        return false;
    }
    let clients = u64::from(search.best.scenario.clients);
    (1..clients).any(|fewer| {
        let mut file = search.best.file.clone();
        file["clients"] = fewer.into();
        limit_clients(&mut file["steps"], fewer);
        search.attempt(file)
    })
}

fn limit_clients(value: &mut Value, most: u64) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, it)| {
            if name == "client" && it.as_u64().is_some_and(|it| it > most) {
                *it = most.into();
            }
            limit_clients(it, most);
        }),
        Value::Array(entries) => entries.iter_mut().for_each(|it| limit_clients(it, most)),
        _ => {}
    }
}

/// The same without one node, and with its heir in its place, but for what is done in the calm.
fn less_one(draft: &Draft, gone: u16, heir: Option<u16>) -> Option<Value> {
    let renamed = |heir: Option<u16>| {
        move |name: NodeName| match name.0.0 {
            id if id == gone => heir,
            id => Some(id - u16::from(id > gone)),
        }
    };
    let mut file = draft.file.clone();
    if draft.calm.is_some() && names(&file["expect"], NodeName(NodeId(gone))) {
        return None;
    }
    for name in NAMING {
        if let Some(entries) = draft.file.get(name).and_then(Value::as_array) {
            let entries = entries.iter().enumerate().filter_map(|(place, it)| {
                let in_calm = name == "steps" && !draft.is_loose(place);
                rename(it, &renamed(heir.filter(|_| !in_calm)))
            });
            file[name] = entries.collect();
        }
    }
    let nodes = draft.scenario.nodes;
    file["nodes"] = (nodes - u16::from(gone < nodes)).into();
    // What is expected stays.
    let expected = file["expect"].as_array().map(Vec::len);
    (expected == Some(draft.scenario.expect.len())).then_some(file)
}

/// Whether this node is named anywhere in it.
fn names(value: &Value, node: NodeName) -> bool {
    match value {
        Value::String(text) => NodeName::parse(text).is_ok_and(|name| name == node),
        Value::Array(entries) => entries.iter().any(|it| names(it, node)),
        Value::Object(fields) => fields.values().any(|it| names(it, node)),
        _ => false,
    }
}

fn is_name(value: &Value) -> bool {
    let text = value.as_str();
    text.is_some_and(|text| NodeName::parse(text).is_ok())
}

/// The same with other names; `None` where it says nothing without those who are gone.
fn rename(value: &Value, renamed: &impl Fn(NodeName) -> Option<u16>) -> Option<Value> {
    match value {
        Value::String(text) => match NodeName::parse(text) {
            Ok(name) => renamed(name).map(|id| NodeName(NodeId(id)).to_string().into()),
            Err(_) => Some(value.clone()),
        },
        Value::Array(entries) => {
            let mut left: Vec<Value> = Vec::new();
            for entry in entries.iter().filter_map(|it| rename(it, renamed)) {
                // Nobody is named twice; two equal spans are a range.
                if !is_name(&entry) || !left.contains(&entry) {
                    left.push(entry);
                }
            }
            (left.is_empty() == entries.is_empty()).then_some(Value::Array(left))
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, it)| Some((name.clone(), rename(it, renamed)?)));
            fields.collect::<Option<_>>().map(Value::Object)
        }
        _ => Some(value.clone()),
    }
}
