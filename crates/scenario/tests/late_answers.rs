//! Clients that are told late that their write is done, when the server remembers it and no longer
//! where it was.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Answer;
use scenario::simulator::What;
use scenario::{ProtocolName, Scenario};
use serde_json::{Value, json};

fn write(at: &str, client: u32, value: u64) -> Value {
    json!({"at": at, "do": {"write": {"value": value, "key": 0, "client": client}}})
}

/// Eight clients write, so that a server remembers where the latest four of each were. Then one
/// writes nine more, and the answer to the first of these is dropped.
fn dropped_answer(number: u64) -> Scenario {
    let first = (1..=8).map(|it| write(&format!("{}ms", 1_000 + it), it, u64::from(it)));
    let mut steps: Vec<Value> = first.collect();
    steps.extend([write("2000ms", 1, 99), write("2050ms", 1, 100)]);
    let drop = json!({"message": {"number": number, "do": "drop"}});
    steps.push(json!({"at": "2057469us", "do": drop}));
    let others = (101..=107).map(|it| write(&format!("{}ms", 2_060 + 10 * (it - 101)), 1, it));
    steps.extend(others);
    let scenario = json!({
        "protocols": ["raft"], "nodes": 3, "clients": 8, "seed": 1, "until": "4s",
        "title": "dropped answer", "steps": steps,
    });
    Scenario::parse(&scenario.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_write_whose_place_is_forgotten_is_acknowledged() {
    let mut done = Vec::new();
    let report = dropped_answer(215).run(ProtocolName::Raft, |told| {
        for happening in told {
            if let What::Answered {
                written: Some(value),
                answer: Answer::Done(_),
                ..
            } = happening.what
            {
                done.push(value);
            }
        }
    });
    assert_eq!(report.violation, None);
    assert_eq!(done.len(), 17, "{done:?}");
    assert_eq!(done.last(), Some(&99), "its answer comes last: {done:?}");
}
