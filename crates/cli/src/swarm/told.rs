//! What a swarm tells while it runs: a bar on a terminal, and a line for each seed that is asked
//! for.

use super::results::{Results, SeedResult};
use super::{Swarm, words};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write};
use std::time::Instant;

/// The bar, and how far it has come.
pub(crate) struct Told {
    bar: ProgressBar,
    began: Instant,
    events: u64,
    failures: u64,
    verbose: bool,
    to_error: bool,
}

impl Told {
    /// At the beginning. Nothing is drawn where standard error is no terminal.
    pub(crate) fn new(swarm: &Swarm) -> Self {
        let count = swarm.protocols.len() as u64;
        let count = swarm.seeds.count().saturating_mul(count);
        let bar = ProgressBar::new(count);
        let template = "{bar:30} {pos} of {len} runs, {msg}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self {
            bar,
            began: Instant::now(),
            events: 0,
            failures: 0,
            verbose: swarm.verbose,
            to_error: swarm.to_error,
        }
    }

    /// A run is over.
    pub(crate) fn tell(&mut self, run: &SeedResult) -> io::Result<()> {
        self.events += run.counts.events;
        self.failures += u64::from(run.failure.is_some());
        if !self.bar.is_hidden() {
            let seconds = self.began.elapsed().as_secs().max(1);
            let (rate, failures) = (self.events / seconds, self.failures);
            self.bar
                .set_message(format!("{rate} events a second, {failures} failed"));
        }
        self.bar.inc(1);
        if !self.verbose {
            return Ok(());
        }
        let line = words::of_seed(run);
        self.bar.suspend(|| match self.to_error {
            true => writeln!(io::stderr(), "{line}"),
            false => writeln!(io::stdout(), "{line}"),
        })
    }

    /// No more runs come.
    pub(crate) fn finish(self, results: &Results) {
        self.bar.finish_and_clear();
        let done: u64 = results.protocols.values().map(|it| it.count()).sum();
        let asked = self.bar.length().unwrap_or(done);
        if done < asked {
            eprintln!("stopped after {done} of {asked} runs");
        }
    }
}
