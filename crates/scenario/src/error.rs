//! What is wrong with a scenario file, and where.

use alloc::string::String;

/// Why a scenario cannot be run: the place in the file, what is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {field}: {problem}")]
pub struct ScenarioError {
    /// The line, from 1.
    pub line: usize,
    /// The field, such as `steps[2].do.stop`; `the file` where no field is to blame.
    pub field: String,
    /// What is wrong and what would be right.
    pub problem: String,
}
