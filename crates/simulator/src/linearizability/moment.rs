//! When something happened to a client.

use consensus::Micros;

/// A moment in a history: at one time many things can happen, one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The virtual time.
    pub at: Micros,
    /// Its place among what happened at that time; any numbers that rise with it.
    pub order: u64,
}
