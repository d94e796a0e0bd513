//! Measures the busy cluster natively: prints its steps and the seconds that they took, a line for
//! each round. The first argument says how many rounds.

use std::time::Instant;

/// How many minutes of it are one round.
const MINUTES: u32 = 5;

fn main() {
    let asked = std::env::args().nth(1);
    let rounds: u32 = asked.and_then(|it| it.parse().ok()).unwrap_or(1);
    for _ in 0..rounds {
        let begin = Instant::now();
        let steps: u32 = (0..MINUTES).map(|_| busy::play()).sum();
        println!("{steps} {:.6}", begin.elapsed().as_secs_f64());
    }
}
