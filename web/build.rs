//! Reads the scenarios that the page offers and writes them down as Rust, so that the page carries
//! neither their text nor a reader of any kind. A scenario that cannot be read stops the build, and
//! so does one that uses a name which `src/presets.rs` does not know.

use scenario::simulator::Promises;
use scenario::{PRESETS, Scenario, Setup};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let setups: Vec<String> = PRESETS
        .iter()
        .map(|preset| match Scenario::parse(preset.text) {
            Ok(scenario) => Ok(format!("|| {}", expression(&scenario.setup()))),
            Err(error) => Err(format!("{}: {error}", preset.name)),
        })
        .collect::<Result<_, _>>()?;
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        folder.join("setups.rs"),
        format!("&[{}]", setups.join(",\n")),
    )?;
    let titles = PRESETS.iter().map(|preset| (preset.name, preset.title));
    let titles: Vec<(&str, &str)> = titles.collect();
    fs::write(folder.join("titles.rs"), format!("&{titles:?}"))?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

/// The setup as Rust. What `derive(Debug)` prints is nearly that: only its lists are not.
fn expression(setup: &Setup) -> String {
    format!("{setup:?}")
        .replace(&format!("{:?}", Promises::NONE), "Promises::NONE")
        .replace('[', "vec![")
}
