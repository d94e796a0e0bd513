//! The busy cluster by which the speed of the simulator is measured: five Raft servers, eight
//! clients that write and read four keys by halves, and a leader that crashes every ten seconds,
//! with every check on.
//!
//! `cargo bench -p scenario --bench run -- busy` measures it natively, `cargo xtask soak` natively
//! and as WebAssembly in the same run.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use scenario::simulator::What;
use scenario::{ProtocolName, Scenario};
use std::fmt::Write;

/// How many crashes there are, ten seconds apart.
const CRASHES: u32 = 5;

/// A minute of it.
///
/// # Panics
/// Where this crate's own text is no scenario.
#[must_use]
pub fn scenario() -> Scenario {
    let mut steps = String::new();
    for crash in 1..=CRASHES {
        let at = crash * 10;
        write!(
            steps,
            r#"{}{{ "at": "{at}s", "do": {{ "stop": "leader" }} }}"#,
            if crash > 1 { "," } else { "" },
        )
        .expect("a string takes it");
        for node in ["A", "B", "C", "D", "E"] {
            write!(
                steps,
                r#",{{ "at": "{}s", "do": {{ "start": "{node}" }} }}"#,
                at + 2
            )
            .expect("a string takes it");
        }
    }
    let text = format!(
        r#"{{
            "title": "Busy", "protocols": ["raft"], "nodes": 5, "clients": 8, "seed": 1,
            "until": "60s",
            "workload": {{ "think": ["10ms", "20ms"], "keys": 4, "reads-per-million": 500000 }},
            "steps": [{steps}],
            "expect": [{{ "that": "checks-hold" }}]
        }}"#
    );
    Scenario::parse(&text).expect("the scenario is well-formed")
}

/// What there is to do in it.
#[derive(Debug, Default)]
pub struct Work {
    /// Messages sent, those between clients and nodes included.
    pub sent: u64,
    /// Messages delivered, as well.
    pub delivered: u64,
    /// Steps of the simulator.
    pub steps: u64,
}

impl Work {
    /// Messages sent or delivered.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        self.sent + self.delivered
    }
}

/// Counts it.
///
/// # Panics
/// Where a check fails: the run is no good then.
#[must_use]
pub fn count(scenario: &Scenario) -> Work {
    let mut work = Work::default();
    let report = scenario.run(ProtocolName::Raft, |told| {
        for happening in told {
            work.sent += u64::from(matches!(happening.what, What::Sent { .. }));
            work.delivered += u64::from(matches!(happening.what, What::Arrived { .. }));
        }
    });
    assert!(report.holds(), "{:?}", report.violation);
    work.steps = report.events;
    work
}

/// How many steps a minute takes, played to its end; the last expectation is that every check
/// holds.
///
/// # Panics
/// Where a check fails.
#[must_use]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn play() -> u32 {
    let report = scenario().run(ProtocolName::Raft, |_| {});
    assert!(report.holds(), "{:?}", report.violation);
    u32::try_from(report.events).unwrap_or(u32::MAX)
}
