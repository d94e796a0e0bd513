//! One call as its client saw it.

use super::moment::Moment;
use consensus::CallId;

/// One call of a register as its client saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientCall {
    /// Who called, and which of its calls it was. No two calls of a history share this.
    pub call: CallId,
    /// The register's key.
    pub key: u32,
    /// The value that it writes; `None` for a read.
    pub written: Option<u64>,
    /// When it was asked for: before this it has had no effect.
    pub asked: Moment,
    /// What became of it.
    pub ending: Ending,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// Its client was told that it is done: it took effect once, no later than this.
    Done {
        /// When it was told.
        at: Moment,
        /// The value that a read found, `None` where the key had none. Of a write this says
        /// nothing: it is not looked at.
        value: Option<u64>,
    },
    /// Its client was not told so, whatever else it was told: it may take effect at any later
    /// time, or never.
    InDoubt,
}

impl ClientCall {
    /// When its client was told that it is done; `None` where it was not.
    #[must_use]
    pub const fn done(&self) -> Option<Moment> {
        match self.ending {
            Ending::Done { at, .. } => Some(at),
            Ending::InDoubt => None,
        }
    }
}
