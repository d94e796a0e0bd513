//! What can go wrong, each with what a person can do about it.

use std::path::PathBuf;
use std::process::ExitStatus;

use crate::requirements::Fault;

/// Why a command of `cargo xtask` did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A program could not be started at all.
    #[error("could not start `{command}`: {source}")]
    Start {
        command: String,
        source: std::io::Error,
    },
    /// A program ran and said no.
    #[error("`{command}` ended with {status}")]
    Failed { command: String, status: ExitStatus },
    /// Something this command needs is not there, and it may or can not install it.
    #[error("{what} is missing\n  remedy: {remedy}")]
    Missing { what: String, remedy: String },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A file was read, and does not say what it should.
    #[error("{}: {reason}", path.display())]
    Malformed { path: PathBuf, reason: String },
    /// The release site outgrew its limit.
    #[error(
        "the first load is {actual} bytes gzip, over the limit of {limit} in {}\n  remedy: make \
         the page smaller, or argue for a higher limit in review",
        limit_file.display()
    )]
    TooLarge {
        actual: u64,
        limit: u64,
        limit_file: PathBuf,
    },
    /// Runs step too slowly.
    #[error(
        "{found}, not {wanted}\n  remedy: see where the time goes in CONTRIBUTING.md, or measure \
         again with nothing else running"
    )]
    Slow { found: String, wanted: String },
    /// No port was free.
    #[error("no port from {first} to {last} is free\n  remedy: choose another with --port")]
    NoPort { first: u16, last: u16 },
    /// A step was asked for that does not exist.
    #[error("no step is called `{name}`; the steps are: {known}")]
    UnknownStep { name: String, known: String },
    /// Rows of the requirements are not covered, or not there.
    #[error("{}", lines(.0))]
    Requirements(Vec<Fault>),
    /// Steps ran and failed; the summary above has named them.
    #[error("{0} failed, see the summary above")]
    Steps(String),
}

impl Error {
    /// Something missing that the person has to provide.
    pub(crate) fn missing(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Missing {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

fn lines(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
