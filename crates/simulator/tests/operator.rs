//! Joining and leaving where members change by their leader's word: an operator sees to it.
#![allow(missing_docs)]

use consensus::raft::{Raft, RaftRule, RaftSettings};
use consensus::{MembersView, MembershipChange, Micros, NodeId};
use simulator::{Driver, DriverError, IdleReason, Power, Property};

const A: NodeId = NodeId(0);
const D: NodeId = NodeId(3);
const SECOND: Micros = Micros::from_secs(1);
const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::StateMachineSafety,
];

fn three(seed: u64) -> Driver<Raft> {
    let builder = Driver::<Raft>::builder().nodes(3).seed(seed);
    let builder = builder.settings(RaftSettings::production());
    builder.guarantees(GUARANTEES).build()
}

fn members(driver: &Driver<Raft>) -> Option<MembersView> {
    let seen = driver.inspect(driver.leader()?).ok()?;
    seen.members.settled.then_some(seen.members)
}

/// Waits until exactly these vote, and nobody learns.
fn until_these_vote(driver: &mut Driver<Raft>, voters: &[NodeId]) -> Result<(), DriverError> {
    driver.run_until("those members", SECOND * 8, |driver| {
        let found = members(driver);
        found.is_some_and(|it| it.voters == voters && it.learners.is_empty())
    })
}

#[test]
fn who_joins_is_a_learner_first_and_then_votes() -> Result<(), DriverError> {
    let mut driver = three(1);
    let leader = driver.expect_leader(SECOND)?;
    let call = driver.write(0, 1, 42)?;
    driver.expect_done(call, SECOND)?;
    driver.join(D)?;
    driver.run_until("a learner", SECOND, |driver| {
        members(driver).is_some_and(|it| it.learners == [D])
    })?;
    until_these_vote(&mut driver, &[A, NodeId(1), NodeId(2), D])?;
    assert_eq!(driver.believed_leader(D)?, Some(leader));
    driver.run_for(SECOND)?;
    assert_eq!(driver.value(D, 1)?, Some(42));
    Ok(())
}

#[test]
fn who_leaves_is_taken_out_before_it_is_switched_off() -> Result<(), DriverError> {
    for is_leader in [true, false] {
        let mut driver = three(2);
        let leader = driver.expect_leader(SECOND)?;
        let call = driver.write(0, 1, 42)?;
        driver.expect_done(call, SECOND)?;
        let mut nodes = driver.nodes();
        let gone = nodes.find(|node| (*node == leader) == is_leader);
        drop(nodes);
        let gone = gone.expect("one of three");
        driver.leave(gone)?;
        assert_eq!(driver.power(gone)?, Power::Running, "not before it is out");
        assert_eq!(
            driver.leave(gone).map_err(|error| match error {
                DriverError::Idle { reason, .. } => Some(reason),
                _ => None,
            }),
            Err(Some(IdleReason::AlreadySo))
        );
        let rest: Vec<NodeId> = driver.nodes().filter(|node| *node != gone).collect();
        until_these_vote(&mut driver, &rest)?;
        driver.run_for(SECOND)?;
        assert_eq!(driver.power(gone)?, Power::Absent);
        let call = driver.write(0, 1, 43)?;
        driver.expect_done(call, SECOND * 3)?;
    }
    Ok(())
}

#[test]
fn an_errand_outlives_the_leader_that_it_was_begun_with() -> Result<(), DriverError> {
    for after in (0..400).step_by(20) {
        let mut driver = three(3 + after);
        let leader = driver.expect_leader(SECOND)?;
        driver.join(D)?;
        driver.run_for(Micros::from_millis(after))?;
        driver.crash(leader)?;
        until_these_vote(&mut driver, &[A, NodeId(1), NodeId(2), D])?;
        driver.restart(leader)?;
        driver.run_for(SECOND)?;
        assert_eq!(driver.leaders().count(), 1, "{}", driver.tell());
    }
    Ok(())
}

#[test]
fn errands_for_several_nodes_are_done_one_after_the_other() -> Result<(), DriverError> {
    let mut driver = three(4);
    driver.expect_leader(SECOND)?;
    let down = NodeId(1);
    driver.crash(down)?;
    for joins in [3, 4, 5] {
        driver.join(NodeId(joins))?;
    }
    driver.leave(NodeId(2))?;
    driver.restart(down)?;
    let all = [0, 1, 3, 4, 5].map(NodeId);
    until_these_vote(&mut driver, &all)?;
    driver.run_for(SECOND)?;
    assert_eq!(driver.power(NodeId(2))?, Power::Absent);
    // Back again, with what its disk holds.
    driver.join(NodeId(2))?;
    until_these_vote(&mut driver, &[0, 1, 2, 3, 4, 5].map(NodeId))
}

#[test]
fn a_node_that_is_down_keeps_nobody_else_waiting() -> Result<(), DriverError> {
    let mut driver = three(5);
    driver.expect_leader(SECOND)?;
    driver.join(D)?;
    driver.crash(D)?;
    driver.join(NodeId(4))?;
    driver.run_until("the other one votes", SECOND * 8, |driver| {
        members(driver).is_some_and(|it| it.voters.contains(&NodeId(4)))
    })
}

#[test]
fn a_change_that_is_asked_for_by_hand_is_asked_for_once() -> Result<(), DriverError> {
    let mut driver = three(6);
    let leader = driver.expect_leader(SECOND)?;
    // Before its first entry is committed, a leader may change nothing.
    driver.run_for(SECOND)?;
    driver.change_membership(MembershipChange::AddLearner(D))?;
    assert_eq!(driver.power(D)?, Power::Running, "it is attached");
    driver.run_for(SECOND)?;
    let found = members(&driver).expect("settled");
    assert_eq!(found.learners, [D]);
    // Nobody promotes it of their own accord.
    driver.run_for(SECOND * 3)?;
    assert_eq!(members(&driver).expect("settled").learners, [D]);
    driver.transfer_to(D)?;
    driver.run_for(SECOND)?;
    assert_eq!(driver.leader(), Some(leader), "who learns does not lead");
    assert_eq!(driver.decisions(RaftRule::ElectionTransferred).count(), 0);
    Ok(())
}
