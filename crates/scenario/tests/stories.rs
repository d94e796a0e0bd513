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
