//! `whitewater swarm` and `whitewater merge`, as somebody at a terminal or a job meets them.
#![allow(missing_docs)]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn whitewater(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whitewater"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// Two seconds of each seed.
fn swarm(seeds: &str, more: &[&str]) -> Output {
    let some = ["swarm", "--for", "2s", "--seeds", seeds];
    whitewater(&[&some, more].concat())
}

fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// JSON on standard output, without how long it took.
#[track_caller]
fn results(out: &Output) -> Value {
    let error = String::from_utf8_lossy(&out.stderr);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{error}");
    let mut value: Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
    assert!(value["elapsed_ms"].is_u64(), "{value}");
    value["elapsed_ms"] = json!(0);
    value
}

/// A shard's results, in a file.
fn shard(name: &str, seeds: &str, more: &[&str]) -> String {
    let out = swarm(seeds, &[&["--format", "json"], more].concat());
    let path = scratch(name);
    fs::write(&path, &out.stdout).expect("the scratch file can be written");
    path.to_string_lossy().into_owned()
}

#[track_caller]
fn refused(arguments: &[&str], words: &[&str]) {
    let out = whitewater(arguments);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{error}");
    assert!(out.stdout.is_empty(), "{arguments:?}");
    for word in words {
        assert!(error.contains(word), "{word}: {error}");
    }
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn results_are_the_same_for_any_number_of_threads() {
    let run = |threads| swarm("3..23", &["--format", "json", "--threads", threads]);
    let [one, two, five] = ["1", "2", "5"].map(|threads| results(&run(threads)));
    assert_eq!(one, two);
    assert_eq!(one, five);
    for protocol in ["raft", "almighty", "watercraft"] {
        let totals = &one["protocols"][protocol];
        assert_eq!(totals["seeds"], json!([[3, 23]]), "{protocol}");
        assert_eq!(totals["failures"], json!([]), "{protocol}");
        let counts = &totals["counts"];
        assert!(counts["reached"]["leader losses"].as_u64() > Some(10));
        assert!(counts["drops"]["cut"].as_u64() > Some(100), "{counts}");
        assert!(counts["kinds"]["loss"]["acted"].as_u64() > Some(0));
        assert!(counts["rules"].as_object().map(|it| it.len()) > Some(20));
    }
}

#[test]
fn another_seed_has_another_digest() {
    let digest = |seeds| results(&swarm(seeds, &["--format", "json"]))["digest"].clone();
    assert_ne!(digest("0..2"), digest("1..3"));
}

#[test]
fn shards_merged_are_the_whole() {
    let whole = results(&swarm("0..15", &["--format", "json"]));
    let parts = ["0..4", "4..9", "9..15"].map(|seeds| shard(&format!("{seeds}.json"), seeds, &[]));
    let merge = |order: [usize; 3]| {
        let [a, b, c] = order.map(|place| &*parts[place]);
        whitewater(&["merge", a, b, c])
    };
    let merged = merge([0, 1, 2]);
    assert_eq!(String::from_utf8_lossy(&merged.stderr), "");
    assert_eq!(results(&merged), whole);
    assert_eq!(results(&merge([2, 0, 1])), whole);
    // A protocol of its own is a shard, too.
    let parts = ["raft", "almighty", "watercraft"].map(|protocol| {
        let name = format!("{protocol}-alone.json");
        shard(&name, "0..15", &["--protocol", protocol])
    });
    let [a, b, c] = &parts;
    assert_eq!(results(&whitewater(&["merge", a, b, c])), whole);
}

#[test]
fn merged_results_can_be_merged_again_and_gaps_are_told() {
    let [first, last] = ["0..2", "5..6"].map(|seeds| shard(&format!("gap-{seeds}"), seeds, &[]));
    let merged = whitewater(&["merge", &first, &last]);
    let told = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(told.matches("missing: ").count(), 3, "{told}");
    assert!(told.contains("missing: raft seeds 2..5"), "{told}");
    let path = scratch("gap.json");
    fs::write(&path, &merged.stdout).expect("it can be written");
    let path = path.to_string_lossy();
    let middle = shard("gap-2..5", "2..5", &[]);
    let whole = whitewater(&["merge", &path, &middle]);
    assert_eq!(String::from_utf8_lossy(&whole.stderr), "");
    assert_eq!(
        results(&whole),
        results(&swarm("0..6", &["--format", "json"]))
    );
    let text = whitewater(&["merge", &path, "--format", "text"]);
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(text.contains("raft: 3 seeds (0..2, 5..6)"), "{text}");
}

#[test]
fn shards_that_do_not_belong_together_are_refused() {
    let ours = shard("ours", "0..3", &[]);
    let overlap = shard("overlap", "2..4", &["--protocol", "raft"]);
    refused(
        &["merge", &ours, &overlap],
        &["overlap: raft seeds", "0..3", "leave one of them out"],
    );
    let other = shard("other", "3..4", &["--nodes", "5"]);
    refused(
        &["merge", &ours, &other],
        &["other", "other options", "ours"],
    );
    let text = fs::read_to_string(&ours).expect("it is there");
    let format = results_format(&text);
    let [now, next] = [format, format + 1].map(|it| format!("\"format\": {it},"));
    let later = text.replacen(&now, &next, 1);
    assert_ne!(text, later);
    let path = scratch("later");
    fs::write(&path, later).expect("it can be written");
    let path = path.to_string_lossy();
    refused(&["merge", &ours, &path], &["later", "another version"]);
    refused(&["merge", &path], &["later", "another version"]);
    refused(&["merge", "no-such-file"], &["no-such-file", "name a file"]);
    fs::write(scratch("half"), &text[..text.len() / 2]).expect("it can be written");
    let half = scratch("half").to_string_lossy().into_owned();
    refused(&["merge", &half], &["half", "run that shard again"]);
    refused(&["merge"], &["FILE.json"]);
}

fn results_format(text: &str) -> u64 {
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    value["format"].as_u64().expect("it is a number")
}

#[test]
fn merge_refuses_what_no_swarm_makes() {
    let caught = ["--mutant", "two-votes", "--protocol", "raft"];
    let whole = shard("faultless", "0..30", &caught);
    let whole: Value =
        serde_json::from_slice(&fs::read(whole).expect("it is there")).expect("it is JSON");
    let path = scratch("faulty");
    let name = path.to_string_lossy();
    let spoiled = |place: &str, with: Value, words: &str| {
        let mut value = whole.clone();
        *value.pointer_mut(place).expect(place) = with;
        fs::write(&path, value.to_string()).expect("it can be written");
        refused(&["merge", &name], &["faulty", words]);
    };
    let of_raft = "/protocols/raft";
    let seeds = |with, words| spoiled(&format!("{of_raft}/seeds"), with, words);
    seeds(json!([[30, 0]]), "no seeds in it");
    seeds(json!([[0, 20], [10, 30]]), "come twice");
    seeds(json!([[20, 30], [0, 20]]), "not in order");
    seeds(json!([[0, 31]]), "not asked for");
    seeds(json!([]), "a seed failed that was not run");
    let first = format!("{of_raft}/failures/0");
    let failures = whole.pointer(&format!("{of_raft}/failures"));
    let failures = failures.and_then(Value::as_array).expect("some fail");
    assert!(failures.len() > 1);
    spoiled(&first, failures[1].clone(), "its failures");
    spoiled(
        &format!("{of_raft}/digest"),
        json!("0123456789abcdef"),
        "its digest",
    );
}

/// A shard that ended early is not the whole, and says so when it is merged.
#[test]
fn seeds_that_were_asked_for_and_not_run_are_missing() {
    let path = shard("early.json", "0..4", &["--protocol", "raft"]);
    let text = fs::read_to_string(&path).expect("it is there");
    let mut value: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["protocols"]["raft"]["asked"], json!([0, 4]));
    value["protocols"]["raft"]["asked"] = json!([0, 9]);
    fs::write(&path, value.to_string()).expect("it can be written");
    let merged = whitewater(&["merge", &path]);
    assert_eq!(merged.status.code(), Some(1));
    let told = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(told, "missing: raft seeds 4..9\n");
    let rest = shard("rest.json", "4..9", &["--protocol", "raft"]);
    let whole = whitewater(&["merge", &path, &rest, "--format", "text"]);
    assert_eq!(whole.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&whole.stdout).contains("MISSING"));
}

