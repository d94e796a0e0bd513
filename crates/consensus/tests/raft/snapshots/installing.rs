//! A follower that is too far behind takes the leader's snapshot (§7, InstallSnapshot).

use super::*;
use SnapshotOutcome::{Installed, Received};
use consensus::raft::{RaftRule, RaftTimer};
use consensus::{Micros, Observation};

/// Gives the whole snapshot, in three pieces.
fn give_all(bench: &mut Bench<Raft>, snapshot: &Snapshot) -> Done {
    let pieces = [(0, 4), (4, 4), (8, 2)];
    let done = pieces.map(|(offset, len)| bench.give(piece(snapshot, offset, len)));
    done.into_iter().flatten().collect()
}

#[test]
fn it_is_collected_kept_named_and_then_answered() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    let done = give_all(&mut bench, &snapshot);
    assert_eq!(outcomes(&done), [Received(4), Received(8), Received(10)]);
    let whole = done.iter().find_map(|effect| match effect {
        Effect::InstallSnapshot { id, bytes } => Some((*id, bytes.clone())),
        _ => None,
    });
    assert_eq!(whole, Some((SnapshotId(5), BYTES.into())));
    assert_eq!(committed(&bench), 2, "the host has not kept it yet");
    bench.instant_disk = false;
    let done = bench.give(installed(5));
    assert!(said(&done, RaftRule::SnapshotInstalled));
    assert_eq!(named(&done)[0].0.snapshot, snapshot);
    assert_eq!(outcomes(&done), [], "the disk does not name it yet");
    let done = store(&mut bench, &done);
    assert_eq!(outcomes(&done), [Installed]);
    assert_eq!((log(&bench).len(), committed(&bench)), (0, 5));
    let done = bench.give(append(B, 1, at(5, 1), &[1], 6));
    assert_eq!(asks(&done), [("apply", 6)], "nothing before it");
}

#[test]
fn pieces_come_doubled_overtaken_and_late_and_do_no_harm() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    for (offset, len, received) in [
        (4, 4, 0),
        (0, 4, 4),
        (0, 4, 4),
        (8, 2, 4),
        (4, 4, 8),
        (4, 4, 8),
    ] {
        let done = bench.give(piece(&snapshot, offset, len));
        assert_eq!(outcomes(&done), [Received(received)], "{offset}");
    }
    let done = bench.give(piece(&snapshot, 8, 2));
    assert_eq!(asks(&done), [("install", 5)]);
    let done = bench.give(piece(&snapshot, 8, 2));
    assert!(said(&done, RaftRule::SnapshotUnderWay));
    assert_eq!((asks(&done), outcomes(&done)), (vec![], vec![]));
    bench.give(installed(5));
    let done = bench.give(piece(&snapshot, 0, 4));
    assert!(said(&done, RaftRule::SnapshotKnown));
    assert_eq!(outcomes(&done), [Installed], "its answer was lost, perhaps");
}

#[test]
fn an_empty_piece_asks_how_far_it_is() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    bench.give(piece(&snapshot, 0, 4));
    let done = bench.give(piece(&snapshot, 10, 0));
    assert_eq!(outcomes(&done), [Received(4)]);
}

/// §7: a log that the snapshot stands for a part of keeps what comes after that part.
#[test]
fn a_log_that_holds_its_last_entry_keeps_what_follows() {
    let snapshot = snapshot(5);
    let mut bench = set_up(3, settings(), RaftDurable::default());
    bench.give(append(B, 1, LogPosition::ZERO, &[1; 7], 2));
    let done = bench.give(piece(&snapshot, 0, 4));
    assert!(said(&done, RaftRule::SnapshotKnown));
    assert_eq!(outcomes(&done), [Installed]);
    assert_eq!((log(&bench).len(), committed(&bench)), (7, 5));
    assert_eq!(asks(&done), [("apply", 3), ("apply", 4), ("apply", 5)]);
}

/// §7: a log without the snapshot's last entry has nothing that need be kept, and perhaps some that
/// must not be.
#[test]
fn a_log_that_conflicts_with_it_goes_whole() {
    let mut snapshot = snapshot(5);
    snapshot.last.term = Term(2);
    let mut bench = with_log(3, &[1; 7]);
    bench.give(heartbeat(B, 2));
    let chunk = |offset, len| SnapshotChunk {
        term: Term(2),
        ..piece_of(&snapshot, offset, len)
    };
    bench.give(sent(chunk(0, 8)));
    bench.give(sent(chunk(8, 2)));
    let done = bench.give(installed(5));
    let seen = Observation::SnapshotInstalled {
        index: 5,
        term: 2,
        digest: snapshot.digest,
    };
    assert!(observed(&done).contains(&seen));
    assert_eq!((log(&bench).len(), committed(&bench)), (0, 5));
    assert_eq!(bench.durable.log.last(), at(5, 2));
    assert_eq!(bench.durable.log.digest(), snapshot.digest);
}

