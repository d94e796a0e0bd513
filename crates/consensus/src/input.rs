//! Everything that can happen to a node.

use crate::client::{Call, CallId, Output};
use crate::commands::Applied;
use crate::node::{Envelope, NodeId};
use crate::protocol::Protocol;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Names one durable write of one node's life, in the order in which they were asked for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Token(pub u64);

/// Names one snapshot of the host's state machine: the index of the last entry in it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SnapshotId(pub u64);

/// What an operator can ask of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Control {
    /// Behave as if the election timer had fired now (Raft).
    TimeOut,
    /// Say good-bye; the host switches the node off when the step is done.
    Leave,
    /// Hand the leadership over to this node (Raft thesis §3.10). Ignored by all but a Raft leader.
    TransferTo(NodeId),
    /// Take a snapshot of what is applied and let go of the log before it (Raft §7).
    TakeSnapshot,
    /// Change the cluster's members (Raft §6). Ignored by all but a Raft leader.
    ChangeMembership(MembershipChange),
}

/// A change of a Raft cluster's members (§6, thesis §4).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MembershipChange {
    /// Send this node the log without giving it a vote (thesis §4.2.1).
    AddLearner(NodeId),
    /// Give a learner a vote, as soon as it has caught up.
    Promote(NodeId),
    /// Take a voter or a learner out.
    Remove(NodeId),
    /// Go over to these members in one joint change (§6).
    Replace {
        /// Who votes then.
        voters: Arc<[NodeId]>,
        /// Who gets the log without a vote then.
        learners: Arc<[NodeId]>,
    },
}

/// One thing that happens to a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input<P: Protocol> {
    /// The node is up: the first input of every life.
    Start,
    /// A message arrived.
    Receive(Envelope<P::Message>),
    /// A timer that was armed fired. A stale firing is the host's to drop.
    Timer(P::Timer),
    /// The random value asked for by [`crate::Effect::Draw`].
    Drawn {
        /// What it was asked for.
        purpose: P::Purpose,
        /// Uniform over all 64-bit values.
        value: u64,
    },
    /// A durable write is on disk. Writes complete in any order, and one survives a crash only when
    /// every write before it is stored, too.
    Stored(Token),
    /// A client calls.
    Call(Call),
    /// Clients call, and their calls reached the host together: to a Raft leader that is one write
    /// and one message to each follower, where [`Input::Call`] is one of each for each call. Else
    /// it is the same.
    Calls(Vec<Call>),
    /// The state machine carried out what [`crate::Effect::Apply`] asked for, or a part of it.
    /// Reports come in the order of positions and leave no command out.
    Applied(Applied),
    /// The state machine answered [`crate::Effect::Query`].
    Queried {
        /// Which call.
        call: CallId,
        /// What it answered.
        output: Output,
    },
    /// The state machine took the snapshot asked for.
    SnapshotTaken {
        /// Which.
        id: SnapshotId,
        /// Its whole length in bytes.
        len: u64,
    },
    /// A piece of a snapshot, as asked for.
    SnapshotRead {
        /// Which.
        id: SnapshotId,
        /// Where the piece begins, in bytes.
        offset: u64,
        /// The piece.
        bytes: Arc<[u8]>,
    },
    /// The state machine now stands as the snapshot says.
    SnapshotInstalled {
        /// Which.
        id: SnapshotId,
    },
    /// An operator's wish.
    Control(Control),
    /// The network says that a node cannot be reached for now; a hint, never a proof.
    Unreachable(NodeId),
}
