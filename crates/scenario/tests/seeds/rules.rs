//! Which rules the storms come to.

use scenario::consensus::Explain;
use scenario::consensus::almighty::AlmightyRule;
use scenario::consensus::raft::RaftRule;
use std::collections::BTreeSet;

/// From so many seeds on, rules that seldom decide are asked for, too.
const MANY: u64 = 10_000;

/// Raft's rules that no storm comes to, and why.
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

/// Rules of the oldest peer that no storm comes to, and why.
const NEVER_BY_AGE: &[(AlmightyRule, &str)] = &[
    (
        AlmightyRule::CallRepeated,
        "the host carries a call out at once",
    ),
    (
        AlmightyRule::CallsLost,
        "the host carries a call out at once",
    ),
    (
        AlmightyRule::OperatorCalls,
        "no storm tells a peer to call an election",
    ),
    (
        AlmightyRule::Malformed,
        "no correct peer sends such a message, and damage does not pass the checksum",
    ),
];

/// As [`SELDOM`].
const SELDOM_BY_AGE: &[(AlmightyRule, &str)] = &[
    (
        AlmightyRule::OlderThanLeader,
        "a peer that sought a leader again, and is older than the one that answers",
    ),
    (
        AlmightyRule::OlderPeerLives,
        "a leader that fell, came back and leads alone, while who followed it before still asks it",
    ),
];

/// Every rule of Raft decided something in one of so many storms, but for those that are listed.
pub(crate) fn assert_reached(rules: &BTreeSet<&'static str>, seeds: u64) {
    reached(RaftRule::ALL, NEVER, SELDOM, rules, seeds);
}

/// The same for the oldest peer.
pub(crate) fn assert_reached_by_age(rules: &BTreeSet<&'static str>, seeds: u64) {
    reached(AlmightyRule::ALL, NEVER_BY_AGE, SELDOM_BY_AGE, rules, seeds);
}

fn reached<R: Explain>(
    all: &[R],
    never: &[(R, &str)],
    seldom: &[(R, &str)],
    rules: &BTreeSet<&'static str>,
    seeds: u64,
) {
    let is_in =
        |list: &[(R, &str)], name: &str| list.iter().any(|(listed, _)| listed.name() == name);
    let names = all.iter().map(|rule| rule.name());
    let missing = names.filter(|name| {
        let excused = is_in(never, name) || (seeds < MANY && is_in(seldom, name));
        !excused && !rules.contains(name)
    });
    let missing: Vec<&str> = missing.collect();
    assert!(missing.is_empty(), "no storm came to {missing:?}");
    let names = never.iter().map(|(rule, _)| rule.name());
    let came: Vec<&str> = names.filter(|name| rules.contains(name)).collect();
    assert!(came.is_empty(), "some storm came to {came:?}");
}
