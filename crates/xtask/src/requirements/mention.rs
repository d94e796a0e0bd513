//! What names rows: a scenario, a lesson, or a test.

use std::fmt;

use super::row;

/// Something that names rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) kind: Kind,
    /// The file, from the project's folder on.
    pub(super) file: String,
    /// What the test is called; empty for a file.
    pub(super) test: String,
    /// The rows that it names, each once.
    pub(super) rows: Vec<String>,
}

/// What covers rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scenario,
    Lesson,
    Test,
}

impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Scenario => write!(f, "scenario {}", self.file),
            Kind::Lesson => write!(f, "lesson   {}", self.file),
            Kind::Test => write!(f, "test     {}: {}", self.file, self.test),
        }
    }
}

/// The tests of a Rust file that name rows.
pub(super) fn rust_tests(file: &str, text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("//") || line.starts_with("#[") {
            above.push(line);
            continue;
        }
        let is_test = above
            .iter()
            .any(|line| line.starts_with("#[") && line.trim_end_matches(']').ends_with("test"));
        if let Some(name) = function(line).filter(|_| is_test) {
            mentions.extend(test(file, name, ids_in_name(name), &above));
        }
        above.clear();
    }
    mentions
}

/// The browser tests of a JavaScript file that name rows.
pub(super) fn browser_tests(file: &str, text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("//") {
            above.push(line);
            continue;
        }
        if let Some(name) = title(line) {
            mentions.extend(test(file, name, ids(name), &above));
        }
        above.clear();
    }
    mentions
}

fn test(file: &str, name: &str, named: Vec<String>, above: &[&str]) -> Option<Mention> {
    let comments = above.iter().filter(|line| line.starts_with("//"));
    let mut rows = named;
    rows.extend(comments.flat_map(|line| ids(line)));
    rows.sort();
    rows.dedup();
    (!rows.is_empty()).then(|| Mention {
        kind: Kind::Test,
        file: file.to_owned(),
        test: name.to_owned(),
        rows,
    })
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ").unwrap_or(line);
    let rest = rest.strip_prefix("async ").unwrap_or(rest);
    let name = rest.strip_prefix("fn ")?;
    name.split(['(', '<']).next()
}

/// The title of the browser test that a line begins.
fn title(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("test(")?;
    let quote = rest.chars().next().filter(|it| "\"'`".contains(*it))?;
    rest.get(1..)?.split(quote).next()
}

/// The rows that a text names.
fn ids(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let ids = words.filter(|word| row::is_id(word));
    ids.map(str::to_owned).collect()
}

/// The rows that a function's name names, in small letters: `a16_a_return_is_another_life`.
fn ids_in_name(name: &str) -> Vec<String> {
    let words = name.split('_').map(str::to_uppercase);
    words.filter(|word| row::is_id(word)).collect()
}
