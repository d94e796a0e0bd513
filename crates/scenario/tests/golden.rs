//! The same scenario and seed give the same digests on every machine: this test runs natively and,
//! compiled to WebAssembly, in Node; the browser tests compare the page with the same file.
//!
//! After a change that is meant to change behaviour, run it with `WHITEWATER_BLESS=1`, which
//! writes the file anew, and say in the commit what changed.
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::{PRESETS, ProtocolName, Report, STORIES, Scenario, Storm};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const GOLDEN: &str = include_str!("golden.txt");

fn line(name: &str, report: &Report) -> String {
    format!(
        "{name} {} {} {:016x} {:016x}",
        report.protocol, report.events, report.digest, report.state_digest
    )
}

fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for preset in PRESETS.iter().chain(STORIES) {
        let scenario = Scenario::parse(preset.text).expect("it comes with the product");
        for protocol in &scenario.protocols {
            lines.push(line(preset.name, &scenario.run(*protocol, |_| {})));
        }
    }
    for seed in 0..8 {
        let storm = Storm {
            seed,
            nodes: 3 + seed as u16,
            rough: Micros::from_secs(6),
            calm: Micros::from_secs(5),
        };
        for protocol in ProtocolName::ALL {
            let report = storm.scenario(protocol).run(protocol, |_| {});
            lines.push(line(&format!("storm-{seed}"), &report));
        }
    }
    lines
}

#[cfg(not(target_arch = "wasm32"))]
fn bless(lines: &[String]) {
    if std::env::var_os("WHITEWATER_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden.txt");
        std::fs::write(path, lines.join("\n") + "\n").expect("the file can be written");
    }
}

#[test]
fn digests_are_the_golden_ones() {
    let lines = lines();
    #[cfg(not(target_arch = "wasm32"))]
    bless(&lines);
    for (found, golden) in lines.iter().zip(GOLDEN.lines()) {
        assert_eq!(
            found, golden,
            "name, protocol, events, digest, state digest"
        );
    }
    assert_eq!(lines.len(), GOLDEN.lines().count());
}
