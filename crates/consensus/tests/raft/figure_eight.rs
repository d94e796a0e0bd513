//! The schedule of the paper's figure 8 (§5.4.2): an entry of an earlier term stands on a majority,
//! and may still be lost; unless an entry of the present term follows it there.
//!
//! A to E are the figure's S1 to S5.

use crate::server::*;
use consensus::raft::{Raft, RaftRule, RaftSettings, RaftTimer};
use consensus::{CallId, Micros, NodeId, Role};
use simulator::{ClientSettings, Driver, DriverError, Outcome, Property};

const SECOND: Micros = Micros::from_secs(1);
const MOMENT: Micros = Micros::from_millis(400);

const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::LeaderAppendOnly,
    Property::LogMatching,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::StateMachineSafety,
];

type Cluster = Driver<Raft>;

/// Patient servers: who stands, and when, is for the test to say.
fn settings() -> RaftSettings {
    RaftSettings {
        election_timeout_least: SECOND * 1_000,
        election_timeout_most: SECOND * 1_000,
        ..RaftSettings::paper()
    }
}

fn terms(cluster: &Cluster, node: NodeId) -> Result<Vec<u64>, DriverError> {
    let log = cluster.log(node)?;
    Ok(log.iter().map(|entry| entry.term).collect())
}

/// Has a server stand, once, and says whether it leads.
fn stand(cluster: &mut Cluster, node: NodeId) -> Result<bool, DriverError> {
    cluster.fire(node, RaftTimer::Election)?;
    cluster.run_for(MOMENT)?;
    Ok(cluster.role(node)? == Role::Leader)
}

/// The figure's (a) to (c): A's entry of term 2 is on A, B and C, and E has one of term 3 in its
/// place. A leads term 4, D hears nobody.
fn entry_on_a_majority(settings: RaftSettings) -> Result<(Cluster, CallId), DriverError> {
    // A client that asks once: what it asks again would be another entry.
    let client = ClientSettings {
        attempts: 1,
        breaker: None,
        ..ClientSettings::default()
    };
    let builder = Driver::builder().nodes(5).clients(1, client);
    let builder = builder.settings(settings).guarantees(GUARANTEES);
    let mut cluster = builder.build();
    assert!(stand(&mut cluster, A)?);
    let first = cluster.write_to(A, 0, 0, 1)?;
    cluster.expect_done(first, SECOND)?;
    cluster.crash(A)?;
    cluster.restart(A)?;
    assert!(stand(&mut cluster, A)?, "(a) of term 2");
    cluster.cut(&[&[A, B]])?;
    let second = cluster.write_to(A, 0, 0, 2)?;
    cluster.run_for(MOMENT)?;
    assert_eq!(terms(&cluster, B)?, [1, 2]);

    cluster.crash(A)?;
    assert!(stand(&mut cluster, E)?, "(b) of term 3, by C and D");
    cluster.cut(&[&[E]])?;
    cluster.write_to(E, 0, 0, 3)?;
    cluster.run_for(MOMENT)?;
    assert_eq!(terms(&cluster, E)?, [1, 3]);

    cluster.crash(E)?;
    cluster.heal()?;
    cluster.restart(A)?;
    cluster.cut(&[&[D]])?;
    assert!(!stand(&mut cluster, A)?, "C has voted in term 3");
    assert!(stand(&mut cluster, A)?, "(c) of term 4, by B and C");
    for node in [A, B, C] {
        assert_eq!(terms(&cluster, node)?, [1, 2]);
    }
    Ok((cluster, second))
}

fn done(cluster: &Cluster, call: CallId) -> bool {
    matches!(cluster.outcome(call), Some(Outcome::Done { .. }))
}

/// (d): A falls, E wins and puts its own entry there, on every server.
fn overwritten(settings: RaftSettings) -> Result<(), DriverError> {
    let (mut cluster, second) = entry_on_a_majority(settings)?;
    cluster.crash(A)?;
    cluster.heal()?;
    cluster.restart(E)?;
    while !stand(&mut cluster, E)? {}
    let last = cluster.write_to(E, 0, 0, 4)?;
    cluster.expect_done(last, SECOND)?;
    cluster.restart(A)?;
    cluster.run_for(MOMENT)?;
    for node in [A, B, C, D, E] {
        assert_eq!(terms(&cluster, node)?, [1, 3, 5], "{node}");
    }
    assert!(!done(&cluster, second), "it was never promised");
    Ok(())
}

#[test]
fn an_earlier_terms_entry_on_a_majority_is_not_committed_and_may_be_overwritten()
-> Result<(), DriverError> {
    let (cluster, second) = entry_on_a_majority(settings())?;
    assert!(cluster.decided(A, RaftRule::OldTermNotCounted) > 0);
    assert_eq!(
        cluster.committed(A),
        Ok(0),
        "an entry of a term that is over, too"
    );
    assert!(!done(&cluster, second));
    overwritten(settings())
}

/// (e): before it falls, A puts an entry of its term on the same majority.
#[test]
fn with_an_entry_of_the_present_term_behind_it_it_stays() -> Result<(), DriverError> {
    let (mut cluster, _) = entry_on_a_majority(settings())?;
    let third = cluster.write_to(A, 0, 0, 4)?;
    cluster.expect_done(third, SECOND)?;
    assert_eq!(cluster.committed(A), Ok(3), "all before it, too");
    cluster.crash(A)?;
    cluster.heal()?;
    cluster.restart(E)?;
    for _ in 0..5 {
        assert!(!stand(&mut cluster, E)?, "B and C have newer logs");
    }
    assert!(cluster.decided(B, RaftRule::VoteRefusedLogBehind) > 0);
    while !stand(&mut cluster, C)? {}
    let last = cluster.write_to(C, 0, 0, 5)?;
    cluster.expect_done(last, SECOND)?;
    for node in [B, C, D, E] {
        assert!(terms(&cluster, node)?.starts_with(&[1, 2, 4]), "{node}");
    }
    Ok(())
}

/// A leader that counts entries of earlier terms promises what (d) takes back.
#[cfg(feature = "mutants")]
#[test]
fn a_leader_that_counts_earlier_terms_loses_what_it_committed() {
    let counts = RaftSettings {
        mutant: Some(consensus::raft::Mutant::OldTermCommitted),
        ..settings()
    };
    let Err(DriverError::Violated(violation)) = overwritten(counts) else {
        panic!("nothing was lost")
    };
    assert_eq!(violation.property, Property::LeaderCompleteness);
}
