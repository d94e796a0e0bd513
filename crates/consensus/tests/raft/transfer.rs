//! Leadership transfer: Raft thesis §3.10.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    AppendOutcome, LogPosition, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer,
    ReplicateWhen, Term,
};
use consensus::{
    Answer, Control, Effect, Input, Mandate, Micros, NodeId, Observation, Protocol, Refusal, Role,
};
use simulator::{Driver, DriverError};

const EMPTY: LogPosition = LogPosition::ZERO;

fn transfer_to(node: NodeId) -> Input<Raft> {
    Input::Control(Control::TransferTo(node))
}

/// Who was told to stand.
fn told(done: &Done) -> Vec<NodeId> {
    let sent = messages(done).into_iter();
    sent.filter(|(_, message)| matches!(message, RaftMessage::TimeoutNow { .. }))
        .map(|(to, _)| to)
        .collect()
}

fn refused(hint: NodeId) -> Answer {
    Answer::Refused {
        reason: Refusal::HandingOver,
        hint: Some(hint),
    }
}

/// Leadership transfer (R11).
#[test]
fn a_target_that_is_up_to_date_is_told_to_stand_at_once() {
    let mut bench = leader(3);
    let done = bench.give(transfer_to(B));
    assert!(said(&done, RaftRule::TransferStarted) && said(&done, RaftRule::TransferReady));
    let term = Term(1);
    assert_eq!(messages(&done), [(B, RaftMessage::TimeoutNow { term })]);
    assert_eq!(
        bench.node.inspect().role,
        Role::Leader,
        "until it is replaced"
    );
}

#[test]
fn a_target_that_lags_is_brought_up_to_date_first() {
    for replicate in [ReplicateWhen::AtOnce, ReplicateWhen::WithNextHeartbeat] {
        let settings = RaftSettings {
            replicate,
            entries_per_message: 1,
            in_flight_messages: 1,
            ..RaftSettings::paper()
        };
        let mut bench = set_up(3, settings, disk_of(&[1, 1]));
        elect(&mut bench, 3, 2);
        bench.give(call(3));
        // Where their logs meet is still asked, so it is asked at once.
        let done = bench.give(transfer_to(B));
        assert!(told(&done).is_empty());
        let asked = messages(&done);
        assert!(matches!(asked.as_slice(), [(B, RaftMessage::Append(_))]));
        bench.give(differs(B, 2, 2, at(0, 0)));
        for index in 1..3 {
            let done = bench.give(matched(B, 2, index));
            assert!(told(&done).is_empty(), "entry {index} of 3");
            let next = messages(&done);
            assert!(matches!(next.as_slice(), [(B, RaftMessage::Append(_))]));
        }
        assert!(
            told(&bench.give(matched(C, 2, 3))).is_empty(),
            "not the target"
        );
        assert_eq!(told(&bench.give(matched(B, 2, 3))), [B]);
    }
}

#[test]
fn new_calls_are_refused_with_a_hint_and_those_at_work_go_on() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(transfer_to(B));
    let done = bench.give(call(2));
    assert!(said(&done, RaftRule::CallRefusedHandingOver));
    assert_eq!(answers(&done), [(2, refused(B))]);
    assert_eq!(log(&bench), [1], "its log stands still");
    let done = bench.give(call(1));
    assert!(said(&done, RaftRule::CallRepeated) && answers(&done).is_empty());
    let done = bench.give(matched(B, 1, 1));
    assert!(matches!(answers(&done).as_slice(), [(1, Answer::Done(_))]));
}

#[test]
fn a_lost_word_is_said_again_when_the_target_answers() {
    let mut bench = leader(3);
    bench.give(transfer_to(B));
    assert_eq!(told(&bench.give(matched(B, 1, 0))), [B]);
    assert!(told(&bench.give(matched(C, 1, 0))).is_empty());
}

#[test]
fn a_transfer_that_takes_an_election_timeout_is_given_up() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(transfer_to(B));
    bench.pass(Micros::from_millis(299));
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert!(!said(&done, RaftRule::TransferAborted));
    assert_eq!(messages(&done).len(), 2, "it asserts itself meanwhile");
    bench.pass(Micros::from_millis(1));
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert!(said(&done, RaftRule::TransferAborted));
    assert!(told(&bench.give(matched(B, 1, 1))).is_empty());
    assert!(answers(&bench.give(call(2))).is_empty());
    assert_eq!(log(&bench), [1, 1], "it takes calls again");
}

