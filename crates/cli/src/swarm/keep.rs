//! Failures as files that replay them, made small.

use super::SwarmError;
use scenario::shrink::{self, USUAL_RUNS};
use scenario::{ProtocolName, Scenario};
use std::fs;
use std::path::Path;

/// Writes a failing run of this seed into a directory; gives the file's name. All of it is there
/// before it is made small, which may take a while.
pub(crate) fn keep(
    directory: &Path,
    protocol: ProtocolName,
    seed: u64,
    scenario: &Scenario,
) -> Result<String, SwarmError> {
    let name = format!("{protocol}-{seed}.json");
    write(directory, &name, scenario)?;
    if let Some(small) = shrink::shrink(scenario, protocol, USUAL_RUNS) {
        write(directory, &name, &small.scenario)?;
    }
    Ok(name)
}

/// Writes a file so that it is there as a whole or not at all.
fn write(directory: &Path, name: &str, scenario: &Scenario) -> Result<(), SwarmError> {
    let path = directory.join(name);
    let unfinished = directory.join(format!("{name}.unfinished"));
    fs::write(&unfinished, scenario.text())
        .and_then(|()| fs::rename(&unfinished, &path))
        .map_err(|source| SwarmError::Unwritable { path, source })
}
