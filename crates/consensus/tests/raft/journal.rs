//! A disk written down as the fewest writes that make it: what a host's journal begins with.

use crate::server::*;
use consensus::raft::{LogIndex, RaftDurable, RaftWrite, Snapshot, SnapshotRecord, Term};
use consensus::{Durable, NodeId};
use std::sync::Arc;

/// A disk with so many entries, and a snapshot of the first few that leaves `kept` of them.
fn disk(entries: usize, snapshot: u64, kept: u64) -> RaftDurable {
    let mut disk = disk_of(&vec![1; entries]);
    disk.store(&RaftWrite::Ballot {
        term: Term(3),
        vote: Some(NodeId(2)),
    });
    let index = LogIndex(snapshot);
    if let Some(digest) = disk.log.digest_at(index).filter(|_| snapshot > 0) {
        let (last, start) = (at(snapshot, 1), LogIndex(snapshot - kept));
        let snapshot = Snapshot {
            last,
            digest,
            ..Snapshot::default()
        };
        let record = Arc::new(SnapshotRecord {
            snapshot,
            ..SnapshotRecord::default()
        });
        disk.store(&RaftWrite::Snapshot { record, start });
    }
    disk
}

fn read_back(disk: &RaftDurable) -> RaftDurable {
    let mut again = RaftDurable::default();
    disk.as_writes().iter().for_each(|write| again.store(write));
    again
}

#[test]
fn a_disk_is_made_again_by_its_writes() {
    for (entries, snapshot) in [(0, 0), (1, 0), (200, 0), (200, 1), (200, 150), (200, 200)] {
        let disk = disk(entries, snapshot, 0);
        assert_eq!(
            read_back(&disk),
            disk,
            "{entries} entries, {snapshot} in a snapshot"
        );
    }
}

#[test]
fn entries_that_a_snapshot_stands_for_are_left_out() {
    let disk = disk(200, 150, 100);
    let again = read_back(&disk);
    assert_eq!((disk.log.len(), again.log.len()), (150, 50));
    assert_eq!(
        (again.log.last(), again.log.digest()),
        (disk.log.last(), disk.log.digest())
    );
    assert_eq!(
        (again.term, again.vote, &again.snapshot),
        (disk.term, disk.vote, &disk.snapshot)
    );
}

#[test]
fn few_writes_tell_it() {
    assert_eq!(disk(0, 0, 0).as_writes().len(), 1);
    assert_eq!(disk(200, 0, 0).as_writes().len(), 2);
    assert_eq!(disk(200, 200, 0).as_writes().len(), 2);
    assert_eq!(disk(200, 150, 0).as_writes().len(), 3);
}
