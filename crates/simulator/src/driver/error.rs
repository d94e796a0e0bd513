//! Why a driver cannot do what it was asked for.

use crate::action::Action;
use crate::check::Violation;
use crate::happening::IdleReason;
use crate::history::Outcome;
use alloc::string::String;
use consensus::{CallId, Micros, NodeId};

/// Why a driver could not do what a test asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DriverError {
    /// What the test waited for did not come in time.
    #[error("{awaited} did not come within {limit} from {since} on, with seed {seed}")]
    NotInTime {
        /// What was waited for, in the test's own words.
        awaited: String,
        /// Since when, in virtual time.
        since: Micros,
        /// For how long.
        limit: Micros,
        /// The seed of the run, which repeats it exactly.
        seed: u64,
    },
    /// A guarantee is broken: the run stands still at that event.
    #[error("{}", .0.sentence())]
    Violated(Violation),
    /// The action had no effect.
    #[error("{action:?} had no effect: {}", clause(*.reason))]
    Idle {
        /// The action.
        action: Action,
        /// Why nothing came of it.
        reason: IdleReason,
    },
    /// The run has no node of this name.
    #[error("there is no node {0}")]
    NoSuchNode(NodeId),
    /// The node is not up, so it has no volatile state and takes nothing.
    #[error("{0} is not up")]
    NotUp(NodeId),
    /// The node is up, and its disk cannot be exchanged under it.
    #[error("{0} is up: stop it first")]
    StillUp(NodeId),
    /// This timer of the node does not run.
    #[error("that timer of {0} does not run")]
    NotArmed(NodeId),
    /// The call ended, and not by being done.
    #[error("call {} of client {} ended otherwise: {outcome:?}", .call.sequence, .call.client.0)]
    NotDone {
        /// The call.
        call: CallId,
        /// How it ended.
        outcome: Outcome,
    },
}

const fn clause(reason: IdleReason) -> &'static str {
    match reason {
        IdleReason::AlreadySo => "it is so already",
        IdleReason::NoSuchNode => "there is no such node, client or leader",
        IdleReason::NoSuchMessage => "no such message is on its way",
        IdleReason::FixedMembership => "this protocol's membership is fixed",
    }
}
