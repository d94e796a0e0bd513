//! The network: encoded bytes from one server's thread to another's inbox.

use crate::server::Event;
use consensus::NodeId;
use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who can be reached, shared by all threads.
#[derive(Clone, Default)]
pub(crate) struct Network {
    inboxes: Arc<Mutex<BTreeMap<NodeId, Sender<Event>>>>,
}

impl Network {
    /// Makes a server reachable.
    pub(crate) fn attach(&self, node: NodeId, inbox: Sender<Event>) {
        self.lock().insert(node, inbox);
    }

    /// Takes a server off the network.
    pub(crate) fn detach(&self, node: NodeId) {
        self.lock().remove(&node);
    }

    /// Hands something to a server; says whether there was anybody to take it. What nobody takes
    /// is lost, as on any network: the protocol asks again.
    pub(crate) fn hand(&self, node: NodeId, event: Event) -> bool {
        let inbox = self.lock().get(&node).cloned();
        inbox.is_some_and(|inbox| inbox.send(event).is_ok())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<NodeId, Sender<Event>>> {
        // A thread that died while it held the map left it whole.
        self.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
