//! `whitewater run`.

use crate::format::{self, Format};
use crate::linearizability::{Transcript, TranscriptError};
use crate::trace::Trace;
use clap::{Args, ValueEnum};
use scenario::consensus::Micros;
use scenario::simulator::Property;
use scenario::simulator::linearizability::{Judgement, judge};
use scenario::{ProtocolName, Report, Scenario, ScenarioError, Span, Storm};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// How much of a file is read; what is longer than this is refused by the scenario's own limit.
const MOST_BYTES: u64 = 2 << 20;

/// What `whitewater run` takes.
#[derive(Args)]
pub(crate) struct RunArguments {
    /// The scenario file.
    #[arg(conflicts_with = "storm")]
    file: Option<PathBuf>,
    /// Run the storm of this seed instead of a file: random faults, then calm.
    #[arg(long, value_name = "SEED", conflicts_with_all = ["seed", "until"])]
    storm: Option<u64>,
    /// Run it under this protocol alone, instead of all that it names.
    #[arg(long, value_enum)]
    protocol: Option<Protocol>,
    /// Draw from this seed instead of the scenario's.
    #[arg(long)]
    seed: Option<u64>,
    /// Run until then instead, such as 30s.
    #[arg(long, value_parser = Span::parse)]
    until: Option<Span>,
    /// Write every event to this file, one JSON object a line; `-` for standard output, with the
    /// results on standard error. The schema: crates/cli/TRACE.md.
    #[arg(long, value_name = "FILE.ndjson")]
    trace: Option<PathBuf>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A protocol on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Protocol {
    Raft,
    Almighty,
    Watercraft,
}

impl From<Protocol> for ProtocolName {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Raft => Self::Raft,
            Protocol::Almighty => Self::Almighty,
            Protocol::Watercraft => Self::Watercraft,
        }
    }
}

