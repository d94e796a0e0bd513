//! The gallery: each rule-breaker is caught by whoever is named for it and by no other before that,
//! the honest protocol comes through the same water clean, and what shows it is short.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{almighty, raft, watercraft};
use scenario::gallery::{Catcher, Exhibit, gallery};
use scenario::shrink::{Failure, USUAL_RUNS, shrink};
use scenario::{Mutant, ProtocolName, Scenario, Span};

/// Half of the counterexamples have at most so many steps.
const MEDIAN_STEPS: usize = 6;
/// No counterexample that ships lasts longer.
const MOST: Span = Span::millis(6_000);

fn name(exhibit: &Exhibit) -> String {
    let mutant = exhibit.mutant;
    format!("{} of {}", mutant.name(), mutant.protocol())
}

/// Whoever catches it within its seeds; the first seed, or what is wrong with that.
fn caught(exhibit: &Exhibit) -> Result<u64, String> {
    let mut first = None;
    for seed in 0..exhibit.seeds {
        let honest = exhibit.honest(seed).run(exhibit.mutant.protocol(), |_| {});
        if !honest.holds() {
            return Err(format!(
                "{}: honest, seed {seed}: {honest:?}",
                name(exhibit)
            ));
        }
        match exhibit.failure(seed) {
            Some(failure) if exhibit.catcher.caught(&failure) => _ = first.get_or_insert(seed),
            Some(other) => return Err(format!("{}, seed {seed}: {other:?}", name(exhibit))),
            None => {}
        }
    }
    first.ok_or_else(|| format!("{}: nobody catches it", name(exhibit)))
}

