//! What survives a crash: nothing. The boot counter that makes a return a new life (A16, W10) is the
//! host's, and shared data lives with the leader alone (A9, W9).

use crate::client::CallId;
use crate::protocol::Durable;
use crate::write::WriteSummary;
use alloc::vec::Vec;

/// An empty disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Diskless;

/// No write is ever made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoWrite {}

impl Durable for Diskless {
    type Write = NoWrite;

    fn store(&mut self, write: &NoWrite) {
        match *write {}
    }

    fn describe(&self, write: &NoWrite) -> WriteSummary {
        match *write {}
    }

    /// None.
    fn summaries(&self) -> Vec<WriteSummary> {
        Vec::new()
    }

    fn tear(write: &NoWrite, _draw: u64) -> Option<NoWrite> {
        match *write {}
    }

    /// Never: acknowledged data dies with its leader (A9).
    fn holds(&self, _index: u64, _call: CallId) -> bool {
        false
    }
}
