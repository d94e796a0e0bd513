//! How long it takes to judge a history of a thousand calls by ten clients that hardly rest: less
//! than a second, whatever is found out.
#![allow(missing_docs)]

#[path = "../../simulator/tests/linearizability/random.rs"]
#[allow(dead_code)]
mod random;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use random::{Sea, history};
use scenario::consensus::Micros;
use scenario::simulator::linearizability::{Judgement, Moment, judge};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many histories of each kind are judged once, so that an unlucky one is among them.
const SEEDS: u64 = 50;

/// A moment in whole microseconds.
pub(crate) fn moment(at: u64) -> Moment {
    Moment {
        at: Micros(at),
        order: 0,
    }
}

fn judged(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("linearizability");
    for (name, keys, values, lies) in [
        ("one-key", 1, 0, 0),
        ("four-keys", 4, 0, 0),
        ("one-key-three-values", 1, 3, 0),
        ("one-key-unexplained", 1, 0, 100),
    ] {
        let sea = Sea {
            calls: (1_000, 1_000),
            clients: 10,
            keys,
            values,
            doubts: 5,
            lies,
        };
        let mut longest = Duration::ZERO;
        let mut explained = 0;
        for seed in 0..SEEDS {
            let calls = history(sea, seed);
            let begun = Instant::now();
            let found = judge(calls);
            longest = longest.max(begun.elapsed());
            assert!(
                found
                    .iter()
                    .all(|it| !matches!(it.1, Judgement::Undecided(_)))
            );
            explained += u32::from(found.iter().all(|it| it.1 == Judgement::Linearizable));
        }
        println!("{name}: {explained} of {SEEDS} explained, the longest took {longest:?}");
        assert!(longest < Duration::from_secs(1), "{name}: {longest:?}");
        let calls = history(sea, 1);
        group.throughput(Throughput::Elements(calls.len() as u64));
        group.bench_function(name, |it| {
            it.iter(|| black_box(judge(calls.iter().copied())));
        });
    }
    group.finish();
}

criterion_group!(benches, judged);
criterion_main!(benches);
