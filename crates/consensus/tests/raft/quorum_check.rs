//! CheckQuorum, and keeping to a leader that lives: Raft thesis §6.2 and §4.2.3.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogPosition, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer};
use consensus::{Answer, Effect, Input, Mandate, Micros, Observation, Protocol, Refusal, Role};
use simulator::{Driver, DriverError, Outcome};

const EMPTY: LogPosition = LogPosition::ZERO;
const HEARTBEAT: Input<Raft> = Input::Timer(RaftTimer::Heartbeat);

fn checked() -> RaftSettings {
    RaftSettings {
        check_quorum: true,
        ..RaftSettings::paper()
    }
}

fn millis(span: u64) -> Micros {
    Micros::from_millis(span)
}

/// Server A of `size`, leading term 1 with a checked quorum.
fn checked_leader(size: u16) -> Bench<Raft> {
    let mut bench = set_up(size, checked(), Default::default());
    elect(&mut bench, size, 1);
    bench
}

/// Server A of 3, which has just heard from B, the leader of term 2.
fn checked_follower() -> Bench<Raft> {
    let mut bench = set_up(3, checked(), Default::default());
    bench.give(heartbeat(B, 2));
    bench
}

fn mandate(bench: &Bench<Raft>) -> Mandate {
    bench.node.inspect().reign.mandate
}

/// CheckQuorum (R11).
#[test]
fn a_leader_that_no_majority_answers_for_an_election_timeout_steps_down_in_its_term() {
    let mut bench = checked_leader(5);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    bench.pass(millis(299));
    assert!(!said(&bench.give(HEARTBEAT), RaftRule::QuorumLost));
    bench.pass(millis(1));
    let done = bench.give(HEARTBEAT);
    assert!(said(&done, RaftRule::QuorumLost));
    assert!(messages(&done).is_empty(), "it asserts itself no more");
    assert!(armed(&done) && done.contains(&Effect::Disarm(RaftTimer::Heartbeat)));
    let (reason, hint) = (Refusal::LostLeadership, None);
    assert_eq!(answers(&done), [(1, Answer::Refused { reason, hint })]);
    let (role, mandate) = (Role::Follower, Mandate::Term(1));
    assert!(observed(&done).contains(&Observation::Role { role, mandate }));
    let view = bench.node.inspect();
    assert_eq!((view.role, view.reign.leader), (Role::Follower, None));
    assert_eq!((view.reign.mandate, view.voted_for), (mandate, Some(A)));
}

#[test]
fn nobody_else_has_led_its_term_so_its_log_stands_as_it_is() {
    let mut bench = set_up(3, checked(), disk_of(&[1, 1]));
    elect(&mut bench, 3, 2);
    bench.pass(millis(300));
    assert!(said(&bench.give(HEARTBEAT), RaftRule::QuorumLost));
    let done = bench.give(append(B, 2, at(1, 1), &[2], 0));
    assert!(said(&done, RaftRule::IgnoredContradiction));
    assert_eq!(log(&bench), [1, 1]);
}

#[test]
fn it_leads_on_while_a_majority_answers_and_its_first_timeout_is_free() {
    let mut bench = checked_leader(5);
    for _ in 0..10 {
        bench.pass(millis(150));
        // Three of five with itself; D and E are dead.
        bench.give(matched(B, 1, 0));
        bench.give(matched(C, 1, 0));
        assert!(!said(&bench.give(HEARTBEAT), RaftRule::QuorumLost));
    }
    bench.pass(millis(299));
    bench.give(matched(B, 1, 0));
    assert!(!said(&bench.give(HEARTBEAT), RaftRule::QuorumLost));
    bench.pass(millis(1));
    assert!(
        said(&bench.give(HEARTBEAT), RaftRule::QuorumLost),
        "C is silent"
    );
}

#[test]
fn without_the_check_it_leads_for_ever_and_alone_it_is_its_own_majority() {
    let mut alone = set_up(1, checked(), Default::default());
    alone.give(Input::Timer(RaftTimer::Election));
    for mut bench in [leader(5), alone] {
        bench.pass(Micros::from_secs(60));
        bench.give(HEARTBEAT);
        assert_eq!(bench.node.inspect().role, Role::Leader);
    }
}

/// Leader stickiness (R11).
#[test]
fn who_has_heard_its_leader_within_the_shortest_timeout_gives_no_vote_and_keeps_its_term() {
    let mut bench = checked_follower();
    bench.pass(millis(149));
    for term in [2, 3, 9] {
        let before = bench.node.clone();
        let done = bench.give(vote_request(C, term, EMPTY));
        assert!(said(&done, RaftRule::VoteRefusedLeaderLives));
        assert_eq!(voted(&done), Some((2, false)));
        assert!(!armed(&done));
        assert_eq!(bench.node, before);
    }
    bench.pass(millis(1));
    assert_eq!(
        voted(&bench.give(vote_request(C, 3, EMPTY))),
        Some((3, true))
    );
}

