//! What came of a run.

use crate::document::ProtocolName;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Measures, Property, Violation};

/// Whether one expectation came true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its place in the scenario's list, from 0.
    pub place: usize,
    /// When it was judged.
    pub at: Micros,
    /// `Ok` where it holds, else what is the case instead.
    pub found: Result<(), String>,
}

/// A run that came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Under which protocol.
    pub protocol: ProtocolName,
    /// From which seed.
    pub seed: u64,
    /// Until when.
    pub until: Micros,
    /// How many events there were.
    pub events: u64,
    /// The rolling digest of every step.
    pub digest: u64,
    /// The digest of the state at the end.
    pub state_digest: u64,
    /// The measures at the end.
    pub measures: Measures,
    /// The guarantee that broke, if one did.
    pub violation: Option<Violation>,
    /// The properties that were not judged to the end, and of how many keys not.
    pub undecided: Vec<(Property, u64)>,
    /// Every expectation about this protocol, in order of time.
    pub verdicts: Vec<Verdict>,
}

impl Report {
    /// Whether every expectation came true and no guarantee broke.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.violation.is_none() && self.verdicts.iter().all(|it| it.found.is_ok())
    }
}