#[test]
fn it_never_goes_back_behind_what_is_committed() {
    let snapshot = snapshot(5);
    let mut bench = follower(7);
    let before = bench.durable.clone();
    let done = bench.give(piece(&snapshot, 0, 4));
    assert_eq!((outcomes(&done), asks(&done)), (vec![Installed], vec![]));
    assert_eq!((committed(&bench), &bench.durable), (7, &before));
    // One that contradicts what is committed is no correct leader's.
    let mut forged = snapshot;
    forged.last.index = LogIndex(6);
    forged.last.term = Term(1);
    let mut bench = set_up(3, settings(), disk_of(&[1, 1, 2, 2, 2, 2]));
    bench.give(append(B, 2, at(6, 2), &[], 6));
    let chunk = SnapshotChunk {
        term: Term(2),
        ..piece_of(&forged, 0, 4)
    };
    let done = bench.give(sent(chunk));
    assert!(said(&done, RaftRule::IgnoredContradiction));
    assert_eq!((outcomes(&done), committed(&bench)), (vec![], 6));
}

#[test]
fn its_members_are_in_force() {
    let mut snapshot = snapshot(5);
    snapshot.configuration = voters(&[A, B, D, E]);
    let mut bench = follower(2);
    give_all(&mut bench, &snapshot);
    assert_eq!(bench.node.inspect().members.voters, [A, B, C]);
    bench.give(installed(5));
    assert_eq!(bench.node.inspect().members.voters, [A, B, D, E]);
    let back = set_up(3, settings(), bench.durable);
    assert_eq!(back.node.inspect().members.voters, [A, B, D, E]);
}

#[test]
fn a_piece_is_a_word_from_the_leader() {
    let snapshot = snapshot(5);
    let mut bench = set_up(3, settings(), RaftDurable::default());
    let done = bench.give(piece(&snapshot, 0, 4));
    assert!(armed(&done) && said(&done, RaftRule::LeaderFound));
    let done = bench.give(piece(&snapshot, 4, 4));
    assert!(armed(&done), "patience begins afresh");
    assert_eq!(bench.node.inspect().reign.leader, Some(B));
}

#[test]
fn another_snapshot_begins_anew_and_an_earlier_one_is_over() {
    let (five, six) = (snapshot(5), snapshot(6));
    let mut bench = follower(2);
    bench.give(piece(&five, 0, 8));
    let done = bench.give(piece(&six, 4, 4));
    assert_eq!(outcomes(&done), [Received(0)]);
    bench.give(piece(&six, 0, 4));
    let done = bench.give(piece(&five, 8, 2));
    assert!(said(&done, RaftRule::SnapshotPieceOld));
    assert_eq!(outcomes(&done), []);
    bench.give(piece(&six, 4, 6));
    assert_eq!(asks(&bench.give(installed(6))), [("forget", 6)]);
    assert_eq!(committed(&bench), 6);
    // In another session the follower may be another one.
    let mut bench = follower(2);
    bench.give(piece(&five, 0, 8));
    let chunk = SnapshotChunk {
        session: ReplicationSession(2),
        ..piece_of(&five, 8, 2)
    };
    assert_eq!(outcomes(&bench.give(sent(chunk))), [Received(0)]);
}

#[test]
fn a_later_leader_begins_anew() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    bench.give(piece(&snapshot, 0, 8));
    let chunk = SnapshotChunk {
        term: Term(2),
        ..piece_of(&snapshot, 8, 2)
    };
    let done = bench.give(from(C, RaftMessage::Snapshot(chunk.into())));
    assert_eq!(outcomes(&done), [Received(0)]);
}

#[test]
fn a_length_is_believed_when_it_has_come() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    let chunk = SnapshotChunk {
        len: u64::MAX,
        ..piece_of(&snapshot, 0, 4)
    };
    assert_eq!(outcomes(&bench.give(sent(chunk))), [Received(4)]);
}

