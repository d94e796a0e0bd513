//! `whitewater mutants`: the gallery of rule-breakers, and how each is caught.

mod catch;
mod words;

use crate::directory::{Directory, Unwritable};
use crate::format::Format;
use catch::Caught;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use scenario::gallery::{Exhibit, gallery};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `whitewater mutants` takes.
#[derive(Args)]
pub(crate) struct MutantsArguments {
    /// Only those of this name, such as log-not-checked.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write each counterexample into this directory, as a scenario that `whitewater run` replays.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How many threads; as many as this machine has where it is left out. Results are the same.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// What keeps the gallery closed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MutantsError {
    #[error("there is no mutant `{name}`; there are: {}", known.join(", "))]
    Unknown {
        name: String,
        known: Vec<&'static str>,
    },
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// Shows the gallery; true where every mutant is caught by whom it is to be caught by.
pub(crate) fn run(arguments: &MutantsArguments) -> Result<bool, MutantsError> {
    let exhibits = named(&arguments.names)?;
    let directory = arguments.out.as_deref().map(Directory::open).transpose()?;
    let here = thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.map_or(here, usize::from);
    let caught = catch_all(&exhibits, threads);
    let text = words::told(arguments.format, &caught);
    io::stdout().write_all(text.as_bytes())?;
    if let Some(directory) = directory {
        for (name, text) in caught.iter().filter_map(Caught::file) {
            directory.write(&name, &text)?;
        }
    }
    Ok(caught.iter().all(Caught::is_caught))
}

/// The exhibits of these names, or all.
fn named(names: &[String]) -> Result<Vec<&'static Exhibit>, MutantsError> {
    let has = |exhibit: &Exhibit, name: &str| exhibit.mutant.name() == name;
    let unknown = names.iter().find(|name| !gallery().any(|it| has(it, name)));
    if let Some(name) = unknown {
        return Err(MutantsError::Unknown {
            name: name.clone(),
            known: gallery().map(|it| it.mutant.name()).collect(),
        });
    }
    let wanted = |it: &&Exhibit| names.is_empty() || names.iter().any(|name| has(it, name));
    Ok(gallery().filter(wanted).collect())
}

/// Catches each, several at once, and tells how far it is on a terminal.
fn catch_all(exhibits: &[&'static Exhibit], threads: usize) -> Vec<Caught> {
    let bar = ProgressBar::new(exhibits.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} mutants") {
        bar.set_style(style);
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut caught = Vec::new();
        while let Some(exhibit) = exhibits.get(next.fetch_add(1, Ordering::Relaxed)) {
            caught.push(Caught::new(exhibit));
            bar.inc(1);
        }
        caught
    };
    let found = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut found = work();
        for helper in helpers {
            match helper.join() {
                Ok(more) => found.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    bar.finish_and_clear();
    in_order(exhibits, found)
}

/// In the order of the gallery, whichever was caught first.
fn in_order(exhibits: &[&'static Exhibit], mut found: Vec<Caught>) -> Vec<Caught> {
    let place = |it: &Caught| {
        exhibits
            .iter()
            .position(|other| other.mutant == it.mutant())
    };
    found.sort_by_key(place);
    found
}