#[test]
fn a_second_wish_replaces_the_first() {
    let mut bench = leader(3);
    bench.give(transfer_to(B));
    assert_eq!(told(&bench.give(transfer_to(C))), [C]);
    assert!(told(&bench.give(matched(B, 1, 0))).is_empty());
    assert_eq!(answers(&bench.give(call(1))), [(1, refused(C))]);
}

#[test]
fn only_a_leader_hands_over_and_only_to_another_member() {
    let mut candidate = server(3);
    candidate.give(Input::Timer(RaftTimer::Election));
    for (mut bench, target, rule) in [
        (leader(3), A, RaftRule::TransferImpossible),
        (leader(3), D, RaftRule::TransferImpossible),
        (server(3), B, RaftRule::TransferNotLeading),
        (candidate, B, RaftRule::TransferNotLeading),
    ] {
        let before = bench.node.clone();
        let done = bench.give(transfer_to(target));
        assert!(said(&done, rule) && done.len() == 1, "{rule:?}");
        assert_eq!(bench.node, before);
    }
}

/// Server A of 3 with everything on, which has just heard from B, the leader of term 2.
fn follower() -> Bench<Raft> {
    let mut bench = set_up(3, RaftSettings::production(), Default::default());
    bench.give(heartbeat(B, 2));
    bench
}

#[test]
fn the_target_stands_at_once_without_asking_first() {
    let mut bench = follower();
    bench.instant_disk = false;
    let done = bench.give(timeout_now(B, 2));
    assert!(said(&done, RaftRule::ElectionTransferred));
    assert!(messages(&done).is_empty(), "its own vote is not stored yet");
    assert!(armed(&done));
    let mandate = Mandate::Term(3);
    assert!(observed(&done).contains(&Observation::ElectionCalled(mandate)));
    let token = done.iter().find_map(|effect| match effect {
        Effect::Persist { token, .. } => Some(*token),
        _ => None,
    });
    let done = bench.give(Input::Stored(token.expect("a ballot")));
    let request = RaftMessage::VoteRequest {
        term: Term(3),
        last: EMPTY,
        transfer: true,
    };
    assert_eq!(messages(&done), [(B, request.clone()), (C, request)]);
}

#[test]
fn an_election_that_follows_a_failed_transfer_is_an_ordinary_one() {
    let settings = RaftSettings::paper();
    let mut bench = set_up(3, settings, Default::default());
    bench.give(heartbeat(B, 2));
    bench.give(timeout_now(B, 2));
    let done = bench.give(Input::Timer(RaftTimer::Election));
    assert!(messages(&done).iter().all(|(_, message)| matches!(
        message,
        RaftMessage::VoteRequest {
            transfer: false,
            ..
        }
    )));
    assert_eq!(messages(&done).len(), 2);
}

#[test]
fn only_the_leader_of_the_term_can_tell_a_follower_to_stand() {
    let mut bench = follower();
    let before = bench.node.clone();
    let done = bench.give(timeout_now(C, 2));
    assert!(said(&done, RaftRule::IgnoredSecondLeader));
    let done = bench.give(timeout_now(C, 1));
    assert!(said(&done, RaftRule::AppendRefusedStaleTerm));
    assert_eq!(outcome(&done), Some(AppendOutcome::Stale));
    assert_eq!(bench.node, before);
    let mut bench = leader(3);
    let before = bench.node.clone();
    let done = bench.give(timeout_now(B, 1));
    assert!(said(&done, RaftRule::IgnoredSecondLeader));
    assert_eq!(bench.node, before);
}

const SECOND: Micros = Micros::from_secs(1);

/// Five servers that A leads, all up to date.
fn cluster(settings: RaftSettings) -> Result<Driver<Raft>, DriverError> {
    let mut cluster = Driver::<Raft>::builder().settings(settings).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    let call = cluster.write(0, 0, 1)?;
    cluster.expect_done(call, SECOND)?;
    cluster.run_for(Micros::from_millis(200))?;
    Ok(cluster)
}

