//! Reads the scenarios that the page offers and packs them, so that the page carries neither their
//! text nor a reader of it. A scenario that cannot be read stops the build.

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
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        folder.join("presets.postcard"),
        postcard::to_allocvec(&setups)?,
    )?;
    let titles = PRESETS.iter().map(|preset| (preset.name, preset.title));
    let titles: Vec<(&str, &str)> = titles.collect();
    fs::write(folder.join("titles.rs"), format!("&{titles:?}"))?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