/// What is known is printed before it is said what could not be written.
#[test]
fn a_failure_that_cannot_be_written_does_not_take_the_results_away() {
    let directory = scratch("blocked");
    let _ = fs::remove_dir_all(&directory);
    for seed in 0..30 {
        let taken = directory.join(format!("raft-{seed}.json.unfinished"));
        fs::create_dir_all(taken).expect("it can be made");
    }
    let out = directory.to_string_lossy();
    let mutant = ["--mutant", "log-not-checked", "--out", &out];
    let told = swarm("0..30", &[&mutant[..], &["--format", "json"]].concat());
    assert_eq!(told.status.code(), Some(2));
    let error = String::from_utf8_lossy(&told.stderr);
    assert!(error.contains("name a directory"), "{error}");
    let value: Value = serde_json::from_slice(&told.stdout).expect("it is JSON");
    let raft = &value["protocols"]["raft"];
    assert_eq!(raft["seeds"], json!([[0, 30]]));
    assert!(raft["failures"][0]["file"].is_null(), "{raft}");
}

/// Where it is red, what seeds draw is not what it was: `FORMAT` has to rise, so that old shards
/// are not merged with new ones, and then this.
#[test]
fn the_format_rises_with_what_seeds_draw() {
    let value = results(&swarm("0..8", &["--format", "json"]));
    let drawn = (&value["format"], &value["digest"]);
    assert_eq!(drawn, (&json!(4), &json!("631b796724c02a31")));
}

