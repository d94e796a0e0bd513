//! Which acknowledged writes are lost, or on one node alone, where logs begin with snapshots.

use super::*;
use consensus::{Micros, NodeId};
use simulator::{Driver, DriverError};

const WRITES: u64 = 20;

#[test]
fn writes_behind_snapshots_count_as_lost_once_the_disks_with_them_are_empty()
-> Result<(), DriverError> {
    let mut cluster: Driver<Raft> = Driver::builder()
        .settings(settings())
        .nodes(3)
        .guarantees(&[])
        .snapshot_every(4)
        .build();
    for value in 0..WRITES {
        let leader = cluster.expect_leader(Micros::from_secs(5))?;
        cluster.write_to(leader, 0, 0, value)?;
        cluster.run_for(Micros::from_millis(100))?;
    }
    let danger = |cluster: &Driver<Raft>| {
        let measures = cluster.measures();
        (measures.acknowledged, measures.at_risk, measures.lost)
    };
    let nodes = [0, 1, 2].map(NodeId);
    for node in nodes {
        assert!(cluster.durable(node)?.log.start().index > LogIndex(1));
        cluster.crash(node)?;
    }
    let mut figures = vec![danger(&cluster)];
    for node in nodes {
        cluster.wipe(node)?;
        figures.push(danger(&cluster));
    }
    let all = WRITES;
    assert_eq!(
        figures,
        [(all, 0, 0), (all, 0, 0), (all, all, 0), (all, 0, all)]
    );
    Ok(())
}
