//! The application's word: a snapshot after so many commands.
#![allow(missing_docs)]

use consensus::raft::{Raft, RaftRule};
use consensus::{Micros, NodeId};
use simulator::{Driver, DriverError};

const SECOND: Micros = Micros::from_secs(1);

/// How often each node took a snapshot while so many commands were applied.
fn taken(every: Option<u32>, commands: u64) -> Result<[u64; 3], DriverError> {
    let mut builder = Driver::<Raft>::builder().nodes(3);
    if let Some(every) = every {
        builder = builder.snapshot_every(every);
    }
    let mut driver = builder.build();
    driver.expect_leader(SECOND)?;
    for value in 0..commands {
        let call = driver.write(0, 0, value)?;
        driver.expect_done(call, SECOND)?;
    }
    driver.run_for(SECOND)?;
    Ok([0, 1, 2].map(|id| driver.decided(NodeId(id), RaftRule::SnapshotTaken)))
}

#[test]
fn every_node_takes_a_snapshot_after_so_many_commands() -> Result<(), DriverError> {
    assert_eq!(taken(None, 9)?, [0; 3]);
    assert_eq!(taken(Some(3), 2)?, [0; 3]);
    assert_eq!(taken(Some(3), 3)?, [1; 3]);
    assert_eq!(taken(Some(3), 11)?, [3; 3]);
    assert_eq!(taken(Some(1), 5)?, [5; 3]);
    Ok(())
}
