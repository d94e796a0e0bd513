//! `cargo xtask build`: the release site.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chunks::{self, Chunks, Split};
use crate::error::Error;
use crate::module::Module;
use crate::tools::{Need, Toolbox, WASM_TARGET};
use crate::{likeness, names, process, sizes, workspace};

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

/// Where cargo looks for the compiler's flags for the page alone, not for what builds it.
pub(crate) const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Keeps LLVM from trading size for speed where `opt-level` does not: no walking pointers in place
/// of an index, no copies of a computation on every way that leads to it. Of what is compiled for
/// speed, only the smallest functions are copied to where they are called: that is most of the
/// speed, for a quarter of the size.
pub(crate) const CODE_GENERATION: &str = "-Cllvm-args=-disable-lsr \
    -Cllvm-args=-enable-pre=false -Cllvm-args=-enable-load-pre=false \
    -Cllvm-args=-inlinedefault-threshold=10";

/// Scenarios for measuring the page.
const LOADS: &str = "web/soak/loads";

/// Keeps what splitting needs to know, for the release site alone.
const SPLITTABLE: &str = "-Clink-arg=--emit-relocs";

/// The page's feature that puts its chunks into files of their own.
const SPLIT: &str = "split";

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

/// Small before fast, again over control flow made anew, and once more over what is left. The
/// lowest kilobyte is the far end of the stack: nothing in it has an address of its own.
/// Alignments are hints that no engine needs: where all are the same, the code compresses better.
pub(crate) const OPTIMISE: [&str; 10] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=20",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--dealign",
    "--strip-producers",
    "--strip-target-features",
];

/// Puts functions in the order of their names. What is written is as small as after `-Oz`, without
/// its passes.
const SETTLE: [&str; 3] = [
    "--optimize-level=2",
    "--shrink-level=2",
    "--reorder-functions-by-name",
];

/// Makes short all names that the app shares with its glue, and prints how.
const SHORTEN: &str = "--minify-imports-and-exports-and-modules";

/// Makes sure of the tools, then builds.
pub(crate) fn run(mut toolbox: Toolbox) -> Result<(), Error> {
    toolbox.ensure_all(NEEDS)?;
    build(&toolbox)
}

/// Builds the site into `dist/`, splits its wasm and optimises the parts, prints the sizes and holds
/// them to the limit.
pub(crate) fn build(toolbox: &Toolbox) -> Result<(), Error> {
    let chunks = make(toolbox, trunk(toolbox))?;
    let limit_file = toolbox.workspace().root().join(sizes::LIMIT_FILE);
    sizes::report(&toolbox.workspace().dist(), &limit_file, &chunks)
}

/// As [`build`], to be measured: the page offers loads that nobody would play with, and no limit
/// holds for its size.
pub(crate) fn build_with_loads(toolbox: &Toolbox) -> Result<(), Error> {
    let mut trunk = trunk(toolbox);
    trunk.env("WHITEWATER_LOADS", toolbox.workspace().root().join(LOADS));
    make(toolbox, trunk).map(drop)
}

/// Gives the chunks.
fn make(toolbox: &Toolbox, mut trunk: Command) -> Result<Chunks, Error> {
    fetch(toolbox)?;
    let dist = toolbox.workspace().dist();
    process::run(
        trunk
            .args(["build", "--offline", "--release"])
            .args(["--cargo-profile", PROFILE, "--public-url", "./"])
            .args(["--features", SPLIT])
            .env(RUSTFLAGS, [CODE_GENERATION, SPLITTABLE].join(" ")),
    )?;
    let mut chunks = Chunks::new();
    for file in files_under(&dist)? {
        if let Some(stem) = file
            .to_str()
            .and_then(|path| path.strip_suffix(WASM_ENDING))
        {
            let glue = PathBuf::from(format!("{stem}.js"));
            chunks = split(toolbox, &glue)?;
            for chunk in chunks::files(&chunks) {
                let chunk = glue.with_file_name(chunk);
                optimise(toolbox, &chunk)?;
                process::run(&mut wasm_opt(toolbox, &chunk, &SETTLE))?;
            }
            make_small(toolbox, &file, &glue)?;
            minify(toolbox, &glue, &["--module"])?;
        } else if is_named(&file, "boot-", ".js") {
            minify(toolbox, &file, &[])?;
        }
    }
    Ok(chunks)
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

/// Puts what the app begins with in place of the whole that trunk has put there, and its chunks
/// beside it. Gives the chunks.
fn split(toolbox: &Toolbox, glue: &Path) -> Result<Chunks, Error> {
    let target = toolbox.workspace().target();
    let linked = target.join(WASM_TARGET).join(PROFILE).join("web.wasm");
    let split = Split::of(toolbox, &linked, target.join("split"))?;
    let name = glue.file_stem().unwrap_or_default();
    let mut bind = toolbox.command("wasm-bindgen");
    // The linker's exports: chunks share its table of functions.
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .arg("--out-name")
        .arg(name)
        .arg("--out-dir")
        .arg(glue.parent().unwrap_or(glue))
        .arg(split.main());
    process::run(&mut bind)?;
    split.install(toolbox, glue)
}

/// Optimises the app and shortens the names that it shares with its glue.
fn make_small(toolbox: &Toolbox, wasm: &Path, glue: &Path) -> Result<(), Error> {
    optimise(toolbox, wasm)?;
    let mut settle = wasm_opt(toolbox, wasm, &SETTLE);
    let printed = process::output(settle.arg(SHORTEN))?;
    let shortened =
        names::shorten(&workspace::read(glue)?, &printed).ok_or_else(|| Error::Malformed {
            path: wasm.to_path_buf(),
            reason: "wasm-opt told its new names in another way than expected".into(),
        })?;
    fs::write(glue, shortened).map_err(|source| failed(glue, source))
}

/// Optimises a module and names its functions so that those that are alike come side by side where
/// they are in the order of their names.
fn optimise(toolbox: &Toolbox, wasm: &Path) -> Result<(), Error> {
    process::run(&mut wasm_opt(toolbox, wasm, &OPTIMISE))?;
    let bytes = fs::read(wasm).map_err(|source| failed(wasm, source))?;
    let module = Module::read(&bytes).ok_or_else(|| Error::Malformed {
        path: wasm.to_path_buf(),
        reason: "its functions cannot be found".into(),
    })?;
    let named = module.named_by(&likeness::order(&module.functions()));
    fs::write(wasm, named).map_err(|source| failed(wasm, source))
}

fn failed(path: &Path, source: std::io::Error) -> Error {
    Error::File {
        path: path.to_path_buf(),
        source,
    }
}

/// wasm-opt with these passes, on this file.
pub(crate) fn wasm_opt(toolbox: &Toolbox, wasm: &Path, passes: &[&str]) -> Command {
    let mut command = toolbox.command("node");
    command
        .arg(WASM_OPT)
        .args(passes)
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("--output")
        .arg(wasm);
    command
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
    let failed = |source| failed(folder, source);
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
