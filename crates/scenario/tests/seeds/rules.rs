//! Which of Raft's rules the storms come to.

use scenario::consensus::Explain;
use scenario::consensus::raft::RaftRule;
use std::collections::BTreeSet;

/// From so many seeds on, rules that seldom decide are asked for, too.
const MANY: u64 = 10_000;

/// Rules that no storm comes to, and why.
const NEVER: &[(RaftRule, &str)] = &[
    (
        RaftRule::IgnoredMalformed,
        "no correct server sends such a message, and damage does not pass the checksum",
    ),
    (
        RaftRule::TransferNotLeading,
        "hand-overs are asked of whoever leads",
    ),
    (
        RaftRule::ChangeRefusedNotLeading,
        "changes are asked of whoever leads",
    ),
    (
        RaftRule::SnapshotAwaited,
        "the host applies and answers at once",
    ),
    (
        RaftRule::SnapshotUnderWay,
        "the host takes and installs snapshots at once",
    ),
    (
        RaftRule::SnapshotBeforeElection,
        "the host takes and installs snapshots at once",
    ),
    (
        RaftRule::SnapshotPieceOld,
        "a leader gives up a snapshot half sent only where its follower has what it stands for",
    ),
    (
        RaftRule::IgnoredOtherCluster,
        "all nodes are of one cluster, and no damage passes the checksum in this way",
    ),
    (
        RaftRule::IgnoredMisaddressed,
        "no damage passes the checksum in this way",
    ),
    (
        RaftRule::IgnoredSecondLeader,
        "it takes a server that breaks a rule",
    ),
    (
        RaftRule::IgnoredContradiction,
        "it takes a server that breaks a rule",
    ),
];

/// Rules that decide in fewer than three of a hundred storms, and what has to come together.
const SELDOM: &[(RaftRule, &str)] = &[
    (
        RaftRule::AnswerOtherSession,
        "taken out and back within one term, while an answer is on its way",
    ),
    (
        RaftRule::AppendRefusedMismatch,
        "an append that begins in the middle of what another leader left",
    ),
    (
        RaftRule::CallRefusedOutOfDate,
        "a call that comes again when its session is further on",
    ),
    (
        RaftRule::ChangeRefusedHandingOver,
        "a change and a hand-over asked for in one breath",
    ),
    (
        RaftRule::ChangeRefusedNoVoters,
        "the last voter asked to go",
    ),
    (
        RaftRule::CommandOutOfDate,
        "a call that was overtaken twice in its own session",
    ),
    (
        RaftRule::ReadIndexUnknown,
        "a follower's read that reaches a leader before its reign has committed anything",
    ),
    (
        RaftRule::SnapshotFellBack,
        "a crash between two snapshots, and a disk that lost the later one",
    ),
    (
        RaftRule::SnapshotKnown,
        "a snapshot doubled, or late, of what came by itself meanwhile",
    ),
];

fn is_in(list: &[(RaftRule, &str)], rule: RaftRule) -> bool {
    list.iter().any(|(listed, _)| *listed == rule)
}

/// Every rule decided something in one of so many storms, but for those that are listed.
pub(crate) fn assert_reached(rules: &BTreeSet<&'static str>, seeds: u64) {
    let missing = RaftRule::ALL.iter().filter(|rule| {
        let excused = is_in(NEVER, **rule) || (seeds < MANY && is_in(SELDOM, **rule));
        !excused && !rules.contains(rule.name())
    });
    let missing: Vec<&str> = missing.map(|rule| rule.name()).collect();
    assert!(missing.is_empty(), "no storm came to {missing:?}");
    let reached = NEVER.iter().filter(|(rule, _)| rules.contains(rule.name()));
    let reached: Vec<&str> = reached.map(|(rule, _)| rule.name()).collect();
    assert!(reached.is_empty(), "some storm came to {reached:?}");
}