#[test]
fn a_mutant_is_caught_and_its_file_replays_it() {
    let directory = scratch("caught");
    let _ = fs::remove_dir_all(&directory);
    let out = directory.to_string_lossy();
    let mutant = ["--mutant", "two-votes", "--out", &out];
    let caught = swarm("0..30", &[&mutant[..], &["--format", "json"]].concat());
    assert_eq!(caught.status.code(), Some(1));
    let value = results(&caught);
    assert_eq!(value["protocols"].as_object().map(|it| it.len()), Some(1));
    let failures = value["protocols"]["raft"]["failures"].as_array();
    let failures = failures.expect("there are failures");
    assert!(!failures.is_empty());
    for failure in failures {
        let broken = failure["broken"][0].as_str().expect("it is a sentence");
        let name = failure["file"].as_str().expect("there is a file");
        let path = directory.join(name).to_string_lossy().into_owned();
        let replayed = whitewater(&["run", &path]);
        assert_eq!(replayed.status.code(), Some(1), "{path}: {broken}");
        assert!(failure["mix"]["kinds"].is_array(), "{failure}");
        assert!(failure["what"].is_string(), "{failure}");
    }
    assert!(failures.len() > 10, "{}", failures.len());
    // Ten of a kind are made small, and no more.
    let mut small = std::collections::BTreeMap::<String, Vec<bool>>::new();
    for failure in failures {
        let minimal = failure["minimal"].as_bool().expect("it is told");
        small
            .entry(failure["what"].to_string())
            .or_default()
            .push(minimal);
    }
    for (what, minimal) in small {
        let first = minimal.iter().take(10);
        assert_eq!(
            first.filter(|it| **it).count(),
            minimal.len().min(10),
            "{what}"
        );
        assert!(minimal.iter().skip(10).all(|it| !it), "{what}");
    }
    let text = swarm("0..30", &mutant);
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(
        text.contains("  FAILS raft seed ") && text.contains("; in raft-"),
        "{text}"
    );
    assert_eq!(text.matches("FAILS").count(), failures.len(), "{text}");
}