fn all_are_caught(protocol: ProtocolName) {
    let own = gallery().filter(|it| it.mutant.protocol() == protocol);
    let missed: Vec<String> = own.filter_map(|it| caught(it).err()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn every_mutant_of_raft_is_caught_by_its_check() {
    all_are_caught(ProtocolName::Raft);
}

#[test]
fn every_mutant_of_almighty_is_caught_by_its_check() {
    all_are_caught(ProtocolName::Almighty);
}

#[test]
fn every_mutant_of_watercraft_is_caught_by_its_check() {
    all_are_caught(ProtocolName::Watercraft);
}

#[test]
fn every_mutant_is_on_show_once_and_says_what_it_breaks() {
    for mutant in Mutant::all() {
        let shown: Vec<&Exhibit> = gallery().filter(|it| it.mutant == mutant).collect();
        let [exhibit] = shown[..] else {
            panic!("{mutant:?} is on show {} times", shown.len());
        };
        assert!(exhibit.breaks.ends_with('.'), "{mutant:?}");
        assert!(exhibit.seeds > 0, "{mutant:?}");
        let scenario = exhibit.scenario(0);
        assert_eq!(Mutant::of(&scenario, mutant.protocol()), Some(mutant));
        // Where a check has to catch it, nothing else may.
        let checks_hold = scenario.expect.iter().map(|it| format!("{:?}", it.that));
        let is_check = matches!(exhibit.catcher, Catcher::Check(_));
        let checks_hold: Vec<bool> = checks_hold.map(|it| it == "ChecksHold").collect();
        assert_eq!(checks_hold, [is_check], "{mutant:?}");
    }
    assert_eq!(gallery().count(), Mutant::all().count());
}

#[test]
fn half_of_the_counterexamples_are_short() {
    let mut lengths = Vec::new();
    for exhibit in gallery() {
        let seed = caught(exhibit).expect("it is caught");
        let protocol = exhibit.mutant.protocol();
        let shrunk = shrink(&exhibit.scenario(seed), protocol, USUAL_RUNS).expect("it fails");
        let text = shrunk.scenario.text();
        println!("{}, {} runs:\n{text}", name(exhibit), shrunk.runs);
        assert!(shrunk.is_minimal, "{text}");
        assert!(exhibit.catcher.caught(&shrunk.failure), "{text}");
        lengths.push(shrunk.scenario.steps.len());
    }
    lengths.sort_unstable();
    println!("steps: {lengths:?}");
    assert!(lengths[lengths.len() / 2] <= MEDIAN_STEPS, "{lengths:?}");
}

/// A file that stands in no exhibit would never be run.
#[test]
fn every_counterexample_is_of_an_exhibit() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/mutants");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let files = files.map(|file| std::fs::read_to_string(file.expect("it is there").path()));
    let mut files: Vec<String> = files.map(|it| it.expect("it can be read")).collect();
    let mut shown: Vec<&str> = gallery().map(|it| it.counterexample).collect();
    files.sort();
    shown.sort_unstable();
    assert_eq!(files, shown);
}

/// Whoever watches one need not wait: it is caught within a few seconds, and only because of its
/// mutant.
#[test]
fn every_counterexample_shows_its_mutant_soon() {
    for exhibit in gallery() {
        let name = name(exhibit);
        let scenario = Scenario::parse(exhibit.counterexample).expect(&name);
        let protocol = exhibit.mutant.protocol();
        assert_eq!(scenario.protocols, [protocol], "{name}");
        assert_eq!(Mutant::of(&scenario, protocol), Some(exhibit.mutant));
        assert!(scenario.until <= MOST, "{name}: {}", scenario.until);
        let report = scenario.run(protocol, |_| {});
        let failure = Failure::of(&scenario, &report).expect(&name);
        assert!(exhibit.catcher.caught(&failure), "{name}: {failure:?}");
        let honest = scenario.honest().run(protocol, |_| {});
        assert!(honest.holds(), "{name}: {honest:?}");
    }
}

/// A mutant is put into a setup as into the scenario that it comes from.
#[test]
fn a_setup_takes_a_mutant_and_gives_it_back() {
    for exhibit in gallery() {
        let (mutant, protocol) = (exhibit.mutant, exhibit.mutant.protocol());
        let broken = exhibit.scenario(0).setup();
        let honest = exhibit.honest(0).setup();
        assert_eq!(honest.mutant(protocol), None);
        assert_eq!(broken.mutant(protocol), Some(mutant));
        assert_eq!(broken.clone().honest(), honest);
        assert_eq!(honest.with_mutant(mutant), broken);
    }
}

#[test]
fn a_scenario_names_its_mutant() {
    let text = |fields: &str| {
        format!("{{\n\"title\": \"x\", \"seed\": 1, \"nodes\": 3, \"until\": \"1s\",\n{fields} }}")
    };
    for mutant in raft::Mutant::ALL {
        let fields = format!("\"raft\": {{ \"mutant\": \"{}\" }}", mutant.name());
        let scenario = Scenario::parse(&text(&fields)).expect("the name is known");
        assert_eq!(scenario.raft.mutant, Some(mutant));
        assert_eq!(scenario.almighty.mutant, None);
    }
    for mutant in almighty::Mutant::ALL {
        let fields = format!("\"almighty\": {{ \"mutant\": \"{}\" }}", mutant.name());
        let scenario = Scenario::parse(&text(&fields)).expect("the name is known");
        assert_eq!(scenario.almighty.mutant, Some(mutant));
    }
    for mutant in watercraft::Mutant::ALL {
        let fields = format!("\"watercraft\": {{ \"mutant\": \"{}\" }}", mutant.name());
        let scenario = Scenario::parse(&text(&fields)).expect("the name is known");
        assert_eq!(scenario.watercraft.mutant, Some(mutant));
    }
    let unknown = "\"raft\": { \"mutant\": \"any-pong-accepted\" }";
    let error = Scenario::parse(&text(unknown)).expect_err("Raft has no pongs");
    assert_eq!((error.line, &*error.field), (3, "raft.mutant"), "{error}");
    for mutant in raft::Mutant::ALL {
        assert!(error.problem.contains(mutant.name()), "{error}");
    }
}
