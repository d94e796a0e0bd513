//! The mutants of Raft.

use super::water::{raft as water, storm_of_founders, storm_without_calls};
use super::{Catcher, Exhibit};
use crate::mutant::Mutant;
use consensus::raft::Mutant as M;
use simulator::Property;

pub(super) const EXHIBITS: &[Exhibit] = &[
    Exhibit {
        mutant: Mutant::Raft(M::VoteNotPersisted),
        breaks: "A vote is given before it is on the disk, and never put there (R3; figure 2, persistent state).",
        catcher: Catcher::Check(Property::OneVotePerTerm),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-vote-not-persisted.json"),
        water: water::two_stand,
    },
    Exhibit {
        mutant: Mutant::Raft(M::MajorityOfReachable),
        breaks: "A majority of those that answer is enough, to win and to commit (R4).",
        catcher: Catcher::Check(Property::ElectionSafety),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-majority-of-reachable.json"),
        water: storm_without_calls,
    },
    Exhibit {
        mutant: Mutant::Raft(M::OldTermCommitted),
        breaks: "A leader commits entries of earlier terms by counting (§5.4.2).",
        catcher: Catcher::Check(Property::LeaderCompleteness),
        seeds: 10,
        counterexample: include_str!("../../mutants/raft-old-term-committed.json"),
        water: water::leaders_fall,
    },
    Exhibit {
        mutant: Mutant::Raft(M::LogNotChecked),
        breaks: "A vote is given whatever the candidate's log holds (§5.4.1).",
        catcher: Catcher::Check(Property::LeaderCompleteness),
        seeds: 10,
        counterexample: include_str!("../../mutants/raft-log-not-checked.json"),
        water: storm_of_founders,
    },
    Exhibit {
        mutant: Mutant::Raft(M::LearnerCounted),
        breaks: "What a learner holds counts towards a majority of the voters (thesis §4.2.1).",
        catcher: Catcher::Check(Property::CommittedIsDurable),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-learner-counted.json"),
        water: water::leader_beside_newcomers,
    },
    Exhibit {
        mutant: Mutant::Raft(M::JointLeftEarly),
        breaks: "A leader ends a joint change before the joint configuration is committed (§6).",
        catcher: Catcher::Check(Property::LeaderCompleteness),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-joint-left-early.json"),
        water: water::leader_goes_over_to_newcomers,
    },
    Exhibit {
        mutant: Mutant::Raft(M::ProgressNotSessionIsolated),
        breaks: "A leader takes an answer for its follower's, whichever of its books it was written on.",
        catcher: Catcher::Expectation,
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-progress-not-session-isolated.json"),
        water: water::learner_returns_empty,
    },
    Exhibit {
        mutant: Mutant::Raft(M::AckBeforeFsync),
        breaks: "A follower says that it holds entries before its disk does (figure 2).",
        catcher: Catcher::Check(Property::CommittedIsDurable),
        seeds: 10,
        counterexample: include_str!("../../mutants/raft-ack-before-fsync.json"),
        water: storm_of_founders,
    },
    Exhibit {
        mutant: Mutant::Raft(M::CommittedTruncated),
        breaks: "A follower keeps nothing behind the entries of an append, whether they contradict it or not, and whether it is committed or not (§5.3).",
        catcher: Catcher::Check(Property::CommittedIsDurable),
        seeds: 20,
        counterexample: include_str!("../../mutants/raft-committed-truncated.json"),
        water: storm_of_founders,
    },
    Exhibit {
        mutant: Mutant::Raft(M::TwoVotes),
        breaks: "A vote is given to everybody who asks (§5.2).",
        catcher: Catcher::Check(Property::OneVotePerTerm),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-two-votes.json"),
        water: storm_of_founders,
    },
    Exhibit {
        mutant: Mutant::Raft(M::StaleLeaseRead),
        breaks: "A leader serves reads by its lease however long ago it was answered (thesis §6.4.1).",
        catcher: Catcher::Check(Property::NoStaleRead),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-stale-lease-read.json"),
        water: water::leader_cut_off_with_its_lease,
    },
    Exhibit {
        mutant: Mutant::Raft(M::SessionsNotInSnapshot),
        breaks: "A snapshot leaves the clients' sessions out (§8).",
        catcher: Catcher::Check(Property::ExactlyOnce),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-sessions-not-in-snapshot.json"),
        water: water::leaders_and_snapshots,
    },
    Exhibit {
        mutant: Mutant::Raft(M::AnsweredBeforeCommit),
        breaks: "A leader answers a write as soon as its entry is in its log (§5.3).",
        catcher: Catcher::Check(Property::NoAcknowledgedWriteLost),
        seeds: 5,
        counterexample: include_str!("../../mutants/raft-answered-before-commit.json"),
        water: storm_of_founders,
    },
    Exhibit {
        mutant: Mutant::Raft(M::ReadNotConfirmed),
        breaks: "A leader answers a read without making sure that it still leads (thesis §6.4).",
        catcher: Catcher::Check(Property::Linearizable),
        seeds: 10,
        counterexample: include_str!("../../mutants/raft-read-not-confirmed.json"),
        water: water::leader_cut_off_amid_a_write,
    },
];
