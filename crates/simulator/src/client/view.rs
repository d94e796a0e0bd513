//! Clients as people see them.

use super::breaker::{Breaker, BreakerState};
use super::open_call::OpenCall;
use super::session::Session;
use alloc::vec::Vec;
use consensus::{ClientId, Micros, NodeId};

/// A call that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallView {
    /// Which of the client's calls, from 1.
    pub sequence: u64,
    /// The register's key.
    pub key: u32,
    /// The value that it writes; `None` for a read.
    pub written: Option<u64>,
    /// Whom the client asked last; `None` before its first attempt.
    pub node: Option<NodeId>,
    /// How often it asked so far.
    pub attempt: u32,
    /// While it backs off: until when. `None` while it waits for an answer.
    pub waits_until: Option<Micros>,
}

/// A breaker that is not as it was at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BreakerView {
    /// For which node.
    pub node: NodeId,
    /// What it does with calls.
    pub state: BreakerState,
    /// How many attempts in a row got no answer in time.
    pub failures: u32,
    /// While it is open: until when.
    pub cools: Option<Micros>,
}

/// One client at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientView {
    /// Who.
    pub id: ClientId,
    /// Whom it believes to lead.
    pub leader: Option<NodeId>,
    /// Its open calls, oldest first.
    pub calls: Vec<CallView>,
    /// Its breakers that are not closed, or have counted failures, by node.
    pub breakers: Vec<BreakerView>,
}

impl ClientView {
    /// The client as it stands.
    pub(crate) fn of(session: &Session) -> Self {
        let asked = session.open().filter(|(_, open)| !open.is_opening());
        let calls = asked.map(|(sequence, open)| call(sequence, open));
        let breakers = session.breakers();
        Self {
            id: session.id(),
            leader: session.leader(),
            calls: calls.collect(),
            breakers: breakers.map(|(node, it)| breaker(node, it)).collect(),
        }
    }
}

fn call(sequence: u64, open: &OpenCall) -> CallView {
    let (key, written) = open.subject();
    CallView {
        sequence,
        key,
        written,
        node: open.asked,
        attempt: open.attempt,
        waits_until: open.waits.then_some(open.until),
    }
}

fn breaker(node: NodeId, breaker: &Breaker) -> BreakerView {
    BreakerView {
        node,
        state: breaker.state(),
        failures: breaker.failures(),
        cools: breaker.cools(),
    }
}
