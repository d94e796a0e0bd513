//! Failures as files that replay them, made small.

use super::{Swarm, SwarmError};
use scenario::shrink::{self, USUAL_RUNS};
use scenario::swarm::SwarmPlan;
use scenario::{ProtocolName, Report, Scenario};
use std::fs;
use std::path::Path;

/// How many runs it may take to make a run short that fails in liveness mode.
const MOST_RUNS: u64 = 500;

/// Writes a failing run into the directory that was asked for; gives the file's name. All of it is
/// there before it is made small, which may take a while.
pub(crate) fn keep(
    swarm: &Swarm,
    protocol: ProtocolName,
    plan: &SwarmPlan,
    report: &Report,
) -> Result<Option<String>, SwarmError> {
    let Some(directory) = &swarm.out else {
        return Ok(None);
    };
    let name = format!("{protocol}-{}.json", report.seed);
    write(directory, &name, &plan.scenario)?;
    let small = if report.violation.is_some() {
        shrink::shrink(&plan.scenario, protocol, USUAL_RUNS).map(|it| it.scenario)
    } else {
        // What a core owes, it owes only in liveness mode as a whole.
        let run = swarm.run(report.seed);
        Some(run.shorter(plan, protocol, MOST_RUNS))
    };
    if let Some(small) = small {
        write(directory, &name, &small)?;
    }
    Ok(Some(name))
}

/// Writes a file so that it is there as a whole or not at all.
fn write(directory: &Path, name: &str, scenario: &Scenario) -> Result<(), SwarmError> {
    let path = directory.join(name);
    let unfinished = directory.join(format!("{name}.unfinished"));
    fs::write(&unfinished, scenario.text())
        .and_then(|()| fs::rename(&unfinished, &path))
        .map_err(|source| SwarmError::Unwritable { path, source })
}
