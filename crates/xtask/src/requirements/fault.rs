//! What is wrong between the rows and what covers them.

use super::DOCUMENT;

/// What is wrong with one row.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// Nothing covers it.
    #[error(
        "{0}: no test and no scenario covers it\n  remedy: name it in a scenario's `covers` or \
         above a test that shows it"
    )]
    Uncovered(String),
    /// A person can see it, and nothing shows it.
    #[error(
        "{0}: no scenario and no lesson shows it\n  remedy: name it in the `covers` of one that does"
    )]
    Unseen(String),
    /// Something covers it, and it stands on the list of the not-yet.
    #[error("{id}: {place} covers it\n  remedy: take it off the list of the not-yet")]
    CoveredAfterAll { id: String, place: String },
    /// There is no such row.
    #[error("{id}: no row of {DOCUMENT} is called so\n  named by: {place}")]
    Unknown { id: String, place: String },
}
