//! What is seen of one node or one message agrees with all else that is known of the run, for every
//! protocol and at every moment of a storm.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Field, Mandate, Micros, Role, Value};
use scenario::simulator::{Engine, Fate, GLANCED, NodeDetail, Power, Prospect, View, What};
use scenario::{ProtocolName, Storm};
use std::collections::{BTreeMap, BTreeSet};

fn storm(protocol: ProtocolName, seed: u64) -> Box<dyn Engine> {
    let storm = Storm {
        seed,
        nodes: 5,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(2),
    };
    storm.scenario(protocol).engine(protocol)
}

/// Looks at the run after every so many events.
fn at_moments(protocol: ProtocolName, seed: u64, every: u64, look: impl FnMut(&dyn Engine)) {
    look_at(storm(protocol, seed), every, look);
}

fn look_at(mut run: Box<dyn Engine>, every: u64, mut look: impl FnMut(&dyn Engine)) {
    while run.step(&mut Vec::new()) && run.now() < Micros::from_secs(10) {
        if run.events().is_multiple_of(every) {
            look(&*run);
        }
    }
    assert!(run.events() > 40 * every, "there was much to look at");
}

fn details(run: &dyn Engine) -> impl Iterator<Item = NodeDetail> {
    run.view()
        .nodes
        .into_iter()
        .map(|it| run.node(it.id).expect("it is seen"))
}

#[track_caller]
fn well_told(fields: &[Field]) {
    let names: BTreeSet<_> = fields.iter().map(|it| it.label.name).collect();
    assert_eq!(names.len(), fields.len(), "{fields:?}");
    for Field { label, value } in fields {
        let words = label.meaning.split_whitespace().count();
        assert!(label.meaning.ends_with('.') && words <= 18, "{label:?}");
        assert!(!label.name.is_empty() && !value.to_string().is_empty());
    }
}

fn value<'a>(detail: &'a NodeDetail, name: &str) -> &'a Value {
    let found = detail
        .variables
        .iter()
        .find(|it| it.field.label.name == name);
    &found.expect(name).field.value
}

#[test]
fn every_variable_and_every_item_has_one_name_and_one_meaning() {
    for protocol in ProtocolName::ALL {
        let (mut kinds, mut items) = (BTreeSet::new(), BTreeSet::new());
        at_moments(protocol, 3, 7, |run| {
            for detail in details(run) {
                let fields: Vec<_> = detail.variables.iter().map(|it| it.field.clone()).collect();
                well_told(&fields);
                assert!(fields.len() >= 10, "{fields:?}");
                for timer in &detail.timers {
                    assert!(timer.armed <= timer.due && timer.meaning.ends_with('.'));
                }
            }
            for flight in run.view().flights {
                let message = run.message(flight.id).expect("it is seen");
                assert_eq!(message.flight, flight);
                well_told(&message.fields);
                kinds.insert(flight.kind);
                items.extend(message.fields.iter().map(|it| it.label.name));
            }
        });
        assert!(kinds.len() >= 9, "{kinds:?}");
        assert!(items.len() >= 14, "{items:?}");
    }
}