#[test]
fn every_seed_tells_its_mix_when_asked() {
    let told = swarm("0..3", &["--verbose", "--threads", "2"]);
    let text = String::from_utf8_lossy(&told.stdout);
    assert_eq!(told.status.code(), Some(0), "{text}");
    let seeds: Vec<&str> = text.lines().filter(|it| it.starts_with("holds ")).collect();
    assert_eq!(seeds.len(), 9, "{text}");
    assert!(seeds[4].starts_with("holds almighty seed 1, digest "));
    assert!(seeds.iter().all(|line| line.contains(" node")), "{text}");
    let quiet = swarm("0..3", &[]);
    assert!(!String::from_utf8_lossy(&quiet.stdout).contains("holds "));
    assert_eq!(String::from_utf8_lossy(&quiet.stderr), "", "no terminal");
    let json = swarm("0..3", &["--verbose", "--format", "json"]);
    assert_eq!(String::from_utf8_lossy(&json.stderr).lines().count(), 9);
}

/// Nobody waits for a million seeds: after the first, Ctrl-C ends it with those that are done.
#[cfg(unix)]
#[test]
fn an_interrupted_swarm_tells_what_it_knows() {
    interrupted("7..1000007", "-INT", 3_000_000);
    // As many as a number holds, ended as a scheduler does.
    interrupted("7..18446744073709551615", "-TERM", u64::MAX);
}

#[cfg(unix)]
fn interrupted(seeds: &str, signal: &str, asked: u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_whitewater"))
        .args(["swarm", "--for", "2s", "--seeds", seeds])
        .args(["--format", "json", "--verbose", "--threads", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut told = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("a seed is told of");
    assert!(line.starts_with("holds raft seed 7, "), "{line}");
    let id = child.id().to_string();
    let signal = Command::new("kill").args([signal, &id]).status();
    assert!(signal.is_ok_and(|status| status.success()));
    let mut rest = String::new();
    told.read_to_string(&mut rest).expect("it is text");
    let out = child.wait_with_output().expect("it ends");
    assert_eq!(out.status.code(), Some(1), "seeds are missing");
    let value = results(&out);
    let protocols = value["protocols"].as_object().expect("some are done");
    let done = protocols.values().map(|totals| {
        let seeds = &totals["seeds"][0];
        assert_eq!(seeds[0].as_u64().unwrap_or(7), 7, "{seeds}");
        seeds[1].as_u64().unwrap_or(7) - 7
    });
    let done: u64 = done.sum();
    assert_eq!(rest.lines().count() as u64, done, "{rest}");
    let last = format!("stopped after {done} of {asked} runs");
    assert_eq!(rest.lines().last(), Some(&*last), "{rest}");
}

#[test]
fn bad_arguments_exit_with_2() {
    refused(&["swarm"], &["--seeds"]);
    for seeds in [
        "5",
        "5..5",
        "6..5",
        "-1..4",
        "a..b",
        "0..99999999999999999999",
    ] {
        let seeds = format!("--seeds={seeds}");
        refused(&["swarm", &seeds], &["--seeds", "such as 0..5000"]);
    }
    let with = |more: &[&str], words: &[&str]| {
        refused(&[&["swarm", "--seeds", "0..1"], more].concat(), words);
    };
    with(&["--for", "0s"], &["--for 0s", "1ms to 120s"]);
    with(&["--for", "3m"], &["--for", "150ms"]);
    with(&["--nodes", "32"], &["--nodes", "1..=31"]);
    with(&["--threads", "0"], &["--threads"]);
    with(&["--protocol", "paxos"], &["raft, almighty, watercraft"]);
    with(
        &["--mutant", "nobody"],
        &["--mutant nobody", "whitewater mutants"],
    );
    with(
        &["--mutant", "two-votes", "--protocol", "almighty"],
        &["almighty has no such rule-breaker"],
    );
    with(
        &["--out", "/dev/null/x"],
        &["/dev/null/x", "name a directory"],
    );
}
