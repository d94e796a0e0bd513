//! Counterexamples made small: nothing can be left out of them, and what fails stays the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, raft};
use scenario::gallery::{Exhibit, gallery};
use scenario::shrink::{Failure, Shrunk, USUAL_RUNS, shrink, shrink_before};
use scenario::simulator::Property;
use scenario::{ProtocolName, Scenario, Span, Storm};
use serde_json::{Value, json};

/// What every file has, and what fails.
const KEPT: [&str; 7] = [
    "title",
    "about",
    "protocols",
    "nodes",
    "seed",
    "until",
    "expect",
];

fn exhibit(name: &str) -> &'static Exhibit {
    let mut all = gallery();
    all.find(|it| it.mutant.name() == name).expect(name)
}

/// The first seed of the exhibit that catches it, made small.
fn shrunk(name: &str) -> (ProtocolName, Shrunk) {
    let exhibit = exhibit(name);
    let protocol = exhibit.mutant.protocol();
    let caught = |seed: &u64| exhibit.failure(*seed).is_some();
    let seed = (0..exhibit.seeds).find(caught).expect(name);
    let shrunk = shrink(&exhibit.scenario(seed), protocol, USUAL_RUNS).expect("it fails");
    (protocol, shrunk)
}

fn parse(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|error| panic!("{error} in\n{text}"))
}

/// Whether the file can be run and fails in this way, and where a rule-breaker is to blame, only
/// with it.
fn fails(file: &Value, protocol: ProtocolName, failure: &Failure) -> bool {
    let Ok(scenario) = Scenario::parse(&file.to_string()) else {
        return false;
    };
    let honest = scenario.honest();
    if honest != scenario && !honest.run(protocol, |_| {}).holds() {
        return false;
    }
    let report = scenario.run(protocol, |_| {});
    match (failure, Failure::of(&scenario, &report)) {
        (Failure::Guarantee(one), Some(Failure::Guarantee(other))) => *one == other,
        (Failure::Expectation(_), Some(Failure::Expectation(_))) => true,
        _ => false,
    }
}

/// Every file with one entry less, or one node or client fewer, and what is missing.
fn with_one_less(file: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (name, _) in file.as_object().expect("a file is an object") {
        if !KEPT.contains(&name.as_str()) {
            remove_each(file, &format!("/{name}"), &mut found);
        }
    }
    for count in ["nodes", "clients"] {
        if let Some(fewer) = file[count].as_u64().and_then(|it| it.checked_sub(1)) {
            let mut less = file.clone();
            less[count] = fewer.into();
            found.push((format!("one of {count}"), less));
        }
    }
    found
}

/// Every file with one node fewer, where another has its place or nobody.
fn with_one_node_less(file: &Value) -> Vec<(String, Value)> {
    let every = parse(&file.to_string()).every_node();
    let last = every.iter().map(|it| it.0.0).max().expect("there is one");
    let mut found = Vec::new();
    for gone in 0..=last {
        let others = (0..gone).map(Some);
        for heir in [None].into_iter().chain(others) {
            let mut less = file.clone();
            let renamed = |id: u16| match id == gone {
                true => heir,
                false => Some(id - u16::from(id > gone)),
            };
            for named in ["steps", "clocks", "expect"] {
                let entries = file[named].as_array().into_iter().flatten();
                less[named] = entries.filter_map(|it| rename(it, &renamed)).collect();
            }
            let nodes = file["nodes"].as_u64().expect("a number");
            less["nodes"] = (nodes - u64::from(u64::from(gone) < nodes)).into();
            if less["expect"].as_array().map(Vec::len) == Some(1) {
                found.push((format!("node {gone}, {heir:?} in its place"), less));
            }
        }
    }
    found
}