#[test]
fn leadership_moves_within_an_election_timeout_and_nobody_else_stands() -> Result<(), DriverError> {
    for settings in [RaftSettings::paper(), RaftSettings::production()] {
        let mut cluster = cluster(settings)?;
        let since = cluster.mandate(A)?;
        cluster.give(A, transfer_to(D))?;
        let patience = Micros::from_millis(150);
        cluster.run_until("the successor", patience, |it| it.leader() == Some(D))?;
        cluster.run_for(SECOND)?;
        assert_eq!(cluster.leaders().collect::<Vec<_>>(), [D]);
        let Mandate::Term(term) = since else {
            panic!("a term")
        };
        assert_eq!(cluster.mandate(D)?, Mandate::Term(term + 1), "one election");
        let call = cluster.write(0, 0, 2)?;
        cluster.expect_done(call, SECOND)?;
    }
    Ok(())
}

#[test]
fn a_target_that_missed_entries_catches_up_and_then_leads() -> Result<(), DriverError> {
    let mut cluster = cluster(RaftSettings::production())?;
    cluster.cut(&[&[D]])?;
    for value in 0..20 {
        let call = cluster.write(0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
    }
    cluster.heal()?;
    cluster.give(A, transfer_to(D))?;
    let patience = Micros::from_millis(300);
    cluster.run_until("the successor", patience, |it| it.leader() == Some(D))?;
    assert_eq!(
        cluster.log(D)?.len(),
        cluster.log(A)?.len() + 1,
        "its no-op"
    );
    Ok(())
}

#[test]
fn a_dead_target_costs_its_clients_an_election_timeout_and_no_leader() -> Result<(), DriverError> {
    let mut cluster = cluster(RaftSettings::production())?;
    let since = cluster.mandate(A)?;
    cluster.crash(D)?;
    cluster.give(A, transfer_to(D))?;
    let during = cluster.write_to(A, 0, 0, 7)?;
    cluster.run_for(Micros::from_millis(400))?;
    let reason = Refusal::HandingOver;
    assert_eq!(
        cluster.outcome(during),
        Some(simulator::Outcome::Refused { reason })
    );
    assert_eq!(cluster.decided(A, RaftRule::TransferAborted), 1);
    let after = cluster.write_to(A, 0, 0, 8)?;
    assert_eq!(cluster.expect_done(after, SECOND)?, Some(8));
    assert_eq!((cluster.leader(), cluster.mandate(A)?), (Some(A), since));
    Ok(())
}

#[test]
fn a_client_that_calls_meanwhile_is_served_in_the_end() -> Result<(), DriverError> {
    let mut cluster = cluster(RaftSettings::production())?;
    cluster.give(A, transfer_to(D))?;
    let call = cluster.write(0, 0, 9)?;
    assert_eq!(cluster.expect_done(call, SECOND * 3)?, Some(9));
    assert_eq!(cluster.leader(), Some(D));
    assert!(cluster.decided(A, RaftRule::CallRefusedHandingOver) > 0);
    Ok(())
}

/// Thesis §3.10: a target that is slow after all costs one more election, and nothing else.
#[test]
fn a_word_that_comes_after_the_transfer_was_given_up_does_no_harm() -> Result<(), DriverError> {
    let mut cluster = cluster(RaftSettings::production())?;
    cluster.give(A, transfer_to(D))?;
    let sent = cluster.messages().into_iter();
    let word = sent.filter(|it| matches!(it.message(), RaftMessage::TimeoutNow { .. }));
    let word = word
        .map(|it| it.envelope.clone())
        .next()
        .expect("D is told");
    cluster.crash(D)?;
    cluster.run_for(Micros::from_millis(400))?;
    assert_eq!(cluster.decided(A, RaftRule::TransferAborted), 1);
    cluster.restart(D)?;
    cluster.run_for(Micros::from_millis(200))?;
    let call = cluster.write_to(A, 0, 0, 5)?;
    cluster.expect_done(call, SECOND)?;
    cluster.deliver(D, word)?;
    cluster.run_for(SECOND)?;
    assert_eq!(cluster.decided(D, RaftRule::ElectionTransferred), 1);
    assert_eq!(cluster.leaders().count(), 1);
    let leader = cluster.expect_leader(SECOND)?;
    let read = cluster.read_from(leader, 0, 0)?;
    assert_eq!(cluster.expect_done(read, SECOND)?, Some(5));
    Ok(())
}
