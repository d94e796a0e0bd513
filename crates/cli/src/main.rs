//! `whitewater`: runs consensus scenarios without a page.
//!
//! Exit code 0: the scenario's expectations hold, or the history is linearizable. 1: one does not, a
//! guarantee broke, or no order explains the history.
//! 2: the input is at fault; the message names the place and the remedy.

#![forbid(unsafe_code)]

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
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments).map_err(|it| it.to_string()),
        Command::Linearizability(arguments) => {
            linearizability::run(&arguments).map_err(|it| it.to_string())
        }
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
