//! `whitewater audit`: whether a run is the same when it is played again.

use crate::compare::{divergence_text, divergence_value};
use crate::format::Format;
use crate::run::{Planned, Protocol, RunError, open, storm};
use clap::Args;
use scenario::{Fault, Mark, ProtocolName, audit};
use serde_json::json;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

/// What `whitewater audit` takes.
#[derive(Args)]
pub(crate) struct AuditArguments {
    /// The scenario file.
    #[arg(
        required_unless_present = "storm_seeds",
        conflicts_with = "storm_seeds"
    )]
    file: Option<PathBuf>,
    /// Audit the storms of these seeds, the second number left out, such as 0..1000.
    #[arg(long, value_name = "A..B", value_parser = seeds)]
    storm_seeds: Option<Range<u64>>,
    /// Audit under this protocol alone, instead of all.
    #[arg(long, value_enum)]
    protocol: Option<Protocol>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is wrong with the input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuditError {
    #[error(transparent)]
    Run(#[from] RunError),
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// A run that is not the same again.
struct Found {
    title: String,
    protocol: ProtocolName,
    fault: Box<Fault>,
}

/// Audits; true where every run is the same again.
pub(crate) fn run(arguments: &AuditArguments) -> Result<bool, AuditError> {
    let asked = arguments.protocol.map(ProtocolName::from);
    let mut ends = Vec::new();
    let mut found = None;
    for planned in plan(arguments, asked)? {
        let Planned { protocol, scenario } = planned;
        let setup = scenario.setup();
        match audit(|| setup.engine(protocol), scenario.until.0) {
            Ok(end) => ends.push(end),
            Err(fault) => {
                let title = scenario.title;
                found = Some(Found {
                    title,
                    protocol,
                    fault,
                });
                break;
            }
        }
    }
    let text = match arguments.format {
        Format::Text => text(&ends, found.as_ref()),
        Format::Json => value(&ends, found.as_ref()),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(found.is_none())
}

/// The runs to audit, one after the other.
fn plan(
    arguments: &AuditArguments,
    asked: Option<ProtocolName>,
) -> Result<Box<dyn Iterator<Item = Planned>>, RunError> {
    let is_asked = move |it: &ProtocolName| asked.is_none_or(|asked| asked == *it);
    if let Some(seeds) = arguments.storm_seeds.clone() {
        let protocols = ProtocolName::ALL.into_iter().filter(is_asked);
        let of_seed = move |seed| protocols.clone().map(move |it| storm(seed, it));
        return Ok(Box::new(seeds.flat_map(of_seed)));
    }
    let file = arguments.file.as_ref().ok_or(RunError::NothingToRun)?;
    let scenario = open(file)?;
    if let Some(protocol) = asked.filter(|it| !scenario.protocols.contains(it)) {
        return Err(RunError::OtherProtocol { protocol });
    }
    let protocols = scenario.protocols.clone().into_iter().filter(is_asked);
    Ok(Box::new(protocols.map(move |protocol| Planned {
        protocol,
        scenario: scenario.clone(),
    })))
}

fn text(ends: &[Mark], found: Option<&Found>) -> String {
    let events: u64 = ends.iter().map(|it| it.event).sum();
    let mut text = format!(
        "{} runs of {events} steps are the same again, from forks and by seeks\n",
        ends.len()
    );
    if let Some(Found {
        title,
        protocol,
        fault,
    }) = found
    {
        text.push_str(&format!("{title} under {protocol}: {}\n", fault.words()));
        if let Some(divergence) = fault.divergence() {
            let names = ["first".to_string(), "then".to_string()];
            text.push_str(&divergence_text(divergence, &names));
        }
    }
    text
}

fn value(ends: &[Mark], found: Option<&Found>) -> String {
    let events: u64 = ends.iter().map(|it| it.event).sum();
    let fault = found.map(|it| {
        json!({
            "title": it.title, "protocol": it.protocol, "words": it.fault.words(),
            "divergence": it.fault.divergence().map(divergence_value),
        })
    });
    let all = json!({
        "alike": found.is_none(), "runs": ends.len(), "events": events, "fault": fault,
    });
    format!("{all:#}\n")
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let range = text.split_once("..").and_then(|(first, end)| {
        let range = first.parse().ok()?..end.parse().ok()?;
        (range.start < range.end).then_some(range)
    });
    range.ok_or_else(|| "two whole numbers, the second one greater, such as 0..1000".to_string())
}
