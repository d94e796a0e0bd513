//! A leader sends its snapshot to a follower whose next entry has left its log (§7).

use super::*;
use SnapshotOutcome::{Installed, Received};
use consensus::raft::{Append, RaftRule, RaftTimer};

/// Leader A of term 1, whose log is gone up to `last`, all committed by B. C has yet to answer.
fn leader_behind(last: u64, settings: RaftSettings) -> Bench<Raft> {
    let mut bench = set_up(3, settings, RaftDurable::default());
    elect(&mut bench, 3, 1);
    bench.give(matched(B, 1, 0));
    compact(&mut bench, last);
    bench
}

/// Calls and commits up to `last`, and takes a snapshot of that.
fn compact(bench: &mut Bench<Raft>, last: u64) -> Done {
    (committed(bench) + 1..=last).for_each(|sequence| {
        bench.give(call(sequence));
    });
    bench.give(matched(B, 1, last));
    bench.give(wish());
    bench.give(taken(last, BYTES.len() as u64))
}

/// The host reads the piece that was asked for.
fn read(bench: &mut Bench<Raft>, id: u64, offset: usize) -> Done {
    let bytes: Arc<[u8]> = BYTES[offset..BYTES.len().min(offset + 4)].into();
    let (id, offset) = (SnapshotId(id), offset as u64);
    bench.give(Input::SnapshotRead { id, offset, bytes })
}

/// A leader that sends C its snapshot up to 5, the first piece on its way.
fn sending() -> Bench<Raft> {
    let mut bench = leader_behind(5, settings());
    bench.give(matched(C, 1, 0));
    assert_eq!(pieces(&read(&mut bench, 5, 0)).len(), 1);
    bench
}

fn fed_by(bench: &Bench<Raft>) -> &'static str {
    let followers = bench.node.inspect().followers;
    let c = followers.iter().find(|it| it.node == C);
    c.expect("C is a member").fed_by
}

fn beat(bench: &mut Bench<Raft>) -> Done {
    bench.give(Input::Timer(RaftTimer::Heartbeat))
}

/// The appends that a step sends to C.
fn appends(done: &Done) -> Vec<Append> {
    let append = |(to, message)| match message {
        RaftMessage::Append(append) if to == C => Some(append),
        _ => None,
    };
    messages(done).into_iter().filter_map(append).collect()
}

/// Snapshots in chunks (R11).
#[test]
fn piece_by_piece_each_when_the_one_before_has_come() {
    let mut bench = leader_behind(5, settings());
    assert_eq!(fed_by(&bench), "probe");
    let done = bench.give(matched(C, 1, 0));
    assert!(said(&done, RaftRule::SnapshotSent));
    assert_eq!((asks(&done), appends(&done)), (vec![("read", 0)], vec![]));
    assert_eq!(fed_by(&bench), "snapshot");
    let done = read(&mut bench, 5, 0);
    let first = messages(&done).into_iter().find_map(|(_, it)| match it {
        RaftMessage::Snapshot(chunk) => Some(chunk),
        _ => None,
    });
    let first = first.expect("a piece");
    let record = bench.durable.snapshot.clone().expect("it was taken");
    assert_eq!(first.snapshot, record.snapshot);
    assert_eq!(
        (first.offset, first.len, &first.bytes[..]),
        (0, 10, &BYTES[..4])
    );
    assert_eq!(first.sessions, Some(record.sessions.clone()));
    assert_eq!(asks(&bench.give(answer(5, 1, Received(4)))), [("read", 4)]);
    assert_eq!(pieces(&read(&mut bench, 5, 4)), [(4, BYTES[4..8].to_vec())]);
    assert_eq!(asks(&bench.give(answer(5, 1, Received(8)))), [("read", 8)]);
    assert_eq!(pieces(&read(&mut bench, 5, 8)), [(8, BYTES[8..].to_vec())]);
    assert_eq!(asks(&bench.give(answer(5, 1, Received(10)))), []);
    bench.give(call(6));
    let done = bench.give(answer(5, 1, Installed));
    assert!(said(&done, RaftRule::FollowerMatched) && said(&done, RaftRule::LogsMeet));
    assert_eq!(fed_by(&bench), "replicate");
    let next = &appends(&done)[0];
    assert_eq!((next.previous, next.entries.len()), (at(5, 1), 1));
    bench.give(matched(C, 1, 6));
    assert_eq!(committed(&bench), 6, "C counts again");
}

