//! `whitewater`: runs consensus scenarios without a page.
//!
//! Exit code 0: the scenario's expectations hold; the runs do not part; the run is the same again.
//! 1: one does not, or a guarantee broke; they do; it is not.
//! 2: the input is at fault; the message names the place and the remedy.

#![forbid(unsafe_code)]

mod audit;
mod compare;
mod format;
mod run;
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
    /// Say where two runs first part.
    Compare(compare::CompareArguments),
    /// Play runs again, from forks and by seeks, and say whether they are the same.
    Audit(audit::AuditArguments),
}

fn main() -> ExitCode {
    let result: Result<bool, Box<dyn Error>> = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments).map_err(Into::into),
        Command::Compare(arguments) => compare::run(&arguments).map_err(Into::into),
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
