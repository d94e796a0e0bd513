//! Clients: Raft §8.

use crate::any_input::read_number;
use crate::reads::{by_index, confirmed, rounds};
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogIndex, LogPosition, Raft, RaftMessage, RaftRule, RaftTimer, Term};
use consensus::{Answer, Applied, Effects, Input, Micros, Now, Output, Protocol};
use simulator::{Driver, DriverError};

const SECOND: Micros = Micros::from_secs(1);

/// One step, whose effects nobody carries out.
fn step(bench: &mut Bench<Raft>, input: Input<Raft>) -> Done {
    let mut effects = Effects::new();
    let (monotonic, wall) = (bench.now, bench.now);
    let now = Now { monotonic, wall };
    bench.node.step(now, input, &mut effects);
    effects.drain().collect()
}

#[test]
fn a_client_is_answered_only_when_its_command_is_applied() {
    let mut bench = leader(3);
    bench.give(call(1));
    let done = step(&mut bench, matched(B, 1, 1));
    assert_eq!(handed(&done), [(1, command(1))]);
    assert!(answers(&done).is_empty());
    assert_eq!(committed(&bench), 1);
    let output = Output::new([9, 9]);
    let applied = Input::Applied(Applied::one(1, output.clone()));
    let done = step(&mut bench, applied);
    assert_eq!(answers(&done), [(1, Answer::Done(output))], "its outcome");
}

/// A client whose leader died asks others until it finds the next.
#[test]
fn a_client_finds_the_next_leader() -> Result<(), DriverError> {
    for seed in 0..10 {
        let mut cluster = Driver::<Raft>::builder().seed(seed).build();
        let leader = cluster.expect_leader(SECOND * 5)?;
        cluster.crash(leader)?;
        let call = cluster.write(0, 0, 7)?;
        assert_eq!(cluster.expect_done(call, SECOND * 5)?, Some(7));
    }
    Ok(())
}

/// Whoever waits at a leader that lost its place is told, and no answer promises too much.
#[test]
fn a_leader_that_cannot_commit_answers_nobody() {
    let mut bench = leader(5);
    bench.give(call(1));
    for _ in 0..50 {
        bench.pass(Micros::from_millis(50));
        let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
        assert!(answers(&done).is_empty());
        assert!(answers(&bench.give(matched(B, 1, 1))).is_empty());
    }
}

/// §8 and thesis §6.3: who follows learns what came of each command, and answers for it when it
/// leads.
#[test]
fn the_next_leader_answers_for_what_an_earlier_one_carried_out() {
    let mut bench = server(3);
    bench.give(append(B, 1, LogPosition::ZERO, &[1, 1, 1], 3));
    elect(&mut bench, 3, 2);
    let done = bench.give(call(2));
    assert!(said(&done, RaftRule::ClientAnsweredAgain));
    let output = Output::new(command(2).payload);
    assert_eq!(answers(&done), [(2, Answer::Done(output))]);
    assert_eq!(log(&bench), [1, 1, 1], "and no entry");
}

/// Thesis §6.4: what a new leader tells its followers covers all that earlier ones have committed,
/// whether it knows yet how much that is.
#[test]
fn a_new_leader_names_no_index_before_its_own_first_entry() {
    let mut bench = set_up(3, by_index(), disk_of(&[1, 1]));
    elect(&mut bench, 3, 2);
    let (term, read) = (Term(2), read_number(1));
    let asked = bench.give(from(C, RaftMessage::ReadRequest { term, read }));
    assert!(said(&asked, RaftRule::NoOpAppended), "it has none, so far");
    let round = rounds(&asked).into_iter().max().expect("one for the read");
    let told = bench.give(confirmed(B, 2, round, 2));
    let index = Some(LogIndex(3));
    let expected = (C, RaftMessage::ReadAnswer { term, read, index });
    assert!(messages(&told).contains(&expected), "{told:?}");
    assert_eq!(committed(&bench), 0);
}
