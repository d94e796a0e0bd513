//! A call that is not over.

use crate::register::Ask;
use consensus::{Call, CallId, Command, Micros, NodeId, SessionId};

/// A call that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OpenCall {
    pub(super) ask: Ask,
    pub(super) call: Call,
    /// The node that it asks and keeps asking, where somebody said so.
    pub(super) pinned: Option<NodeId>,
    /// Whom it asked last.
    pub(super) asked: Option<NodeId>,
    pub(super) attempt: u32,
    /// How often in a row it followed a hint.
    pub(super) redirects: u32,
    /// How often it has backed off.
    pub(super) backoffs: u32,
    /// How long it backs off if the attempt under way fails.
    pub(super) pause: Micros,
    /// Whether it backs off; it waits for an answer otherwise.
    pub(super) waits: bool,
    /// Until when it waits.
    pub(super) until: Micros,
    /// Counts what it waited for.
    pub(super) turn: u32,
    /// Whether an attempt that failed may still take effect.
    pub(super) in_doubt: bool,
    /// Its place in the history.
    pub(super) place: u32,
}

impl OpenCall {
    /// A call that nobody was asked about yet.
    pub(super) fn new(call: CallId, ask: Ask, pinned: Option<NodeId>, place: u32) -> Self {
        let payload = ask.payload();
        Self {
            ask,
            call: Call {
                operation: ask.operation(),
                command: Command {
                    call,
                    session: SessionId::LASTING,
                    payload,
                },
            },
            pinned,
            asked: None,
            attempt: 0,
            redirects: 0,
            backoffs: 0,
            pause: Micros::ZERO,
            waits: false,
            until: Micros::ZERO,
            turn: 0,
            in_doubt: false,
            place,
        }
    }
}
