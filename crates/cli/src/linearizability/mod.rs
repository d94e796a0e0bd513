//! `whitewater linearizability`.

mod line;
mod lines;
mod report;
#[cfg(test)]
mod tests;
mod transcript;

pub(crate) use report::{judgement_as_text, part_as_json};
pub(crate) use transcript::{Transcript, TranscriptError};

use crate::format::Format;
use clap::Args;
use line::Line;
use lines::Lines;
use report::Judged;
use scenario::simulator::linearizability::{Judgement, Limit, judge};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// What `whitewater linearizability` takes.
#[derive(Args)]
pub(crate) struct LinearizabilityArguments {
    /// A trace, or any lines of it that tell what clients asked and were told. A line has at most 4
    /// MiB, and a run at most a million calls.
    file: PathBuf,
    /// How to print what was found out.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is wrong with a history.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinearizabilityError {
    #[error("{}: {source}; name a trace that can be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}, line {line}: it has more than {most} bytes; a trace's lines are shorter", path.display())]
    TooLong {
        path: PathBuf,
        line: u64,
        most: usize,
    },
    #[error(
        "{}, line {line}: {problem}; write it as crates/cli/TRACE.md tells, or leave it out", path.display()
    )]
    NoLine {
        path: PathBuf,
        line: u64,
        problem: String,
    },
    #[error("{}, line {line}: {source}", path.display())]
    Transcript {
        path: PathBuf,
        line: u64,
        source: TranscriptError,
    },
    #[error(
        "{}: no client asks for anything in it; name a trace that `whitewater run --trace` wrote", path.display()
    )]
    NoCalls { path: PathBuf },
    #[error("{}, key {key}: {limit}; judge a shorter part of it", path.display())]
    Undecided {
        path: PathBuf,
        key: u32,
        limit: Limit,
    },
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// Judges the history of each run of a file; true where all are linearizable.
pub(crate) fn run(arguments: &LinearizabilityArguments) -> Result<bool, LinearizabilityError> {
    let path = &arguments.file;
    let unreadable = |source| LinearizabilityError::Unreadable {
        path: path.clone(),
        source,
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut judged: Vec<Judged> = Vec::new();
    read(path, BufReader::new(file), |(protocol, transcript)| {
        judged.push(Judged {
            protocol,
            calls: transcript.len(),
            keys: judge(transcript.into_calls()),
        });
    })?;
    if judged.is_empty() {
        let path = arguments.file.clone();
        return Err(LinearizabilityError::NoCalls { path });
    }
    let text = match arguments.format {
        Format::Text => judged.iter().map(report::text).collect(),
        Format::Json => report::json(&judged),
    };
    io::stdout().write_all(text.as_bytes())?;
    let keys = || judged.iter().flat_map(|it| &it.keys);
    if keys().any(|(_, it)| matches!(it, Judgement::Unexplained(_))) {
        return Ok(false);
    }
    let undecided = keys().find_map(|(key, it)| match it {
        Judgement::Undecided(limit) => Some((*key, *limit)),
        _ => None,
    });
    let path = arguments.file.clone();
    undecided.map_or(Ok(true), |(key, limit)| {
        Err(LinearizabilityError::Undecided { path, key, limit })
    })
}

/// A run's protocol, where that is known, and what its clients asked and were told.
type Run = (Option<String>, Transcript);

/// Reads a file of this name, and gives each of its runs that has calls as soon as it is over, so
/// that no more than one is held.
fn read(
    path: &Path,
    reader: impl BufRead,
    mut take: impl FnMut(Run),
) -> Result<(), LinearizabilityError> {
    let unreadable = |source| LinearizabilityError::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let mut lines = Lines::new(reader);
    let mut take = |run: Run| {
        if !run.1.is_empty() {
            take(run);
        }
    };
    let mut run: Run = (None, Transcript::default());
    while let Some(text) = lines.next().map_err(unreadable)? {
        let line = text.number;
        let Some(bytes) = text.bytes else {
            return Err(LinearizabilityError::TooLong {
                path: path.to_path_buf(),
                line,
                most: Lines::MOST_BYTES,
            });
        };
        let told = Line::parse(bytes).map_err(|problem| LinearizabilityError::NoLine {
            path: path.to_path_buf(),
            line,
            problem,
        })?;
        if let Line::Header { protocol } = told {
            take(std::mem::replace(
                &mut run,
                (protocol, Transcript::default()),
            ));
            continue;
        }
        let taken = told.tell(&mut run.1);
        taken.map_err(|source| LinearizabilityError::Transcript {
            path: path.to_path_buf(),
            line,
            source,
        })?;
    }
    take(run);
    Ok(())
}
