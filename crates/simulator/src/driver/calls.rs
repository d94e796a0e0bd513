//! What clients ask, and what became of it.

use super::{Driver, DriverError};
use crate::action::Action;
use crate::choose::Choose;
use crate::engine::Engine;
use crate::happening::IdleReason;
use crate::history::{CallRecord, Outcome};
use alloc::format;
use consensus::{CallId, Micros, NodeId, Protocol};

/// Calls. Clients, keys and values are numbers; clients count from 0.
///
/// # Errors
/// All methods that call: [`DriverError::Idle`] where there is no such client or no node to ask,
/// [`DriverError::Violated`] where a guarantee is broken.
impl<P: Protocol, C: Choose> Driver<P, C> {
    /// A client writes a value to a key. It looks for the leader by itself, and retries.
    pub fn write(&mut self, client: u32, key: u32, value: u64) -> Result<CallId, DriverError> {
        self.call(write(client, key, value, None))
    }

    /// A client writes through this node, and takes its refusal for an answer.
    pub fn write_to(
        &mut self,
        node: NodeId,
        client: u32,
        key: u32,
        value: u64,
    ) -> Result<CallId, DriverError> {
        self.call(write(client, key, value, Some(node)))
    }

    /// A client reads a key. It looks for the leader by itself, and retries.
    pub fn read(&mut self, client: u32, key: u32) -> Result<CallId, DriverError> {
        let to = None;
        self.call(Action::Read { client, key, to })
    }

    /// A client reads through this node, and takes its refusal for an answer.
    pub fn read_from(
        &mut self,
        node: NodeId,
        client: u32,
        key: u32,
    ) -> Result<CallId, DriverError> {
        let to = Some(node);
        self.call(Action::Read { client, key, to })
    }

    /// The call as it stands: whether it has returned, when, by whom and how.
    #[must_use]
    pub fn call_record(&self, call: CallId) -> Option<CallRecord> {
        self.run.history().iter().rev().find(|it| it.call == call)
    }

    /// How the call ended; `None` while it is open.
    #[must_use]
    pub fn outcome(&self, call: CallId) -> Option<Outcome> {
        Some(self.call_record(call)?.returned?.outcome)
    }

    /// Lets time pass until the call is done, for `limit` at most, and gives the value of its key:
    /// what a read found, what a write left.
    ///
    /// # Errors
    /// [`DriverError::NotDone`] where it ended otherwise, and as [`Driver::run_until`].
    pub fn expect_done(&mut self, call: CallId, limit: Micros) -> Result<Option<u64>, DriverError> {
        let awaited = format!("call {} of client {}", call.sequence, call.client.0);
        match self.run_until_some(&awaited, limit, |driver| driver.outcome(call))? {
            Outcome::Done { value } => Ok(value),
            outcome => Err(DriverError::NotDone { call, outcome }),
        }
    }

    fn call(&mut self, action: Action) -> Result<CallId, DriverError> {
        self.act(action.clone())?;
        let latest = self.run.history().iter().next_back();
        let reason = IdleReason::NoSuchNode;
        latest
            .map(|it| it.call)
            .ok_or(DriverError::Idle { action, reason })
    }
}

const fn write(client: u32, key: u32, value: u64, to: Option<NodeId>) -> Action {
    Action::Write {
        client,
        key,
        value,
        to,
    }
}
