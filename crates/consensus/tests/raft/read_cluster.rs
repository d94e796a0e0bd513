//! Reads in a cluster: none is stale, whoever serves it, unless a rule or an assumption is broken.

use crate::reads::by_index;
use crate::server::*;
use consensus::Micros;
use consensus::raft::{Raft, RaftRule, RaftSettings, RaftTimer, ReadPath};
use simulator::{
    ClientSettings, ClockSettings, Driver, DriverBuilder, DriverError, Outcome, Property, SpanRange,
};

const SECOND: Micros = Micros::from_secs(1);
const GUARANTEES: &[Property] = &[Property::NoStaleRead, Property::ExactlyOnce];

type Cluster = Driver<Raft>;

fn by_lease() -> RaftSettings {
    RaftSettings {
        reads: ReadPath::Lease,
        ..RaftSettings::production()
    }
}

fn three(settings: RaftSettings) -> DriverBuilder<Raft> {
    Driver::builder()
        .nodes(3)
        .settings(settings)
        .clients(60, ClientSettings::default())
        .guarantees(GUARANTEES)
        .delay(SpanRange::millis(1, 2))
}

/// A leads, has committed a write, and is cut off in the middle of its reign.
fn cut_off(builder: DriverBuilder<Raft>) -> Result<Cluster, DriverError> {
    let mut cluster = builder.build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    let first = cluster.write(0, 0, 1)?;
    cluster.expect_done(first, SECOND)?;
    cluster.run_for(SECOND)?;
    cluster.cut(&[&[A], &[B, C]])?;
    Ok(cluster)
}

/// The others have elected another leader, and a write is done.
fn overtaken(builder: DriverBuilder<Raft>) -> Result<Cluster, DriverError> {
    let mut cluster = cut_off(builder)?;
    let other = |it: &Cluster| it.leaders().find(|leader| *leader != A);
    let successor = cluster.run_until_some("another leader", SECOND * 2, other)?;
    let second = cluster.write_to(successor, 1, 0, 2)?;
    cluster.expect_done(second, SECOND)?;
    Ok(cluster)
}

/// Without check_quorum it leads on, as it thinks, and serves nothing.
#[test]
fn a_leader_that_is_cut_off_serves_no_read_by_index() -> Result<(), DriverError> {
    let mut cluster = overtaken(three(by_index()))?;
    let stale = cluster.read_from(A, 2, 0)?;
    cluster.run_for(SECOND)?;
    assert_eq!(cluster.decided(A, RaftRule::ReadAnswered), 0);
    assert!(!matches!(
        cluster.outcome(stale),
        Some(Outcome::Done { .. })
    ));
    cluster.heal()?;
    let read = cluster.read(3, 0)?;
    assert_eq!(cluster.expect_done(read, SECOND * 2)?, Some(2));
    Ok(())
}

/// A lease outlives the cut, and is over before anybody else can lead.
#[test]
fn a_leader_that_is_cut_off_serves_reads_until_its_lease_ends_and_none_later()
-> Result<(), DriverError> {
    let mut cluster = cut_off(three(by_lease()))?;
    let read = cluster.read_from(A, 1, 0)?;
    assert_eq!(cluster.expect_done(read, SECOND)?, Some(1));
    let served = cluster.decided(A, RaftRule::ReadByLease);
    assert_eq!(served, 1);
    cluster.run_for(Micros::from_millis(140))?;
    cluster.read_from(A, 2, 0)?;
    cluster.run_for(SECOND)?;
    assert_eq!(cluster.decided(A, RaftRule::ReadByLease), served);
    Ok(())
}

/// Reads at every moment from the cut until long after the others have gone on.
fn keep_reading(builder: DriverBuilder<Raft>) -> Result<(), DriverError> {
    let mut cluster = cut_off(builder)?;
    let others = [B, C];
    for client in 0..100 {
        let successor = others
            .into_iter()
            .find(|it| cluster.leaders().any(|l| l == *it));
        if let Some(leader) = successor {
            cluster.write_to(leader, 10 + client % 20, 0, u64::from(client))?;
        }
        cluster.run_for(Micros::from_millis(4))?;
        cluster.read_from(A, 40 + client % 20, 0)?;
        cluster.run_for(Micros::from_millis(1))?;
    }
    Ok(())
}

/// Whether that breaks the one promise, for some seed.
fn serves_stale_reads(builder: impl Fn(u64) -> DriverBuilder<Raft>) -> bool {
    (0..20).any(|seed| match keep_reading(builder(seed)) {
        Err(DriverError::Violated(broken)) => broken.property == Property::NoStaleRead,
        _ => false,
    })
}

/// B's and C's clocks run as fast as this, in millionths more than A's.
fn others_faster(builder: DriverBuilder<Raft>, drift: i32) -> DriverBuilder<Raft> {
    let clock = ClockSettings { offset: 0, drift };
    builder.clock(B, clock).clock(C, clock)
}

/// The assumption of thesis §6.4.1: clocks differ by no more than the lease allows for.
#[test]
fn a_lease_is_safe_while_clocks_differ_by_less_than_is_assumed() -> Result<(), DriverError> {
    for seed in 0..20 {
        keep_reading(others_faster(three(by_lease()).seed(seed), 100_000))?;
    }
    Ok(())
}

/// Beyond it a read may be stale: this is the price, and the settings say so.
#[test]
fn a_lease_is_worth_nothing_where_clocks_differ_by_more_than_is_assumed() {
    let builder = |seed| others_faster(three(by_lease()).seed(seed), 500_000);
    assert!(serves_stale_reads(builder));
}

#[cfg(feature = "mutants")]
#[test]
fn a_leader_that_does_not_look_at_the_time_serves_stale_reads() {
    let settings = RaftSettings {
        mutant: Some(consensus::raft::Mutant::StaleLeaseRead),
        ..by_lease()
    };
    assert!(serves_stale_reads(|seed| three(settings.clone()).seed(seed)));
}

/// A follower's read sees every write that was answered before it.
#[test]
fn a_read_of_any_server_sees_what_was_answered_before() -> Result<(), DriverError> {
    let nodes = [A, B, C];
    for reads in [ReadPath::Index, ReadPath::Lease] {
        let settings = RaftSettings {
            reads,
            follower_reads: true,
            ..by_lease()
        };
        let mut cluster = three(settings).delay(SpanRange::millis(1, 40)).build();
        let leader = cluster.expect_leader(SECOND)?;
        for value in 1..30 {
            let write = cluster.write(0, 0, value)?;
            cluster.expect_done(write, SECOND)?;
            for (node, client) in nodes.into_iter().zip(1..) {
                let read = cluster.read_from(node, client, 0)?;
                assert_eq!(cluster.expect_done(read, SECOND)?, Some(value));
            }
        }
        for node in nodes.into_iter().filter(|it| *it != leader) {
            assert_eq!(cluster.decided(node, RaftRule::ReadAnswered), 29);
        }
        assert_eq!(
            cluster.log(leader)?.len(),
            30,
            "29 writes, and one for the reign"
        );
    }
    Ok(())
}
