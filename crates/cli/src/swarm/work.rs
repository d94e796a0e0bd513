//! Many runs on some threads. What comes of them does not depend on how many threads there are.

use super::counts::Tally;
use super::results::{Failure, Results, SeedResult};
use super::told::Told;
use super::{Swarm, SwarmError, broken, keep};
use scenario::ProtocolName;
use std::collections::BTreeMap;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// What a shell reports of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Runs every seed under every protocol, or as many as there is time for until Ctrl-C.
pub(crate) fn all(swarm: &Swarm, mut results: Results) -> Result<Results, SwarmError> {
    let stop = listen()?;
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..swarm.threads {
            let (sender, next, stop) = (sender.clone(), &next, &*stop);
            scope.spawn(move || {
                while let Some((place, protocol, seed)) = take(swarm, next, stop) {
                    // Where nobody listens any more, an error ended it all.
                    if sender.send((place, one(swarm, protocol, seed))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        collect(swarm, receiver, &mut results, &stop)
    })?;
    results.elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    results.close();
    Ok(results)
}

/// Set by Ctrl-C; the second one ends the program at once.
fn listen() -> Result<Arc<AtomicBool>, SwarmError> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = stop.clone();
    ctrlc::set_handler(move || {
        if heard.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED);
        }
    })?;
    Ok(stop)
}

/// The next run: its place among all, its protocol and its seed.
fn take(swarm: &Swarm, next: &AtomicU64, stop: &AtomicBool) -> Option<(u64, ProtocolName, u64)> {
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let place = next.fetch_add(1, Ordering::Relaxed);
    let protocols = &swarm.protocols;
    let count = protocols.len() as u64;
    // Seed by seed, so that every protocol has had as many when it ends early.
    let seed = swarm.seeds.from.checked_add(place / count)?;
    let protocol = protocols.get(usize::try_from(place % count).ok()?)?;
    (seed < swarm.seeds.to).then_some((place, *protocol, seed))
}

/// Takes results in by their places, so that they add up alike however they come.
fn collect(
    swarm: &Swarm,
    receiver: mpsc::Receiver<(u64, Result<SeedResult, SwarmError>)>,
    results: &mut Results,
    stop: &AtomicBool,
) -> Result<(), SwarmError> {
    let mut told = Told::new(swarm);
    let mut early = BTreeMap::new();
    let mut place = 0;
    let mut failed = Ok(());
    for (at, result) in receiver {
        early.insert(at, result);
        while let Some(result) = early.remove(&place) {
            place += 1;
            match result {
                Ok(run) => {
                    told.tell(&run)?;
                    // No seed comes twice.
                    let _ = results.take(run);
                }
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    failed = failed.and(Err(error));
                }
            }
        }
    }
    told.finish(results);
    failed
}

/// One run.
fn one(swarm: &Swarm, protocol: ProtocolName, seed: u64) -> Result<SeedResult, SwarmError> {
    let plan = swarm.run(seed).plan(protocol);
    let mut tally = Tally::new(swarm.rough.0);
    let report = plan.scenario.run(protocol, |told| tally.see(told));
    let words = format!("{}; {}", plan.mix, plan.ending);
    let counts = tally.counts(&plan.mix, &plan.ending, &report);
    let failure = if report.holds() {
        None
    } else {
        Some(Failure {
            seed,
            broken: broken::sentences(&plan.scenario, &report),
            file: keep::keep(swarm, protocol, &plan, &report)?,
            mix: plan.mix,
            ending: plan.ending,
        })
    };
    Ok(SeedResult {
        protocol,
        seed,
        digest: report.digest,
        counts,
        failure,
        words,
    })
}
