//! Snapshots on links that lose, double and reorder, between servers that crash.

use super::*;
use consensus::raft::RaftRule;
use consensus::{Micros, NodeId};
use proptest::prelude::*;
use simulator::{
    CrashLoss, DiskSettings, Driver, DriverError, LinkChange, LinkSettings, Links, PerMillion,
    Property, SpanRange,
};

type Cluster = Driver<Raft>;

const SECOND: Micros = Micros::from_secs(1);

/// How many commands a server applies from one snapshot to the next.
const EVERY: u32 = 10;

/// How many entries it keeps besides.
const KEPT: u32 = 3;

const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::OneVotePerTerm,
    Property::LeaderAppendOnly,
    Property::LogMatching,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::StateMachineSafety,
    Property::NothingGoesBack,
    Property::BoundedBookkeeping,
];

fn cluster(seed: u64, links: LinkSettings) -> Cluster {
    Driver::builder()
        .settings(RaftSettings {
            entries_kept: KEPT,
            snapshot_chunk_bytes: 24,
            ..RaftSettings::production()
        })
        .nodes(3)
        .seed(seed)
        .links(links)
        .disks(DiskSettings {
            disorder: PerMillion::percent(20),
            crash_loss: CrashLoss::Torn,
            ..DiskSettings::sound(SpanRange::millis(0, 5))
        })
        .guarantees(GUARANTEES)
        .snapshot_every(EVERY)
        .build()
}

fn stormy() -> LinkSettings {
    LinkSettings {
        loss: PerMillion::percent(15),
        duplication: PerMillion::percent(15),
        reordering: PerMillion::percent(40),
        ..LinkSettings::sound(SpanRange::millis(1, 30))
    }
}

/// Writes so many values through whoever leads.
fn write(cluster: &mut Cluster, values: u64) -> Result<(), DriverError> {
    for value in 0..values {
        let leader = cluster.expect_leader(SECOND * 5)?;
        cluster.write_to(leader, 0, 0, value)?;
        cluster.run_for(Micros::from_millis(20))?;
    }
    Ok(())
}

fn agree(cluster: &Cluster) -> bool {
    let end = |node| {
        let log = &cluster.durable(node)?.log;
        let applied = cluster.applied(node)?;
        let committed = cluster.committed(node)? == log.last_index().0;
        Ok::<_, DriverError>(committed.then_some((log.digest(), applied)))
    };
    let ends: Vec<_> = cluster.nodes().map(end).collect();
    matches!(ends[0], Ok(Some(_))) && ends.windows(2).all(|pair| pair[0] == pair[1])
}

/// The pieces get through in the end, whatever becomes of each; `crash` is who crashes in the
/// middle.
fn catches_up(seed: u64, crash: Option<bool>) -> Result<(), (DriverError, String)> {
    let mut cluster = cluster(seed, stormy());
    let story = |cluster: &mut Cluster| {
        let leader = cluster.expect_leader(SECOND * 5)?;
        let behind = cluster.nodes().find(|it| *it != leader).expect("three");
        cluster.crash(behind)?;
        write(cluster, 40)?;
        cluster.restart(behind)?;
        let sends = |it: &Cluster| it.decisions(RaftRule::SnapshotPieceTaken).next().is_some();
        cluster.run_until("a piece", SECOND * 20, sends)?;
        if let Some(sender) = crash {
            let victim: NodeId = match (sender, cluster.leader()) {
                (true, Some(leader)) => leader,
                _ => behind,
            };
            cluster.crash(victim)?;
            cluster.run_for(SECOND)?;
            cluster.restart(victim)?;
        }
        cluster.change_links(Links::ALL, LinkChange::Loss(PerMillion::percent(5)))?;
        write(cluster, 5)?;
        cluster.run_until("agreement", SECOND * 60, agree)
    };
    story(&mut cluster).map_err(|error| (error, cluster.tell()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn a_follower_that_is_behind_catches_up(seed: u64, crash: Option<bool>) {
        if let Err((error, story)) = catches_up(seed, crash) {
            panic!("{error}\n{story}");
        }
    }
}

#[test]
fn the_log_stays_bounded() -> Result<(), DriverError> {
    let mut cluster = cluster(1, LinkSettings::sound(SpanRange::millis(1, 5)));
    let bound = u64::from(EVERY + KEPT) + 5;
    for _ in 0..20 {
        write(&mut cluster, 20)?;
        for node in [A, B, C] {
            let durable = cluster.durable(node)?;
            assert!(durable.log.len() <= bound, "{} entries", durable.log.len());
            assert!(cluster.log(node)?.len() as u64 <= bound);
        }
    }
    assert!(cluster.committed(A)? > 300);
    assert_eq!(
        cluster.decided(A, RaftRule::SnapshotSent),
        0,
        "nobody was behind"
    );
    Ok(())
}
