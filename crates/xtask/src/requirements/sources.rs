//! Where tests, scenarios and lessons stand.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::mention::{self, Kind, Mention};
use crate::error::Error;
use crate::{site, workspace};

/// The folders with tests in Rust.
const RUST: [&str; 2] = ["crates", "web/src"];
/// The folder with browser tests.
const BROWSER: &str = "web/e2e";
/// The folder with scenario files.
const SCENARIOS: &str = "crates/scenario/scenarios";

/// The folder with lesson files.
const LESSONS: &str = "web/lessons";

/// All that names a row, in order of files.
///
/// # Errors
/// A file that cannot be read, and a scenario or a lesson that is no JSON.
pub(super) fn mentions(root: &Path) -> Result<Vec<Mention>, Error> {
    let mut mentions = Vec::new();
    for (file, path) in files(root, SCENARIOS, ".json")? {
        mentions.push(file_with_rows(Kind::Scenario, file, path)?);
    }
    for (file, path) in files(root, LESSONS, ".json")? {
        mentions.push(file_with_rows(Kind::Lesson, file, path)?);
    }
    for folder in RUST {
        for (file, path) in files(root, folder, ".rs")? {
            mentions.extend(mention::rust_tests(&file, &workspace::read(&path)?));
        }
    }
    for (file, path) in files(root, BROWSER, ".spec.mjs")? {
        mentions.extend(mention::browser_tests(&file, &workspace::read(&path)?));
    }
    Ok(mentions)
}

/// The files of a folder that end so, each with its path from the project's folder on.
fn files(root: &Path, folder: &str, end: &str) -> Result<Vec<(String, PathBuf)>, Error> {
    let files = site::files_under(&root.join(folder))?.into_iter();
    let named = files.map(|path| {
        let inside = path.strip_prefix(root).unwrap_or(&path);
        (inside.to_string_lossy().replace('\\', "/"), path)
    });
    Ok(named.filter(|(file, _)| file.ends_with(end)).collect())
}

fn file_with_rows(kind: Kind, file: String, path: PathBuf) -> Result<Mention, Error> {
    let rows = covers(&workspace::read(&path)?);
    let rows = rows.map_err(|reason| Error::Malformed { path, reason })?;
    Ok(Mention {
        kind,
        file,
        test: String::new(),
        rows,
    })
}

/// The rows that a scenario or a lesson says it covers.
pub(super) fn covers(text: &str) -> Result<Vec<String>, String> {
    let scenario: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Some(covers) = scenario.get("covers") else {
        return Ok(Vec::new());
    };
    let ids = covers.as_array().map(|ids| ids.iter().map(Value::as_str));
    let ids: Option<Vec<&str>> = ids.and_then(Iterator::collect);
    let ids = ids.ok_or("`covers` is no list of words")?;
    Ok(ids.into_iter().map(str::to_owned).collect())
}
