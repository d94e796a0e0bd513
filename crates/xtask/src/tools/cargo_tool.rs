//! Tools that cargo installs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::process;

/// A folder under cargo's own, for a version that would replace another one that a person uses.
const PRIVATE_ROOT: &str = "whitewater-tools";

/// A program, and how cargo installs it.
#[derive(Debug)]
pub(super) struct CargoTool {
    program: &'static str,
    package: &'static str,
    /// The version to install.
    version: String,
    /// Whether any version that is there will do.
    any: bool,
    arguments: &'static [&'static str],
    /// About how long the installation takes on two cores.
    minutes: u32,
}

impl CargoTool {
    /// Trunk: newer ones want a newer compiler than the workspace does.
    pub(super) fn trunk() -> Self {
        Self {
            program: "trunk",
            package: "trunk",
            version: "0.21.14".to_owned(),
            any: false,
            arguments: &["--locked", "--no-default-features", "--features", "rustls"],
            minutes: 9,
        }
    }

    /// The CLI of wasm-bindgen, which works with its own version of the library only.
    pub(super) fn wasm_bindgen(version: String) -> Self {
        Self {
            program: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version,
            any: false,
            // Without --locked: the lock that it was published with no longer resolves.
            arguments: &[],
            minutes: 4,
        }
    }

    /// cargo-deny, of which any version reads our `deny.toml`.
    pub(super) fn cargo_deny() -> Self {
        Self {
            program: "cargo-deny",
            package: "cargo-deny",
            version: "0.18.9".to_owned(),
            any: true,
            arguments: &["--locked"],
            minutes: 8,
        }
    }

    /// Finds or installs the tool. Where it lies in a folder that the search path does not lead
    /// to first, that folder is returned.
    pub(super) fn ensure(&self) -> Result<Option<PathBuf>, Error> {
        let usual = self.version_of(Path::new(self.program));
        if self.suits(usual.as_deref()) {
            return Ok(None);
        }
        let home = cargo_home();
        let folders = [home.join("bin"), home.join(PRIVATE_ROOT).join("bin")];
        for folder in folders {
            if self.suits(self.version_of(&folder.join(self.program)).as_deref()) {
                return Ok(Some(folder));
            }
        }
        self.install(&home, usual.is_some()).map(Some)
    }

    fn suits(&self, found: Option<&str>) -> bool {
        found.is_some_and(|found| self.any || found == self.version)
    }

    /// What `PROGRAM --version` says behind the program's name.
    fn version_of(&self, program: &Path) -> Option<String> {
        let said = process::answer(Command::new(program).arg("--version"))?;
        said.split_whitespace().nth(1).map(str::to_owned)
    }

    fn install(&self, home: &Path, another_is_there: bool) -> Result<PathBuf, Error> {
        let Self {
            package,
            version,
            minutes,
            ..
        } = self;
        println!("Installing {package} {version} (once; about {minutes} minutes on two cores)…");
        let root = if another_is_there {
            home.join(PRIVATE_ROOT)
        } else {
            home.to_path_buf()
        };
        let mut command = Command::new("cargo");
        command
            // It is not there, whatever cargo's own list of what it installed says.
            .args(["install", "--force", package, "--version", version])
            .args(self.arguments)
            .arg("--root")
            .arg(&root)
            // Its artifacts are of no use to the workspace's own builds.
            .env_remove("CARGO_TARGET_DIR");
        process::run(&mut command)?;
        let folder = root.join("bin");
        if self.suits(self.version_of(&folder.join(self.program)).as_deref()) {
            return Ok(folder);
        }
        Err(Error::missing(
            format!(
                "{} {version}, though cargo has just installed it,",
                self.program
            ),
            format!(
                "run `cargo install --force {package} --version {version}` and see what it says"
            ),
        ))
    }
}

fn cargo_home() -> PathBuf {
    match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => env::home_dir().unwrap_or_default().join(".cargo"),
    }
}
