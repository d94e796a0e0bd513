//! What a test reads of a node.

use super::{Driver, DriverError};
use crate::choose::Choose;
use crate::host::Host;
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{
    EntryView, Incarnation, Inspection, Mandate, Micros, NodeId, Now, Protocol, Role, Token,
};

/// Nodes, one at a time.
///
/// # Errors
/// All methods with a result: [`DriverError::NoSuchNode`] where the run has no such node.
impl<P: Protocol, C: Choose> Driver<P, C> {
    pub(super) fn host(&self, node: NodeId) -> Result<&Host<P>, DriverError> {
        let host = self.run.hosts.get(node);
        host.ok_or(DriverError::NoSuchNode(node))
    }

    /// Every node that is or was part of the run, by name.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.run.hosts.nodes()
    }

    /// Every node that is up and not paused, by name.
    pub fn running(&self) -> impl Iterator<Item = NodeId> {
        let up = self.run.hosts.values().filter(|host| host.is_up());
        up.map(|host| host.id)
    }

    /// Who claims to lead under the latest mandate; `None` where nobody that runs does.
    #[must_use]
    pub fn leader(&self) -> Option<NodeId> {
        self.run.leader()
    }

    /// Everybody that runs and claims to lead, by name.
    pub fn leaders(&self) -> impl Iterator<Item = NodeId> {
        let claim = self.run.hosts.values().filter(|host| host.claims());
        claim.map(|host| host.id)
    }

    /// The node itself: the protocol's own value.
    ///
    /// # Errors
    /// [`DriverError::NotUp`] while it is crashed or gone: its volatile state is lost.
    pub fn node(&self, node: NodeId) -> Result<&P, DriverError> {
        let host = self.host(node)?;
        if host.is_booted() {
            Ok(&host.node)
        } else {
            Err(DriverError::NotUp(node))
        }
    }

    /// What the node says of itself; while it is not up, as it would boot from its disk.
    pub fn inspect(&self, node: NodeId) -> Result<Inspection, DriverError> {
        let host = self.host(node)?;
        Ok(if host.is_booted() {
            host.node.inspect()
        } else {
            host.reborn().inspect()
        })
    }

    /// What it is.
    pub fn role(&self, node: NodeId) -> Result<Role, DriverError> {
        Ok(self.inspect(node)?.role)
    }

    /// Its term, or the election that its leader leads by.
    pub fn mandate(&self, node: NodeId) -> Result<Mandate, DriverError> {
        Ok(self.inspect(node)?.reign.mandate)
    }

    /// Whom it believes to lead.
    pub fn believed_leader(&self, node: NodeId) -> Result<Option<NodeId>, DriverError> {
        Ok(self.inspect(node)?.reign.leader)
    }

    /// Up to where it knows its log to be committed; 0 for nothing.
    pub fn committed(&self, node: NodeId) -> Result<u64, DriverError> {
        Ok(self.inspect(node)?.committed)
    }

    /// The position of the command that its state machine applied last; 0 for none.
    pub fn applied(&self, node: NodeId) -> Result<u64, DriverError> {
        Ok(self.host(node)?.register.last())
    }

    /// Its log, oldest entry first; empty for a protocol without one.
    pub fn log(&self, node: NodeId) -> Result<Vec<EntryView>, DriverError> {
        Ok(self.inspect(node)?.log)
    }

    /// What its state machine holds under a key.
    pub fn value(&self, node: NodeId, key: u32) -> Result<Option<u64>, DriverError> {
        Ok(self.host(node)?.register.value(key))
    }

    /// What its disk holds: what a crash now would leave, but for [`crate::CrashLoss`].
    pub fn durable(&self, node: NodeId) -> Result<&P::Durable, DriverError> {
        Ok(self.host(node)?.disk.stored())
    }

    /// The writes that it asked for and that a crash could lose, oldest first. Of two that are
    /// done out of order, the later one is among them until the earlier one is done, too.
    pub fn pending_writes(
        &self,
        node: NodeId,
    ) -> Result<impl Iterator<Item = (Token, &P::Write)>, DriverError> {
        Ok(self.host(node)?.disk.pending())
    }

    /// Its timers that run, and when they fire.
    pub fn timers(
        &self,
        node: NodeId,
    ) -> Result<impl Iterator<Item = (P::Timer, Micros)>, DriverError> {
        let timers = self.host(node)?.timers().iter();
        Ok(timers.map(|(timer, armed)| (*timer, armed.due)))
    }

    /// What its clocks show.
    pub fn clocks(&self, node: NodeId) -> Result<Now, DriverError> {
        Ok(self.host(node)?.clock.now(self.now))
    }

    /// Whether it is up.
    pub fn power(&self, node: NodeId) -> Result<Power, DriverError> {
        Ok(self.host(node)?.power)
    }

    /// Which of its lives this is, from 1; 0 before the first.
    pub fn incarnation(&self, node: NodeId) -> Result<Incarnation, DriverError> {
        Ok(self.host(node)?.incarnation)
    }

    /// How many messages and calls wait in its inbox.
    pub fn waiting(&self, node: NodeId) -> Result<u32, DriverError> {
        Ok(self.host(node)?.inbox.len())
    }
}
