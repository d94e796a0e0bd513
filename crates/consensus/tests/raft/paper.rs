//! `PAPER.md` tells where each demand of the paper is shown: it must stay true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = include_str!("PAPER.md");

/// The sections that must each have a row.
const SECTIONS: &[&str] = &[
    "Figure 2",
    "Figure 13",
    "Figure 3",
    "§5.1",
    "§5.2",
    "§5.3",
    "§5.4.1",
    "§5.4.2",
    "§5.4.3",
    "§5.5",
    "§5.6",
    "§6",
    "§7",
    "§8",
    "Thesis §3.10",
    "Thesis §4.1",
    "Thesis §4.2",
    "Thesis §4.2.3",
    "Thesis §4.3",
    "Thesis §4.4",
    "Thesis §6.2",
    "Thesis §6.3",
    "Thesis §6.4",
    "Thesis §9.6",
    "Thesis §10.2",
];

/// The numbered steps of the figures, each of which must have a row.
const STEPS: &[(&str, &str, usize)] = &[
    ("Figure 2", "AppendEntries", 5),
    ("Figure 2", "RequestVote", 2),
    ("Figure 13", "Receiver", 8),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/raft")
}

/// A row of the list: what is demanded, and the tests that show it.
struct Row {
    section: &'static str,
    /// What the first column says: in the tables of the figures, which of their rows it is.
    place: &'static str,
    demand: &'static str,
    tests: Vec<&'static str>,
}

impl Row {
    fn is_of(&self, section: &str) -> bool {
        self.section.split(',').next() == Some(section)
    }
}

/// What stands between backticks.
fn quoted(cell: &'static str) -> Vec<&'static str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The rows of all tables; their first line and the rule under it are none.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut section, mut in_table) = ("", 0);
    for line in LIST.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        }
        in_table = if line.starts_with('|') {
            in_table + 1
        } else {
            0
        };
        if in_table <= 2 {
            continue;
        }
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (tests, demand) = cells.split_last().expect("a line has a cell");
        rows.push(Row {
            section,
            place: demand.first().expect("a table has columns"),
            demand: demand.last().expect("a demand and its tests"),
            tests: quoted(tests),
        });
    }
    rows
}

/// The tests of a file, by name.
fn tests_in(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            marked = true;
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
            let end = rest.find('(').expect("a function has a list of parameters");
            names.insert(rest[..end].to_owned());
            marked = false;
        }
    }
    names
}

/// The tests of the module in `file` and of those that it declares, by their paths from `path`.
fn collect(file: &Path, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    let source =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let declared = source.lines().filter_map(|line| {
        let name = line.strip_prefix("mod ")?.strip_suffix(';')?;
        (name != "support").then(|| name.to_owned())
    });
    let beside = file.parent().expect("a file stands in a folder");
    for name in declared {
        let inner = beside.join(format!("{name}.rs"));
        let inner = if inner.exists() {
            inner
        } else {
            beside.join(&name).join("mod.rs")
        };
        let path = if path.is_empty() {
            name
        } else {
            format!("{path}::{name}")
        };
        collect(&inner, &path, found);
    }
    found.insert(path.to_owned(), tests_in(&source));
}

/// Every test that runs, by module.
fn tests() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    collect(&folder().join("main.rs"), "", &mut found);
    found
}

#[test]
fn every_section_has_rows() {
    let rows = rows();
    for section in SECTIONS {
        let has_row = rows.iter().any(|row| row.is_of(section));
        assert!(has_row, "{section} has no row");
    }
}

#[test]
fn every_step_of_the_figures_has_a_row() {
    let rows = rows();
    for (section, receiver, steps) in STEPS {
        for step in 1..=*steps {
            let place = format!("{receiver} {step}");
            let has_row = rows
                .iter()
                .any(|row| row.is_of(section) && row.place == place);
            assert!(has_row, "{section}, {place} has no row");
        }
    }
}

#[test]
fn every_row_names_tests_that_run() {
    let tests = tests();
    for Row {
        section,
        demand,
        tests: shown,
        ..
    } in rows()
    {
        assert!(!shown.is_empty(), "{section}: nothing shows that {demand}");
        for name in shown {
            let there = name
                .rsplit_once("::")
                .and_then(|(module, test)| Some(tests.get(module)?.contains(test)));
            assert_eq!(there, Some(true), "{section}: there is no test {name}");
        }
    }
}

#[test]
fn every_test_that_was_written_for_a_clause_is_in_the_list() {
    let named: BTreeSet<_> = rows().into_iter().flat_map(|row| row.tests).collect();
    for (module, names) in tests() {
        for name in names {
            let path = format!("{module}::{name}");
            let listed = named.contains(path.as_str());
            assert!(listed || !module.starts_with("clauses"), "{path}");
        }
    }
}
