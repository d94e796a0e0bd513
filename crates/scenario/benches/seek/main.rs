//! How long a seek takes anywhere in an hour, and how many bytes a second of history costs.
//!
//! `WHITEWATER_MINUTES` sets another length than an hour.
#![allow(missing_docs)]

mod allocations;

use scenario::consensus::Micros;
use scenario::simulator::Playback;
use scenario::{ProtocolName, Scenario};
use std::time::{Duration, Instant};

/// How many seeks are timed in each run.
const SEEKS: usize = 1_000;

/// Five Raft servers that nobody calls.
const IDLE: &str = r#"{ "title": "Idle", "protocols": ["raft"], "nodes": 5, "seed": 1,
    "until": "60s", "raft": { "preset": "production" } }"#;

/// Five Raft servers and eight clients that make about 200 calls a second, half of them reads.
const BUSY: &str = r#"{ "title": "Busy", "protocols": ["raft"], "nodes": 5, "clients": 8, "seed": 1,
    "until": "60s", "network": { "delay": ["4ms", "6ms"] },
    "raft": { "preset": "production", "snapshot-every": 1000, "entries-kept": 16 },
    "workload": { "think": ["15ms", "23ms"], "keys": 4, "reads-per-million": 500000 } }"#;

fn main() {
    let minutes = std::env::var("WHITEWATER_MINUTES").ok();
    let minutes = minutes.and_then(|it| it.parse().ok()).unwrap_or(60);
    for (name, text) in [("idle", IDLE), ("busy", BUSY)] {
        measure(name, text, minutes);
    }
}

fn measure(name: &str, text: &str, minutes: u64) {
    let scenario = Scenario::parse(text).expect("the scenario is well-formed");
    let before = allocations::live();
    let mut playback = Playback::new(scenario.engine(ProtocolName::Raft));
    let started = Instant::now();
    for minute in 1..=minutes {
        playback.seek(Micros::from_secs(minute * 60));
        if [1, 5, 10, 30, minutes].contains(&minute) {
            let bytes = allocations::live().wrapping_sub(before) as u64;
            println!(
                "{name}: {minute} min, {} events, {} calls, {bytes} bytes, {} a second",
                playback.event(),
                playback.engine().history().len(),
                bytes / (minute * 60),
            );
        }
    }
    let took = started.elapsed();
    let rate = playback.event() as f64 / took.as_secs_f64();
    println!("{name}: played in {took:.1?}, {rate:.0} events a second");
    parts(name, &playback);
    seeks(name, &mut playback, minutes);
}

/// What single parts of the history take.
fn parts(name: &str, playback: &Playback) {
    let before = allocations::live();
    let record = playback.record().clone();
    let of_record = allocations::live().wrapping_sub(before);
    let before = allocations::live();
    let fork = playback.engine().fork();
    let of_fork = allocations::live().wrapping_sub(before);
    println!("{name}: the record takes {of_record} bytes, a fork {of_fork} beyond what it shares");
    drop((record, fork));
}

fn seeks(name: &str, playback: &mut Playback, minutes: u64) {
    let mut times: Vec<Duration> = Vec::with_capacity(SEEKS);
    // A linear congruential generator: the same moments in every run.
    let mut word = 1_u64;
    for _ in 0..SEEKS {
        word = word
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = (word >> 32) % (minutes * 60_000_000);
        let started = Instant::now();
        playback.seek(Micros(at));
        times.push(started.elapsed());
    }
    times.sort_unstable();
    let share = |percent: usize| times[(SEEKS * percent / 100).min(SEEKS - 1)];
    println!(
        "{name}: {SEEKS} seeks, median {:.2?}, 99 of 100 within {:.2?}, longest {:.2?}",
        share(50),
        share(99),
        share(100),
    );
}
