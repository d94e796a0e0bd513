//! A call that is not over.

use crate::register::Ask;
use alloc::sync::Arc;
use consensus::{Call, CallId, Command, Micros, NodeId, Operation, SessionId};

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    /// Somebody asked for it; `place` is its place in the history.
    Ask { ask: Ask, place: u32 },
    /// It opens the session that others wait for.
    OpenSession,
}

/// A call that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OpenCall {
    pub(super) purpose: Purpose,
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
    /// Whether it asks nobody before its client has a session.
    pub(super) parked: bool,
}

impl OpenCall {
    /// A call that nobody was asked about yet.
    pub(super) fn new(call: CallId, ask: Ask, pinned: Option<NodeId>, place: u32) -> Self {
        let purpose = Purpose::Ask { ask, place };
        Self::of(purpose, (ask.operation(), ask.payload()), call, pinned)
    }

    /// A call that opens a session.
    pub(super) fn opening(call: CallId) -> Self {
        let what = (Operation::OpenSession, Arc::default());
        Self::of(Purpose::OpenSession, what, call, None)
    }

    /// The key that it is about, and the value that it writes there; key 0 for one that opens a
    /// session.
    pub(super) const fn subject(&self) -> (u32, Option<u64>) {
        match self.purpose {
            Purpose::Ask { ask, .. } => (ask.key(), ask.written()),
            Purpose::OpenSession => (0, None),
        }
    }

    /// Whether it opens a session.
    pub(super) const fn is_opening(&self) -> bool {
        matches!(self.purpose, Purpose::OpenSession)
    }

    fn of(
        purpose: Purpose,
        (operation, payload): (Operation, Arc<[u8]>),
        call: CallId,
        pinned: Option<NodeId>,
    ) -> Self {
        Self {
            purpose,
            call: Call {
                operation,
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
            parked: false,
        }
    }
}
