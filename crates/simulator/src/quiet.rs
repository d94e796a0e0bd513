//! Whether the water is calm: checks that need a whole and quiet network wait for it.

use crate::choose::Choose;
use crate::host::Host;
use crate::simulation::Simulation;
use crate::view::Power;
use consensus::{Micros, Protocol};

/// The most drift, in parts per million, that timers bear without taking the slow for the dead.
const MOST_DRIFT: u32 = 10_000;

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Something befell the network or a node: the checks that need quiet wait for it anew.
    pub(crate) fn disturb(&mut self) {
        let attached = self.attached();
        let whole = self.network.is_sound(&attached, self.world.quiet_delay);
        let fit = self.hosts.values().all(is_fit);
        let patience = self.world.quiet + self.world.quiet_per_node * self.hosts.len() as u64;
        let quiet = (whole && fit).then_some(self.now + patience);
        self.watch.disturb(quiet);
    }
}

fn is_fit<P: Protocol>(host: &Host<P>) -> bool {
    host.power != Power::Paused
        && host.inbox.settings.service == Micros::ZERO
        && host.clock.settings().drift.unsigned_abs() <= MOST_DRIFT
}
