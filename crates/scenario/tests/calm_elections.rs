//! What PreVote, CheckQuorum and the empty entry change in a run (R9).
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::simulator::Playback;
use scenario::{ProtocolName, Scenario};

/// A leads three servers; C is cut off for three seconds, and comes back.
fn raft(settings: &str, cut: &str) -> Playback {
    let text = format!(
        r#"{{ "title": "x", "nodes": 3, "seed": 10, "until": "10s", "raft": {{ {settings} }},
        "steps": [{{ "at": "20ms", "do": {{ "time-out": "A" }} }},
            {{ "at": "2s", "do": {{ "cut": {cut} }} }},
            {{ "at": "5s", "do": "heal" }}] }}"#
    );
    let scenario = Scenario::parse(&text).expect("it is good");
    let mut playback = Playback::new(scenario.engine(ProtocolName::Raft));
    playback.seek(Micros::from_secs(9));
    playback
}

/// How many leaders there were.
fn leaders(playback: &Playback) -> usize {
    playback.record().leads.len()
}

#[test]
fn whoever_returns_unseats_a_leader_at_work_unless_it_asks_first() {
    let cut = r#"[["C"], ["A", "B"]]"#;
    assert!(leaders(&raft("", cut)) > 1, "its term rose in vain");
    assert_eq!(leaders(&raft(r#""pre-vote": true"#, cut)), 1);
}

#[test]
fn a_leader_without_a_majority_leads_on_unless_it_checks() {
    let cut = r#"[["A"], ["B", "C"]]"#;
    let until = |playback: &Playback| playback.record().leads[0].until;
    let unaware = until(&raft("", cut)).expect("the others' leader ends its reign");
    assert!(unaware >= Micros::from_secs(5), "{unaware}");
    let aware = until(&raft(r#""check-quorum": true"#, cut)).expect("it steps down");
    assert!(aware < Micros::from_millis(2_500), "{aware}");
}
