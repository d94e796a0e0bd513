//! `cargo xtask requirements`: which tests, scenarios and lessons cover each row of the
//! requirements.
//!
//! A scenario or a lesson covers the rows that its `covers` names; a test those that its name (`a16_…`) or the
//! lines of comment just above it name.

mod fault;
mod mention;
mod not_yet;
mod row;
mod sources;

use crate::error::Error;
use crate::workspace::{self, Workspace};

pub(crate) use fault::Fault;
use mention::{Kind, Mention};
use not_yet::NOT_YET;
use row::Row;

/// Where the rows stand.
const DOCUMENT: &str = "crates/scenario/REQUIREMENTS.md";

/// The rows, and all that claims to cover one.
struct Coverage {
    rows: Vec<Row>,
    mentions: Vec<Mention>,
}

/// Prints every row with all that covers it.
///
/// # Errors
/// As [`check`].
pub(crate) fn print(workspace: &Workspace) -> Result<(), Error> {
    let coverage = Coverage::read(workspace)?;
    for row in &coverage.rows {
        println!("{:<4} {}", row.id, row.short());
        for mention in coverage.of(&row.id) {
            println!("       {mention}");
        }
        if let Some((_, reason)) = NOT_YET.iter().find(|(id, _)| *id == row.id) {
            println!("       not yet: {reason}");
        }
    }
    println!("\n{}", coverage.summary());
    coverage.judge(NOT_YET)
}

/// Whether every row is covered.
///
/// # Errors
/// A row that nothing covers, a row that is not there, a list of the not-yet that is out of date; a
/// file that cannot be read.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    let coverage = Coverage::read(workspace)?;
    println!("{}", coverage.summary());
    coverage.judge(NOT_YET)
}

impl Coverage {
    fn read(workspace: &Workspace) -> Result<Self, Error> {
        let path = workspace.root().join(DOCUMENT);
        let rows = row::read(&workspace::read(&path)?);
        if rows.is_empty() {
            let reason = "holds no row such as `| A1 | … |`".into();
            return Err(Error::Malformed { path, reason });
        }
        let mentions = sources::mentions(workspace.root())?;
        Ok(Self { rows, mentions })
    }

    fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Mention> {
        self.mentions
            .iter()
            .filter(move |mention| mention.rows.iter().any(|row| row == id))
    }

    /// Whether something that people watch covers it.
    fn is_shown(&self, id: &str) -> bool {
        self.of(id).any(|it| it.kind != Kind::Test)
    }

    fn summary(&self) -> String {
        let covered = self.rows.iter().filter(|row| self.of(&row.id).count() > 0);
        let kind = |kind: Kind| self.mentions.iter().filter(|it| it.kind == kind).count();
        format!(
            "{} of {} rows are covered, by {} scenarios, {} lessons and {} tests that name one",
            covered.count(),
            self.rows.len(),
            kind(Kind::Scenario),
            kind(Kind::Lesson),
            kind(Kind::Test),
        )
    }

    /// Every row needs something that covers it, or a reason why not yet, and one that people can
    /// see a scenario or a lesson; nothing may name a row that is not there.
    fn judge(&self, not_yet: &[(&str, &str)]) -> Result<(), Error> {
        let known = |id: &str| self.rows.iter().any(|row| row.id == id);
        let excused = |id: &str| not_yet.iter().any(|(excused, _)| *excused == id);
        let mut faults = Vec::new();
        for row in &self.rows {
            match (self.of(&row.id).next(), excused(&row.id)) {
                (None, false) => faults.push(Fault::Uncovered(row.id.clone())),
                (Some(mention), true) => faults.push(Fault::CoveredAfterAll {
                    id: row.id.clone(),
                    place: mention.to_string(),
                }),
                (Some(_), false) if row.is_seen() && !self.is_shown(&row.id) => {
                    faults.push(Fault::Unseen(row.id.clone()));
                }
                _ => {}
            }
        }
        for mention in &self.mentions {
            let strange = mention.rows.iter().filter(|id| !known(id));
            faults.extend(strange.map(|id| Fault::Unknown {
                id: id.clone(),
                place: mention.to_string(),
            }));
        }
        let strange = not_yet.iter().filter(|(id, _)| !known(id));
        faults.extend(strange.map(|(id, _)| Fault::Unknown {
            id: (*id).to_owned(),
            place: "the list of the not-yet".to_owned(),
        }));
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Error::Requirements(faults))
        }
    }
}

#[cfg(test)]
mod tests;
