//! `whitewater`: runs consensus scenarios without a page.
//!
//! Exit code 0: all that is expected holds, every mutant is caught, the history is linearizable, the
//! runs do not part, the run is the same again, or lessons hold. 1: something does not, a guarantee broke, seeds are
//! missing, a mutant is not caught, no order explains the history, the runs part, or the run is not the same again.
//! 2: the input is at fault; the message names the place and the remedy.

#![forbid(unsafe_code)]

mod audit;
mod compare;
mod directory;
mod format;
mod lesson;
mod linearizability;
mod merge;
mod mutants;
mod run;
mod swarm;
mod trace;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::process::ExitCode;

/// A playground for consensus, without the page.
#[derive(Parser)]
#[command(name = "whitewater", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a scenario file and judge its expectations.
    Run(run::RunArguments),
    /// Judge whether what clients asked and were told in a trace is linearizable, key by key.
    Linearizability(linearizability::LinearizabilityArguments),
    /// Run many seeds, each with its own mix of faults.
    Swarm(swarm::SwarmArguments),
    /// Merge the results of a swarm that was run in parts.
    Merge(merge::MergeArguments),
    /// List the rule-breakers, and how each is caught.
    Mutants(mutants::MutantsArguments),
    /// Say where two runs first part.
    Compare(compare::CompareArguments),
    /// Check lessons, and print them.
    Lesson(lesson::LessonArguments),
    /// Play runs again, from forks and by seeks, and say whether they are the same.
    Audit(audit::AuditArguments),
}

fn main() -> ExitCode {
    let result: Result<bool, Box<dyn Error>> = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments).map_err(Into::into),
        Command::Linearizability(arguments) => linearizability::run(&arguments).map_err(Into::into),
        Command::Swarm(arguments) => swarm::run(&arguments).map_err(Into::into),
        Command::Merge(arguments) => merge::run(&arguments).map_err(Into::into),
        Command::Mutants(arguments) => mutants::run(&arguments).map_err(Into::into),
        Command::Compare(arguments) => compare::run(&arguments).map_err(Into::into),
        Command::Lesson(arguments) => lesson::run(&arguments).map_err(Into::into),
        Command::Audit(arguments) => audit::run(&arguments).map_err(Into::into),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
