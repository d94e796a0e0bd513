//! What a scenario expects.

use crate::document::ProtocolName;
use crate::name::NodeName;
use crate::span::Span;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};
use simulator::{BreakerState, DropCause, Measures};

/// Something that must hold at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Expectation {
    /// Of which protocol; of each where it is left out.
    #[serde(default)]
    pub of: Option<ProtocolName>,
    /// When; at the end of the run where it is left out.
    #[serde(default)]
    pub at: Option<Span>,
    /// What.
    pub that: That,
}

/// A statement about a run at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum That {
    /// Exactly these nodes claim to lead.
    Leaders(Vec<NodeName>),
    /// Exactly one node claims to lead, and every running node follows it.
    OneLeader,
    /// All of these nodes run, one of them leads, and all of them follow it, whatever is the case
    /// outside of them. Where nodes have an age it is the oldest of them (A1, W2).
    CoreLeads(Vec<NodeName>),
    /// The writes that a node's log holds, in order.
    Log(Held),
    /// The writes that a node knows to be committed, in order.
    Committed(Held),
    /// The writes that a node's state machine holds, in order.
    Data(Held),
    /// What became of a client's write.
    Answer(Told),
    /// A measure lies within bounds.
    Measure(Bound),
    /// So many messages reached nobody, for one cause.
    Drops(Dropped),
    /// A rule decided something by now.
    Rule(Decided),
    /// These came true one after the other by now: each at or after the moment of the one before,
    /// a `rule` at the moment when it decides.
    InOrder(Vec<That>),
    /// Each of these nodes follows this leader, or leads itself where it is the leader.
    Follow(Followed),
    /// The peers that an oldest-peer node presumes alive, eldest first (A2, W4).
    Ledger(Known),
    /// These nodes stand in one election, or live under it: one id, or one term (A3).
    SameElection(Vec<NodeName>),
    /// These nodes hold one secret (A4).
    SameSecret(Vec<NodeName>),
    /// So many messages of one kind were sent between nodes by now.
    Sent(Sent),
    /// A client's breaker was in a state by now (F5).
    Breaker(Guarded),
    /// Clients backed off so often by now (F5).
    BackedOff(BackedOff),
    /// No check found anything broken.
    ChecksHold,
    /// The opposite.
    Not(Box<That>),
}

/// A node and the values that it must hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Which node.
    pub node: NodeName,
    /// The values, oldest first.
    pub values: Vec<u64>,
}

/// A write and what the client must have been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The value written; of several writes of one value, the last that was answered.
    pub value: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// A rule that must have decided something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The rule's name, such as `vote-refused/log-behind`.
    pub name: String,
    /// At which node; anywhere where it is left out.
    #[serde(default)]
    pub by: Option<NodeName>,
    /// About which node; about any where it is left out.
    #[serde(default)]
    pub about: Option<NodeName>,
}

/// Nodes and whom they follow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    /// Who follows.
    pub nodes: Vec<NodeName>,
    /// Whom; nobody where it is left out.
    #[serde(default)]
    pub leader: Option<NodeName>,
}

/// A node and whom it must presume alive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Whose ledger.
    pub node: NodeName,
    /// Who is presumed alive in it, eldest first.
    pub alive: Vec<NodeName>,
}

/// A kind of message, and how many must have been sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The kind, as a trace names it, such as `ping`.
    pub kind: String,
    /// Not fewer than this; at least one, so that no misspelt kind can hold.
    pub least: u64,
    /// Not more than this; no limit where it is left out.
    #[serde(default)]
    pub most: Option<u64>,
}

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The client was told that it is done.
    Done,
    /// The client was refused for good.
    Refused,
    /// The client was told nothing.
    Nothing,
}

/// A measure and its bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Which measure.
    pub name: Measure,
    /// Not less than this.
    #[serde(default)]
    pub least: u64,
    /// Not more than this; no limit where it is left out.
    #[serde(default)]
    pub most: Option<u64>,
}

/// A cause, and how many messages reached nobody for it, those to and from clients included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    /// Which cause.
    pub cause: DropCause,
    /// Not less than this.
    #[serde(default)]
    pub least: u64,
    /// Not more than this; no limit where it is left out.
    #[serde(default)]
    pub most: Option<u64>,
}

/// A state that a client's breaker must have come into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guarded {
    /// Which state.
    pub state: BreakerState,
    /// The client, from 1; any where it is left out.
    #[serde(default)]
    pub client: Option<u32>,
    /// The node that it guards against; any where it is left out.
    #[serde(default)]
    pub node: Option<NodeName>,
}

/// How often clients asked nobody for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackedOff {
    /// The client, from 1; all together where it is left out.
    #[serde(default)]
    pub client: Option<u32>,
    /// Not less often than this.
    #[serde(default)]
    pub least: u64,
    /// Not more often than this; no limit where it is left out.
    #[serde(default)]
    pub most: Option<u64>,
}

/// A measure by name; times are in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Time without a leader.
    LeaderlessMs,
    /// Time with two leaders or more.
    TwoClaimMs,
    /// How often a leader took over.
    LeaderChanges,
    /// Messages between nodes.
    Messages,
    /// Writes acknowledged.
    Acknowledged,
    /// Acknowledged writes lost.
    Lost,
    /// Acknowledged writes that one crash would lose.
    AtRisk,
    /// Elections called.
    Elections,
    /// Elections without a winner.
    FailedElections,
    /// Times that entries were taken out of a log.
    Truncations,
}

impl Measure {
    /// Its value.
    #[must_use]
    pub const fn of(self, measures: &Measures) -> u64 {
        match self {
            Self::LeaderlessMs => measures.leaderless.0 / 1_000,
            Self::TwoClaimMs => measures.two_claim.0 / 1_000,
            Self::LeaderChanges => measures.leader_changes,
            Self::Messages => measures.messages,
            Self::Acknowledged => measures.acknowledged,
            Self::Lost => measures.lost,
            Self::AtRisk => measures.at_risk,
            Self::Elections => measures.elections,
            Self::FailedElections => measures.failed_elections,
            Self::Truncations => measures.truncations,
        }
    }
}
