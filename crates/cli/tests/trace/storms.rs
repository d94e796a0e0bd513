//! Honest runs: stories and storms.

use crate::broken;
use crate::run::{Run, number, traced};
use std::collections::BTreeMap;
use std::fs;

const STORMS: u64 = 12;

fn assert_honest(run: &Run) {
    assert_eq!(broken(run), [], "{}", run.header);
    assert_eq!(run.code, 0);
    assert_eq!(run.of("violated").count(), 0);
    let last = run.lines.last().expect("something happened");
    assert!(number(last, "event") <= number(&run.end, "events"));
}

/// How many lines of each kind there are.
fn count(runs: &[Run]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for line in runs.iter().flat_map(|run| &run.lines) {
        *counts.entry(line["what"].to_string()).or_default() += 1;
    }
    counts
}

#[test]
fn every_story_is_safe_to_whoever_reads_its_trace() {
    let folder = format!("{}/../scenario/scenarios", env!("CARGO_MANIFEST_DIR"));
    for file in fs::read_dir(folder).expect("there are stories") {
        let path = file.expect("it can be read").path();
        let name = path.file_stem().and_then(|it| it.to_str()).expect("a name");
        for run in traced(name, &[path.to_str().expect("a path")]) {
            assert_honest(&run);
        }
    }
}

#[test]
fn every_storm_is_safe_to_whoever_reads_its_trace() {
    let mut all = Vec::new();
    for seed in 0..STORMS {
        let runs = traced(&format!("storm-{seed}"), &["--storm", &seed.to_string()]);
        assert_eq!(runs.len(), 3, "a run of each protocol");
        runs.iter().for_each(assert_honest);
        all.extend(runs);
    }
    let counts = count(&all);
    let told = |what: &str| counts.get(&format!("{what:?}")).copied().unwrap_or(0);
    for what in [
        "voted",
        "appended",
        "members",
        "truncated",
        "snapshot-installed",
        "compacted",
        "committed",
        "applied",
        "stored",
        "dropped",
        "answered",
        "called",
        "backs-off",
        "breaker",
        "identified",
        "secret",
        "election-closed",
        "follows",
        "role",
        "power",
        "acted",
        "idle",
        "why",
        "merged",
        "face-off",
    ] {
        assert!(told(what) > 0, "{what}: {counts:?}");
    }
}

#[test]
fn every_message_is_sent_before_anything_befalls_it() {
    for run in traced("messages", &["--storm", "5"]) {
        let mut on_the_way = BTreeMap::new();
        for line in &run.lines {
            let fresh = match line["what"].as_str() {
                Some("sent") => number(line, "message"),
                Some("doubled") => number(line, "copy"),
                Some("arrived" | "dropped") => {
                    let way = on_the_way.remove(&number(line, "message"));
                    assert!(way.is_some(), "{line}");
                    continue;
                }
                _ => continue,
            };
            assert!(on_the_way.insert(fresh, ()).is_none(), "{line}");
        }
    }
}
