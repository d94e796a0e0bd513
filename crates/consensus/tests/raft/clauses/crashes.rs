//! Followers and candidates that crash: Raft §5.5; what must survive: figure 2.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogPosition, Raft, RaftRule, RaftTimer};
use consensus::{Durable, Effect, Input, Mandate, Micros, Protocol, Role};
use simulator::{Driver, DriverError};

const EMPTY: LogPosition = LogPosition::ZERO;
const SECOND: Micros = Micros::from_secs(1);

/// Gives an input to a server that crashes when so many of the writes it asks for are stored,
/// before anything else happens, and comes back.
fn crash_within(mut bench: Bench<Raft>, input: Input<Raft>, stored: usize) -> Bench<Raft> {
    bench.instant_disk = false;
    let done = bench.give(input);
    let writes = done.iter().filter_map(|effect| match effect {
        Effect::Persist { write, .. } => Some(write),
        _ => None,
    });
    for write in writes.take(stored) {
        bench.durable.store(write);
    }
    crash(&bench, 3)
}

/// The same append comes again after a crash, whether it was stored or not, and does the same.
#[test]
fn an_append_repeated_after_a_crash_has_the_same_effect() {
    let request = || append(B, 3, at(1, 1), &[3, 3], 2);
    let mut once = with_log(3, &[1, 2, 2]);
    once.give(request());
    for stored in 0..=2 {
        let mut bench = crash_within(with_log(3, &[1, 2, 2]), request(), stored);
        for _ in 0..2 {
            assert!(says_matched(&bench.give(request()), 3), "{stored} stored");
            assert_eq!(bench.durable, once.durable);
            assert_eq!((log(&bench), committed(&bench)), (vec![1, 3, 3], 2));
        }
    }
}

#[test]
fn a_vote_request_repeated_after_a_crash_gets_the_same_answer() {
    for stored in 0..=2 {
        let request = || vote_request(B, 4, at(1, 1));
        let mut bench = crash_within(with_log(3, &[1]), request(), stored);
        for _ in 0..2 {
            assert_eq!(voted(&bench.give(request())), Some((4, true)));
        }
        assert_eq!(bench.durable.vote, Some(B));
        let rival = bench.give(vote_request(C, 4, at(9, 3)));
        assert_eq!(voted(&rival), Some((4, false)), "{stored} stored");
    }
}

#[test]
fn whoever_led_or_stood_comes_back_as_a_follower_that_has_voted_for_itself() {
    let mut candidate = server(3);
    candidate.give(Input::Timer(RaftTimer::Election));
    for bench in [candidate, leader(3)] {
        let mut bench = crash(&bench, 3);
        let view = bench.node.inspect();
        assert_eq!((view.role, view.reign.leader), (Role::Follower, None));
        assert_eq!(view.reign.mandate, Mandate::Term(1));
        assert_eq!(view.voted_for, Some(A));
        assert_eq!(
            voted(&bench.give(vote_request(B, 1, EMPTY))),
            Some((1, false))
        );
        bench.give(vote(B, 1, true));
        bench.give(vote(C, 1, true));
        assert_eq!(
            bench.node.inspect().role,
            Role::Follower,
            "votes that its last life asked for"
        );
    }
}

/// A server that forgot its ballot, but kept an entry, knows at least the entry's term.
#[test]
fn a_term_is_never_earlier_than_that_of_an_entry() {
    let mut disk = disk_of(&[1, 4]);
    disk.term = consensus::raft::Term(2);
    disk.vote = Some(C);
    let bench = revived(3, disk);
    let view = bench.node.inspect();
    assert_eq!(
        (view.reign.mandate, view.voted_for),
        (Mandate::Term(4), None)
    );
}

#[test]
fn an_append_to_a_server_that_is_down_is_tried_until_it_is_back() -> Result<(), DriverError> {
    let mut cluster = Driver::<Raft>::builder().nodes(3).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    cluster.crash(B)?;
    cluster.crash(C)?;
    let call = cluster.write_to(A, 0, 0, 1)?;
    cluster.run_for(SECOND * 20)?;
    assert_eq!(cluster.outcome(call), None);
    cluster.restart(C)?;
    assert_eq!(cluster.expect_done(call, SECOND)?, Some(1));
    Ok(())
}

/// Nobody answers its vote requests: it goes on asking, each time in a term of its own.
#[test]
fn a_candidate_whose_voters_are_down_asks_until_they_are_back() -> Result<(), DriverError> {
    let mut cluster = Driver::<Raft>::builder().nodes(3).build();
    cluster.crash(B)?;
    cluster.crash(C)?;
    cluster.run_for(SECOND * 5)?;
    assert_eq!(cluster.role(A)?, Role::Candidate);
    assert!(cluster.decided(A, RaftRule::ElectionRepeated) > 10);
    cluster.restart(B)?;
    cluster.expect_leader(SECOND * 2)?;
    Ok(())
}

/// A crash takes nothing from a cluster that was promised to a client, not even of all at once.
#[test]
fn what_was_acknowledged_survives_a_crash_of_every_server() -> Result<(), DriverError> {
    for seed in 0..10 {
        let mut cluster = Driver::<Raft>::builder().nodes(3).seed(seed).build();
        let call = cluster.write(0, 0, 42)?;
        cluster.expect_done(call, SECOND * 3)?;
        for node in [A, B, C] {
            cluster.crash(node)?;
        }
        for node in [C, B, A] {
            cluster.restart(node)?;
        }
        let read = cluster.read(0, 0)?;
        assert_eq!(cluster.expect_done(read, SECOND * 5)?, Some(42));
    }
    Ok(())
}
