//! How fast runs step, with every check on, and how fast a playback seeks.
#![allow(missing_docs)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use scenario::consensus::Micros;
use scenario::simulator::Playback;
use scenario::{PRESETS, ProtocolName, Scenario, Storm};
use std::hint::black_box;

fn calm() -> Scenario {
    let text = PRESETS
        .iter()
        .find(|it| it.name == "calm")
        .map_or("", |it| it.text);
    Scenario::parse(text).expect("it comes with the product")
}

/// Events per second of a storm.
fn step(criterion: &mut Criterion) {
    let storm = Storm {
        seed: 1,
        nodes: 5,
        rough: Micros::from_secs(60),
        calm: Micros::from_secs(6),
    };
    let mut group = criterion.benchmark_group("storm");
    for protocol in ProtocolName::ALL {
        let scenario = storm.scenario(protocol);
        let events = scenario.run(protocol, |_| {}).events;
        group.throughput(Throughput::Elements(events));
        group.bench_function(protocol.as_str(), |it| {
            it.iter(|| black_box(scenario.run(protocol, |_| {}).digest));
        });
    }
    group.finish();
}

/// A busy cluster of Raft servers: what a second of one core carries, in messages and in steps.
fn messages(criterion: &mut Criterion) {
    let scenario = busy::scenario();
    let work = busy::count(&scenario);
    println!("busy: {work:?}");
    let mut group = criterion.benchmark_group("busy");
    for (name, amount) in [
        ("sent-or-delivered", work.messages()),
        ("steps", work.steps),
    ] {
        group.throughput(Throughput::Elements(amount));
        group.bench_function(name, |it| {
            it.iter(|| black_box(scenario.run(ProtocolName::Raft, |_| {}).digest));
        });
    }
    group.finish();
}

/// One frame's work of the page but for the drawing: look at everything once, in a calm cluster and
/// in a busy one whose logs are long.
fn view(criterion: &mut Criterion) {
    let busy = busy::scenario();
    for (name, scenario, secs) in [("calm", calm(), 2), ("long-logs", busy, 21)] {
        let mut playback = Playback::new(scenario.engine(ProtocolName::Raft));
        playback.seek(Micros::from_secs(secs));
        let run = playback.engine();
        let entries: usize = run.view().nodes.iter().map(|it| it.log.len()).sum();
        println!("{name}: {entries} entries");
        let mut group = criterion.benchmark_group(name);
        group.bench_function("view", |it| it.iter(|| black_box(run.view())));
        group.bench_function("glance", |it| it.iter(|| black_box(run.glance())));
        group.finish();
    }
}

/// A seek into the middle of a minute that was played.
fn seek(criterion: &mut Criterion) {
    let mut playback = Playback::new(calm().engine(ProtocolName::Raft));
    playback.seek(Micros::from_secs(60));
    let mut at = 0;
    criterion.bench_function("seek", |it| {
        it.iter_batched(
            || {
                at = (at + 7_919_777) % 60_000_000;
                Micros(at)
            },
            |at| playback.seek(at),
            BatchSize::SmallInput,
        );
    });
}

criterion_group!(benches, step, messages, view, seek);
criterion_main!(benches);
