//! What nodes tell checks and history: one closed vocabulary for every protocol.

use crate::node::{Incarnation, NodeId};
use crate::time::Micros;
use alloc::sync::Arc;
use serde::{Deserialize, Serialize};

/// What a node is in its cluster at the moment.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Follows, or waits to hear of a leader.
    #[default]
    Follower,
    /// Stands for election, or asks first whether it could win one (Raft's pre-vote). An
    /// oldest-peer node is a candidate while an election that it takes part in is open.
    Candidate,
    /// Leads.
    Leader,
}

/// By what right a leader leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mandate {
    /// A Raft term; 0 before the first election.
    Term(u64),
    /// An oldest-peer election (A3, A18), or a WaterCraft host's reign, which nobody elects: the
    /// later pair is the later one.
    Election {
        /// The time at which it was called, by its caller's wall clock; a WaterCraft reign's
        /// number. 0 before the first.
        at: Micros,
        /// Who called it; a WaterCraft reign's host.
        caller: NodeId,
    },
}

/// One leader's rule: its mandate, and who holds it. Two winners of one election are two reigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reign {
    /// By what right.
    pub mandate: Mandate,
    /// Who leads, where that is known.
    pub leader: Option<NodeId>,
}

/// Something that a node reports of itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Observation {
    /// Its role or mandate changed to this.
    Role {
        /// What it is now.
        role: Role,
        /// Under which mandate.
        mandate: Mandate,
    },
    /// It now believes this node to lead (or none).
    Follows(Reign),
    /// It called an election.
    ElectionCalled(Mandate),
    /// It gave its vote; for Raft, durable before anybody is told.
    Voted {
        /// The term that the vote is for.
        term: u64,
        /// Who gets it.
        candidate: NodeId,
    },
    /// An election ran out without a winner and is followed by another (Raft's split vote).
    ElectionFailed(Mandate),
    /// An entry was put at the end of its log.
    Appended {
        /// Its position, from 1.
        index: u64,
        /// The term in which a leader made it.
        term: u64,
        /// The running digest of the log up to and including it.
        digest: u64,
    },
    /// These are the members that it works with from now on (Raft §6).
    Members {
        /// The position of the entry that says so; 0 where it was told when it booted.
        index: u64,
        /// Those who vote. While a joint change runs, the new set.
        voters: Arc<[NodeId]>,
        /// While a joint change runs, the old set of voters; empty otherwise.
        outgoing: Arc<[NodeId]>,
        /// Those who get the log and decide nothing.
        learners: Arc<[NodeId]>,
    },
    /// All entries from this position on were taken out of its log.
    Truncated {
        /// The first position taken out.
        from: u64,
    },
    /// A snapshot took the place of its log up to and including this entry (Raft §7). A log that
    /// holds that entry is kept behind it; any other is dropped whole, and goes on from there.
    SnapshotInstalled {
        /// The last position that the snapshot stands for.
        index: u64,
        /// The term of the entry there.
        term: u64,
        /// The running digest of the log up to and including it.
        digest: u64,
    },
    /// It let go of its log up to and including this entry, for which a snapshot stands.
    Compacted {
        /// The position.
        index: u64,
    },
    /// Its log is committed up to and including this entry.
    Committed {
        /// The position.
        index: u64,
        /// The entry's term.
        term: u64,
        /// The running digest of the log up to and including it.
        digest: u64,
    },
    /// It took an identity (A1, W2): what its age is counted from.
    Identified {
        /// Which of its lives.
        incarnation: Incarnation,
        /// The stamp; in WaterCraft the admission number.
        joined: Micros,
    },
    /// An election id was closed for good (A19).
    ElectionClosed(Mandate),
    /// It made the secret of its reign, or took over its leader's (A4, A8).
    Secret {
        /// By what right the leader leads.
        mandate: Mandate,
        /// Who leads.
        leader: NodeId,
        /// In which of its lives.
        incarnation: Incarnation,
        /// How often the secret was rotated in this reign before.
        turn: u32,
        /// The secret's digest; equal secrets have equal ones.
        digest: u64,
    },
    /// A leader met another and sent it a face-off (A10).
    FaceOff {
        /// The other leader.
        with: NodeId,
    },
    /// It merged a ledger (A20), or another host's list (W10), into its own.
    Merged {
        /// From whom.
        from: NodeId,
        /// How many entries were new or newer.
        changed: u32,
    },
    /// It found its leader dead (A17), or unreachable (W6).
    LeaderFoundDead {
        /// The leader.
        leader: NodeId,
    },
    /// Its leader answered with a wrong or missing secret (A5), or in a later life (W10).
    LeaderFoundResurrected {
        /// The leader.
        leader: NodeId,
    },
}