#[test]
fn an_entry_that_is_still_there_needs_no_snapshot() {
    let keep = RaftSettings {
        entries_kept: 3,
        ..settings()
    };
    let mut bench = leader_behind(5, keep.clone());
    let done = bench.give(matched(C, 1, 2));
    assert_eq!(
        appends(&done)[0].previous,
        at(2, 1),
        "known of the last one that went"
    );
    assert_eq!(appends(&done)[0].entries.len(), 3);
    let mut bench = leader_behind(5, keep);
    let done = bench.give(matched(C, 1, 1));
    assert!(said(&done, RaftRule::SnapshotSent));
}

#[test]
fn a_follower_whose_log_parts_before_the_start_gets_the_snapshot() {
    let mut bench = set_up(3, settings(), disk_behind(5));
    bench.give(append(B, 1, at(5, 1), &[1, 1], 5));
    elect(&mut bench, 3, 2);
    let done = bench.give(differs(C, 2, 7, at(2, 1)));
    assert_eq!(
        (fed_by(&bench), asks(&done)),
        ("snapshot", vec![("read", 0)])
    );
}

#[test]
fn meanwhile_it_hears_of_its_leader_and_gets_no_entries() {
    let mut bench = sending();
    let done = bench.give(call(6));
    assert_eq!(appends(&done), []);
    let beats = appends(&beat(&mut bench));
    assert_eq!(beats.len(), 1);
    assert_eq!(
        (beats[0].previous, beats[0].entries.len()),
        (LogPosition::ZERO, 0)
    );
    // What it answers to that says nothing about the snapshot.
    bench.give(matched(C, 1, 0));
    assert_eq!(fed_by(&bench), "snapshot");
}

#[test]
fn what_was_lost_comes_again_with_a_heartbeat() {
    let mut bench = sending();
    for _ in 0..3 {
        assert_eq!(asks(&beat(&mut bench)), [], "C has not answered since");
    }
    let answered = AnsweredHeartbeat { round: 3 };
    bench.give(answered.input());
    let done = beat(&mut bench);
    assert!(said(&done, RaftRule::SnapshotPieceRepeated));
    assert_eq!(asks(&done), [("read", 0)]);
    assert_eq!(pieces(&read(&mut bench, 5, 0)).len(), 1);
    assert_eq!(asks(&beat(&mut bench)), [], "once");
}

/// C answers a heartbeat, and says nothing of the snapshot.
struct AnsweredHeartbeat {
    round: u64,
}

impl AnsweredHeartbeat {
    fn input(&self) -> Input<Raft> {
        from(
            C,
            RaftMessage::AppendAnswer(consensus::raft::AppendAnswer {
                term: Term(1),
                session: ReplicationSession(1),
                round: HeartbeatRound(self.round),
                carried: false,
                outcome: consensus::raft::AppendOutcome::Matched(LogIndex(0)),
            }),
        )
    }
}

#[test]
fn whether_it_is_installed_is_asked_again_too() {
    let mut bench = sending();
    bench.give(answer(5, 1, Received(10)));
    beat(&mut bench);
    bench.give(AnsweredHeartbeat { round: 2 }.input());
    let done = beat(&mut bench);
    assert_eq!((asks(&done), pieces(&done)), (vec![], vec![(10, vec![])]));
    bench.give(answer(5, 2, Installed));
    assert_eq!(fed_by(&bench), "replicate");
}

