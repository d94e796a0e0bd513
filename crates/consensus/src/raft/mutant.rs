//! Rule-breakers: a server that ignores one rule of Raft, to prove that a check notices.

use super::settings::RaftSettings;
#[cfg(feature = "mutants")]
use serde::{Deserialize, Serialize};

/// A rule that a server breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "mutants",
    derive(Serialize, Deserialize),
    serde(rename_all = "kebab-case")
)]
#[cfg_attr(not(feature = "mutants"), allow(unreachable_pub))]
pub enum Mutant {
    /// A vote is given before it is on the disk, and never put there (R3; figure 2, persistent
    /// state). Broken by it: one vote per term.
    VoteNotPersisted,
    /// A majority of those that answer is enough, to win and to commit (R4). Broken by it:
    /// Election Safety.
    MajorityOfReachable,
    /// A leader commits entries of earlier terms by counting (§5.4.2). Broken by it: Leader
    /// Completeness.
    OldTermCommitted,
    /// A vote is given whatever the candidate's log holds (§5.4.1). Broken by it: Leader
    /// Completeness.
    LogNotChecked,
    /// What a learner holds counts towards a majority of the voters (thesis §4.2.1). Broken by it:
    /// committed is durable on a quorum.
    LearnerCounted,
    /// A leader ends a joint change before the joint configuration is committed (§6). Broken by it:
    /// Leader Completeness.
    JointLeftEarly,
    /// A leader takes an answer for its follower's, whichever of its books it was written on.
    /// Broken by it: a member that was taken out and added again gets the log in the end.
    ProgressNotSessionIsolated,
    /// A follower says that it holds entries before its disk does (figure 2). Broken by it:
    /// committed is durable on a quorum.
    AckBeforeFsync,
    /// A follower keeps nothing behind the entries of an append, whether they contradict it or
    /// not, and whether it is committed or not (§5.3). Broken by it: committed is durable on a
    /// quorum.
    CommittedTruncated,
    /// A vote is given to everybody who asks (§5.2). Broken by it: one vote per term.
    TwoVotes,
    /// A leader serves reads by its lease however long ago it was answered (thesis §6.4.1). Broken
    /// by it: no stale read.
    StaleLeaseRead,
    /// A snapshot leaves the clients' sessions out (§8). Broken by it: writes take effect once.
    SessionsNotInSnapshot,
    /// A leader answers a write as soon as its entry is in its log (§5.3). Broken by it: no
    /// acknowledged write lost.
    AnsweredBeforeCommit,
    /// A leader answers a read without making sure that it still leads (thesis §6.4). Broken by
    /// it: linearizability.
    ReadNotConfirmed,
}

#[cfg(feature = "mutants")]
impl Mutant {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::VoteNotPersisted,
        Self::MajorityOfReachable,
        Self::OldTermCommitted,
        Self::LogNotChecked,
        Self::LearnerCounted,
        Self::JointLeftEarly,
        Self::ProgressNotSessionIsolated,
        Self::AckBeforeFsync,
        Self::CommittedTruncated,
        Self::TwoVotes,
        Self::StaleLeaseRead,
        Self::SessionsNotInSnapshot,
        Self::AnsweredBeforeCommit,
        Self::ReadNotConfirmed,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VoteNotPersisted => "vote-not-persisted",
            Self::MajorityOfReachable => "majority-of-reachable",
            Self::OldTermCommitted => "old-term-committed",
            Self::LogNotChecked => "log-not-checked",
            Self::LearnerCounted => "learner-counted",
            Self::JointLeftEarly => "joint-left-early",
            Self::ProgressNotSessionIsolated => "progress-not-session-isolated",
            Self::AckBeforeFsync => "ack-before-fsync",
            Self::CommittedTruncated => "committed-truncated",
            Self::TwoVotes => "two-votes",
            Self::StaleLeaseRead => "stale-lease-read",
            Self::SessionsNotInSnapshot => "sessions-not-in-snapshot",
            Self::AnsweredBeforeCommit => "answered-before-commit",
            Self::ReadNotConfirmed => "read-not-confirmed",
        }
    }
}

impl RaftSettings {
    /// Whether a server is to break this rule. Without the `mutants` feature none ever does.
    #[inline]
    pub(super) fn breaks(&self, rule: Mutant) -> bool {
        #[cfg(feature = "mutants")]
        return self.mutant == Some(rule);
        #[cfg(not(feature = "mutants"))]
        {
            let _ = rule;
            false
        }
    }
}
