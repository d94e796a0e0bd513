//! Servers that break one rule each, and what comes of it: the rules are there for a reason.

use crate::server::*;
use consensus::raft::{
    Append, LogIndex, Mutant, Raft, RaftMessage, RaftSettings, RaftTimer, ReplicationSession,
};
use consensus::{Micros, NodeId};
use simulator::{DiskSettings, Driver, DriverError, Property, SpanRange};

const SECOND: Micros = Micros::from_secs(1);

const GUARANTEES: &[Property] = &[
    Property::OneVotePerTerm,
    Property::ElectionSafety,
    Property::LogMatching,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::StateMachineSafety,
];

type Cluster = Driver<Raft>;

/// Three servers, all of which break this rule.
fn cluster(mutant: Option<Mutant>) -> Cluster {
    let settings = RaftSettings {
        election_timeout_least: SECOND * 1_000,
        election_timeout_most: SECOND * 1_000,
        mutant,
        ..RaftSettings::paper()
    };
    let builder = Driver::builder().nodes(3).settings(settings);
    builder.guarantees(GUARANTEES).build()
}

/// Three servers that A leads in term 1.
fn led_by_a(mutant: Option<Mutant>) -> Result<Cluster, DriverError> {
    let mut cluster = cluster(mutant);
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    Ok(cluster)
}

/// What a story breaks, and that it breaks nothing where the rule is kept.
fn broken_by(
    mutant: Mutant,
    story: fn(Option<Mutant>) -> Result<(), DriverError>,
) -> Option<Property> {
    assert_eq!(story(None), Ok(()), "the rule is kept");
    match story(Some(mutant)) {
        Err(DriverError::Violated(violation)) => Some(violation.property),
        other => panic!("nothing is broken: {other:?}"),
    }
}

/// Followers whose disks take long get an entry; A's disk is quick.
fn slow_disks(mutant: Option<Mutant>) -> Result<(), DriverError> {
    let mut cluster = led_by_a(mutant)?;
    for node in [B, C] {
        let slow = SpanRange::millis(500, 500);
        cluster.set_disk(node, DiskSettings::sound(slow))?;
    }
    let call = cluster.write_to(A, 0, 0, 1)?;
    cluster.expect_done(call, SECOND * 5).map(drop)
}

#[test]
fn who_says_yes_before_its_disk_does_lets_entries_be_committed_that_a_crash_takes_away() {
    let property = broken_by(Mutant::AckBeforeFsync, slow_disks);
    assert_eq!(property, Some(Property::CommittedIsDurable));
}

/// An append of the first entry comes a second time, long after the second one.
fn late_copy(mutant: Option<Mutant>) -> Result<(), DriverError> {
    let mut cluster = led_by_a(mutant)?;
    for value in 1..=2 {
        let call = cluster.write_to(A, 0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
    }
    cluster.run_for(SECOND)?;
    let durable = cluster.durable(A)?;
    let append = RaftMessage::Append(Append {
        term: durable.term,
        session: ReplicationSession(1),
        entries: durable.log.copy_from(LogIndex(1), 1),
        ..Append::default()
    });
    for node in [B, C] {
        let envelope = cluster.envelope(A, node, append.clone())?;
        cluster.deliver(node, envelope)?;
    }
    cluster.run_for(Micros::from_millis(30))?;
    for node in [B, C] {
        assert_eq!(cluster.log(node)?.len(), 2, "{node}");
    }
    Ok(())
}

#[test]
fn who_drops_what_an_append_does_not_contradict_drops_what_is_committed() {
    let property = broken_by(Mutant::CommittedTruncated, late_copy);
    assert_eq!(property, Some(Property::CommittedIsDurable));
}

/// A and B stand in one term, and C is asked by both.
fn two_candidates(mutant: Option<Mutant>) -> Result<(), DriverError> {
    let mut cluster = cluster(mutant);
    let candidates: [NodeId; 2] = [A, B];
    for node in candidates {
        cluster.fire(node, RaftTimer::Election)?;
    }
    cluster.run_for(SECOND)?;
    assert!(cluster.leaders().count() <= 1);
    Ok(())
}

#[test]
fn who_votes_twice_in_a_term_has_it_led_twice() {
    let property = broken_by(Mutant::TwoVotes, two_candidates);
    assert_eq!(property, Some(Property::OneVotePerTerm));
}
