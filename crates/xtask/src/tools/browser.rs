//! The browser of the browser tests.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::process;

/// Names under which a Chromium is known on the search path.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Where macOS keeps it.
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The packages that bring it on Debian and its kin, with a font to draw text in.
const PACKAGES: [&str; 2] = ["chromium", "fonts-dejavu-core"];

/// Finds a Chromium, or installs one where that is allowed.
pub(super) fn ensure(install_system: bool) -> Result<PathBuf, Error> {
    if let Some(chosen) = env::var_os("CHROMIUM") {
        let chosen = PathBuf::from(chosen);
        return if chosen.is_file() {
            Ok(chosen)
        } else {
            Err(Error::missing(
                format!("the browser that CHROMIUM names, {},", chosen.display()),
                "let CHROMIUM name a Chromium or Chrome program, or leave it unset",
            ))
        };
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if install_system {
        install()?;
    }
    find().ok_or_else(|| {
        Error::missing(
            "a Chromium or Chrome browser",
            "install one, or name it in the variable CHROMIUM; on Debian and Ubuntu \
             --install-system does it through apt-get",
        )
    })
}

fn find() -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| process::find_on_path(name));
    on_path.or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))
}

fn install() -> Result<(), Error> {
    if process::find_on_path("apt-get").is_none() {
        // The caller names the remedy.
        return Ok(());
    }
    println!("Installing the browser as a system package (about a minute)…");
    process::run(apt_get().arg("update"))?;
    process::run(
        apt_get()
            .args(["install", "-y", "--no-install-recommends"])
            .args(PACKAGES),
    )
}

fn apt_get() -> Command {
    let root = process::answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = if root || process::find_on_path("sudo").is_none() {
        Command::new("apt-get")
    } else {
        let mut command = Command::new("sudo");
        command.arg("apt-get");
        command
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
