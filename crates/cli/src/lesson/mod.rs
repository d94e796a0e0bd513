//! `whitewater lesson`: checks lessons, and prints them.

mod print;

use crate::format::Format;
use clap::{Args, Subcommand};
use scenario::ScenarioError;
use scenario::lesson::{Lesson, LessonReport};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What `whitewater lesson` takes.
#[derive(Args)]
pub(crate) struct LessonArguments {
    #[command(subcommand)]
    command: LessonCommand,
}

#[derive(Subcommand)]
enum LessonCommand {
    /// Play lessons without a page: each gate in its time, each right answer, other seeds too.
    Check(CheckArguments),
    /// Print all that a lesson says, and what happens in it.
    Transcript(TranscriptArguments),
    /// Print a lesson for paper: its questions with boxes, the answers on a page of their own.
    HandOut(HandOutArguments),
}

#[derive(Args)]
struct CheckArguments {
    /// The lesson files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// From how many other seeds to play a lesson that is told by any.
    #[arg(long, default_value_t = 20)]
    seeds: u32,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args)]
struct TranscriptArguments {
    /// The lesson file.
    file: PathBuf,
    /// With what a speaker may add.
    #[arg(long)]
    notes: bool,
}

#[derive(Args)]
struct HandOutArguments {
    /// The lesson file.
    file: PathBuf,
}

/// What is wrong with the input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LessonError {
    #[error("{}: {source}; name a lesson file that can be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    Lesson {
        path: PathBuf,
        source: ScenarioError,
    },
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// What came of one file.
pub(crate) struct Checked {
    pub(crate) path: PathBuf,
    /// The report; where the lesson cannot be played, why not.
    pub(crate) report: Result<LessonReport, ScenarioError>,
}

impl Checked {
    fn holds(&self) -> bool {
        self.report.as_ref().is_ok_and(LessonReport::holds)
    }
}

/// Does what is asked; true where every lesson that is checked holds.
pub(crate) fn run(arguments: &LessonArguments) -> Result<bool, LessonError> {
    match &arguments.command {
        LessonCommand::Check(arguments) => check(arguments),
        LessonCommand::Transcript(arguments) => {
            print(&open(&arguments.file)?.transcript(arguments.notes))
        }
        LessonCommand::HandOut(arguments) => print(&open(&arguments.file)?.hand_out()),
    }
}

fn check(arguments: &CheckArguments) -> Result<bool, LessonError> {
    let mut checked = Vec::new();
    for path in &arguments.files {
        let report = Lesson::check(&text_of(path)?, arguments.seeds);
        let path = path.clone();
        checked.push(Checked { path, report });
    }
    print(&match arguments.format {
        Format::Text => print::text(&checked),
        Format::Json => print::json(&checked),
    })?;
    Ok(checked.iter().all(Checked::holds))
}

fn open(path: &Path) -> Result<Lesson, LessonError> {
    Lesson::parse(&text_of(path)?).map_err(|source| LessonError::Lesson {
        path: path.to_owned(),
        source,
    })
}

fn text_of(path: &Path) -> Result<String, LessonError> {
    fs::read_to_string(path).map_err(|source| LessonError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn print(text: &str) -> Result<bool, LessonError> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}
