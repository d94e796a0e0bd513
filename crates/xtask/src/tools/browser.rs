//! The browsers: one of the browser tests, and another of the long bars.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::process;

/// A browser: where it is, and how it may be got.
#[derive(Debug)]
pub(super) struct Browser {
    /// What to call it.
    name: &'static str,
    /// The variable in which a person may name another program.
    variable: &'static str,
    /// Names under which it is known on the search path.
    programs: &'static [&'static str],
    /// Where macOS keeps it.
    mac: &'static str,
    /// The packages that bring it on Debian and its kin, with a font to draw text in.
    packages: [&'static str; 2],
}

/// The browser of the browser tests.
pub(super) const CHROMIUM: Browser = Browser {
    name: "a Chromium or Chrome browser",
    variable: "CHROMIUM",
    programs: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    mac: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    packages: ["chromium", "fonts-dejavu-core"],
};

/// The browser in which the page is looked at once more.
pub(super) const FIREFOX: Browser = Browser {
    name: "a Firefox browser",
    variable: "FIREFOX",
    programs: &["firefox", "firefox-esr"],
    mac: "/Applications/Firefox.app/Contents/MacOS/firefox",
    packages: ["firefox-esr", "fonts-dejavu-core"],
};

impl Browser {
    /// Finds it, or installs it where that is allowed.
    pub(super) fn ensure(&self, install_system: bool) -> Result<PathBuf, Error> {
        let variable = self.variable;
        if let Some(chosen) = env::var_os(variable) {
            let chosen = PathBuf::from(chosen);
            return if chosen.is_file() {
                Ok(chosen)
            } else {
                Err(Error::missing(
                    format!("the browser that {variable} names, {},", chosen.display()),
                    format!("let {variable} name the program of a browser, or leave it unset"),
                ))
            };
        }
        if let Some(found) = self.find() {
            return Ok(found);
        }
        if install_system {
            self.install()?;
        }
        self.find().ok_or_else(|| {
            Error::missing(
                self.name,
                format!(
                    "install one, or name it in the variable {variable}; on Debian and Ubuntu \
                     --install-system does it through apt-get"
                ),
            )
        })
    }

    fn find(&self) -> Option<PathBuf> {
        let mut programs = self.programs.iter();
        let on_path = programs.find_map(|name| process::find_on_path(name));
        on_path.or_else(|| Some(PathBuf::from(self.mac)).filter(|path| path.is_file()))
    }

    fn install(&self) -> Result<(), Error> {
        if process::find_on_path("apt-get").is_none() {
            // The caller names the remedy.
            return Ok(());
        }
        println!("Installing {} (about a minute)…", self.name);
        process::run(apt_get().arg("update"))?;
        process::run(
            apt_get()
                .args(["install", "-y", "--no-install-recommends"])
                .args(self.packages),
        )
    }
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
