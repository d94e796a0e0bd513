//! What a crash leaves: the old snapshot and the whole log, or the new one and what follows it.

use super::*;
use consensus::raft::{RaftRule, RaftTimer};
use consensus::{Durable, Observation, Role};

#[test]
fn the_state_machine_is_brought_back_before_anything_is_applied() {
    let mut durable = disk_behind(5);
    durable.log.push(entries(&[1; 6]).remove(5));
    let mut bench = crate::support::Bench::new(boot(A, 3, durable, settings()));
    let done = bench.give(Input::Start);
    assert_eq!(asks(&done), [("restore", 5)]);
    let seen = observed(&done);
    let known = |it: &Observation| {
        matches!(
            it,
            Observation::Committed {
                index: 5,
                term: 1,
                ..
            }
        )
    };
    assert!(seen.iter().any(known), "what it stands for is committed");
    assert_eq!(committed(&bench), 5);
    let done = bench.give(append(B, 1, at(6, 1), &[], 6));
    assert_eq!((committed(&bench), asks(&done)), (6, vec![]));
    assert!(bench.give(installed(4)).is_empty(), "that is another one");
    let done = bench.give(installed(5));
    assert!(said(&done, RaftRule::SnapshotRestored));
    assert_eq!(asks(&done), [("apply", 6)]);
    assert!(bench.give(installed(5)).is_empty(), "it is done");
}

#[test]
fn without_a_snapshot_nothing_is_brought_back() {
    let mut bench = crate::support::Bench::new(boot(A, 3, disk_of(&[1, 1]), settings()));
    assert_eq!(asks(&bench.give(Input::Start)), []);
}

#[test]
fn a_crash_before_the_disk_names_it_leaves_the_whole_log() {
    let mut bench = follower(5);
    bench.instant_disk = false;
    bench.give(wish());
    bench.give(taken(5, 9));
    let back = set_up(3, settings(), bench.durable.clone());
    assert_eq!((log(&back).len(), committed(&back)), (5, 0));
}

#[test]
fn it_goes_on_as_the_server_that_it_was() {
    let mut bench = set_up(3, settings(), disk_behind(5));
    assert!(says_matched(
        &bench.give(append(B, 1, at(5, 1), &[1], 5)),
        6
    ));
    assert_eq!(
        voted(&bench.give(vote_request(C, 2, at(5, 1)))),
        Some((2, false))
    );
    // Its last entry may be the one that the snapshot stands for.
    let mut bench = set_up(3, settings(), disk_behind(5));
    assert_eq!(
        voted(&bench.give(vote_request(C, 2, at(4, 1)))),
        Some((2, false))
    );
    assert_eq!(
        voted(&bench.give(vote_request(B, 2, at(5, 1)))),
        Some((2, true))
    );
    let mut bench = set_up(3, settings(), disk_behind(5));
    bench.give(Input::Timer(RaftTimer::Election));
    bench.give(vote(B, 2, true));
    assert_eq!(bench.node.inspect().role, Role::Leader);
    bench.give(call(6));
    assert_eq!(log(&bench), [2]);
}

#[test]
fn the_configuration_comes_back_with_it() {
    let mut bench = follower(1);
    let change = vec![membership(1, voters(&[A, B]))];
    bench.give(append_of(B, 1, at(1, 1), change, 2));
    bench.give(wish());
    bench.give(taken(2, 9));
    assert!(bench.durable.log.is_empty());
    let back = set_up(3, settings(), bench.durable.clone());
    assert_eq!(back.node.inspect().members.voters, [A, B]);
    assert_eq!(back.node.inspect().quorum, 2);
}

#[test]
fn what_a_snapshot_stands_for_is_held() {
    let durable = disk_behind(3);
    assert!(durable.holds(3, command(3).call));
    assert!(!durable.holds(4, command(4).call));
    assert!(!durable.holds(0, command(0).call));
}

