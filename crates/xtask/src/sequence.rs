//! Steps, one after the other, each under a header, with a summary at the end.

use std::fmt;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::tools::{Need, Toolbox};

/// What a step does once its needs are met.
type Work = Box<dyn Fn(&mut Toolbox) -> Result<(), Error>>;

/// One step: what it is called, what it shows to hold, what it needs, and the work itself.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) needs: &'static [Need],
    pub(crate) work: Work,
}

/// How a step ended.
enum Outcome {
    Passed,
    Failed(Error),
    Skipped,
}

/// Runs the steps in order and prints the summary. Stops at the first failure, unless told to
/// keep going.
pub(crate) fn run(toolbox: &mut Toolbox, steps: &[Step], keep_going: bool) -> Result<(), Error> {
    let begin = Instant::now();
    let mut results = Vec::new();
    let mut stopped = false;
    // All needs come before the first step, so that a missing browser is not learnt of after a
    // quarter of an hour.
    let (outcome, took) = timed("tools", "what the steps need", || {
        toolbox.ensure_all(&needs(steps))
    });
    stopped |= matches!(outcome, Outcome::Failed(_)) && !keep_going;
    if let Outcome::Failed(error) = outcome {
        results.push(("tools", Outcome::Failed(error), took));
    }
    for step in steps {
        if stopped {
            results.push((step.name, Outcome::Skipped, Duration::ZERO));
            continue;
        }
        let (outcome, took) = timed(step.name, step.about, || {
            toolbox.ensure_all(step.needs)?;
            (step.work)(toolbox)
        });
        stopped = matches!(outcome, Outcome::Failed(_)) && !keep_going;
        results.push((step.name, outcome, took));
    }
    summarise(&results, begin.elapsed())
}

/// The needs of all steps, each once.
fn needs(steps: &[Step]) -> Vec<Need> {
    let mut needs: Vec<Need> = steps.iter().flat_map(|step| step.needs).copied().collect();
    needs.sort_unstable();
    needs.dedup();
    needs
}

fn timed(name: &str, about: &str, work: impl FnOnce() -> Result<(), Error>) -> (Outcome, Duration) {
    println!("\n==== {name}: {about}");
    let begin = Instant::now();
    let result = work();
    let took = begin.elapsed();
    match result {
        Ok(()) => {
            println!("---- {name} passed in {}", Spoken(took));
            (Outcome::Passed, took)
        }
        Err(error) => {
            println!("---- {name} FAILED after {}: {error}", Spoken(took));
            (Outcome::Failed(error), took)
        }
    }
}

fn summarise(results: &[(&str, Outcome, Duration)], total: Duration) -> Result<(), Error> {
    println!("\n==== summary");
    let (mut passed, mut skipped, mut failed) = (0, 0, Vec::new());
    for (name, outcome, took) in results {
        let word = match outcome {
            Outcome::Passed => {
                passed += 1;
                "passed"
            }
            Outcome::Failed(_) => {
                failed.push(*name);
                "FAILED"
            }
            Outcome::Skipped => {
                skipped += 1;
                "skipped"
            }
        };
        println!("  {word:<8} {name:<14} {:>9}", Spoken(*took).to_string());
        if let Outcome::Failed(error) = outcome {
            println!("           {error}");
        }
    }
    println!(
        "  {:<8} {:<14} {:>9}",
        "",
        "in all",
        Spoken(total).to_string()
    );
    println!(
        "{passed} passed, {} failed, {skipped} skipped",
        failed.len()
    );
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Error::Steps(failed.join(", ")))
    }
}

/// A duration as one would say it.
struct Spoken(Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.as_millis() / 100;
        match tenths / 600 {
            0 => write!(f, "{}.{} s", tenths / 10, tenths % 10),
            minutes => write!(f, "{minutes} m {:02} s", tenths / 10 % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Spoken;

    #[test]
    fn durations_read_as_one_would_say_them() {
        assert_eq!(Spoken(Duration::from_millis(1_250)).to_string(), "1.2 s");
        assert_eq!(Spoken(Duration::from_secs(125)).to_string(), "2 m 05 s");
    }
}
