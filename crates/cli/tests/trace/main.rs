//! A trace says enough: whoever reads nothing but its lines can check every safety property, and
//! finds the rule-breakers.
#![allow(missing_docs, unreachable_pub)]

mod almighty;
mod doctored;
mod lines;
mod logs;
mod mutants;
mod outlets;
mod raft;
mod run;
mod storms;

use run::Run;

/// The properties that a reader finds broken.
fn broken(run: &Run) -> Vec<(&'static str, String)> {
    let protocol = run.header["protocol"].as_str();
    let properties: &[_] = match protocol {
        Some("raft") => &raft::PROPERTIES,
        Some("almighty") => &almighty::PROPERTIES,
        Some("watercraft") => &almighty::OF_ANY_AGE,
        _ => panic!("an unknown protocol: {}", run.header),
    };
    let found = properties
        .iter()
        .filter_map(|(name, check)| Some((*name, check(run)?)));
    found.collect()
}