#[test]
fn a_write_of_a_snapshot_says_what_stands_on_the_disk() {
    let durable = disk_behind(3);
    let record = durable.snapshot.clone().expect("it was taken");
    let summary = consensus::WriteSummary::Snapshot {
        index: 3,
        term: 1,
        digest: record.snapshot.digest,
        start: 3,
    };
    assert_eq!(summary.kind(), "snapshot");
    assert!(durable.summaries().contains(&summary));
    let write = RaftWrite::Snapshot {
        record,
        start: LogIndex(3),
    };
    assert_eq!(durable.describe(&write), summary);
    assert_eq!(RaftDurable::tear(&write, 1), None, "whole or not at all");
}

/// Equal histories have equal digests, whether a snapshot has taken the place of some or not.
#[test]
fn the_digest_runs_on() {
    let (mut whole, mut compacted) = (follower(5), follower(5));
    compacted.give(wish());
    compacted.give(taken(5, 9));
    for bench in [&mut whole, &mut compacted] {
        bench.give(append(B, 1, at(5, 1), &[1, 1], 7));
    }
    assert_eq!(whole.durable.log.digest(), compacted.durable.log.digest());
    assert_ne!(whole.durable.log, compacted.durable.log);
    assert_ne!(
        whole.node.inspect().log.len(),
        compacted.node.inspect().log.len()
    );
    let other = Raft::boot(consensus::Boot {
        durable: compacted.durable,
        node: A,
        cluster: consensus::ClusterId(0),
        incarnation: consensus::Incarnation(2),
        members: vec![A, B, C],
        settings: settings(),
    });
    assert_eq!(other.inspect().committed, 5);
}

/// §7: the entry that it ends with is checked like one in the log, and what it stands for counts
/// as held.
#[test]
fn an_append_that_begins_before_its_end_is_checked_from_there_on() {
    let revived = || set_up(3, settings(), disk_behind(5));
    let mut bench = revived();
    let done = bench.give(append(B, 1, at(3, 1), &[1; 4], 0));
    assert!(says_matched(&done, 7));
    assert_eq!((log(&bench), committed(&bench)), (vec![1, 1], 5));
    let mut bench = revived();
    let done = bench.give(append(B, 1, at(2, 1), &[1], 0));
    assert!(says_matched(&done, 3), "all of it is older");
    assert_eq!(log(&bench).len(), 0);
    let done = bench.give(append(B, 1, at(6, 1), &[1], 0));
    let gap = consensus::raft::AppendOutcome::Differs {
        at: LogIndex(6),
        agree: at(5, 1),
    };
    assert_eq!(outcome(&done), Some(gap));
    let done = bench.give(append(B, 2, at(5, 2), &[2], 0));
    assert!(said(&done, RaftRule::IgnoredContradiction));
    assert_eq!(log(&bench).len(), 0);
}

/// What a server that restarts from its snapshot up to 3 does with command 2, should it be in the
/// log once more.
fn repeated_behind_a_snapshot(settings: RaftSettings) -> Done {
    let mut bench = set_up(3, settings.clone(), RaftDurable::default());
    bench.give(append(B, 1, LogPosition::ZERO, &[1; 3], 3));
    bench.give(wish());
    bench.give(taken(3, 9));
    let mut back = set_up(3, settings, bench.durable);
    back.give(installed(3));
    let again = entries(&[1; 2]).remove(1);
    back.give(append_of(B, 1, at(3, 1), vec![again], 4))
}

/// §8: what was executed once must not be executed again, wherever the log begins.
#[test]
fn the_sessions_come_back_with_it() {
    let done = repeated_behind_a_snapshot(settings());
    assert!(said(&done, RaftRule::CommandRepeated));
    assert_eq!(asks(&done), []);
}

#[cfg(feature = "mutants")]
#[test]
fn without_the_sessions_it_would_be_executed_twice() {
    let broken = RaftSettings {
        mutant: Some(consensus::raft::Mutant::SessionsNotInSnapshot),
        ..settings()
    };
    let done = repeated_behind_a_snapshot(broken);
    assert_eq!(asks(&done), [("apply", 4)]);
}
