//! Shared data that lives with one node alone (A9, W9): the calls that its state machine works on.

use crate::client::{Answer, CallId, Output, Refusal};
use crate::commands::Applied;
use crate::effect::{Effect, Effects};
use crate::node::NodeId;
use crate::protocol::Protocol;
use alloc::vec::Vec;
use litemap::LiteMap;

/// What a node knows of its state machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Shared {
    /// The position of the last command given to it; 0 while it is empty.
    last: u64,
    /// Calls that are being carried out, by position.
    waiting: LiteMap<u64, CallId>,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It gets this position.
    At(u64),
    /// It is being carried out already.
    Repeated,
    /// No position is left.
    Full,
}

impl Shared {
    /// Gives a call its position.
    pub(crate) fn take(&mut self, call: CallId) -> Taken {
        if self.waiting.values().any(|waiting| *waiting == call) {
            return Taken::Repeated;
        }
        let Some(index) = self.next() else {
            return Taken::Full;
        };
        self.waiting.insert(index, call);
        Taken::At(index)
    }

    /// Gives a command that nobody waits for its position, where one is left.
    pub(crate) fn next(&mut self) -> Option<u64> {
        self.last = self.last.checked_add(1)?;
        Some(self.last)
    }

    /// The state machine is done with some positions: whose calls they were, and its answers.
    pub(crate) fn done(&mut self, mut applied: Applied) -> Vec<(CallId, Output)> {
        let done = applied.first..=applied.last;
        let waiting = self.waiting.keys().copied();
        let indexes: Vec<u64> = waiting.filter(|it| done.contains(it)).collect();
        let mut answers = Vec::with_capacity(indexes.len());
        for index in indexes {
            if let Some(call) = self.waiting.remove(&index) {
                answers.push((call, applied.take_output(index)));
            }
        }
        answers
    }

    /// The calls that wait, which it forgets.
    pub(crate) fn abandon(&mut self) -> Vec<CallId> {
        let waiting = core::mem::take(&mut self.waiting).into_tuple_vec();
        waiting.into_iter().map(|(_, call)| call).collect()
    }

    /// Begins anew; says how many commands were given to the state machine before.
    pub(crate) fn empty(&mut self) -> u64 {
        core::mem::take(&mut self.last)
    }

    /// How many calls wait.
    pub(crate) fn waiting(&self) -> u64 {
        self.waiting.len() as u64
    }
}

/// Tells a client that its call is not served here.
pub(crate) fn refuse<P: Protocol>(
    call: CallId,
    reason: Refusal,
    hint: Option<NodeId>,
    fx: &mut Effects<P>,
) {
    let answer = Answer::Refused { reason, hint };
    fx.push(Effect::Answer { call, answer });
}
