//! Whether two runs are in the same state.

use super::free_run::FreeRun;
use crate::flight::Endpoint;
use consensus::{Protocol, StableHasher, digest_of};
use core::hash::{Hash, Hasher};

impl<P: Protocol> FreeRun<P> {
    /// The digest of everything that what comes next can depend on, and of nothing else.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = StableHasher::default();
        self.left.hash(&mut hasher);
        for host in self.run.hosts.values() {
            (host.id, host.power as u8, host.incarnation).hash(&mut hasher);
            (&host.node, &host.register, &host.snapshots).hash(&mut hasher);
            (&host.clock, &host.inbox, &host.missed).hash(&mut hasher);
            host.disk.stored().hash(&mut hasher);
            for pending in host.disk.pending() {
                pending.hash(&mut hasher);
            }
            for timer in host.timers().keys() {
                timer.hash(&mut hasher);
            }
        }
        self.run.network.cuts.hash(&mut hasher);
        self.messages().hash(&mut hasher);
        self.run.watch.remembered(&mut hasher);
        hasher.finish()
    }

    /// The messages on their wires, whatever their order: the sum of their digests. One to a node
    /// that is down and cannot come back arrives nowhere.
    fn messages(&self) -> (u64, u64) {
        let mut sum = (0_u64, 0_u64);
        for (_, transit) in self.run.network.transits() {
            let heard = match transit.to {
                Endpoint::Node(node) => self.left.joins > 0 || self.is_up(node),
                Endpoint::Client(_) => true,
            };
            if heard && transit.is_on_wire() {
                let digest = digest_of(&(transit.from, transit.to, &transit.cargo));
                sum = (sum.0.wrapping_add(1), sum.1.wrapping_add(digest));
            }
        }
        sum
    }
}
