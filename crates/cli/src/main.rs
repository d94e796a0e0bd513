//! `whitewater`: runs consensus scenarios without a page.
//!
//! Exit code 0: the scenario's expectations hold, the history is linearizable, the runs do not part,
//! or the run is the same again. 1: one does not, a guarantee broke, no order explains the history,
//! the runs part, or the run is not the same again.
//! 2: the input is at fault; the message names the place and the remedy.

#![forbid(unsafe_code)]

mod audit;
mod compare;
mod format;
mod linearizability;
mod run;
mod trace;

use clap::{Parser, Subcommand};
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
    /// Say where two runs first part.
    Compare(compare::CompareArguments),
    /// Play runs again, from forks and by seeks, and say whether they are the same.
    Audit(audit::AuditArguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments).map_err(|it| it.to_string()),
        Command::Linearizability(arguments) => {
            linearizability::run(&arguments).map_err(|it| it.to_string())
        }
        Command::Compare(arguments) => compare::run(&arguments).map_err(|it| it.to_string()),
        Command::Audit(arguments) => audit::run(&arguments).map_err(|it| it.to_string()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
