//! `cargo xtask serve`: the page on this machine, rebuilt when a source changes.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use crate::error::Error;
use crate::tools::{Need, Toolbox};
use crate::{process, site};

/// How many ports are tried, from the one that was asked for.
const TRIES: u16 = 50;

/// What `cargo xtask serve` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The port to serve on; when it is taken, the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build as the release site is built: slower to build, faster to run
    #[arg(long)]
    release: bool,
}

/// Builds and serves until it is interrupted.
pub(crate) fn run(mut toolbox: Toolbox, options: &Options) -> Result<(), Error> {
    toolbox.ensure_all(&[Need::WasmTarget, Need::Trunk, Need::WasmBindgen])?;
    site::fetch(&toolbox)?;
    let port = free_port(options.port)?;
    let mut command = site::trunk(&toolbox);
    command
        .args(["serve", "--offline", "--address", "127.0.0.1"])
        .args(["--disable-address-lookup", "true"])
        // Reloading by itself would need an inline script, which the page forbids.
        .args([
            "--no-autoreload",
            "true",
            "--no-error-reporting",
            "true",
            "--no-spa",
            "true",
        ])
        .args(["--port", &port.to_string()])
        // Apart from the release site, so that neither replaces the other.
        .arg("--dist")
        .arg(toolbox.workspace().target().join("serve"));
    if options.release {
        command.args(["--cargo-profile", site::PROFILE]);
    }
    println!("Building the page (the first time takes a minute or two); then it is at");
    println!("\n    http://127.0.0.1:{port}/\n");
    println!("It is rebuilt when a source changes: reload to see it. Ctrl-C ends it.");
    hand_over(&mut command)
}

/// The first free port on the loopback address, from the one that was asked for.
fn free_port(first: u16) -> Result<u16, Error> {
    let last = first.saturating_add(TRIES);
    (first..=last)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or(Error::NoPort { first, last })
}

/// Becomes the other program, so that whatever ends this one ends the server.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<(), Error> {
    use std::os::unix::process::CommandExt;

    let shown = process::describe(command);
    println!("$ {shown}");
    Err(Error::Start {
        command: shown,
        source: command.exec(),
    })
}

/// Waits for the other program, which an interrupt in the console ends together with this one.
#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<(), Error> {
    process::run(command)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::free_port;

    #[test]
    fn a_taken_port_is_passed_over() -> Result<(), Box<dyn std::error::Error>> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        assert!(free_port(port)? > port);
        Ok(())
    }
}
