//! The race: commits per second of both clusters, in rounds that alternate between the two.
//!
//! A round elects a leader, warms up, and then takes the time of [`COMMANDS`] commands, from the
//! first call until every server has applied the last. The figures are medians of [`ROUNDS`].
//! `cargo bench -p peer-bench -- n=3 w=64` runs the cases whose names contain all that is given.

mod allocations;

use peer_bench::{Cluster, Ours, Theirs, serve};
use std::env;
use std::time::Instant;

const SERVERS: [u16; 2] = [3, 5];
const WINDOWS: [u64; 3] = [1, 64, 256];
const ROUNDS: usize = 11;
const WARM_UP: u64 = 4_096;
const COMMANDS: u64 = 32_768;

/// What one round showed.
#[derive(Clone, Copy)]
struct Figures {
    commits_per_second: f64,
    messages_per_commit: f64,
    /// Without the one block that each command's payload takes.
    allocations_per_message: f64,
}

fn main() {
    let wanted: Vec<_> = env::args().skip(1).filter(|it| it.contains('=')).collect();
    println!("case         cluster  commits/s  messages/commit  allocations/message");
    for servers in SERVERS {
        for window in WINDOWS {
            let case = format!("n={servers} w={window}");
            let asked = |word: &String| case.split(' ').any(|part| part == word);
            if wanted.iter().all(asked) {
                race(&case, servers, window);
            }
        }
    }
}

fn race(case: &str, servers: u16, window: u64) {
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for number in 0..ROUNDS {
        // Whoever goes second must not always be the same.
        if number % 2 == 0 {
            ours.push(round::<Ours>(servers, window));
            theirs.push(round::<Theirs>(servers, window));
        } else {
            theirs.push(round::<Theirs>(servers, window));
            ours.push(round::<Ours>(servers, window));
        }
    }
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    show(case, Ours::NAME, ours);
    show(case, Theirs::NAME, theirs);
    let ratio = ours.commits_per_second / theirs.commits_per_second;
    println!("ratio {case} {ratio:.2}");
}

fn round<C: Cluster>(servers: u16, window: u64) -> Figures {
    let mut cluster = C::elected(servers, window);
    serve(&mut cluster, 0..WARM_UP, window);
    let (messages, blocks, start) = (cluster.messages(), allocations::count(), Instant::now());
    serve(&mut cluster, WARM_UP..WARM_UP + COMMANDS, window);
    let time = start.elapsed();
    let messages = (cluster.messages() - messages) as f64;
    let blocks = (allocations::count() - blocks - COMMANDS) as f64;
    Figures {
        commits_per_second: COMMANDS as f64 / time.as_secs_f64(),
        messages_per_commit: messages / COMMANDS as f64,
        allocations_per_message: blocks / messages,
    }
}

/// The round of median speed; all rounds send the same messages.
fn median(rounds: &mut [Figures]) -> Figures {
    rounds.sort_by(|a, b| a.commits_per_second.total_cmp(&b.commits_per_second));
    rounds[rounds.len() / 2]
}

fn show(case: &str, name: &str, figures: Figures) {
    println!(
        "{case:<12} {name:<7} {:>10.0} {:>16.3} {:>20.3}",
        figures.commits_per_second, figures.messages_per_commit, figures.allocations_per_message,
    );
}
