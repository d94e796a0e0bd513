//! The npm packages: of the browser tests and the release build's optimiser, and of the long bars.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::process;
use crate::workspace;

/// npm itself, which is a script with an ending of its own on Windows.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Installs the packages of a folder's `package-lock.json` unless they are all there already.
pub(crate) fn ensure_packages(folder: &Path) -> Result<(), Error> {
    let wanted = workspace::read(&folder.join("package-lock.json"))?;
    let present = workspace::read(&folder.join("node_modules/.package-lock.json"));
    if present.is_ok_and(|present| satisfies(&present, &wanted)) {
        return Ok(());
    }
    println!("Installing the npm packages (under a minute)…");
    process::run(
        Command::new(NPM)
            .arg("ci")
            .current_dir(folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
}

/// Whether what npm noted as installed is what the lock asks for.
fn satisfies(present: &str, wanted: &str) -> bool {
    let (Some(present), Some(wanted)) = (packages(present), packages(wanted)) else {
        return false;
    };
    // The entry without a name is the project itself; an optional package may be for another
    // kind of machine.
    wanted
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["optional"] != Value::Bool(true))
        .all(|(path, package)| {
            present
                .get(path)
                .is_some_and(|found| found["integrity"] == package["integrity"])
        })
}

fn packages(lock: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str::<Value>(lock).ok()?["packages"].take() {
        Value::Object(packages) => Some(packages),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::satisfies;

    const WANTED: &str = r#"{"packages": {
        "": {"name": "whitewater"},
        "node_modules/axe-core": {"integrity": "sha512-a"},
        "node_modules/fsevents": {"integrity": "sha512-f", "optional": true}
    }}"#;

    #[test]
    fn packages_are_fresh_when_all_that_this_machine_needs_is_there() {
        let present = r#"{"packages": {"node_modules/axe-core": {"integrity": "sha512-a"}}}"#;
        assert!(satisfies(present, WANTED));
    }

    #[test]
    fn packages_are_stale_when_one_is_older_or_the_note_is_damaged() {
        let older = r#"{"packages": {"node_modules/axe-core": {"integrity": "sha512-b"}}}"#;
        assert!(!satisfies(older, WANTED));
        assert!(!satisfies("{}", WANTED));
        assert!(!satisfies("", WANTED));
    }
}
