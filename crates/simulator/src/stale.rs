//! Events that can no longer happen: a timer that was armed anew, a message that was dropped.

use crate::choose::Choose;
use crate::simulation::{Event, Simulation};
use consensus::{Micros, NodeId, Protocol};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Drops events that can no longer happen, so that the next one is always real.
    pub(crate) fn skip_stale(&mut self) {
        while let Some((at, event)) = self.queue.peek() {
            if !self.is_stale(at, event) {
                break;
            }
            self.queue.pop();
        }
    }

    /// Drops what would be dropped when its time comes: timers and waits that were called off.
    pub(crate) fn forget_stale(&mut self) {
        let mut queue = core::mem::take(&mut self.queue);
        queue.retain(|at, _, event| match event {
            Event::Timer { .. } | Event::Client(_) => !self.is_stale(at, event),
            _ => true,
        });
        self.queue = queue;
    }

    /// Whether an event of this time can no longer happen.
    pub(crate) fn is_stale(&self, at: Micros, event: &Event<P>) -> bool {
        let host = |node: &NodeId| self.hosts.get(*node);
        match event {
            Event::Boot(_) => false,
            Event::Arrive(number) => !self.network.will_arrive(*number, at),
            Event::Worked { node, turn } => {
                !host(node).is_some_and(|host| host.is_up() && host.inbox.is_at(*turn))
            }
            Event::Timer {
                node,
                timer,
                generation,
            } => !host(node).is_some_and(|host| host.is_armed(*timer, *generation)),
            Event::Stored {
                node, incarnation, ..
            } => {
                !host(node).is_some_and(|host| host.is_booted() && host.incarnation == *incarnation)
            }
            Event::Client(event) => self.clients.is_stale(event),
            Event::Operator => !self.operator.looks_at(at),
        }
    }
}
