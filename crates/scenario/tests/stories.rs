//! The scenario files that come with the product: each comes true, and each fails once any of its
//! expectations is turned round.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::{PRESETS, STORIES, Scenario, That};

fn all() -> Vec<Scenario> {
    let files = PRESETS.iter().chain(STORIES);
    let parse = |text| Scenario::parse(text).unwrap_or_else(|error| panic!("{error}"));
    files.map(|it| parse(it.text)).collect()
}

/// A file that stands in no list would never be run.
#[test]
fn every_file_comes_with_the_product() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let names = files.map(|file| file.expect("it can be read").file_name());
    let mut names: Vec<String> = names.filter_map(|it| it.into_string().ok()).collect();
    names.sort();
    let presets = PRESETS.iter().chain(STORIES);
    let mut listed: Vec<String> = presets.map(|it| format!("{}.json", it.name)).collect();
    listed.sort();
    assert_eq!(names, listed);
}

#[test]
fn every_scenario_comes_true() {
    for scenario in all() {
        for protocol in &scenario.protocols {
            let report = scenario.run(*protocol, |_| {});
            assert!(
                report.holds(),
                "{} under {protocol}: {report:#?}",
                scenario.title
            );
        }
    }
}

#[test]
fn every_expectation_fails_when_it_is_turned_round() {
    for scenario in all() {
        assert!(
            !scenario.expect.is_empty(),
            "{} expects nothing",
            scenario.title
        );
        let mut inverted = scenario.clone();
        for it in &mut inverted.expect {
            it.that = That::Not(Box::new(it.that.clone()));
        }
        for protocol in &scenario.protocols {
            let report = inverted.run(*protocol, |_| {});
            for verdict in &report.verdicts {
                let that = &inverted.expect[verdict.place].that;
                assert!(
                    verdict.found.is_err(),
                    "{} under {protocol}: {that:?}",
                    scenario.title
                );
            }
        }
    }
}

#[test]
fn every_order_fails_when_it_is_read_backwards() {
    let mut orders = 0;
    for mut scenario in all() {
        for it in &mut scenario.expect {
            if let That::InOrder(steps) = &mut it.that {
                steps.reverse();
                orders += 1;
            }
        }
        let backwards = |place: usize| matches!(scenario.expect[place].that, That::InOrder(_));
        for protocol in &scenario.protocols {
            let report = scenario.run(*protocol, |_| {});
            let mut verdicts = report.verdicts.iter();
            let held = verdicts.find(|it| it.found.is_ok() && backwards(it.place));
            assert_eq!(held, None, "{} under {protocol}", scenario.title);
        }
    }
    assert!(orders > 0, "no scenario has an order");
}
