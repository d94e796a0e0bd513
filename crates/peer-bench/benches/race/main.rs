//! The race: commits per second of each cluster, in rounds in which all take their turn.
//!
//! A round elects a leader, warms up, and then takes the time of [`COMMANDS`] commands, from the
//! first call until every server has applied the last. The figures are medians of [`ROUNDS`].
//! `cargo bench -p peer-bench -- n=3 w=64` runs the cases whose names contain all that is given.

mod allocations;

use peer_bench::{Cluster, Ours, OursWithSessions, Theirs, TheirsJoined, serve};
use std::env;
use std::time::Instant;

const SERVERS: [u16; 2] = [3, 5];
const WINDOWS: [u64; 3] = [1, 64, 256];
const ROUNDS: usize = 11;
const WARM_UP: u64 = 4_096;
const COMMANDS: u64 = 65_536;

/// Lets one cluster of so many servers run once, with such a window.
type Round = fn(u16, u64) -> Figures;

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
    let racers = [
        (Ours::NAME, round::<Ours> as Round),
        (OursWithSessions::NAME, round::<OursWithSessions>),
        (Theirs::NAME, round::<Theirs>),
        (TheirsJoined::NAME, round::<TheirsJoined>),
    ];
    let mut rounds = racers.map(|_| Vec::new());
    for number in 0..ROUNDS {
        // Whoever comes first must not always be the same.
        for place in 0..racers.len() {
            let place = (place + number) % racers.len();
            rounds[place].push(racers[place].1(servers, window));
        }
    }
    let medians = rounds.map(median);
    for ((name, _), figures) in racers.iter().zip(medians) {
        show(case, name, figures);
    }
    let [ours, sessions, theirs, joined] = medians.map(|figures| figures.commits_per_second);
    println!("ratio {case} {:.2}", ours / theirs);
    println!("with sessions {case} {:.2}", sessions / theirs);
    println!("to joined {case} {:.2}", ours / joined);
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
fn median(mut rounds: Vec<Figures>) -> Figures {
    rounds.sort_by(|a, b| a.commits_per_second.total_cmp(&b.commits_per_second));
    rounds[rounds.len() / 2]
}

fn show(case: &str, name: &str, figures: Figures) {
    println!(
        "{case:<12} {name:<7} {:>10.0} {:>16.3} {:>20.3}",
        figures.commits_per_second, figures.messages_per_commit, figures.allocations_per_message,
    );
}
