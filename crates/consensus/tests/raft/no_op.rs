//! The empty entry at the start of a reign: Raft §5.4.2 and §8.

use crate::server::*;
use consensus::raft::{
    Append, Entry, EntryContent, HeartbeatRound, LogIndex, Raft, RaftMessage, RaftRule,
    RaftSettings, ReplicationSession, Term,
};
use consensus::{Answer, Describe, Durable, Input, Micros, Observation, Output, Protocol};
use simulator::{Driver, DriverError};

fn with_no_op() -> RaftSettings {
    RaftSettings {
        no_op: true,
        ..RaftSettings::paper()
    }
}

fn no_op(term: u64) -> Entry {
    Entry::new(Term(term), Micros::ZERO, EntryContent::NoOp)
}

/// The no-op on election (R11).
#[test]
fn a_leader_begins_with_an_empty_entry_of_its_term_in_its_first_message() {
    let mut bench = set_up(3, with_no_op(), disk_of(&[1]));
    bench.give(Input::Timer(consensus::raft::RaftTimer::Election));
    let done = bench.give(vote(B, 2, true));
    assert!(said(&done, RaftRule::NoOpAppended));
    let digest = bench.durable.log.digest();
    assert!(observed(&done).contains(&Observation::Appended {
        index: 2,
        term: 2,
        digest
    }));
    let first = RaftMessage::Append(Append {
        term: Term(2),
        session: ReplicationSession(1),
        round: HeartbeatRound(1),
        previous: at(1, 1),
        entries: [no_op(2)].into(),
        commit: LogIndex::ZERO,
    });
    assert_eq!(first.describe().command, None, "it carries no command");
    assert_eq!(messages(&done), [(B, first.clone()), (C, first)]);
}

#[test]
fn it_commits_what_earlier_terms_left_without_any_call_and_is_not_applied() {
    let mut bench = set_up(3, with_no_op(), disk_of(&[1]));
    elect(&mut bench, 3, 2);
    let done = bench.give(matched(C, 2, 2));
    assert!(said(&done, RaftRule::Committed));
    assert_eq!(committed(&bench), 2);
    assert_eq!(handed_at(&done), [1]);
    assert!(answers(&done).is_empty());
    let log = bench.node.inspect().log;
    let shown: Vec<_> = log.iter().map(|it| (it.term, it.command.clone())).collect();
    assert_eq!(shown, [(1, Some(command(1))), (2, None)]);

    let mut bench = set_up(3, RaftSettings::paper(), disk_of(&[1]));
    elect(&mut bench, 3, 2);
    bench.give(matched(C, 2, 1));
    assert_eq!(committed(&bench), 0, "the paper's leader waits for a call");
}

#[test]
fn calls_behind_it_are_applied_and_answered() {
    let mut bench = set_up(3, with_no_op(), Default::default());
    elect(&mut bench, 3, 1);
    bench.give(call(7));
    let done = bench.give(matched(B, 1, 2));
    assert_eq!(handed_at(&done), [2]);
    assert_eq!(answers(&done), [(7, Answer::Done(Output::new([7])))]);
}

#[test]
fn a_follower_commits_it_and_applies_nothing() {
    let mut bench = server(3);
    let entries: Vec<Entry> = entries(&[1]).into_iter().chain([no_op(2)]).collect();
    let done = bench.give(from(
        B,
        RaftMessage::Append(Append {
            term: Term(2),
            entries: entries.into(),
            commit: LogIndex(2),
            ..Append::default()
        }),
    ));
    assert_eq!((committed(&bench), handed_at(&done)), (2, vec![1]));
    assert!(says_matched(&done, 2));
}

#[test]
fn it_survives_a_crash_and_is_nobodys_command() {
    let mut bench = set_up(3, with_no_op(), disk_of(&[1]));
    elect(&mut bench, 3, 2);
    let bench = crash(&bench, 3);
    assert_eq!(log(&bench), [1, 2]);
    assert!(bench.durable.holds(1, command(1).call));
    assert!(!bench.durable.holds(2, command(2).call));
}

/// Three servers that hold an entry of term 1 of which nobody knows whether it is committed.
fn after_an_outage(settings: RaftSettings) -> Result<Driver<Raft>, DriverError> {
    let mut builder = Driver::builder().nodes(3).settings(settings);
    for node in [A, B, C] {
        builder = builder.durable(node, disk_of(&[1]));
    }
    let mut cluster = builder.build();
    cluster.expect_leader(Micros::from_secs(2))?;
    cluster.run_for(Micros::from_secs(2))?;
    Ok(cluster)
}

#[test]
fn a_cluster_commits_what_an_outage_left_and_without_no_op_it_waits() -> Result<(), DriverError> {
    let cluster = after_an_outage(with_no_op())?;
    assert_eq!(
        [A, B, C].map(|node| cluster.committed(node)),
        [2; 3].map(Ok)
    );
    assert_eq!([A, B, C].map(|node| cluster.applied(node)), [1; 3].map(Ok));
    let cluster = after_an_outage(RaftSettings::paper())?;
    assert_eq!(
        [A, B, C].map(|node| cluster.committed(node)),
        [0; 3].map(Ok)
    );
    Ok(())
}
