//! Faults that cannot be played: each is refused with the line, the field and the remedy.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::{Scenario, ScenarioError};

/// A scenario of five nodes and such fields, put on the third line.
fn with(fields: &str) -> Result<Scenario, ScenarioError> {
    Scenario::parse(&format!(
        "{{\n\"title\": \"x\", \"seed\": 1, \"nodes\": 5, \"until\": \"2s\",\n{fields} }}"
    ))
}

#[track_caller]
fn refused(fields: &str, field: &str, problem: &str) {
    let error = with(fields).expect_err(fields);
    assert_eq!((error.line, &*error.field), (3, field), "{error}");
    assert!(error.problem.contains(problem), "{error}");
}

#[track_caller]
fn deed_refused(deed: &str, field: &str, problem: &str) {
    let fields = format!(r#""steps": [{{ "at": "1s", "do": {deed} }}]"#);
    refused(&fields, &format!("steps[0].do.{field}"), problem);
}

#[test]
fn nodes_that_are_not_there_cannot_fail() {
    for (deed, field) in [
        (r#"{"pause": "F"}"#, "pause"),
        (r#"{"resume": "F"}"#, "resume"),
        (r#"{"snapshot": "F"}"#, "snapshot"),
        (r#"{"transfer": "F"}"#, "transfer"),
        (r#"{"promote": "F"}"#, "promote"),
        (r#"{"remove": "F"}"#, "remove"),
        (r#"{"slow": {"node": "F", "service": "1ms"}}"#, "slow.node"),
        (r#"{"clock": {"node": "F"}}"#, "clock.node"),
        (r#"{"disk": {"node": "F", "writes": {}}}"#, "disk.node"),
        (r#"{"link": {"from": "F", "capacity": 1}}"#, "link.from"),
        (r#"{"link": {"to": "F", "capacity": 1}}"#, "link.to"),
        (
            r#"{"cut-one-way": {"from": ["A"], "to": ["F"]}}"#,
            "cut-one-way.to[0]",
        ),
    ] {
        deed_refused(deed, field, "this cluster has A to E");
    }
    deed_refused(r#"{"resume": "leader"}"#, "resume", "nodes are called");
}

#[test]
fn members_vote_or_learn() {
    let replace = |change: &str, field: &str, problem: &str| {
        let deed = format!("{{\"replace\": {change}}}");
        deed_refused(&deed, &format!("replace.{field}"), problem);
    };
    replace(r#"{"voters": []}"#, "voters", "name at least one");
    replace(r#"{"voters": ["A", "A"]}"#, "voters[1]", "named twice");
    let both = r#"{"voters": ["A", "F"], "learners": ["G", "F"]}"#;
    replace(both, "learners[1]", "votes or learns");
}

/// A deed, the field that is wrong in it, and what is said of it.
const STEPS: &[(&str, &str, &str)] = &[
    (
        r#"{"clock": {"node": "A", "drift-per-million": 500001}}"#,
        "clock.drift-per-million",
        "-500000 to 500000",
    ),
    (
        r#"{"clock": {"node": "A", "drift-per-million": -500001}}"#,
        "clock.drift-per-million",
        "-500000 to 500000",
    ),
    (
        r#"{"clock": {"node": "A", "offset": "--2s"}}"#,
        "clock.offset",
        "not a span",
    ),
    (
        r#"{"clock": {"node": "A", "offset": "-2h"}}"#,
        "clock.offset",
        "not a span",
    ),
    (
        r#"{"link": {"loss-per-million": 1000001}}"#,
        "link.loss-per-million",
        "0 to 1000000",
    ),
    (
        r#"{"link": {"duplication-per-million": 1000001}}"#,
        "link.duplication-per-million",
        "0 to 1000000",
    ),
    (
        r#"{"link": {"reordering-per-million": 1000001}}"#,
        "link.reordering-per-million",
        "0 to 1000000",
    ),
    (
        r#"{"link": {"corruption-per-million": 1000001}}"#,
        "link.corruption-per-million",
        "0 to 1000000",
    ),
    (
        r#"{"link": {"capacity": 1000001}}"#,
        "link.capacity",
        "0 to 1000000",
    ),
    (
        r#"{"link": {"delay": ["9ms", "3ms"]}}"#,
        "link.delay",
        "shorter span first",
    ),
    (
        r#"{"link": {"spread": "wide"}}"#,
        "link.spread",
        "unknown variant",
    ),
    (r#"{"link": {"los": 1}}"#, "link.los", "unknown field"),
    (
        r#"{"disk": {"writes": {"disorder-per-million": 1000001}}}"#,
        "disk.writes.disorder-per-million",
        "0 to 1000000",
    ),
    (
        r#"{"disk": {"writes": {"latency": ["9ms", "3ms"]}}}"#,
        "disk.writes.latency",
        "shorter span first",
    ),
    (
        r#"{"disk": {"writes": {"crash-loss": "all"}}}"#,
        "disk.writes.crash-loss",
        "unknown variant",
    ),
];

#[test]
fn steps_out_of_range_name_the_range() {
    for (deed, field, problem) in STEPS {
        deed_refused(deed, field, problem);
    }
}

#[test]
fn steps_that_do_nothing_are_refused() {
    deed_refused(r#"{"link": {"from": "A"}}"#, "link", "it changes nothing");
    deed_refused(
        r#"{"link": {"from": "A", "to": "A", "clogged": true}}"#,
        "link",
        "no link to itself",
    );
    deed_refused(
        r#"{"cut-one-way": {"from": [], "to": ["A"]}}"#,
        "cut-one-way.from",
        "leave it out",
    );
    deed_refused(
        r#"{"cut-one-way": {"from": ["A"], "to": ["B", "A"]}}"#,
        "cut-one-way.to[1]",
        "nobody is cut from itself",
    );
}

#[test]
fn a_message_is_numbered_within_one_protocol() {
    let hold = r#"{"message": {"number": 1, "do": "hold"}}"#;
    deed_refused(hold, "message", "name one protocol");
    let steps =
        |deed: &str| format!(r#""protocols": ["raft"], "steps": [{{ "at": "1s", "do": {deed} }}]"#);
    with(&steps(hold)).expect("one protocol numbers its messages");
    refused(
        &steps(r#"{"message": {"number": 0, "do": "hold"}}"#),
        "steps[0].do.message.number",
        "from 1",
    );
    refused(
        &steps(r#"{"message": {"number": 1, "do": {"delay": "0s"}}}"#),
        "steps[0].do.message.do.delay",
        "longer than no time",
    );
}

/// Starting conditions, the field that is wrong in them, and what is said of it.
const STARTS: &[(&str, &str, &str)] = &[
    (
        r#""network": {"loss-per-million": 1000001}"#,
        "network.loss-per-million",
        "0 to 1000000",
    ),
    (
        r#""network": {"duplication-per-million": 1000001}"#,
        "network.duplication-per-million",
        "0 to 1000000",
    ),
    (
        r#""network": {"reordering-per-million": 1000001}"#,
        "network.reordering-per-million",
        "0 to 1000000",
    ),
    (
        r#""network": {"corruption-per-million": 1000001}"#,
        "network.corruption-per-million",
        "0 to 1000000",
    ),
    (
        r#""network": {"capacity": 1000001}"#,
        "network.capacity",
        "0 to 1000000",
    ),
    (
        r#""disk": {"disorder-per-million": 1000001}"#,
        "disk.disorder-per-million",
        "0 to 1000000",
    ),
    (
        r#""disk": {"latency": ["2ms", "1ms"]}"#,
        "disk.latency",
        "shorter span first",
    ),
    (
        r#""inbox": {"capacity": 0}"#,
        "inbox.capacity",
        "1 to 100000",
    ),
    (
        r#""clocks": [{"node": "leader"}]"#,
        "clocks[0].node",
        "nobody leads at the start",
    ),
    (
        r#""clocks": [{"node": "F"}]"#,
        "clocks[0].node",
        "this cluster has A to E",
    ),
    (
        r#""clocks": [{"node": "A"}, {"node": "A"}]"#,
        "clocks[1].node",
        "set twice",
    ),
    (
        r#""clocks": [{"node": "A", "drift-per-million": 600000}]"#,
        "clocks[0].drift-per-million",
        "-500000 to 500000",
    ),
];

#[test]
fn starting_conditions_out_of_range_name_the_range() {
    for (fields, field, problem) in STARTS {
        refused(fields, field, problem);
    }
}

#[test]
fn expectations_about_faults_must_say_something() {
    for (that, field, problem) in [
        (
            r#"{"drops": {"cause": "cut"}}"#,
            "drops",
            "true of every run",
        ),
        (
            r#"{"drops": {"cause": "cut", "least": 2, "most": 1}}"#,
            "drops",
            "more than",
        ),
        (
            r#"{"drops": {"cause": "drunk", "least": 2}}"#,
            "drops.cause",
            "unknown variant",
        ),
        (r#"{"backed-off": {}}"#, "backed-off", "true of every run"),
        (
            r#"{"backed-off": {"client": 2, "least": 1}}"#,
            "backed-off.client",
            "1 to 1",
        ),
        (
            r#"{"not": {"breaker": {"state": "open", "client": 0}}}"#,
            "not.breaker.client",
            "1 to 1",
        ),
        (
            r#"{"breaker": {"state": "ajar"}}"#,
            "breaker.state",
            "unknown variant",
        ),
    ] {
        let fields = format!(r#""expect": [{{ "that": {that} }}]"#);
        refused(&fields, &format!("expect[0].that.{field}"), problem);
    }
    let stranger = r#""expect": [{ "that": {"breaker": {"state": "open", "node": "F"}} }]"#;
    refused(stranger, "expect[0].that", "this cluster has A to E");
}

#[test]
fn fast_clocks_and_patient_clients_shorten_the_longest_run() {
    let hour = |fields: &str| {
        Scenario::parse(&format!(
            "{{\n\"title\": \"x\", \"seed\": 1, \"nodes\": 31, \"until\": \"3600s\",\n{fields} }}"
        ))
    };
    hour(r#""clocks": [{"node": "A", "drift-per-million": -500000}]"#).expect("it is slow");
    let start = r#""clocks": [{"node": "A", "drift-per-million": 500000}]"#;
    let step =
        r#""steps": [{"at": "1s", "do": {"clock": {"node": "A", "drift-per-million": 500000}}}]"#;
    for fields in [start, step] {
        let error = hour(fields).expect_err("its timers run out too often");
        assert_eq!(error.field, "until", "{error}");
        assert!(error.problem.contains("end at 2688166666us"), "{error}");
    }
    let write = r#"{"at": "0s", "do": {"write": {"value": 1}}}"#;
    let writes = vec![write; 9_999].join(",");
    let error = hour(&format!(
        r#""client": {{"attempts": 3, "breaker-cooling": "100ms"}}, "steps": [{writes}]"#
    ))
    .expect_err("every call may wait 36,000 times");
    assert_eq!(error.field, "client.breaker-cooling", "{error}");
    assert!(error.problem.contains("make it 180ms at least"), "{error}");
}
