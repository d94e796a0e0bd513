//! A snapshot stands for one place in the log, and the log goes only when it is safe.

use super::*;
use consensus::raft::{Entry, EntryContent, RaftRule, RaftTimer};
use consensus::{Applied, Micros, Observation, Output};

#[test]
fn it_is_taken_when_all_that_was_handed_over_is_applied_and_nothing_more() {
    let mut bench = set_up(3, settings(), RaftDurable::default());
    bench.instant_machine = false;
    let done = bench.give(append(B, 1, LogPosition::ZERO, &[1, 1, 1], 2));
    assert_eq!(asks(&done), [("apply", 1), ("apply", 2)]);
    let done = bench.give(wish());
    assert!(said(&done, RaftRule::SnapshotAwaited));
    assert_eq!(asks(&done), []);
    let done = bench.give(append(B, 1, at(3, 1), &[], 3));
    assert_eq!((committed(&bench), asks(&done)), (3, vec![]));
    let applied = |index| Input::Applied(Applied::one(index, Output::EMPTY));
    assert_eq!(asks(&bench.give(applied(1))), []);
    let done = bench.give(applied(2));
    assert!(said(&done, RaftRule::SnapshotTaken));
    assert_eq!(asks(&done), [("take", 2), ("apply", 3)]);
}

#[test]
fn the_log_stays_until_the_disk_names_the_snapshot() {
    let mut bench = follower(5);
    bench.instant_disk = false;
    assert_eq!(asks(&bench.give(wish())), [("take", 5)]);
    let done = bench.give(taken(5, 9));
    assert_eq!(named(&done).len(), 1);
    assert_eq!((log(&bench).len(), bench.durable.log.len()), (5, 5));
    let done = store(&mut bench, &done);
    assert!(said(&done, RaftRule::LogCompacted));
    assert!(observed(&done).contains(&Observation::Compacted { index: 5 }));
    assert_eq!(asks(&done), [("forget", 5)]);
    assert_eq!((log(&bench).len(), committed(&bench)), (0, 5));
    // What follows the snapshot follows it in the log.
    bench.instant_disk = true;
    let done = bench.give(append(B, 1, at(5, 1), &[1], 6));
    assert!(says_matched(&done, 6));
    assert_eq!(asks(&done), [("apply", 6)]);
}

/// The cluster's time travels in the table of sessions, also where nobody has one: whoever leads
/// with an empty log behind a snapshot stamps its first entry by it.
#[test]
fn it_holds_the_clusters_time_with_sessions_and_without() {
    for sessions in [true, false] {
        let settings = RaftSettings {
            sessions,
            entries_kept: 0,
            ..RaftSettings::paper()
        };
        let mut bench = set_up(3, settings, RaftDurable::default());
        let late = Entry::new(Term(1), Micros::from_secs(100), EntryContent::NoOp);
        bench.give(append_of(B, 1, LogPosition::ZERO, vec![late], 1));
        bench.give(wish());
        bench.give(taken(1, 9));
        bench.give(Input::Timer(RaftTimer::Election));
        bench.give(vote(B, 2, true));
        bench.give(call(1));
        let log = bench.node.inspect().log;
        let first = log.first().expect("its own entry");
        assert!(first.at >= Micros::from_secs(100), "{sessions}: {first:?}");
    }
}

#[test]
fn it_says_what_it_stands_for() {
    let mut bench = follower(4);
    let digest = bench.node.inspect().log.last().expect("four").digest;
    let change = vec![membership(1, voters(&[A, B]))];
    bench.give(append_of(B, 1, at(4, 1), change, 5));
    let change = vec![membership(1, voters(&[A, B, D]))];
    bench.give(append_of(B, 1, at(5, 1), change, 5));
    bench.give(wish());
    let (record, start) = named(&bench.give(taken(5, 9))).remove(0);
    assert_eq!((record.snapshot.last, record.len), (at(5, 1), 9));
    assert_eq!((record.id(), start), (SnapshotId(5), 5));
    assert_ne!(record.snapshot.digest, digest, "the digest of entry 5");
    assert_eq!(
        record.snapshot.digest,
        bench.durable.log.digest_at(LogIndex(5)).expect("start")
    );
    let then = record.snapshot.configuration;
    assert_eq!(then, voters(&[A, B]), "in force at entry 5, not later");
}

#[test]
fn a_few_entries_stay_for_followers_that_are_a_little_behind() {
    let keep = |entries_kept| {
        let settings = RaftSettings {
            entries_kept,
            ..settings()
        };
        let mut bench = set_up(3, settings, RaftDurable::default());
        bench.give(append(B, 1, LogPosition::ZERO, &[1; 5], 5));
        bench.give(wish());
        bench.give(taken(5, 9));
        (log(&bench).len(), bench.durable.log.len())
    };
    assert_eq!([keep(0), keep(2), keep(9)], [(0, 0), (2, 2), (5, 5)]);
}

#[test]
fn one_at_a_time_and_none_without_need() {
    let mut bench = follower(0);
    assert!(said(&bench.give(wish()), RaftRule::SnapshotNotNeeded));
    let mut bench = follower(3);
    assert_eq!(asks(&bench.give(wish())), [("take", 3)]);
    let done = bench.give(wish());
    assert!(said(&done, RaftRule::SnapshotUnderWay));
    assert_eq!(asks(&done), []);
    assert!(bench.give(taken(2, 9)).is_empty(), "nobody asked for that");
    bench.give(taken(3, 9));
    assert!(bench.give(taken(3, 9)).is_empty(), "it is done");
    let done = bench.give(wish());
    assert!(said(&done, RaftRule::SnapshotNotNeeded));
    assert_eq!(asks(&done), []);
    bench.give(append(B, 1, at(3, 1), &[1], 4));
    assert_eq!(asks(&bench.give(wish())), [("take", 4)]);
    assert_eq!(asks(&bench.give(taken(4, 9))), [("forget", 4)]);
}

#[test]
fn every_role_takes_its_own() {
    let mut bench = set_up(3, settings(), RaftDurable::default());
    elect(&mut bench, 3, 1);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    assert_eq!(asks(&bench.give(wish())), [("take", 1)]);
    let mut bench = follower(2);
    bench.give(Input::Timer(consensus::raft::RaftTimer::Election));
    assert_eq!(asks(&bench.give(wish())), [("take", 2)]);
}

/// The configuration travels in the snapshot (§7), so it has to be known.
#[test]
fn a_newcomer_takes_none_of_a_place_where_it_knows_of_no_voter() {
    let mut bench = set_up(0, settings(), RaftDurable::default());
    bench.give(append(B, 1, LogPosition::ZERO, &[1, 1, 1], 2));
    let done = bench.give(wish());
    assert!(said(&done, RaftRule::SnapshotTooEarly));
    assert_eq!(asks(&done), []);
    let change = vec![membership(1, voters(&[A, B]))];
    bench.give(append_of(B, 1, at(3, 1), change, 4));
    assert_eq!(asks(&bench.give(wish())), [("take", 4)]);
}
