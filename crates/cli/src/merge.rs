//! `whitewater merge`: shards of a swarm become one.

use crate::format::Format;
use crate::swarm::results::Results;
use crate::swarm::words;
use clap::Args;
use scenario::ProtocolName;
use std::fs;
use std::io;
use std::path::PathBuf;

/// What `whitewater merge` takes.
#[derive(Args)]
pub(crate) struct MergeArguments {
    /// Results of `whitewater swarm --format json`, or of an earlier merge.
    #[arg(required = true, value_name = "FILE.json")]
    files: Vec<PathBuf>,
    /// How to print what came of all of them; `json` can be merged again.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// Why results cannot be merged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MergeError {
    #[error("{}: {source}; name a file that `whitewater swarm --format json` made", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}: {source}; it is not what `whitewater swarm --format json` makes, run that shard again", path.display())]
    NoResults {
        path: PathBuf,
        source: serde_json::Error,
    },
    #[error("{}: it was made by another version of this program; run that shard again with this one", path.display())]
    Foreign { path: PathBuf },
    #[error("{}: no swarm makes that: {fault}; run that shard again", path.display())]
    Faulty { path: PathBuf, fault: &'static str },
    #[error("{}: it was made with other options than {}; make both with the same ones, --for, --nodes and --mutant included", path.display(), first.display())]
    Unlike { path: PathBuf, first: PathBuf },
    #[error("{}: {protocol} seeds {seeds} are in an earlier file, too; leave one of them out", path.display())]
    Overlap {
        path: PathBuf,
        protocol: ProtocolName,
        seeds: String,
    },
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// Merges the files; true where nothing failed in any of them, and no seed is missing.
pub(crate) fn run(arguments: &MergeArguments) -> Result<bool, MergeError> {
    let mut merged: Option<(PathBuf, Results)> = None;
    for path in &arguments.files {
        let results = read(path)?;
        let Some((first, sum)) = &mut merged else {
            merged = Some((path.clone(), results));
            continue;
        };
        if sum.options != results.options {
            let (path, first) = (path.clone(), first.clone());
            return Err(MergeError::Unlike { path, first });
        }
        sum.merge(results)
            .map_err(|(protocol, seeds)| MergeError::Overlap {
                path: path.clone(),
                protocol,
                seeds: seeds.to_string(),
            })?;
    }
    let Some((_, sum)) = merged else {
        // The arguments name at least one file.
        return Ok(true);
    };
    for (protocol, totals) in &sum.protocols {
        for range in totals.missing() {
            eprintln!("missing: {protocol} seeds {range}");
        }
    }
    words::print(arguments.format, &sum)?;
    Ok(sum.holds())
}

fn read(path: &PathBuf) -> Result<Results, MergeError> {
    let unreadable = |source| MergeError::Unreadable {
        path: path.clone(),
        source,
    };
    let text = fs::read(path).map_err(unreadable)?;
    let results: Results =
        serde_json::from_slice(&text).map_err(|source| MergeError::NoResults {
            path: path.clone(),
            source,
        })?;
    let path = path.clone();
    match results.fault() {
        _ if !results.is_of_this_program() => Err(MergeError::Foreign { path }),
        Some(fault) => Err(MergeError::Faulty { path, fault }),
        None => Ok(results),
    }
}
