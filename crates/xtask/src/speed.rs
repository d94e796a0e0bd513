//! How fast runs step, natively and as the page's WebAssembly, measured in turns.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::process;
use crate::site;
use crate::tools::{Need, Toolbox, WASM_TARGET};

/// What measuring needs.
pub(crate) const NEEDS: &[Need] = &[
    Need::WasmTarget,
    Need::WasmBindgen,
    Need::Node,
    Need::Packages,
];

/// How often each is measured; the median counts, since machines are busy with other things, too.
const TURNS: usize = 5;
/// How many rounds each turn has: the fastest counts, so that a tab's compiler has had its time.
const ROUNDS: &str = "4";
/// Steps a second that a core carries, with every check on.
const LEAST_STEPS: f64 = 1_000_000.0;
/// What share of that the page's WebAssembly reaches.
const LEAST_SHARE: f64 = 0.5;

/// Measures the workload of the crate `busy`, and wants it to be fast enough.
pub(crate) fn measure(toolbox: &mut Toolbox) -> Result<(), Error> {
    let native = native(toolbox)?;
    let wasm = wasm(toolbox)?;
    let mut turns = Vec::new();
    for _ in 0..TURNS {
        let steps = fastest(&process::output(Command::new(&native).arg(ROUNDS))?)?;
        let mut node = toolbox.command("node");
        node.arg("crates/busy/busy.mjs").arg(&wasm).arg(ROUNDS);
        let in_tab = fastest(&process::output(&mut node)?)?;
        println!(
            "native {steps:.0} steps/s, wasm {in_tab:.0}: {:.0} %",
            100.0 * in_tab / steps
        );
        turns.push((steps, in_tab / steps));
    }
    let steps = median(turns.iter().map(|it| it.0));
    let share = median(turns.iter().map(|it| it.1));
    println!(
        "median: {steps:.0} steps/s natively, {:.0} % of it as wasm",
        100.0 * share
    );
    if steps < LEAST_STEPS || share < LEAST_SHARE {
        return Err(Error::Slow {
            found: format!(
                "{steps:.0} steps a second, {:.0} % of it as wasm",
                100.0 * share
            ),
            wanted: format!("{LEAST_STEPS:.0} and {:.0} %", 100.0 * LEAST_SHARE),
        });
    }
    Ok(())
}

fn native(toolbox: &Toolbox) -> Result<PathBuf, Error> {
    process::run(&mut toolbox.cargo(&["build", "--release", "-p", "busy"]))?;
    Ok(toolbox.workspace().target().join("release/busy"))
}

/// Builds it as the page is built; gives the glue.
fn wasm(toolbox: &Toolbox) -> Result<PathBuf, Error> {
    let mut command = toolbox.cargo(&["build", "-p", "busy", "--lib", "--target", WASM_TARGET]);
    command.args(["--profile", site::PROFILE]);
    process::run(command.env(site::RUSTFLAGS, site::CODE_GENERATION))?;
    let target = toolbox.workspace().target();
    let module = target
        .join(WASM_TARGET)
        .join(site::PROFILE)
        .join("busy.wasm");
    let folder = target.join("busy");
    fs::create_dir_all(&folder).map_err(|source| Error::File {
        path: folder.clone(),
        source,
    })?;
    let mut bind = toolbox.command("wasm-bindgen");
    bind.args(["--target", "nodejs", "--out-dir"])
        .arg(&folder)
        .arg(&module);
    process::run(&mut bind)?;
    process::run(&mut site::wasm_opt(
        toolbox,
        &folder.join("busy_bg.wasm"),
        &site::OPTIMISE,
    ))?;
    // Its ending says that it is no module, whatever the folders above it say of theirs.
    let (glue, named) = (folder.join("busy.js"), folder.join("busy.cjs"));
    fs::rename(glue, &named).map_err(|source| Error::File {
        path: named.clone(),
        source,
    })?;
    Ok(named)
}

/// The most steps a second of any round.
fn fastest(printed: &str) -> Result<f64, Error> {
    let rounds = printed.lines().filter_map(|line| {
        let (steps, seconds) = line.split_once(' ')?;
        Some(steps.parse::<f64>().ok()? / seconds.parse::<f64>().ok()?)
    });
    rounds.reduce(f64::max).ok_or_else(|| Error::Slow {
        found: format!("no figures in `{}`", printed.trim()),
        wanted: "steps and seconds, a line for each round".into(),
    })
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
