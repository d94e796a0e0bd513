//! Failures as files that replay them, made small.

use super::panics::caught;
use super::results::{Failure, Results};
use super::{Swarm, what};
use crate::directory::{Directory, Unwritable};
use indicatif::{ProgressBar, ProgressStyle};
use scenario::ProtocolName;
use scenario::shrink::USUAL_RUNS;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many runs it may take to make one small that fails in liveness mode: all of it is played each
/// time.
const LIVENESS_RUNS: u64 = 2_000;

/// So many failures of a protocol are made small for each thing that fails; they are mostly the same.
const MOST_OF_A_KIND: u64 = 10;

/// A failure that is to be made small, by its place in the results.
struct Task {
    protocol: ProtocolName,
    place: usize,
    seed: u64,
    file: String,
    most_runs: u64,
}

/// Makes the first few failures of each kind small, in their files. `stop` ends it with what there
/// is. Gives the first file that could not be written.
pub(crate) fn make_small(
    swarm: &Swarm,
    directory: &Directory,
    results: &mut Results,
    stop: &AtomicBool,
) -> Option<Unwritable> {
    let tasks = tasks(results);
    let bar = ProgressBar::new(tasks.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} failures made small") {
        bar.set_style(style);
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..swarm.threads.min(tasks.len()) {
            let (sender, next, tasks) = (sender.clone(), &next, &tasks);
            scope.spawn(move || {
                while let Some(task) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let small = small(swarm, directory, task, stop);
                    if sender.send((task, small)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut unwritten = None;
        for (task, small) in receiver {
            bar.inc(1);
            match small {
                Ok(minimal) => {
                    let totals = results.protocols.get_mut(&task.protocol);
                    let failure = totals.and_then(|it| it.failures.get_mut(task.place));
                    failure.into_iter().for_each(|it| it.minimal = minimal);
                }
                Err(error) => unwritten = unwritten.or(Some(error)),
            }
        }
        bar.finish_and_clear();
        unwritten
    })
}

fn tasks(results: &Results) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (protocol, totals) in &results.protocols {
        let mut of_a_kind: BTreeMap<&str, u64> = BTreeMap::new();
        for (place, failure) in totals.failures.iter().enumerate() {
            let count = of_a_kind.entry(&failure.what).or_default();
            *count += 1;
            if let (Some(file), true) = (&failure.file, *count <= MOST_OF_A_KIND) {
                tasks.push(Task {
                    protocol: *protocol,
                    place,
                    seed: failure.seed,
                    file: file.clone(),
                    most_runs: most_runs(failure),
                });
            }
        }
    }
    tasks
}

fn most_runs(failure: &Failure) -> u64 {
    match &*failure.what {
        // Its run never ends.
        what::PANIC => 0,
        what::LIVENESS => LIVENESS_RUNS,
        _ => USUAL_RUNS,
    }
}

/// Makes one small and writes it; whether nothing can be left out of what is in the file.
fn small(
    swarm: &Swarm,
    directory: &Directory,
    task: &Task,
    stop: &AtomicBool,
) -> Result<bool, Unwritable> {
    let goes_on = |runs| runs < task.most_runs && !stop.load(Ordering::Relaxed);
    if !goes_on(0) {
        return Ok(false);
    }
    let shrunk = caught(|| {
        let plan = swarm.run(task.seed).plan(task.protocol);
        plan.shrunk(task.protocol, swarm.rough.0, &goes_on)
    });
    // Where a smaller one panics, the whole one stays.
    let Ok(Some(shrunk)) = shrunk else {
        return Ok(false);
    };
    directory.write(&task.file, &shrunk.scenario.text())?;
    Ok(shrunk.is_minimal)
}
