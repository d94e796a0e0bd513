//! Many runs on some threads. What comes of them does not depend on how many threads there are.

use super::counts::{Counts, Tally};
use super::panics::caught;
use super::results::{Failure, Results, SeedResult};
use super::told::Told;
use super::{Swarm, SwarmError, broken, keep, what};
use crate::directory::Unwritable;
use scenario::swarm::{Mix, SwarmPlan};
use scenario::{ProtocolName, Report};
use std::collections::BTreeMap;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// What a shell reports of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Runs every seed under every protocol, or as many as there is time for until Ctrl-C or SIGTERM,
/// and makes failures small. Also gives the first file that could not be written.
pub(crate) fn all(
    swarm: &Swarm,
    mut results: Results,
) -> Result<(Results, Option<Unwritable>), SwarmError> {
    let stop = listen()?;
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut unwritten = thread::scope(|scope| {
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
        collect(swarm, receiver, &mut results)
    })?;
    results.elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    results.close();
    if let Some(directory) = &swarm.out {
        let of_small = keep::make_small(swarm, directory, &mut results, &stop);
        unwritten = unwritten.or(of_small);
    }
    Ok((results, unwritten))
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
    receiver: mpsc::Receiver<(u64, (SeedResult, Option<Unwritable>))>,
    results: &mut Results,
) -> Result<Option<Unwritable>, SwarmError> {
    let mut told = Told::new(swarm);
    let mut early = BTreeMap::new();
    let mut place = 0;
    let mut unwritten = None;
    for (at, result) in receiver {
        early.insert(at, result);
        while let Some((run, error)) = early.remove(&place) {
            place += 1;
            unwritten = unwritten.or(error);
            told.tell(&run)?;
            // No seed comes twice.
            let _ = results.take(run);
        }
    }
    told.finish(results);
    Ok(unwritten)
}

/// One run; also what kept its failure from being written.
fn one(swarm: &Swarm, protocol: ProtocolName, seed: u64) -> (SeedResult, Option<Unwritable>) {
    let run = swarm.run(seed);
    let plan = match caught(|| run.plan(protocol)) {
        Ok(plan) => plan,
        Err(panic) => return (panicked(protocol, seed, run.mix(protocol), panic), None),
    };
    let played = caught(|| {
        let mut tally = Tally::new(swarm.rough.0);
        let report = plan.scenario.run(protocol, |told| tally.see(told));
        (tally.counts(&plan.mix, &plan.ending, &report), report)
    });
    let words = format!("{}; {}", plan.mix, plan.ending);
    let mut result = match played {
        Ok((counts, report)) => SeedResult {
            protocol,
            seed,
            digest: report.digest,
            counts,
            failure: failure(&plan, &report),
            words,
        },
        Err(panic) => SeedResult {
            words,
            ..panicked(protocol, seed, plan.mix.clone(), panic)
        },
    };
    let mut unwritten = None;
    if let (Some(failure), Some(directory)) = (&mut result.failure, &swarm.out) {
        failure.ending = Some(plan.ending);
        let name = format!("{protocol}-{seed}.json");
        // Whole; there may be many.
        match directory.write(&name, &plan.scenario.text()) {
            Ok(()) => failure.file = Some(name),
            Err(error) => unwritten = Some(error),
        }
    }
    (result, unwritten)
}

fn failure(plan: &SwarmPlan, report: &Report) -> Option<Failure> {
    let violation = report.violation.as_ref();
    (!report.holds()).then(|| Failure {
        seed: report.seed,
        mix: plan.mix.clone(),
        ending: Some(plan.ending.clone()),
        what: violation
            .map_or(what::LIVENESS, |it| it.property.name())
            .to_string(),
        broken: broken::sentences(&plan.scenario, report),
        file: None,
        minimal: false,
    })
}

/// The result of a run that ended in a panic: nothing of it counts.
fn panicked(protocol: ProtocolName, seed: u64, mix: Mix, panic: String) -> SeedResult {
    SeedResult {
        protocol,
        seed,
        digest: 0,
        counts: Counts::default(),
        words: mix.to_string(),
        failure: Some(Failure {
            seed,
            mix,
            ending: None,
            what: what::PANIC.to_string(),
            broken: vec![panic],
            file: None,
            minimal: false,
        }),
    }
}
