//! When a session is over, by the cluster's time (thesis §6.3).

use crate::server::*;
use crate::sessions::*;
use consensus::raft::{
    Append, EntryContent, RaftDurable, RaftMessage, RaftRule, RaftSettings, RaftTimer, Term,
};
use consensus::{Input, Micros, Operation, Protocol, Refusal};

#[test]
fn a_session_lives_as_long_as_it_is_used_and_no_longer() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let session = open(&mut bench, 1);
    for sequence in 2..5 {
        bench.pass(EXPIRY);
        let used = bench.give(write(in_session(session, sequence)));
        assert!(is_done(&used, sequence), "after just the time");
    }
    // A command that is repeated is a sign of life, too.
    bench.pass(EXPIRY);
    let idle = bench.node.bookkeeping();
    let mut others = (10..).map(|sequence| ask(Operation::OpenSession, command(sequence)));
    bench.pass(Micros(1));
    bench.give(others.next().expect("endless"));
    let late = bench.give(write(in_session(session, 5)));
    assert_eq!(refusal(&late), Some(Refusal::NoSession));
    assert_eq!(
        bench.node.bookkeeping(),
        idle,
        "one is opened, one forgotten"
    );
}

#[test]
fn a_session_that_is_over_is_over_before_it_is_forgotten() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let (kept, lost) = (open(&mut bench, 1), open(&mut bench, 2));
    bench.pass(Micros::from_secs(6));
    bench.give(write(in_session(kept, 3)));
    bench.pass(Micros::from_secs(5));
    let done = bench.give(write(in_session(lost, 4)));
    assert_eq!(refusal(&done), Some(Refusal::NoSession));
    assert!(is_done(&bench.give(write(in_session(kept, 5))), 5));
}

/// However many clients come and go, the table holds those of twice the expiry at most.
#[test]
fn sessions_that_nobody_uses_do_not_pile_up() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let mut most = 0;
    for sequence in 1..1_000 {
        bench.pass(Micros::from_secs(1));
        open(&mut bench, sequence);
        most = most.max(bench.node.bookkeeping());
    }
    assert!((11..=22).contains(&most), "{most}");
}

/// Thesis §6.3: the leader's time counts, agreed on through the log; while nobody leads, nobody
/// could use a session, and none runs out.
#[test]
fn time_in_which_nobody_leads_does_not_count() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let session = open(&mut bench, 1);
    let durable = bench.durable.clone();
    let mut bench = set_up(1, expiring(), durable);
    bench.pass(EXPIRY * 100);
    bench.give(Input::Timer(RaftTimer::Election));
    bench.pass(EXPIRY);
    assert!(is_done(&bench.give(write(in_session(session, 2))), 2));
}

#[test]
fn a_leaders_stamps_go_on_where_the_log_ends_whatever_its_clock_shows() {
    let late = Micros::from_secs(1_000);
    let mut durable = RaftDurable::default();
    durable.log.push(entry(1, late, EntryContent::NoOp));
    let mut bench = alone(RaftSettings::paper(), durable);
    bench.pass(Micros(7));
    bench.give(call(1));
    let stamps: Vec<_> = bench.node.inspect().log.iter().map(|it| it.at).collect();
    assert_eq!(stamps, [late, late + Micros(7)]);
}

#[test]
fn no_message_brings_a_stamp_that_falls_or_that_no_cluster_reaches() {
    let far = Micros(u64::MAX / 2 + 1);
    for stamps in [[Micros(5), Micros(4)], [Micros(5), far]] {
        let mut bench = server(3);
        let entries = stamps.map(|at| entry(1, at, EntryContent::NoOp));
        let append = Append {
            term: Term(1),
            entries: entries.into(),
            ..Append::default()
        };
        let done = bench.give(from(B, RaftMessage::Append(append)));
        assert!(said(&done, RaftRule::IgnoredMalformed));
        assert!(log(&bench).is_empty());
    }
}