#[test]
fn each_word_of_the_leader_counts_and_only_the_leaders() {
    let mut bench = checked_follower();
    bench.pass(millis(100));
    bench.give(append(B, 2, EMPTY, &[2], 0));
    bench.pass(millis(100));
    bench.give(vote(C, 2, true));
    assert_eq!(
        voted(&bench.give(vote_request(C, 3, at(1, 2)))),
        Some((2, false))
    );
    bench.pass(millis(50));
    assert_eq!(
        voted(&bench.give(vote_request(C, 3, at(1, 2)))),
        Some((3, true))
    );
    // It follows the new term without having heard from a leader.
    assert_eq!(
        voted(&bench.give(vote_request(B, 4, at(1, 2)))),
        Some((4, true))
    );
}

#[test]
fn a_leader_with_a_quorum_refuses_as_well() {
    let mut bench = checked_leader(3);
    bench.pass(millis(299));
    let done = bench.give(vote_request(C, 7, EMPTY));
    assert!(said(&done, RaftRule::VoteRefusedLeaderLives));
    assert_eq!(
        (bench.node.inspect().role, mandate(&bench)),
        (Role::Leader, Mandate::Term(1))
    );
    bench.pass(millis(1));
    bench.give(vote_request(C, 7, EMPTY));
    assert_eq!(mandate(&bench), Mandate::Term(7));
}

#[test]
fn every_other_message_of_a_later_term_is_believed_at_once() {
    for message in [heartbeat(C, 3), vote(C, 3, false), matched(C, 3, 0)] {
        let mut bench = checked_follower();
        bench.give(message);
        assert_eq!(mandate(&bench), Mandate::Term(3));
    }
}

#[test]
fn without_the_check_a_live_leader_is_no_reason_to_refuse() {
    let mut bench = server(3);
    bench.give(heartbeat(B, 2));
    assert_eq!(
        voted(&bench.give(vote_request(C, 3, EMPTY))),
        Some((3, true))
    );
}

#[test]
fn a_candidate_that_its_leader_told_to_stand_is_no_disturbance() {
    for mut bench in [checked_follower(), checked_leader(3)] {
        let (term, last, transfer) = (consensus::raft::Term(3), EMPTY, true);
        let request = RaftMessage::VoteRequest {
            term,
            last,
            transfer,
        };
        assert_eq!(voted(&bench.give(from(C, request))), Some((3, true)));
    }
}

#[test]
fn a_minority_leader_steps_down_and_its_client_may_turn_to_the_majority() -> Result<(), DriverError>
{
    for (settings, steps_down) in [(checked(), true), (RaftSettings::paper(), false)] {
        let mut cluster = Driver::<Raft>::builder().settings(settings).build();
        cluster.fire(A, RaftTimer::Election)?;
        assert_eq!(cluster.expect_leader(Micros::from_secs(1))?, A);
        cluster.run_for(millis(200))?;
        cluster.cut(&[&[A, B], &[C, D, E]])?;
        let vain = cluster.write_to(A, 0, 0, 1)?;
        cluster.run_for(millis(400))?;
        assert_eq!(cluster.role(A)? != Role::Leader, steps_down);
        let reason = Refusal::LostLeadership;
        let told = Outcome::Refused { reason };
        assert_eq!(cluster.outcome(vain), steps_down.then_some(told));
        assert_eq!(
            cluster.decided(A, RaftRule::QuorumLost),
            u64::from(steps_down)
        );
    }
    Ok(())
}

/// Thesis §4.2.3: a server that hears no leader, such as one that was removed, keeps asking.
#[test]
fn a_server_that_hears_nothing_disturbs_nobody() -> Result<(), DriverError> {
    for (settings, disturbs) in [(checked(), false), (RaftSettings::paper(), true)] {
        let mut cluster = Driver::<Raft>::builder().settings(settings).build();
        cluster.fire(A, RaftTimer::Election)?;
        assert_eq!(cluster.expect_leader(Micros::from_secs(1))?, A);
        cluster.run_for(millis(100))?;
        cluster.cut_one_way(&[A, B, C, D], &[E])?;
        cluster.run_for(Micros::from_secs(3))?;
        assert!(cluster.mandate(E)? > Mandate::Term(5), "it asks in vain");
        assert_eq!(cluster.mandate(B)? != Mandate::Term(1), disturbs);
        assert_eq!(cluster.decided(A, RaftRule::SteppedDown) > 0, disturbs);
        let refused = cluster.decisions(RaftRule::VoteRefusedLeaderLives).count();
        assert_eq!(refused == 0, disturbs);
    }
    Ok(())
}
