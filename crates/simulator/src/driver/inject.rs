//! What a test puts into a run by hand: inputs, messages, timers that fire, disks.

use super::{Driver, DriverError};
use crate::choose::Choose;
use consensus::{ClusterId, Durable, Envelope, Input, NodeId, Protocol, Receiver};

impl<P: Protocol, C: Choose> Driver<P, C> {
    /// Gives a node an input at once, past network, inbox and disk, and carries out what follows.
    ///
    /// # Errors
    /// [`DriverError::NotUp`] unless the node runs, or [`DriverError::Violated`].
    pub fn give(&mut self, node: NodeId, input: Input<P>) -> Result<(), DriverError> {
        if !self.host(node)?.is_up() {
            return Err(DriverError::NotUp(node));
        }
        self.event(|run, story| run.give(node, input, story))
    }

    /// Gives a node a message made by hand, as if it had just arrived.
    ///
    /// # Errors
    /// As [`Driver::give`].
    pub fn deliver(
        &mut self,
        to: NodeId,
        envelope: Envelope<P::Message>,
    ) -> Result<(), DriverError> {
        self.give(to, Input::Receive(envelope))
    }

    /// The envelope that `from` would put round a message for `to` in its present life.
    ///
    /// # Errors
    /// [`DriverError::NoSuchNode`] where there is no `from`.
    pub fn envelope(
        &self,
        from: NodeId,
        to: NodeId,
        message: P::Message,
    ) -> Result<Envelope<P::Message>, DriverError> {
        Ok(Envelope {
            cluster: ClusterId(0),
            sender: from,
            incarnation: self.host(from)?.incarnation,
            receiver: Receiver::Node(to),
            message,
        })
    }

    /// Lets a timer that runs fire now instead of later.
    ///
    /// # Errors
    /// [`DriverError::NotArmed`] where it does not run, or as [`Driver::give`].
    pub fn fire(&mut self, node: NodeId, timer: P::Timer) -> Result<(), DriverError> {
        let host = self.host(node)?;
        if !host.is_up() {
            return Err(DriverError::NotUp(node));
        }
        if !host.timers().contains_key(&timer) {
            return Err(DriverError::NotArmed(node));
        }
        self.event(|run, story| {
            if let Some(host) = run.hosts.get_mut(node) {
                host.disarm(timer);
            }
            run.give(node, Input::Timer(timer), story);
        })
    }

    /// Boots a crashed node on a disk that holds this and nothing else.
    ///
    /// # Errors
    /// [`DriverError::StillUp`] where the node was not crashed, and as [`Driver::restart`].
    pub fn start_from(&mut self, node: NodeId, durable: P::Durable) -> Result<(), DriverError> {
        if self.host(node)?.is_booted() {
            return Err(DriverError::StillUp(node));
        }
        self.event(|run, _| run.fold(&durable))?;
        self.exchange_disk(node, durable);
        self.restart(node)
    }

    /// Exchanges what a disk holds, and shows it to the checks.
    pub(super) fn exchange_disk(&mut self, node: NodeId, durable: P::Durable) {
        let summaries = durable.summaries();
        if let Some(host) = self.run.hosts.get_mut(node) {
            host.disk.replace(durable);
            self.run.tell_stored(node, summaries, &mut self.story);
        }
    }
}
