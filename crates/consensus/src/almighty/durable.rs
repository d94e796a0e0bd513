//! What survives a crash: nothing. The boot counter that makes a return a new life (A16) is the
//! host's, and shared data lives with the leader alone (A9).

use crate::client::CallId;
use crate::protocol::Durable;
use crate::write::WriteSummary;

/// An empty disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AlmightyDurable;

/// No write is ever made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlmightyWrite {}

impl Durable for AlmightyDurable {
    type Write = AlmightyWrite;

    fn store(&mut self, write: &AlmightyWrite) {
        match *write {}
    }

    fn describe(&self, write: &AlmightyWrite) -> WriteSummary {
        match *write {}
    }

    fn tear(write: &AlmightyWrite, _draw: u64) -> Option<AlmightyWrite> {
        match *write {}
    }

    /// Never: acknowledged data dies with its leader (A9).
    fn holds(&self, _index: u64, _call: CallId) -> bool {
        false
    }
}
