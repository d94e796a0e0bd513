//! `split MODULE FOLDER`: splits a linked WebAssembly module at its split points.
//!
//! The module has to be linked with `--emit-relocs`. Into the folder go [`MAIN`], for wasm-bindgen,
//! and the chunks. A line is printed for each split point, in the order of their names: its name,
//! then the files that make it up, which may be parts of others as well.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

/// The file of what is left of the module.
const MAIN: &str = "main.wasm";

/// The module from which it imports what loads the chunks.
const LOADERS: &str = "./chunks.js";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: split MODULE FOLDER");
        return ExitCode::FAILURE;
    };
    match split(Path::new(module), Path::new(folder)) {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{module}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn split(module: &Path, folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let bytes = fs::read(module)?;
    let main = folder.join(MAIN);
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    let made = transform(options)?;
    let mut lines: Vec<String> = made
        .prefetch_map
        .iter()
        .map(|(name, files)| format!("{name} {}", files.join(" ")))
        .collect();
    lines.sort();
    Ok(lines)
}
