//! Clients: Raft §8.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{Raft, RaftTimer};
use consensus::{Answer, Effect, Effects, Input, Micros, Now, Output, Protocol};
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
    let handed = Effect::Apply {
        index: 1,
        command: command(1),
    };
    assert!(done.contains(&handed) && answers(&done).is_empty());
    assert_eq!(committed(&bench), 1);
    let output = Output([9, 9].into());
    let applied = Input::Applied {
        index: 1,
        output: output.clone(),
    };
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
