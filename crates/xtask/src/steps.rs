//! The checks of the project, in the order that tells of a mistake soonest.

use std::cell::Cell;
use std::process::Command;
use std::rc::Rc;

use crate::error::Error;
use crate::sequence::Step;
use crate::tools::{BARE_TARGET, Need, Toolbox, WASM_TARGET};
use crate::{process, requirements, site};

/// The crates that must do without `std`.
const NO_STD: [&str; 4] = ["consensus", "simulator", "scenario", "scene"];

/// Tests that also run as WebAssembly in Node: a crate, and one of its test targets.
const WASM_TESTS: [(&str, &str); 2] = [("scenario", "golden"), ("scenario", "explore")];

/// Where the browser tests are set up.
const PLAYWRIGHT_CONFIG: &str = "web/e2e/playwright.config.mjs";

/// What the browser tests need: the site, and a browser to see it in.
pub(crate) const BROWSER_NEEDS: &[Need] = &[
    Need::WasmTarget,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Node,
    Need::Packages,
    Need::Chromium,
];

/// Every check, in order.
pub(crate) fn all() -> Vec<Step> {
    let mut steps = static_checks();
    steps.extend(dynamic_checks());
    steps
}

/// What can be told without running the code.
fn static_checks() -> Vec<Step> {
    vec![
        step(
            "fmt",
            "the code is formatted",
            &[Need::Rustfmt],
            |toolbox| process::run(&mut toolbox.cargo(&["fmt", "--all", "--check"])),
        ),
        step(
            "requirements",
            "every requirement is covered by a test or a scenario",
            &[],
            |toolbox| requirements::check(toolbox.workspace()),
        ),
        step(
            "clippy",
            "no warning on this machine",
            &[Need::Clippy],
            |toolbox| lint(&mut toolbox.cargo(&["clippy", "--workspace", "--all-targets"])),
        ),
        step(
            "clippy-wasm",
            "no warning as WebAssembly",
            &[Need::Clippy, Need::WasmTarget],
            |toolbox| {
                let mut command = toolbox.cargo(&["clippy", "--target", WASM_TARGET, "-p", "web"]);
                // As the release site is built, chunks and all.
                command.args(["--features", "web/split"]);
                lint(only_no_std(&mut command))
            },
        ),
        step(
            "no-std",
            "core, simulator, scenario and scene build for a bare machine",
            &[Need::BareTarget],
            |toolbox| {
                let mut command = toolbox.cargo(&["build", "--lib", "--target", BARE_TARGET]);
                process::run(only_no_std(&mut command))
            },
        ),
        step(
            "docs",
            "the documentation builds and its links hold",
            &[],
            |toolbox| {
                let mut command = toolbox.cargo(&["doc", "--workspace", "--no-deps"]);
                process::run(command.env("RUSTDOCFLAGS", "-D warnings"))
            },
        ),
        licences(),
    ]
}

/// What may be built upon.
fn licences() -> Step {
    step(
        "licences",
        "every dependency's licence and source is one we allow",
        &[Need::CargoDeny],
        |toolbox| {
            // Advisories are left out: they come from a database that has to be fetched.
            let checks = [
                "deny",
                "--workspace",
                "check",
                "licenses",
                "bans",
                "sources",
            ];
            process::run(&mut toolbox.cargo(&checks))
        },
    )
}

/// What can only be told by running it.
fn dynamic_checks() -> Vec<Step> {
    // The browser tests, run alone, build the site first: what they find is about the sources.
    let built = Rc::new(Cell::new(false));
    let is_built = Rc::clone(&built);
    vec![
        step(
            "tests",
            "unit, property and seed tests on this machine",
            &[],
            |toolbox| process::run(&mut toolbox.cargo(&["test", "--workspace"])),
        ),
        step(
            "wasm",
            "the same digests and states as WebAssembly in Node",
            &[Need::WasmTarget, Need::WasmBindgen, Need::Node],
            wasm_tests,
        ),
        step(
            "site",
            "the release site builds and keeps to its size",
            site::NEEDS,
            move |toolbox| {
                site::build(toolbox)?;
                built.set(true);
                Ok(())
            },
        ),
        step(
            "browser",
            "the release site in Chromium, under a sub-path",
            BROWSER_NEEDS,
            move |toolbox| {
                if !is_built.get() {
                    site::build(toolbox)?;
                }
                browser_tests(toolbox)
            },
        ),
    ]
}

fn step(
    name: &'static str,
    about: &'static str,
    needs: &'static [Need],
    work: impl Fn(&mut Toolbox) -> Result<(), Error> + 'static,
) -> Step {
    Step {
        name,
        about,
        needs,
        work: Box::new(work),
    }
}

fn lint(command: &mut Command) -> Result<(), Error> {
    process::run(command.args(["--", "-D", "warnings"]))
}

fn only_no_std(command: &mut Command) -> &mut Command {
    command.args(NO_STD.iter().flat_map(|package| ["-p", package]))
}

fn wasm_tests(toolbox: &mut Toolbox) -> Result<(), Error> {
    WASM_TESTS.iter().try_for_each(|(package, test)| {
        let mut command = toolbox.cargo(&[
            "test",
            "-p",
            package,
            "--test",
            test,
            "--target",
            WASM_TARGET,
        ]);
        command.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        );
        process::run(&mut command)
    })
}

fn browser_tests(toolbox: &Toolbox) -> Result<(), Error> {
    let mut command = toolbox.command("node");
    command.args([
        "node_modules/@playwright/test/cli.js",
        "test",
        "--config",
        PLAYWRIGHT_CONFIG,
    ]);
    if let Some(chromium) = toolbox.chromium() {
        command.env("CHROMIUM", chromium);
    }
    process::run(&mut command)
}
