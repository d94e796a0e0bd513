//! A closer look at a run than playing it takes. It stands apart from [`Engine`], so that whoever plays
//! a run may do without, or come by it later.

use crate::choose::Choose;
use crate::detail::{MessageDetail, NodeDetail, node_detail};
use crate::engine::Engine;
use crate::simulation::Simulation;
use consensus::{NodeId, Protocol, StableHasher};
use core::any::Any;
use core::hash::{Hash, Hasher};

/// What can be known of a run besides what an [`Engine`] shows.
pub trait Insight {
    /// The digest of the full state; costs time in proportion to it.
    fn state_digest(&self) -> u64;

    /// Everything about one node; `None` where there is no such node.
    fn node(&self, node: NodeId) -> Option<NodeDetail>;

    /// Everything about one message; `None` where none of this number is on its way or sinks.
    fn message(&self, number: u64) -> Option<MessageDetail>;
}

/// What every engine brings along: its [`Insight`], with the feature `insight`.
#[cfg(feature = "insight")]
pub trait Seen: Insight {}
#[cfg(feature = "insight")]
impl<T: Insight + ?Sized> Seen for T {}

/// What every engine brings along: nothing, without the feature `insight`.
#[cfg(not(feature = "insight"))]
pub trait Seen {}
#[cfg(not(feature = "insight"))]
impl<T: ?Sized> Seen for T {}

/// A closer look at a run of this protocol, drawn from its seed, whatever the features; `None` where
/// it is another.
#[must_use]
pub fn insight<P: Protocol>(engine: &dyn Engine) -> Option<&dyn Insight> {
    let engine: &dyn Any = engine;
    Some(engine.downcast_ref::<Simulation<P>>()?)
}

impl<P: Protocol, C: Choose> Insight for Simulation<P, C> {
    fn state_digest(&self) -> u64 {
        let mut hasher = StableHasher::default();
        (self.now, self.digest).hash(&mut hasher);
        for host in self.hosts.values() {
            (host.id, host.power as u8, host.incarnation).hash(&mut hasher);
            (
                &host.node,
                host.disk.stored(),
                &host.register,
                &host.snapshots,
                host.timers(),
            )
                .hash(&mut hasher);
            (&host.clock, &host.inbox, &host.missed).hash(&mut hasher);
            host.applied_since_snapshot.hash(&mut hasher);
        }
        for transit in self.network.transits() {
            transit.hash(&mut hasher);
        }
        self.clients.hash(&mut hasher);
        self.operator.hash(&mut hasher);
        hasher.finish()
    }

    fn node(&self, node: NodeId) -> Option<NodeDetail> {
        Some(node_detail(self.hosts.get(node)?, self.now))
    }

    fn message(&self, number: u64) -> Option<MessageDetail> {
        self.message_detail(number)
    }
}
