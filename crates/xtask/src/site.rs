//! `cargo xtask build`: the release site.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::tools::{Need, Toolbox, WASM_TARGET};
use crate::{process, sizes};

/// What building the release site needs.
pub(crate) const NEEDS: &[Need] = &[
    Need::WasmTarget,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Node,
    Need::Packages,
];

/// The cargo profile of the page.
pub(crate) const PROFILE: &str = "page";

/// npm's build of binaryen, which is the same on every system.
const WASM_OPT: &str = "node_modules/binaryen/bin/wasm-opt";

/// A minifier that knows the glue's syntax; trunk's does not, and leaves it as it is.
const TERSER: &str = "node_modules/terser/bin/terser";

/// How wasm-bindgen names the app; without it and with `.js`, the name is that of the glue.
const WASM_ENDING: &str = "_bg.wasm";

/// What rustc's output may use. Named one by one, since wasm-opt reads no more out of a module
/// than its feature section says, and that is not always there.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Small before fast, and once more over what the first pass leaves. Functions that are instances
/// of one generic are much alike: side by side, in the order of their names, they compress better
/// than in the order of their use. The lowest kilobyte is the far end of the stack: nothing in it
/// has an address of its own.
const WASM_OPTIMISATION: [&str; 5] = [
    "--low-memory-unused",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--reorder-functions-by-name",
];

/// Makes sure of the tools, then builds.
pub(crate) fn run(mut toolbox: Toolbox) -> Result<(), Error> {
    toolbox.ensure_all(NEEDS)?;
    build(&toolbox)
}

/// Builds the site into `dist/`, optimises its wasm, prints the sizes and holds them to the limit.
pub(crate) fn build(toolbox: &Toolbox) -> Result<(), Error> {
    fetch(toolbox)?;
    let dist = toolbox.workspace().dist();
    process::run(
        trunk(toolbox)
            .args(["build", "--offline", "--release"])
            .args(["--cargo-profile", PROFILE, "--public-url", "./"]),
    )?;
    for file in files_under(&dist)? {
        if let Some(stem) = file
            .to_str()
            .and_then(|path| path.strip_suffix(WASM_ENDING))
        {
            optimise(toolbox, &file)?;
            minify(toolbox, &PathBuf::from(format!("{stem}.js")), &["--module"])?;
        } else if is_named(&file, "boot-", ".js") {
            minify(toolbox, &file, &[])?;
        }
    }
    let limit_file = toolbox.workspace().root().join(sizes::LIMIT_FILE);
    sizes::report(&dist, &limit_file)
}

/// Brings the dependencies' sources here, so that trunk need fetch nothing by itself.
pub(crate) fn fetch(toolbox: &Toolbox) -> Result<(), Error> {
    process::run(&mut toolbox.cargo(&["fetch", "--quiet", "--target", WASM_TARGET]))
}

/// Trunk, on this workspace.
pub(crate) fn trunk(toolbox: &Toolbox) -> Command {
    let mut command = toolbox.command("trunk");
    // Trunk understands only `true` and `false` in this variable, and stops at the usual `1`.
    command.env_remove("NO_COLOR");
    command
}

fn optimise(toolbox: &Toolbox, wasm: &Path) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    command
        .arg(WASM_OPT)
        .args(WASM_OPTIMISATION)
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("--output")
        .arg(wasm);
    process::run(&mut command)
}

fn is_named(file: &Path, start: &str, end: &str) -> bool {
    let name = file.file_name().and_then(OsStr::to_str);
    name.is_some_and(|name| name.starts_with(start) && name.ends_with(end))
}

fn minify(toolbox: &Toolbox, script: &Path, kind: &[&str]) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    command
        .arg(TERSER)
        .arg(script)
        .args(kind)
        .args(["--compress", "--mangle", "--output"])
        .arg(script);
    process::run(&mut command)
}

/// Every file under a folder, in the order of their names.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::File {
        path: folder.to_path_buf(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
