//! `whitewater swarm`: many seeds, each with its own mix of faults.

mod broken;
mod counts;
mod keep;
mod panics;
pub(crate) mod results;
mod seeds;
mod told;
mod what;
pub(crate) mod words;
mod work;

use crate::directory::{Directory, Unwritable};
use crate::format::Format;
use crate::run::Protocol;
use clap::Args;
use results::{Options, Results};
use scenario::swarm::{Mutants, SwarmRun};
use scenario::{NodeName, ProtocolName, Span};
use seeds::SeedRange;
use std::io;
use std::path::PathBuf;
use std::thread;

/// The longest safety mode, so that a run's steps fit into a scenario file.
const LONGEST: Span = Span::millis(120_000);

/// What `whitewater swarm` takes.
#[derive(Args)]
pub(crate) struct SwarmArguments {
    /// Run under this protocol; may be given several times. Under all of them where it is left out.
    #[arg(long, value_enum)]
    protocol: Vec<Protocol>,
    /// The seeds, the first one included and the last one not, such as 0..5000.
    #[arg(long, value_name = "A..B", value_parser = SeedRange::parse)]
    seeds: SeedRange,
    /// How many nodes there are at the start, 1 to 31; each seed draws 1 to 7 where it is left out.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=i64::from(NodeName::COUNT)))]
    nodes: Option<u16>,
    /// How long faults last in each run, up to 120s; liveness mode comes after that.
    #[arg(long = "for", value_name = "SPAN", value_parser = Span::parse, default_value = "10s")]
    rough: Span,
    /// How many threads; as many as this machine has where it is left out. Results are the same.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Tell the mix of every seed, not only of those that fail; on standard error with `json`.
    #[arg(long)]
    verbose: bool,
    /// Write each failure into this directory, as a small scenario that `whitewater run` replays.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Let every node break a rule, such as log-not-checked, to see it caught. `whitewater mutants`
    /// lists them.
    #[arg(long, value_name = "NAME")]
    mutant: Option<String>,
}

/// What keeps a swarm from running.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SwarmError {
    #[error(
        "--mutant {name}: no protocol has such a rule-breaker; `whitewater mutants` lists them"
    )]
    UnknownMutant { name: String },
    #[error(
        "--mutant {name}: {protocol} has no such rule-breaker; leave --protocol out, or name one that has it"
    )]
    MutantOfOthers {
        name: String,
        protocol: ProtocolName,
    },
    #[error("--for {rough}: it is out of range; it takes 1ms to {LONGEST}")]
    OutOfRange { rough: Span },
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
    #[error("cannot listen for Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
    #[error("cannot print: {0}")]
    Unprintable(#[from] io::Error),
}

/// All that is to be done.
struct Swarm {
    protocols: Vec<ProtocolName>,
    seeds: SeedRange,
    nodes: Option<u16>,
    rough: Span,
    mutants: Mutants,
    threads: usize,
    verbose: bool,
    /// Where lines about single seeds go besides the results.
    to_error: bool,
    out: Option<Directory>,
}

impl Swarm {
    /// The run of a seed.
    fn run(&self, seed: u64) -> SwarmRun {
        SwarmRun {
            seed,
            nodes: self.nodes,
            rough: self.rough.0,
            mutants: self.mutants,
        }
    }
}

/// Runs the swarm; true where nothing failed and no seed is missing.
pub(crate) fn run(arguments: &SwarmArguments) -> Result<bool, SwarmError> {
    let swarm = plan(arguments)?;
    let options = Options {
        rough_us: swarm.rough.0.0,
        nodes: swarm.nodes,
        mutant: arguments.mutant.clone(),
    };
    let asked = Results::new(options, &swarm.protocols, swarm.seeds);
    let (results, unwritten) = work::all(&swarm, asked)?;
    words::print(arguments.format, &results)?;
    match unwritten {
        Some(error) => Err(error.into()),
        None => Ok(results.holds()),
    }
}

fn plan(arguments: &SwarmArguments) -> Result<Swarm, SwarmError> {
    let rough = arguments.rough;
    if rough == Span::default() || rough > LONGEST {
        return Err(SwarmError::OutOfRange { rough });
    }
    let mut protocols: Vec<ProtocolName> = ProtocolName::ALL.to_vec();
    let named: Vec<ProtocolName> = arguments.protocol.iter().map(|it| (*it).into()).collect();
    protocols.retain(|it| named.is_empty() || named.contains(it));
    let mutants = match &arguments.mutant {
        Some(name) => mutants(name, &named, &mut protocols)?,
        None => Mutants::default(),
    };
    let here = thread::available_parallelism().map_or(1, usize::from);
    Ok(Swarm {
        protocols,
        seeds: arguments.seeds,
        nodes: arguments.nodes,
        rough,
        mutants,
        threads: arguments.threads.map_or(here, usize::from),
        verbose: arguments.verbose,
        to_error: matches!(arguments.format, Format::Json),
        out: arguments.out.as_deref().map(Directory::open).transpose()?,
    })
}

/// The rule-breakers of this name, and only the protocols that have one.
fn mutants(
    name: &str,
    named: &[ProtocolName],
    protocols: &mut Vec<ProtocolName>,
) -> Result<Mutants, SwarmError> {
    let name = || name.to_string();
    let Some(mutants) = Mutants::named(&name()) else {
        return Err(SwarmError::UnknownMutant { name: name() });
    };
    if let Some(protocol) = named.iter().copied().find(|it| !mutants.has(*it)) {
        let name = name();
        return Err(SwarmError::MutantOfOthers { name, protocol });
    }
    protocols.retain(|it| mutants.has(*it));
    Ok(mutants)
}
