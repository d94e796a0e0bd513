//! `whitewater compare`: where two runs first part.

use crate::format::Format;
use crate::run::{Protocol, RunError, open};
use clap::Args;
use scenario::consensus::Micros;
use scenario::{Divergence, Parting, ProtocolName, Run, Scenario};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What `whitewater compare` takes: two files, or one and two protocols.
#[derive(Args)]
pub(crate) struct CompareArguments {
    /// The scenario file.
    one: PathBuf,
    /// Another one: the first step that differs under the same protocol is looked for.
    #[arg(required_unless_present = "with", conflicts_with = "with")]
    other: Option<PathBuf>,
    /// The protocol; for two files the first that both name where this is left out.
    #[arg(long, value_enum)]
    protocol: Option<Protocol>,
    /// Run the file under this protocol, too: the first difference in who leads, or in what a client
    /// is told, is looked for.
    #[arg(long, value_enum, requires = "protocol")]
    with: Option<Protocol>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is wrong with the input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompareError {
    #[error(transparent)]
    Run(#[from] RunError),
    #[error("--protocol: name the protocol to compare with by --with, or a second scenario file")]
    NothingToCompare,
    #[error("{}: the scenario is not run under {protocol}; add it to `protocols`", path.display())]
    OtherProtocol {
        path: PathBuf,
        protocol: ProtocolName,
    },
    #[error("no protocol is named by both scenarios; add one to `protocols`")]
    NoCommonProtocol,
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// Compares; true where there is no difference.
pub(crate) fn run(arguments: &CompareArguments) -> Result<bool, CompareError> {
    let one = open(&arguments.one)?;
    let protocol = arguments.protocol.map(ProtocolName::from);
    let (alike, text) = match (&arguments.other, arguments.with) {
        (Some(path), _) => {
            let other = open(path)?;
            let paths = [arguments.one.as_path(), path.as_path()];
            files([&one, &other], paths, protocol, arguments.format)?
        }
        (None, Some(with)) => {
            let left = protocol.ok_or(CompareError::NothingToCompare)?;
            let sides = [left, ProtocolName::from(with)];
            for protocol in sides {
                check(&one, &arguments.one, protocol)?;
            }
            protocols(&one, sides, arguments.format)
        }
        (None, None) => return Err(CompareError::NothingToCompare),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(alike)
}

fn check(scenario: &Scenario, path: &Path, protocol: ProtocolName) -> Result<(), CompareError> {
    match scenario.protocols.contains(&protocol) {
        true => Ok(()),
        false => Err(CompareError::OtherProtocol {
            path: path.to_path_buf(),
            protocol,
        }),
    }
}

/// Two scenarios under one protocol, step by step.
fn files(
    scenarios: [&Scenario; 2],
    paths: [&Path; 2],
    protocol: Option<ProtocolName>,
    format: Format,
) -> Result<(bool, String), CompareError> {
    let [one, other] = scenarios;
    let mut common = one.protocols.iter().copied();
    let common = common.find(|it| other.protocols.contains(it));
    let protocol = protocol.or(common).ok_or(CompareError::NoCommonProtocol)?;
    check(one, paths[0], protocol)?;
    check(other, paths[1], protocol)?;
    let until = one.until.0.min(other.until.0);
    let (mut left, mut right) = (one.engine(protocol), other.engine(protocol));
    let found = Divergence::first(&mut *left, &mut *right, until);
    let names = paths.map(|it| it.display().to_string());
    let text = match format {
        Format::Json => pretty(&json!({
            "alike": found.is_none(), "protocol": protocol, "until_us": until.0,
            "divergence": found.as_ref().map(divergence_value),
        })),
        Format::Text => match &found {
            Some(found) => divergence_text(found, &names),
            None => alike(&format!("{} and {}", names[0], names[1]), until),
        },
    };
    Ok((found.is_none(), text))
}

/// One scenario under two protocols.
fn protocols(scenario: &Scenario, sides: [ProtocolName; 2], format: Format) -> (bool, String) {
    let until = scenario.until.0;
    let mut run = Run::between(scenario.setup(), sides);
    run.seek(until);
    let found = run.parting();
    let words = |it: &Parting| [0, 1].map(|side| it.words(side).join("; "));
    let text = match (format, &found) {
        (Format::Json, found) => pretty(&json!({
            "alike": found.is_none(), "protocols": sides, "until_us": until.0,
            "difference": found.as_ref().map(|it| json!({ "at_us": it.at().0, "sides": words(it) })),
        })),
        (Format::Text, Some(it)) => format!(
            "{} and {} part at {}\n  {}: {}\n  {}: {}\n",
            sides[0],
            sides[1],
            it.at(),
            sides[0],
            words(it)[0],
            sides[1],
            words(it)[1]
        ),
        (Format::Text, None) => alike(&format!("{} and {}", sides[0], sides[1]), until),
    };
    (found.is_none(), text)
}

fn alike(both: &str, until: Micros) -> String {
    format!("{both} do not part until {until}\n")
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A divergence for people: the step, and what each run did in it.
pub(crate) fn divergence_text(found: &Divergence, names: &[String; 2]) -> String {
    let mut text = format!(
        "step {} at {} is the first that differs\n",
        found.event,
        found.at()
    );
    for (side, name) in names.iter().enumerate() {
        let at = found.sides[side].as_ref().map(|it| it.at);
        let when = at.map_or_else(String::new, |at| format!(", at {at}"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name}{when}");
        for line in found.words(side) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// A divergence for programs.
pub(crate) fn divergence_value(found: &Divergence) -> Value {
    let side = |side: usize| {
        let stepped = found.sides[side].as_ref()?;
        Some(json!({
            "at_us": stepped.at.0, "digest": format!("{:016x}", stepped.digest),
            "differs": found.words(side),
        }))
    };
    json!({ "event": found.event, "sides": [side(0), side(1)] })
}