#[test]
fn a_piece_that_no_leader_could_send_is_ignored() {
    let snapshot = snapshot(5);
    let first = piece_of(&snapshot, 0, 4);
    let of = |last| Snapshot {
        last,
        ..snapshot.clone()
    };
    let nobody = Snapshot {
        configuration: voters(&[]),
        ..snapshot.clone()
    };
    let malformed = [
        SnapshotChunk {
            len: 3,
            ..first.clone()
        },
        SnapshotChunk {
            offset: u64::MAX,
            sessions: None,
            ..first.clone()
        },
        SnapshotChunk {
            bytes: [].into(),
            ..first.clone()
        },
        SnapshotChunk {
            sessions: None,
            ..first.clone()
        },
        SnapshotChunk {
            offset: 4,
            ..first.clone()
        },
        SnapshotChunk {
            snapshot: of(LogPosition::ZERO),
            ..first.clone()
        },
        SnapshotChunk {
            snapshot: of(at(5, 2)),
            ..first.clone()
        },
        SnapshotChunk {
            snapshot: of(at(u64::MAX, 1)),
            ..first.clone()
        },
        SnapshotChunk {
            snapshot: nobody,
            ..first
        },
    ];
    let bench = follower(2);
    for chunk in malformed {
        let mut after = follower(2);
        let done = after.give(sent(chunk.clone()));
        assert!(said(&done, RaftRule::IgnoredMalformed), "{chunk:?}");
        assert_eq!((done.len(), &after.node), (1, &bench.node));
    }
}

#[test]
fn an_empty_state_machine_has_a_snapshot_too() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    let chunk = SnapshotChunk {
        len: 0,
        ..piece_of(&snapshot, 0, 0)
    };
    assert_eq!(asks(&bench.give(sent(chunk))), [("install", 5)]);
}

#[test]
fn while_it_installs_it_stands_for_nothing() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    give_all(&mut bench, &snapshot);
    for input in [Input::Timer(RaftTimer::Election), timeout_now(B, 1)] {
        let done = bench.give(input);
        assert!(said(&done, RaftRule::SnapshotBeforeElection));
        assert_eq!(messages(&done), []);
    }
    assert!(said(&bench.give(wish()), RaftRule::SnapshotUnderWay));
    bench.give(installed(5));
    let done = bench.give(timeout_now(B, 1));
    assert!(said(&done, RaftRule::ElectionTransferred));
}

#[test]
fn what_is_committed_meanwhile_is_applied_on_top_of_it() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    give_all(&mut bench, &snapshot);
    // The entries reach it in the usual way after all.
    let done = bench.give(append(B, 1, at(2, 1), &[1; 5], 7));
    assert_eq!((committed(&bench), asks(&done)), (7, vec![]));
    let done = bench.give(installed(5));
    let ask = asks(&done);
    assert_eq!(ask[..2], [("apply", 6), ("apply", 7)], "{ask:?}");
    assert_eq!(committed(&bench), 7);
}

#[test]
fn when_the_reign_is_over_nobody_is_told() {
    let snapshot = snapshot(5);
    let mut bench = follower(2);
    give_all(&mut bench, &snapshot);
    bench.give(heartbeat(C, 2));
    let done = bench.give(installed(5));
    assert_eq!((outcomes(&done), committed(&bench)), (vec![], 5));
    bench.pass(Micros::from_millis(1));
    assert!(says_matched(
        &bench.give(append(C, 2, at(5, 1), &[2], 6)),
        6
    ));
}

/// Figure 2, Candidates: whoever sends a snapshot in its term has won it.
#[test]
fn a_candidate_follows_whoever_sends_it_one_in_its_term() {
    let snapshot = snapshot(5);
    let mut bench = set_up(3, settings(), RaftDurable::default());
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(piece(&snapshot, 0, 4));
    assert_eq!(outcomes(&done), [Received(4)]);
    let view = bench.node.inspect();
    assert_eq!(view.role, consensus::Role::Follower);
    assert_eq!(view.reign.leader, Some(B));
}

/// §8: whoever takes over a snapshot knows what its commands came to, and repeats none of them.
#[test]
fn the_sessions_come_with_it() {
    let record = disk_behind(5).snapshot.expect("it was taken");
    let mut bench = set_up(3, settings(), RaftDurable::default());
    let chunk = SnapshotChunk {
        sessions: Some(Arc::clone(&record.sessions)),
        ..piece_of(&record.snapshot, 0, 10)
    };
    bench.give(sent(chunk));
    bench.give(installed(5));
    let again = entries(&[1; 2]).remove(1);
    let done = bench.give(append_of(B, 1, at(5, 1), vec![again], 6));
    assert!(said(&done, RaftRule::CommandRepeated));
    assert_eq!((committed(&bench), asks(&done)), (6, vec![]));
    elect(&mut bench, 3, 2);
    let done = bench.give(call(2));
    let output = consensus::Output::new(command(2).payload);
    assert_eq!(answers(&done), [(2, consensus::Answer::Done(output))]);
}