/// What is wrong with the input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    #[error("nothing to run; name a scenario file, or a storm with --storm SEED")]
    NothingToRun,
    #[error("{}: {source}; name a scenario file that can be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}: byte {at} is not UTF-8 text; a scenario is a JSON file", path.display())]
    NotText { path: PathBuf, at: usize },
    #[error("{}: {source}", path.display())]
    Scenario {
        path: PathBuf,
        source: ScenarioError,
    },
    #[error(
        "--until {until}: expect[{place}] is judged at {at}; run until then, or leave --until out"
    )]
    TooShort { until: Span, place: usize, at: Span },
    #[error("--protocol {protocol}: the scenario is not run under it; add it to `protocols`")]
    OtherProtocol { protocol: ProtocolName },
    #[error(
        "--until {until}: it takes too many steps with the scenario's nodes and timing; end at {longest}"
    )]
    TooLong { until: Span, longest: Span },
    #[error("{}: {source}; name a file that can be written", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("{}: {source}; the trace is cut short after {lines} lines, write it elsewhere", path.display())]
    TraceCutShort {
        path: PathBuf,
        lines: u64,
        source: io::Error,
    },
    #[error("what clients were told makes no sense: {0}; report this")]
    Transcript(#[from] TranscriptError),
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// One run to come.
pub(crate) struct Planned {
    pub(crate) protocol: ProtocolName,
    pub(crate) scenario: Scenario,
}

/// What came of a run.
pub(crate) struct Played {
    pub(crate) report: Report,
    /// Where the run was not linearizable: the key, and the smallest part of its calls that no order
    /// explains, or why that was not found.
    pub(crate) unexplained: Option<(u32, Judgement)>,
}

/// Runs the scenario; true where everything expected came true.
pub(crate) fn run(arguments: &RunArguments) -> Result<bool, RunError> {
    let runs = plan(arguments)?;
    let mut trace = arguments.trace.as_ref().map(Trace::create).transpose()?;
    let mut played: Vec<Played> = Vec::new();
    for run in &runs {
        played.push(play(run, trace.as_mut())?);
    }
    let to_error = trace.as_ref().is_some_and(Trace::is_printed);
    trace.map_or(Ok(()), Trace::finish)?;
    // Where there are several runs, their scenarios expect the same.
    let text = runs.first().map_or_else(String::new, |run| {
        format::reports(arguments.format, &run.scenario, &played)
    });
    if to_error {
        io::stderr().write_all(text.as_bytes())?;
    } else {
        io::stdout().write_all(text.as_bytes())?;
    }
    Ok(played.iter().all(|it| it.report.holds()))
}

/// What is to be run: the file or the storm, under each protocol that is asked for.
fn plan(arguments: &RunArguments) -> Result<Vec<Planned>, RunError> {
    let asked = arguments.protocol.map(ProtocolName::from);
    if let Some(seed) = arguments.storm {
        let protocols = ProtocolName::ALL.into_iter();
        let protocols = protocols.filter(|it| asked.is_none_or(|asked| asked == *it));
        return Ok(protocols.map(|it| storm(seed, it)).collect());
    }
    let file = arguments.file.as_ref().ok_or(RunError::NothingToRun)?;
    let scenario = load(arguments, file)?;
    let protocols = match asked {
        Some(one) if !scenario.protocols.contains(&one) => {
            return Err(RunError::OtherProtocol { protocol: one });
        }
        Some(one) => vec![one],
        None => scenario.protocols.clone(),
    };
    let run = |protocol| Planned {
        protocol,
        scenario: scenario.clone(),
    };
    Ok(protocols.into_iter().map(run).collect())
}

/// The storm that the tests and the soak run under this seed.
pub(crate) fn storm(seed: u64, protocol: ProtocolName) -> Planned {
    let storm = Storm {
        seed,
        nodes: 3 + (seed % 5) as u16,
        rough: Micros::from_secs(8),
        calm: Micros::from_secs(6),
    };
    Planned {
        protocol,
        scenario: storm.scenario(protocol),
    }
}

fn play(run: &Planned, mut trace: Option<&mut Trace>) -> Result<Played, RunError> {
    let Planned { protocol, scenario } = run;
    if let Some(trace) = trace.as_mut() {
        trace.begin(*protocol, scenario)?;
    }
    let mut unwritten = Ok(());
    let mut transcript = Transcript::default();
    let mut unheard = Ok(());
    let report = scenario.run(*protocol, |told| {
        if let Some(trace) = trace.as_mut().filter(|_| unwritten.is_ok()) {
            unwritten = trace.tell(*protocol, told);
        }
        for happening in told {
            if unheard.is_ok() {
                unheard = transcript.see(happening);
            }
        }
    });
    unwritten?;
    let unexplained = match &report.violation {
        Some(it) if it.property == Property::Linearizable => {
            unheard?;
            // It names the key.
            u32::try_from(it.place)
                .ok()
                .and_then(|key| unexplained(key, transcript))
        }
        _ => None,
    };
    if let Some(trace) = trace {
        trace.end(&report)?;
    }
    Ok(Played {
        report,
        unexplained,
    })
}

/// What is found out of a key's calls: the smallest part of them that no order explains, or why
/// that is not known.
fn unexplained(key: u32, transcript: Transcript) -> Option<(u32, Judgement)> {
    let calls = transcript.into_calls().into_iter();
    let judged = judge(calls.filter(|it| it.key == key));
    judged.into_iter().next()
}

/// The scenario in a file.
pub(crate) fn open(path: &PathBuf) -> Result<Scenario, RunError> {
    let text = read(path)?;
    Scenario::parse(&text).map_err(|source| RunError::Scenario {
        path: path.clone(),
        source,
    })
}

fn load(arguments: &RunArguments, path: &PathBuf) -> Result<Scenario, RunError> {
    let mut scenario = open(path)?;
    if let Some(seed) = arguments.seed {
        scenario.seed = seed;
    }
    if let Some(until) = arguments.until {
        let late = scenario.expect.iter().enumerate();
        let late = late.filter_map(|(place, it)| Some((place, it.at?)));
        if let Some((place, at)) = late.into_iter().find(|(_, at)| *at > until) {
            return Err(RunError::TooShort { until, place, at });
        }
        let longest = scenario.longest();
        if until > longest {
            return Err(RunError::TooLong { until, longest });
        }
        scenario.until = until;
    }
    Ok(scenario)
}

fn read(path: &PathBuf) -> Result<String, RunError> {
    let unreadable = |source| RunError::Unreadable {
        path: path.clone(),
        source,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let whole = (bytes.len() as u64) < MOST_BYTES;
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        // Where reading stopped, a letter may be cut in two: the text is too long, not broken.
        if !whole && error.utf8_error().error_len().is_none() {
            return Ok(String::from_utf8_lossy(error.as_bytes()).into_owned());
        }
        Err(RunError::NotText {
            path: path.clone(),
            at,
        })
    })
}