#[test]
fn answers_come_doubled_and_late_and_do_no_harm() {
    let mut bench = sending();
    assert_eq!(asks(&bench.give(answer(5, 1, Received(4)))), [("read", 4)]);
    assert_eq!(asks(&bench.give(answer(5, 1, Received(4)))), []);
    assert_eq!(pieces(&read(&mut bench, 5, 4)).len(), 1);
    assert_eq!(pieces(&read(&mut bench, 5, 4)), [], "read twice, sent once");
    for stray in [
        answer(4, 1, Installed),
        answer(6, 1, Installed),
        answer(5, 1, Received(11)),
        answer(5, 9, Installed),
    ] {
        bench.give(stray);
        assert_eq!(fed_by(&bench), "snapshot");
    }
    bench.give(answer(5, 1, Installed));
    let before = bench.node.clone();
    bench.give(answer(5, 1, Received(4)));
    assert_eq!(bench.node, before, "it has it all");
}

#[test]
fn a_follower_that_lost_its_pieces_gets_them_again() {
    let mut bench = sending();
    bench.give(answer(5, 1, Received(4)));
    read(&mut bench, 5, 4);
    let done = bench.give(answer(5, 1, Received(0)));
    assert!(said(&done, RaftRule::SnapshotFellBack));
    assert_eq!(asks(&done), [], "the word may only be late");
    beat(&mut bench);
    bench.give(AnsweredHeartbeat { round: 2 }.input());
    assert_eq!(asks(&beat(&mut bench)), [("read", 0)]);
}

#[test]
fn the_one_that_is_sent_is_finished_though_there_is_a_newer_one() {
    let mut bench = sending();
    let done = compact(&mut bench, 8);
    assert_eq!(asks(&done), [("forget", 5)], "C still needs that");
    assert_eq!(asks(&bench.give(answer(5, 1, Received(4)))), [("read", 4)]);
    assert_eq!(pieces(&read(&mut bench, 5, 4)).len(), 1);
    let done = bench.give(answer(5, 1, Installed));
    assert_eq!(asks(&done), [("read", 0), ("forget", 8)]);
    assert_eq!(fed_by(&bench), "snapshot", "6 is gone by now");
    assert_eq!(pieces(&read(&mut bench, 8, 0)).len(), 1);
    bench.give(answer(8, 1, Installed));
    assert_eq!(fed_by(&bench), "replicate");
}

#[test]
fn what_the_host_misreads_is_not_sent() {
    let mut bench = leader_behind(5, settings());
    bench.give(matched(C, 1, 0));
    let misread = |bench: &mut Bench<Raft>, id, offset, bytes: &[u8]| {
        let (id, bytes) = (SnapshotId(id), bytes.into());
        let done = bench.give(Input::SnapshotRead { id, offset, bytes });
        assert!(done.is_empty());
    };
    misread(&mut bench, 5, 1, &BYTES);
    misread(&mut bench, 4, 0, &BYTES);
    misread(&mut bench, 5, 0, &BYTES[..0]);
    bench.give(AnsweredHeartbeat { round: 1 }.input());
    assert_eq!(asks(&beat(&mut bench)), [("read", 0)], "it is read again");
    misread(&mut bench, 5, 0, &[0; 11]);
    assert_eq!(asks(&beat(&mut bench)), [("read", 0)]);
    assert_eq!(pieces(&read(&mut bench, 5, 0)).len(), 1);
}

#[test]
fn a_late_word_that_comes_while_the_host_reads_holds_nothing_up() {
    let mut bench = sending();
    bench.give(answer(5, 1, Received(4)));
    read(&mut bench, 5, 4);
    assert_eq!(asks(&bench.give(answer(5, 1, Received(8)))), [("read", 8)]);
    let done = bench.give(answer(5, 1, Received(4)));
    assert!(said(&done, RaftRule::SnapshotFellBack));
    assert_eq!(pieces(&read(&mut bench, 5, 8)), [], "no longer asked for");
    beat(&mut bench);
    bench.give(AnsweredHeartbeat { round: 2 }.input());
    assert_eq!(asks(&beat(&mut bench)), [("read", 4)]);
}

#[test]
fn a_message_stays_small() {
    assert!(
        size_of::<RaftMessage>() <= 72,
        "{}",
        size_of::<RaftMessage>()
    );
}
