//! `whitewater`: runs consensus scenarios without a page.
//!
//! Exit code 0: the scenario's expectations hold. 1: one does not, or a guarantee broke.
//! 2: the input is at fault; the message names the place and the remedy.

#![forbid(unsafe_code)]

mod format;
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
}

fn main() -> ExitCode {
    let Arguments {
        command: Command::Run(arguments),
    } = Arguments::parse();
    match run::run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