#[test]
fn what_a_node_keeps_is_what_it_shows() {
    let (mut waits, mut led) = (0, 0);
    at_moments(ProtocolName::Raft, 5, 11, |run| {
        let view = run.view();
        for node in &view.nodes {
            let detail = run.node(node.id).expect("it is seen");
            let Mandate::Term(term) = node.inspection.reign.mandate else {
                panic!("Raft has terms");
            };
            assert_eq!(*value(&detail, "term"), Value::Number(term));
            assert_eq!(
                *value(&detail, "commit index"),
                Value::Number(node.inspection.committed)
            );
            assert_eq!(
                *value(&detail, "voted for"),
                node.inspection.voted_for.into()
            );
            let last = node.log.last().map_or(0, |it| it.index);
            let end = value(&detail, "log ends at");
            assert!(last == 0 || matches!(end, Value::Place { index, .. } if *index == last));
            let stored = |name| {
                let found = detail
                    .variables
                    .iter()
                    .find(|it| it.field.label.name == name);
                found.expect("a variable").stored.clone()
            };
            assert_eq!(stored("commit index"), None, "it is forgotten in a crash");
            let in_step = ["term", "voted for", "log ends at"]
                .iter()
                .all(|it| stored(it).as_ref() == Some(value(&detail, it)));
            let written = stored("term").is_some();
            assert!(written || *value(&detail, "term") == Value::Number(0) || detail.unwritten > 0);
            if detail.unwritten == 0 && written {
                assert!(in_step, "{detail:?}");
            }
            waits += u64::from(written && !in_step);
            assert_eq!(detail.inbox.waiting, node.waiting);
            assert_eq!((detail.power, detail.clock), (node.power, node.clock));
            let patience = detail.timers.iter().find(|it| it.name == "election");
            assert_eq!(patience, node.patience.as_ref());
            if node.power == Power::Running && node.inspection.role == Role::Leader {
                led += 1;
                let matched = node.inspection.followers.iter();
                let matched = matched.map(|it| (it.node, Value::Number(it.matched)));
                assert_eq!(
                    *value(&detail, "match index"),
                    Value::Each(matched.collect())
                );
            }
        }
    });
    assert!(waits > 0 && led > 0, "{waits} waits, {led} leaders");
}

/// How many old entries a glance at this run leaves out; all else is as in a view.
fn left_out(run: &dyn Engine) -> u64 {
    let (whole, mut glance) = (run.view(), run.glance());
    let mut left_out = 0;
    for (whole, seen) in whole.nodes.iter().zip(&mut glance.nodes) {
        assert_eq!(whole.earlier, 0);
        assert!(seen.log.len() as u64 <= GLANCED);
        let earlier = usize::try_from(seen.earlier).expect("a length");
        assert_eq!(seen.log, whole.log[earlier..]);
        left_out += seen.earlier;
        seen.log.clone_from(&whole.log);
        seen.inspection.log.clone_from(&whole.inspection.log);
        (seen.earlier, seen.inspection.earlier) = (0, 0);
    }
    assert_eq!(whole, glance);
    left_out
}

#[test]
fn a_glance_is_the_view_but_for_old_entries() {
    for protocol in ProtocolName::ALL {
        at_moments(protocol, 8, 23, |run| {
            left_out(run);
        });
    }
    let mut most = 0;
    let busy = busy::scenario().engine(ProtocolName::Raft);
    look_at(busy, 97, |run| most = left_out(run).max(most));
    assert!(most > 5 * GLANCED, "{most}");
}

/// Where nothing is done between now and then, what is foretold of a message comes true.
#[test]
fn what_is_foretold_of_a_message_comes_true() {
    let mut came_true = BTreeMap::new();
    for seed in 0..4 {
        let mut run = storm(ProtocolName::Almighty, seed);
        while run.now() < Micros::from_secs(9) {
            let flights: View = run.view();
            let next = flights.flights.iter().filter(|it| it.fate == Fate::Arrives);
            let next = next.filter(|it| it.to.node().is_some());
            let foretold: BTreeMap<u64, Prospect> = next
                .filter_map(|it| Some((it.id, run.message(it.id)?.prospect)))
                .collect();
            let mut story = Vec::new();
            if !run.step(&mut story) {
                break;
            }
            // A message that arrives is the whole of its event.
            for happening in &story {
                let (flight, found) = match happening.what {
                    What::Arrived { flight, .. } => (flight, None),
                    What::Dropped { flight, cause, .. } => (flight, Some(cause)),
                    _ => continue,
                };
                let acted = story.iter().any(|it| matches!(it.what, What::Acted(_)));
                let Some(prospect) = foretold.get(&flight).filter(|_| !acted) else {
                    continue;
                };
                match (prospect, found) {
                    (Prospect::TakenUp | Prospect::Queued, None) => {}
                    (Prospect::Dropped(told), Some(cause)) => assert_eq!(*told, cause),
                    other => panic!("{flight}: {other:?} at {}", run.now()),
                }
                *came_true.entry(prospect.sentence()).or_insert(0) += 1;
            }
        }
    }
    assert!(came_true.len() >= 3, "{came_true:?}");
}
