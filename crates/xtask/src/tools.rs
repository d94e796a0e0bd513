//! What the commands need: found where it is, installed where it may be, else named with a remedy.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::workspace::Workspace;
use crate::{npm, process};

mod browser;
mod cargo_tool;

use cargo_tool::CargoTool;

/// The target of the page.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A target without an operating system: what builds for it cannot lean on `std`.
pub(crate) const BARE_TARGET: &str = "thumbv7em-none-eabihf";

/// The oldest Node that the browser tests run on.
const NODE_MAJOR: u32 = 20;

/// Something that a step cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// The formatter.
    Rustfmt,
    /// The linter.
    Clippy,
    /// The standard library of the page's target.
    WasmTarget,
    /// The core library of a bare machine.
    BareTarget,
    /// The bundler of the page.
    Trunk,
    /// The maker of the JavaScript glue, and the runner of tests in Node.
    WasmBindgen,
    /// The checker of the dependencies' licences.
    CargoDeny,
    /// Node, with npm.
    Node,
    /// The npm packages.
    Packages,
    /// The npm packages of the long bars alone.
    SoakPackages,
    /// A browser.
    Chromium,
    /// Another browser.
    Firefox,
}

/// Where the tools are, and whether system packages may be installed.
#[derive(Debug)]
pub(crate) struct Toolbox {
    workspace: Workspace,
    install_system: bool,
    /// Folders of tools that a person's own search path does not hold, or holds after others.
    folders: Vec<PathBuf>,
    chromium: Option<PathBuf>,
    firefox: Option<PathBuf>,
}

impl Toolbox {
    /// A box with nothing looked for yet.
    pub(crate) fn new(workspace: Workspace, install_system: bool) -> Self {
        Self {
            workspace,
            install_system,
            folders: Vec::new(),
            chromium: None,
            firefox: None,
        }
    }

    /// Where the project lies.
    pub(crate) fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Makes sure of several needs, in this order.
    pub(crate) fn ensure_all(&mut self, needs: &[Need]) -> Result<(), Error> {
        needs.iter().try_for_each(|need| self.ensure(*need))
    }

    /// Makes sure that one need is met.
    pub(crate) fn ensure(&mut self, need: Need) -> Result<(), Error> {
        match need {
            Need::Rustfmt => ensure_component("rustfmt", "fmt"),
            Need::Clippy => ensure_component("clippy", "clippy"),
            Need::WasmTarget => ensure_target(WASM_TARGET),
            Need::BareTarget => ensure_target(BARE_TARGET),
            Need::Trunk => self.ensure_tool(&CargoTool::trunk()),
            Need::WasmBindgen => {
                let version = self.workspace.locked_version("wasm-bindgen")?;
                self.ensure_tool(&CargoTool::wasm_bindgen(version))
            }
            Need::CargoDeny => self.ensure_tool(&CargoTool::cargo_deny()),
            Need::Node => ensure_node(),
            Need::Packages => npm::ensure_packages(self.workspace.root()),
            Need::SoakPackages => npm::ensure_packages(&self.workspace.root().join("web/soak")),
            Need::Chromium => {
                self.chromium = Some(browser::CHROMIUM.ensure(self.install_system)?);
                Ok(())
            }
            Need::Firefox => {
                self.firefox = Some(browser::FIREFOX.ensure(self.install_system)?);
                Ok(())
            }
        }
    }

    fn ensure_tool(&mut self, tool: &CargoTool) -> Result<(), Error> {
        let folder = tool.ensure()?;
        if let Some(folder) = folder.filter(|folder| !self.folders.contains(folder)) {
            self.folders.push(folder);
        }
        Ok(())
    }

    /// A command that runs in the project's folder and finds the tools of this box.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.workspace.root());
        if let Some(path) = self.search_path() {
            command.env("PATH", path);
        }
        command
    }

    /// Cargo, on this workspace.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// The browser, once it was found.
    pub(crate) fn chromium(&self) -> Option<&Path> {
        self.chromium.as_deref()
    }

    /// The other browser, once it was found.
    pub(crate) fn firefox(&self) -> Option<&Path> {
        self.firefox.as_deref()
    }

    fn search_path(&self) -> Option<OsString> {
        if self.folders.is_empty() {
            return None;
        }
        let usual = env::var_os("PATH").unwrap_or_default();
        env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&usual))).ok()
    }
}

fn ensure_component(component: &str, subcommand: &str) -> Result<(), Error> {
    if process::answer(Command::new("cargo").args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    println!("Installing {component} (a few seconds)…");
    rustup(&["component", "add", component], component)
}

fn ensure_target(target: &str) -> Result<(), Error> {
    // Asked of the compiler itself, so that a Rust without rustup may have the target as well.
    let libraries = process::answer(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        target,
    ]));
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    println!("Installing Rust's target {target} (under a minute)…");
    rustup(&["target", "add", target], target)
}

fn rustup(arguments: &[&str], what: &str) -> Result<(), Error> {
    if process::find_on_path("rustup").is_none() {
        return Err(Error::missing(
            format!("{what}, and rustup to install it,"),
            "install Rust through https://rustup.rs, or add this part with whatever installed \
             your Rust",
        ));
    }
    process::run(Command::new("rustup").args(arguments))
}

fn ensure_node() -> Result<(), Error> {
    let found = process::answer(Command::new("node").arg("--version"));
    let major = found.as_deref().and_then(major_version);
    if major.is_some_and(|major| major >= NODE_MAJOR) {
        return Ok(());
    }
    Err(Error::missing(
        format!(
            "Node {NODE_MAJOR} or newer (found: {})",
            found.as_deref().unwrap_or("none")
        ),
        "install Node with npm from https://nodejs.org or your system's packages; only `serve` \
         does without it",
    ))
}

fn major_version(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("unknown"), None);
    }
}