/// With other names, a letter each; nothing where nobody is left to name.
fn rename(value: &Value, renamed: &impl Fn(u16) -> Option<u16>) -> Option<Value> {
    let letter = |value: &Value| match value.as_str().map(str::as_bytes) {
        Some([letter @ b'A'..=b'Z']) => Some(u16::from(letter - b'A')),
        _ => None,
    };
    if let Some(id) = letter(value) {
        let id = u8::try_from(renamed(id)?).expect("there are few");
        return Some(char::from(b'A' + id).to_string().into());
    }
    match value {
        Value::Array(entries) => {
            let mut left: Vec<Value> = Vec::new();
            for entry in entries.iter().filter_map(|it| rename(it, renamed)) {
                if letter(&entry).is_none() || !left.contains(&entry) {
                    left.push(entry);
                }
            }
            (left.is_empty() == entries.is_empty()).then_some(left.into())
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, it)| Some((name.clone(), rename(it, renamed)?)));
            fields.collect::<Option<_>>().map(Value::Object)
        }
        other => Some(other.clone()),
    }
}

fn remove_each(file: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    let (holder, name) = pointer.rsplit_once('/').expect("a pointer");
    let mut less = file.clone();
    match less.pointer_mut(holder).expect("the holder is there") {
        Value::Object(fields) => drop(fields.remove(name)),
        Value::Array(entries) => drop(entries.remove(name.parse().expect("a place"))),
        other => panic!("{other} holds nothing"),
    }
    found.push((pointer.into(), less));
    match file.pointer(pointer).expect("it is there") {
        Value::Object(fields) => {
            for name in fields.keys() {
                remove_each(file, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(entries) => {
            for place in 0..entries.len() {
                remove_each(file, &format!("{pointer}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// It fails from its own seed as told, reads back as it is, and every entry is needed.
fn is_minimal(protocol: ProtocolName, shrunk: &Shrunk) {
    let text = shrunk.scenario.text();
    assert!(shrunk.is_minimal, "{text}");
    assert_eq!(parse(&text), shrunk.scenario, "{text}");
    assert_eq!(shrunk.scenario.protocols, [protocol]);
    let file: Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(fails(&file, protocol, &shrunk.failure), "{text}");
    let mut less = with_one_less(&file);
    less.extend(with_one_node_less(&file));
    for (gone, less) in less {
        let its_mutant = less[protocol.as_str()].get("mutant").is_none();
        let still = !its_mutant && fails(&less, protocol, &shrunk.failure);
        assert!(!still, "without {gone} it fails as well:\n{text}");
    }
}

#[test]
fn nothing_can_be_left_out_of_what_a_broken_guarantee_takes() {
    for name in ["log-not-checked", "committed-truncated", "face-off-ignored"] {
        let (protocol, shrunk) = shrunk(name);
        is_minimal(protocol, &shrunk);
        let exhibit = exhibit(name);
        assert!(exhibit.catcher.caught(&shrunk.failure), "{name}");
        let named = shrunk.scenario.title.ends_with(name);
        assert!(named, "{}", shrunk.scenario.title);
    }
}

#[test]
fn nothing_can_be_left_out_of_what_a_failed_expectation_takes() {
    for name in ["goodbye-ignored", "list-not-merged", "elders-silent"] {
        let (protocol, shrunk) = shrunk(name);
        is_minimal(protocol, &shrunk);
        let Failure::Expectation(expected) = &shrunk.failure else {
            panic!("{name}: {:?}", shrunk.failure);
        };
        assert_eq!(shrunk.scenario.expect, core::slice::from_ref(expected));
    }
}

/// Without its calls it would break another guarantee.
#[test]
fn what_fails_stays_the_same() {
    let storm = Storm {
        seed: 0,
        nodes: 3,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    let mut scenario = storm.scenario(ProtocolName::Raft);
    scenario.raft.mutant = Some(raft::Mutant::MajorityOfReachable);
    let shrunk = shrink(&scenario, ProtocolName::Raft, USUAL_RUNS).expect("it fails");
    let durable = Failure::Guarantee(Property::CommittedIsDurable);
    assert_eq!(shrunk.failure, durable);
    is_minimal(ProtocolName::Raft, &shrunk);
}

#[test]
fn the_same_scenario_always_gives_the_same() {
    assert_eq!(shrunk("two-votes"), shrunk("two-votes"));
    assert_eq!(shrunk("removals-untold"), shrunk("removals-untold"));
}

/// A leader is lost to chance alone.
fn rough(share: &str) -> Scenario {
    parse(&format!(
        r#"{{
            "title": "x", "nodes": 5, "clients": 2, "seed": 3, "until": "6s",
            "protocols": ["raft"],
            "network": {{ "{share}": 350000 }},
            "steps": [{{ "at": "2s", "do": {{ "write": {{ "value": 7 }} }} }}],
            "expect": [
                {{ "that": {{ "measure": {{ "name": "messages", "least": 1 }} }} }},
                {{ "that": {{ "measure": {{ "name": "leader-changes", "most": 1 }} }} }}
            ]
        }}"#
    ))
}

#[test]
fn what_chance_did_to_single_messages_becomes_steps() {
    for (share, deed) in [
        ("loss-per-million", "drop"),
        ("corruption-per-million", "corrupt"),
    ] {
        let shrunk = shrink(&rough(share), ProtocolName::Raft, USUAL_RUNS);
        let shrunk = shrunk.unwrap_or_else(|| panic!("{share}: its leader changes"));
        is_minimal(ProtocolName::Raft, &shrunk);
        let text = shrunk.scenario.text();
        assert!(!text.contains(share), "{text}");
        assert!(text.contains(deed), "{text}");
    }
}

/// Two sides that were cut apart never meet again; that the network is healed stays, without which
/// nobody would wonder.
#[test]
fn what_is_done_in_the_calm_stays() {
    let scenario = parse(
        r#"{
            "title": "x", "nodes": 4, "seed": 3, "until": "9s", "protocols": ["almighty"],
            "almighty": { "reannounce-every": 0 },
            "steps": [
                { "at": "1s", "do": { "write": { "value": 7 } } },
                { "at": "1100ms", "do": { "cut": [["A", "B"]] } },
                { "at": "1300ms", "do": { "slow": { "node": "D", "service": "1ms" } } },
                { "at": "3s", "do": "heal" },
                { "at": "4s", "do": { "write": { "value": 8 } } }
            ],
            "expect": [{ "that": "one-leader" }]
        }"#,
    );
    let calm = Span::millis(3_000);
    let shrunk = shrink_before(&scenario, ProtocolName::Almighty, calm, USUAL_RUNS);
    let shrunk = shrunk.expect("two lead to the end").scenario;
    let text = shrunk.text();
    assert_eq!(shrunk.until, scenario.until, "{text}");
    let steps: Vec<Value> = shrunk.steps.iter().map(|it| json!(it.deed)).collect();
    let names: Vec<String> = steps.iter().map(Value::to_string).collect();
    assert!(names[0].contains("cut"), "{text}");
    assert!(names.contains(&json!("heal").to_string()), "{text}");
    let late = |it: &Scenario| it.steps.iter().filter(|step| step.at >= calm).count();
    assert!(late(&shrunk) + 1 == shrunk.steps.len(), "{text}");
    assert!(shrunk.nodes < 4 && late(&shrunk) >= 2, "{text}");
    // Without that, it is enough that time is too short.
    let hasty = shrink(&scenario, ProtocolName::Almighty, USUAL_RUNS).expect("it fails");
    assert!(hasty.scenario.until < calm, "{}", hasty.scenario.text());
}

#[test]
fn what_holds_has_nothing_to_shrink() {
    let calm = exhibit("two-votes").honest(0);
    assert_eq!(shrink(&calm, ProtocolName::Raft, USUAL_RUNS), None);
}

#[test]
fn too_few_runs_leave_more_than_is_needed() {
    let large = exhibit("log-not-checked").scenario(3);
    let few = shrink(&large, ProtocolName::Raft, 12).expect("it fails");
    assert!(!few.is_minimal);
    assert!(few.runs <= 14, "{} runs", few.runs);
    let enough = shrink(&large, ProtocolName::Raft, USUAL_RUNS).expect("it fails");
    assert!(enough.scenario.steps.len() < few.scenario.steps.len());
    assert!(enough.runs <= USUAL_RUNS);
}
