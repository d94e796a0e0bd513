//! Timing and availability: Raft §5.6.

use consensus::raft::{Raft, RaftRule, RaftTimer};
use consensus::{Mandate, Micros};
use simulator::{Driver, DriverError, Property, SpanRange};

const SECOND: Micros = Micros::from_secs(1);

const SAFETY: &[Property] = &[
    Property::ElectionSafety,
    Property::OneVotePerTerm,
    Property::LeaderAppendOnly,
    Property::LogMatching,
    Property::LeaderCompleteness,
    Property::StateMachineSafety,
    Property::CommittedIsDurable,
];

/// Messages take several times as long as anybody waits for them: elections fail, or are won
/// late and lost again, and nothing that must not happen does.
#[test]
fn however_wrong_the_timing_is_nothing_wrong_happens() -> Result<(), DriverError> {
    let mut failed = 0;
    for seed in 0..25 {
        let mut cluster = Driver::<Raft>::builder()
            .nodes(3)
            .seed(seed)
            .delay(SpanRange::millis(1, 900))
            .guarantees(SAFETY)
            .build();
        for value in 0..40 {
            cluster.write(0, 0, value)?;
            cluster.run_for(Micros::from_millis(500))?;
        }
        failed += cluster.decisions(RaftRule::ElectionRepeated).count();
    }
    assert!(failed > 100, "{failed} elections without a winner");
    Ok(())
}

/// Any timer may fire at any moment, and the cluster stays safe.
#[test]
fn no_timer_fires_too_early() -> Result<(), DriverError> {
    for seed in 0..25 {
        let builder = Driver::<Raft>::builder().seed(seed).guarantees(SAFETY);
        let mut cluster = builder.build();
        for turn in 0..60_u16 {
            let node = consensus::NodeId((turn * 7 + turn / 5) % 5);
            cluster.write(0, 0, u64::from(turn))?;
            for timer in [RaftTimer::Election, RaftTimer::Heartbeat] {
                match cluster.fire(node, timer) {
                    Ok(()) | Err(DriverError::NotArmed(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            cluster.run_for(Micros::from_millis(u64::from(turn % 9)))?;
        }
    }
    Ok(())
}

/// Where messages are much faster than patience, and patience much shorter than the time between
/// two failures, a leader leads on.
#[test]
fn with_the_timing_that_it_asks_for_one_leader_leads_on() -> Result<(), DriverError> {
    let builder = Driver::<Raft>::builder().seed(11);
    let mut cluster = builder.delay(SpanRange::millis(1, 15)).build();
    let leader = cluster.expect_leader(SECOND * 2)?;
    let term = cluster.mandate(leader)?;
    for value in 0..100 {
        let call = cluster.write(0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
        cluster.run_for(Micros::from_millis(100))?;
    }
    assert_eq!(
        (cluster.leader(), cluster.mandate(leader)?),
        (Some(leader), term)
    );
    Ok(())
}

/// The cluster stands still for about one election timeout when its leader dies.
#[test]
fn a_leader_that_dies_is_replaced_within_a_few_election_timeouts() -> Result<(), DriverError> {
    let mut terms = Vec::new();
    for seed in 0..40 {
        let mut cluster = Driver::<Raft>::builder().seed(seed).build();
        let leader = cluster.expect_leader(SECOND * 5)?;
        cluster.run_for(SECOND)?;
        let Mandate::Term(before) = cluster.mandate(leader)? else {
            panic!("a term")
        };
        cluster.crash(leader)?;
        let next = cluster.expect_leader(SECOND * 2)?;
        let Mandate::Term(after) = cluster.mandate(next)? else {
            panic!("a term")
        };
        terms.push(after - before);
    }
    let at_once = terms.iter().filter(|terms| **terms == 1).count();
    assert!(at_once >= 30, "most elections are won at once: {terms:?}");
    Ok(())
}
