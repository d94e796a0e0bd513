//! Messages that came to a node and were not taken. Nothing depends on them: they are kept to be
//! seen, outside of the run's digest.

use super::Transit;
use crate::flight::{DropCause, Fate};
use alloc::vec::Vec;
use consensus::Micros;

/// Refused messages by number, in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Refused<M>(Vec<(u64, Transit<M>)>);

impl<M> Refused<M> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Keeps a message that was refused as it arrived.
    pub(super) fn push(&mut self, number: u64, mut transit: Transit<M>, cause: DropCause) {
        transit.fate = Fate::Refused(transit.due, cause);
        self.0.push((number, transit));
    }

    /// Forgets what nobody can see any more.
    pub(super) fn forget(&mut self, now: Micros) {
        self.0.retain(|(_, transit)| transit.sunk() > now);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Transit<M>)> {
        self.0.iter().map(|(number, transit)| (*number, transit))
    }
}
