//! The project's own commands: `cargo xtask serve | build | test | soak | requirements`.
//!
//! Each installs what it lacks and says so, reuses what is there, and names the remedy where it
//! can do neither.

mod chunks;
mod error;
mod likeness;
mod module;
mod names;
mod npm;
mod page;
mod process;
mod requirements;
mod selection;
mod sequence;
mod serve;
mod site;
mod sizes;
mod soak;
mod speed;
mod steps;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Error;
use crate::tools::Toolbox;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Whitewater's own commands", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it on this machine and rebuild it when a source changes
    Serve(serve::Options),
    /// Build the release site into `dist/` and print its sizes
    Build,
    /// Run every check of the project
    Test(test::Options),
    /// Run the long bars
    Soak(soak::Options),
    /// Print what covers each requirement; fail where nothing does
    Requirements,
}

fn main() -> ExitCode {
    match dispatch(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<(), Error> {
    let workspace = Workspace::locate()?;
    match command {
        Command::Serve(options) => serve::run(Toolbox::new(workspace, false), &options),
        Command::Build => site::run(Toolbox::new(workspace, false)),
        Command::Test(options) => {
            let toolbox = Toolbox::new(workspace, options.install_system);
            test::run(toolbox, &options)
        }
        Command::Requirements => requirements::print(&workspace),
        Command::Soak(options) => {
            let toolbox = Toolbox::new(workspace, options.install_system);
            soak::run(toolbox, &options)
        }
    }
}
