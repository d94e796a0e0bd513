//! A message on its wire.

use crate::flight::{Endpoint, Fate};
use crate::register::Application;
use alloc::sync::Arc;
use consensus::{Answer, Call, CallId, Envelope, Micros};

/// What travels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cargo<M> {
    /// A message between nodes.
    Message(Envelope<M>),
    /// A client's call.
    Call(Call),
    /// A node's answer to a client, and whether the node had applied the command when it sent it.
    Answer {
        call: CallId,
        answer: Answer,
        applied: Application,
    },
}

/// One message on its way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Transit<M> {
    pub(crate) from: Endpoint,
    pub(crate) to: Endpoint,
    pub(crate) sent: Micros,
    pub(crate) due: Micros,
    pub(crate) fate: Fate,
    pub(crate) cargo: Cargo<M>,
    /// Its encoding as it will arrive, where bits were flipped on the way.
    pub(crate) damaged: Option<Arc<[u8]>>,
    /// The message that it doubles.
    pub(crate) copy_of: Option<u64>,
}

impl<M> Transit<M> {
    /// When it is half-way: a cut drops what has not passed the middle of its wire.
    pub(crate) fn middle(&self) -> Micros {
        Micros(self.sent.0 + self.due.since(self.sent).0 / 2)
    }

    /// Until when a dropped message is kept: as long again as it would have travelled, so that it
    /// is seen to sink.
    pub(crate) fn sunk(&self) -> Micros {
        self.due + self.due.since(self.sent)
    }

    /// Whether it takes up room on its wire.
    pub(crate) fn is_on_wire(&self) -> bool {
        matches!(self.fate, Fate::Arrives | Fate::Held(_))
    }
}
