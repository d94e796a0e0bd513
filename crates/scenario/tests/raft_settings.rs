//! Raft's settings in scenario files: presets, each setting alone, and what is refused.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::consensus::raft::{RaftSettings, ReadPath, ReplicateWhen};
use scenario::{Scenario, ScenarioError};

fn parse(raft: &str) -> Result<Scenario, ScenarioError> {
    Scenario::parse(&format!(
        "{{ \"title\": \"x\", \"seed\": 1, \"nodes\": 5, \"until\": \"2s\",\n\"raft\": {{ {raft} }} }}"
    ))
}

#[track_caller]
fn settings(raft: &str) -> RaftSettings {
    let scenario = parse(raft).unwrap_or_else(|error| panic!("{raft}: {error}"));
    let written = serde_json::to_string(&scenario).expect("it can be written");
    assert_eq!(Scenario::parse(&written).as_ref(), Ok(&scenario), "{raft}");
    scenario.setup().raft
}

#[test]
fn a_preset_gives_what_is_not_named() {
    assert_eq!(settings(""), RaftSettings::paper());
    assert_eq!(settings(r#""preset": "paper""#), RaftSettings::paper());
    let production = settings(r#""preset": "production""#);
    assert_eq!(production, RaftSettings::production());
    assert_ne!(production, RaftSettings::paper());
}

#[test]
fn each_setting_can_be_named_alone() {
    type Change = fn(&mut RaftSettings);
    let cases: [(&str, Change); 17] = [
        (r#""pre-vote": true"#, |it| it.pre_vote = true),
        (r#""check-quorum": true"#, |it| it.check_quorum = true),
        (r#""no-op": true"#, |it| it.no_op = true),
        (r#""replicate-with-heartbeat": true"#, |it| {
            it.replicate = ReplicateWhen::WithNextHeartbeat;
        }),
        (r#""entries-per-message": 3"#, |it| {
            it.entries_per_message = 3;
        }),
        (r#""bytes-per-message": 3"#, |it| it.bytes_per_message = 3),
        (r#""in-flight-messages": 3"#, |it| it.in_flight_messages = 3),
        (r#""in-flight-bytes": 3"#, |it| it.in_flight_bytes = 3),
        (r#""uncommitted-bytes": 3"#, |it| it.uncommitted_bytes = 3),
        (r#""snapshot-chunk-bytes": 3"#, |it| {
            it.snapshot_chunk_bytes = 3;
        }),
        (r#""entries-kept": 0"#, |it| it.entries_kept = 0),
        (r#""reads": "index""#, |it| it.reads = ReadPath::Index),
        (r#""follower-reads": true"#, |it| it.follower_reads = true),
        (r#""clock-drift-percent": 0"#, |it| {
            it.clock_drift_percent = 0;
        }),
        (r#""sessions": false"#, |it| it.sessions = false),
        (r#""session-expiry": "2s""#, |it| {
            it.session_expiry = Some(Micros::from_secs(2));
        }),
        (r#""reads": "lease", "check-quorum": true"#, |it| {
            it.reads = ReadPath::Lease;
            it.check_quorum = true;
        }),
    ];
    for (raft, change) in cases {
        let mut expected = RaftSettings::paper();
        change(&mut expected);
        assert_eq!(settings(raft), expected, "{raft}");
    }
}

#[test]
fn a_setting_overrides_its_preset() {
    let calmer = settings(r#""preset": "production", "no-op": false, "pre-vote": false"#);
    let expected = RaftSettings {
        no_op: false,
        pre_vote: false,
        ..RaftSettings::production()
    };
    assert_eq!(calmer, expected);
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    for (raft, field, problem) in [
        (r#""preset": "etcd""#, "preset", "`paper` or `production`"),
        (r#""reads": "quorum""#, "reads", "`log`, `index`, `lease`"),
        (
            r#""entries-per-message": 0"#,
            "entries-per-message",
            "it takes 1 to",
        ),
        (
            r#""bytes-per-message": 0"#,
            "bytes-per-message",
            "it takes 1 to",
        ),
        (
            r#""in-flight-messages": 0"#,
            "in-flight-messages",
            "it takes 1 to",
        ),
        (
            r#""in-flight-bytes": 0"#,
            "in-flight-bytes",
            "it takes 1 to",
        ),
        (
            r#""uncommitted-bytes": 0"#,
            "uncommitted-bytes",
            "it takes 1 to",
        ),
        (
            r#""snapshot-chunk-bytes": 0"#,
            "snapshot-chunk-bytes",
            "it takes 1 to",
        ),
        (r#""snapshot-every": 0"#, "snapshot-every", "it takes 1 to"),
        (
            r#""clock-drift-percent": 100"#,
            "clock-drift-percent",
            "it takes 0 to 99",
        ),
        (
            r#""session-expiry": "0s""#,
            "session-expiry",
            "leave it out for never",
        ),
        (r#""entries-kept": -1"#, "entries-kept", "invalid value"),
    ] {
        let error = parse(raft).expect_err(raft);
        let field = format!("raft.{field}");
        assert_eq!((error.line, &*error.field), (2, &*field), "{error}");
        assert!(error.problem.contains(problem), "{error}");
    }
}
