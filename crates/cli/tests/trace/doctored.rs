//! Traces with one line too many or one changed: each reader of a property notices. So no property
//! is believed whose reader never found anything.

use crate::broken;
use crate::run::{Run, runs};
use serde_json::{Value, json};

/// A run of these lines.
fn doctored(protocol: &str, lines: &[Value]) -> Run {
    let header = json!({"what": "header", "protocol": protocol, "voters": ["A", "B", "C"]});
    let all = [header].into_iter().chain(lines.iter().cloned());
    let all = all.chain([json!({"what": "end"})]);
    let text: Vec<String> = all.map(|line| line.to_string()).collect();
    runs(&text.join("\n"), 0).remove(0)
}

/// The last line breaks these properties, and nothing is broken before it.
#[track_caller]
fn last_breaks(protocol: &str, properties: &[&str], lines: &[Value]) {
    let (last, before) = lines.split_last().expect("there are lines");
    assert_eq!(broken(&doctored(protocol, before)), []);
    let found = broken(&doctored(protocol, lines));
    let names: Vec<&str> = found.iter().map(|it| it.0).collect();
    assert_eq!(names, properties);
    let last = last.to_string();
    assert!(found.iter().all(|(_, line)| *line == last));
}

fn role(node: &str, role: &str, term: u64) -> Value {
    json!({"what": "role", "node": node, "role": role, "mandate": {"term": term}})
}

fn entry(what: &str, node: &str, (index, term): (u64, u64), digest: &str) -> Value {
    json!({"what": what, "node": node, "index": index, "term": term, "digest": digest})
}

fn stored(node: &str, after: u64, digests: &[&str]) -> Value {
    let entries: Vec<Value> = (after + 1..)
        .zip(digests)
        .map(|(index, digest)| json!({"index": index, "term": 1, "digest": digest}))
        .collect();
    json!({"what": "stored", "node": node, "kind": "entries", "after": after, "entries": entries})
}

fn power(node: &str, incarnation: u64) -> Value {
    json!({"what": "power", "node": node, "power": "running", "incarnation": incarnation})
}

#[test]
fn two_leaders_of_a_term() {
    let lines = [role("A", "leader", 2), role("B", "leader", 2)];
    last_breaks("raft", &["election-safety"], &lines);
}

#[test]
fn a_second_vote_after_a_crash() {
    let vote = |term, vote| json!({"what": "stored", "node": "A", "kind": "ballot", "term": term, "vote": vote});
    let lines = [vote(1, "B"), vote(2, "C"), power("A", 2), vote(2, "B")];
    last_breaks("raft", &["one-vote-per-term"], &lines);
}

#[test]
fn logs_that_agree_on_an_entry_and_not_before_it() {
    let lines = [
        entry("appended", "A", (1, 1), "a1"),
        entry("appended", "B", (1, 1), "b1"),
    ];
    last_breaks("raft", &["log-matching"], &lines);
    last_breaks(
        "raft",
        &["log-matching"],
        &[stored("A", 0, &["a1"]), stored("B", 0, &["b1"])],
    );
}

/// A leads term 1 and commits an entry that is on the disks of A and B.
fn committed() -> Vec<Value> {
    vec![
        role("A", "leader", 1),
        entry("appended", "A", (1, 1), "a1"),
        stored("A", 0, &["a1"]),
        stored("B", 0, &["a1"]),
        entry("committed", "A", (1, 1), "a1"),
        json!({"what": "applied", "node": "A", "index": 1, "digest": "x"}),
    ]
}

#[test]
fn a_later_leader_that_lacks_what_is_committed() {
    let mut lines = committed();
    lines.push(role("C", "leader", 2));
    last_breaks("raft", &["leader-completeness"], &lines);
}

#[test]
fn a_commit_that_too_few_disks_hold() {
    let lines = [
        stored("A", 0, &["a1"]),
        role("A", "leader", 1),
        entry("committed", "A", (1, 1), "a1"),
    ];
    last_breaks("raft", &["committed-is-durable"], &lines);
    let mut lines = committed();
    lines.push(stored("B", 0, &[]));
    last_breaks("raft", &["committed-is-durable"], &lines);
}

#[test]
fn another_command_at_a_position() {
    let mut lines = committed();
    lines.push(json!({"what": "applied", "node": "B", "index": 1, "digest": "y"}));
    last_breaks("raft", &["state-machine-safety"], &lines);
}

fn mandate(at: u64, caller: &str) -> Value {
    json!({"election": {"at_us": at, "caller": caller}})
}

fn follows(node: &str, leader: &str, mandate: &Value) -> Value {
    json!({"what": "follows", "node": node, "leader": leader, "mandate": mandate})
}

#[test]
fn a_closed_election_that_gains_a_leader() {
    let open = mandate(5, "B");
    let closed = json!({"what": "election-closed", "node": "A", "mandate": open});
    let lines = [
        power("A", 1),
        follows("A", "C", &open),
        follows("A", "B", &open),
        closed,
        follows("A", "C", &open),
    ];
    last_breaks("almighty", &["closed-elections"], &lines);
}

#[test]
fn a_leader_of_an_earlier_election() {
    let lines = [
        power("A", 1),
        follows("A", "AA", &mandate(5, "AA")),
        power("A", 2),
        follows("A", "C", &mandate(5, "B")),
        power("A", 2),
        follows("A", "C", &mandate(4, "C")),
    ];
    last_breaks("almighty", &["closed-elections"], &lines);
}

#[test]
fn an_identity_that_changes_within_a_life() {
    let identified = |incarnation: u64, joined: u64| {
        json!({
            "what": "identified", "node": "A", "incarnation": incarnation, "joined_us": joined,
        })
    };
    let lines = [
        power("A", 1),
        identified(1, 7),
        power("A", 2),
        identified(2, 8),
        identified(2, 9),
    ];
    last_breaks("almighty", &["lasting-identity"], &lines);
    last_breaks(
        "almighty",
        &["lasting-identity"],
        &[power("A", 2), identified(1, 7)],
    );
}

#[test]
fn a_secret_that_its_leader_did_not_make() {
    let secret = |node: &str, turn: u64, digest: &str| {
        json!({
            "what": "secret", "node": node, "mandate": mandate(5, "B"), "leader": "A",
            "incarnation": 1, "turn": turn, "digest": digest,
        })
    };
    let lines = [
        secret("A", 0, "s"),
        secret("B", 0, "s"),
        secret("A", 1, "t"),
        secret("B", 1, "s"),
    ];
    last_breaks("almighty", &["one-secret-per-reign"], &lines);
}
