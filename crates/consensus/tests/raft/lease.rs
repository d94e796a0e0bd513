//! Reads by lease (thesis §6.4.1), and what keeps servers to the leader who relies on one.

use crate::reads::*;
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{Raft, RaftDurable, RaftRule, RaftSettings, RaftTimer, ReadPath};
use consensus::{Control, Input, Mandate, Micros, Protocol};

/// Of 150 ms, shorter by a tenth.
const LEASE: Micros = Micros::from_millis(135);
const TIMEOUT: Micros = Micros::from_millis(150);

fn by_lease() -> RaftSettings {
    RaftSettings {
        reads: ReadPath::Lease,
        check_quorum: true,
        ..RaftSettings::paper()
    }
}

/// The lease runs from the moment at which the round was sent, whenever it is answered, and is
/// shorter than an election timeout by what clocks may differ (R11).
#[test]
fn a_read_is_served_at_once_while_the_lease_holds_and_by_a_round_afterwards() {
    let mut bench = leads(by_lease());
    bench.give(Input::Timer(RaftTimer::Heartbeat));
    bench.pass(Micros::from_millis(100));
    bench.give(confirmed(B, 1, 2, 1));
    bench.pass(LEASE - Micros::from_millis(100) - Micros(1));
    let done = bench.give(read(2));
    assert!(said(&done, RaftRule::ReadByLease));
    assert_eq!((served(&done), rounds(&done)), (vec![2], vec![]));
    bench.pass(Micros(1));
    let done = bench.give(read(3));
    assert!(said(&done, RaftRule::ReadAwaitsRound));
    assert_eq!(served(&done), []);
    assert_eq!(served(&bench.give(confirmed(C, 1, 3, 1))), [3]);
}

#[test]
fn one_of_three_that_answers_nothing_ends_no_lease_and_two_do() {
    let settings = by_lease();
    let mut bench = leads(settings.clone());
    bench.pass(TIMEOUT);
    bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(served(&bench.give(read(2))), []);
    bench.give(confirmed(B, 1, 2, 1));
    assert_eq!(served(&bench.give(read(3))), [3]);
}

/// A lease says that nobody else leads now, and nothing about what was committed before.
#[test]
fn a_new_leader_has_no_lease_before_it_has_committed_an_entry_of_its_own() {
    let mut bench = set_up(3, by_lease(), disk_of(&[1, 1]));
    bench.pass(TIMEOUT);
    elect(&mut bench, 3, 2);
    bench.give(confirmed(B, 2, 1, 2));
    let done = bench.give(read(9));
    assert!(!said(&done, RaftRule::ReadByLease));
    assert_eq!(served(&done), []);
}

/// The word to stand may arrive at any time, and whoever obeys it asks nobody to wait.
#[test]
fn who_has_told_a_successor_to_stand_has_no_lease_in_this_reign() {
    let mut bench = leads(by_lease());
    bench.give(Input::Control(Control::TransferTo(B)));
    bench.pass(Micros::from_millis(300));
    bench.give(confirmed(B, 1, 1, 1));
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert!(said(&done, RaftRule::TransferAborted));
    bench.give(confirmed(C, 1, 2, 1));
    let done = bench.give(read(2));
    assert!(said(&done, RaftRule::ReadAwaitsRound));
    assert_eq!(served(&bench.give(confirmed(C, 1, 3, 1))), [2]);
}

/// A, following B, from whom it has just heard.
fn follows(settings: RaftSettings) -> Bench<Raft> {
    let mut bench = set_up(3, settings, RaftDurable::default());
    bench.give(heartbeat(B, 1));
    bench
}

/// A later term that it heard of in another way is no reason to let its leader down.
#[test]
fn a_server_keeps_to_a_leader_who_may_have_a_lease_whatever_its_own_term() {
    let mut bench = follows(by_lease());
    bench.give(vote(C, 2, false));
    let request = || vote_request(C, 2, at(0, 0));
    bench.pass(TIMEOUT - Micros(1));
    let done = bench.give(request());
    assert!(said(&done, RaftRule::VoteRefusedLeaseMayHold));
    assert_eq!(voted(&done), Some((2, false)));
    bench.pass(Micros(1));
    assert_eq!(voted(&bench.give(request())), Some((2, true)));
    // Nobody relies on it where there are no leases.
    let mut bench = follows(RaftSettings {
        reads: ReadPath::Index,
        ..by_lease()
    });
    bench.give(vote(C, 2, false));
    assert_eq!(voted(&bench.give(request())), Some((2, true)));
}

#[test]
fn a_server_that_starts_again_may_have_answered_a_leader_just_before() {
    let bench = follows(by_lease());
    let mut bench = set_up(3, by_lease(), bench.durable);
    let request = || vote_request(C, 2, at(0, 0));
    let done = bench.give(request());
    assert!(said(&done, RaftRule::VoteRefusedLeaseMayHold));
    assert_eq!(bench.node.inspect().reign.mandate, Mandate::Term(1));
    bench.pass(TIMEOUT);
    assert_eq!(voted(&bench.give(request())), Some((2, true)));
}

#[test]
fn an_election_that_would_come_too_early_is_put_off() {
    for early in [
        Input::Control(Control::TimeOut),
        Input::Timer(RaftTimer::Election),
    ] {
        let mut bench = follows(by_lease());
        let done = bench.give(early.clone());
        assert!(said(&done, RaftRule::ElectionPutOff) && armed(&done));
        assert_eq!(bench.node.inspect().role, consensus::Role::Follower);
        bench.pass(TIMEOUT);
        bench.give(early);
        assert_eq!(bench.node.inspect().role, consensus::Role::Candidate);
    }
}

/// The leader has chosen it, and has given its lease up.
#[test]
fn a_successor_stands_at_once_and_its_leaders_followers_vote_for_it() {
    let mut bench = follows(by_lease());
    let done = bench.give(timeout_now(B, 1));
    assert!(said(&done, RaftRule::ElectionTransferred));
}
