//! Commands that are carried out together, and reported in one piece or in several.

use crate::server::*;
use crate::sessions::{alone, is_done, write};
use crate::support::Bench;
use consensus::raft::{Raft, RaftDurable, RaftRule, RaftSettings};
use consensus::{Answer, Applied, Control, Input, Output, Protocol};

/// A leader of three with six committed commands, of which the state machine has carried out none.
fn with_six_under_way() -> Bench<Raft> {
    let mut bench = leader(3);
    bench.instant_machine = false;
    bench.give(calls(&[1, 2, 3, 4, 5, 6]));
    let done = bench.give(matched(B, 1, 6));
    assert_eq!(handed_at(&done), [1, 2, 3, 4, 5, 6]);
    bench
}

fn report(first: u64, last: u64, outputs: &[u8]) -> Input<Raft> {
    let outputs = outputs.iter().map(|it| Output::new([*it])).collect();
    Input::Applied(Applied {
        first,
        last,
        outputs,
    })
}

/// Whose call was answered, and what.
fn told(bench: &mut Bench<Raft>, input: Input<Raft>) -> Vec<(u64, Vec<u8>)> {
    let answers = answers(&bench.give(input)).into_iter();
    let told = answers.map(|(sequence, answer)| match answer {
        Answer::Done(output) => (sequence, output.as_bytes().to_vec()),
        Answer::Refused { .. } => panic!("{sequence} is refused"),
    });
    told.collect()
}

#[test]
fn each_command_of_a_run_gets_its_own_answer() {
    let mut bench = with_six_under_way();
    let all = told(&mut bench, report(1, 6, &[11, 12, 13, 14, 15, 16]));
    let own = (1..=6).map(|it| (it, vec![it as u8 + 10]));
    assert_eq!(all, own.collect::<Vec<_>>());
}

#[test]
fn a_run_may_be_reported_piece_by_piece() {
    let mut bench = with_six_under_way();
    assert_eq!(told(&mut bench, report(1, 1, &[9])), [(1, vec![9])]);
    let some = told(&mut bench, report(2, 4, &[8, 7]));
    assert_eq!(
        some,
        [(2, vec![8]), (3, vec![7]), (4, vec![])],
        "the last said nothing"
    );
    assert_eq!(
        told(&mut bench, report(2, 4, &[1, 1, 1])),
        [],
        "reported twice"
    );
    let rest = told(&mut bench, report(5, 99, &[6]));
    assert_eq!(
        rest,
        [(5, vec![6]), (6, vec![])],
        "no more than was handed over"
    );
    assert_eq!(
        bench.node.bookkeeping(),
        leader(3).node.bookkeeping() + 1,
        "but a session"
    );
}

/// Nobody is told an outcome that the state machine did not report.
#[test]
fn a_report_that_leaves_out_what_comes_first_counts_for_nothing() {
    let mut bench = with_six_under_way();
    assert_eq!(told(&mut bench, report(5, 6, &[5, 6])), []);
    let all = told(&mut bench, report(1, 6, &[1, 2, 3, 4, 5, 6]));
    assert_eq!(
        all,
        (1..=6).map(|it| (it, vec![it as u8])).collect::<Vec<_>>()
    );
}

/// A snapshot stands for one place in the log, and waits for what was handed over before it.
#[test]
fn a_snapshot_waits_until_the_whole_run_is_reported() {
    let mut bench = with_six_under_way();
    let wish = Input::Control(Control::TakeSnapshot);
    assert!(said(&bench.give(wish), RaftRule::SnapshotAwaited));
    assert!(!said(
        &bench.give(report(1, 5, &[])),
        RaftRule::SnapshotTaken
    ));
    assert!(said(
        &bench.give(report(6, 6, &[])),
        RaftRule::SnapshotTaken
    ));
}

/// Without sessions nobody knows that a command was carried out before (§8).
#[test]
fn without_sessions_each_copy_of_a_command_takes_effect() {
    let without = RaftSettings {
        sessions: false,
        ..RaftSettings::paper()
    };
    let mut bench = alone(without, RaftDurable::default());
    for index in [1, 2] {
        let done = bench.give(write(command(7)));
        assert!(is_done(&done, 7));
        assert_eq!(handed_at(&done), [index]);
    }
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    assert_eq!(handed_at(&bench.give(write(command(7)))), [1]);
    assert_eq!(handed_at(&bench.give(write(command(7)))), []);
}
