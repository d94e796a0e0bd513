//! Reads the scenarios that the page offers and packs them, so that the page need not carry a
//! reader of scenario files. A scenario that cannot be read stops the build.

use scenario::{PRESETS, Scenario, Setup};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let setups: Vec<Setup> = PRESETS
        .iter()
        .map(|preset| match Scenario::parse(preset.text) {
            Ok(scenario) => Ok(scenario.setup()),
            Err(error) => Err(format!("{}: {error}", preset.name)),
        })
        .collect::<Result<_, _>>()?;
    let path = PathBuf::from(env::var("OUT_DIR")?).join("presets.postcard");
    fs::write(path, postcard::to_allocvec(&setups)?)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
