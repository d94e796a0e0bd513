//! What the client asks of a cluster.

use crate::cluster::Cluster;
use std::ops::Range;

/// How many bytes a command carries.
pub const PAYLOAD: usize = 64;

/// After how many commands the leader asserts itself.
pub const HEARTBEAT: u64 = 4_096;

/// How many applied entries a log grows by before it is compacted.
pub(crate) const COMPACT_EVERY: u64 = 8_192;

/// How many applied entries stay in a compacted log, for followers that have not got them yet.
pub(crate) const KEPT: u32 = 1_024;

/// What the command of this number, counted from 0, carries.
#[must_use]
pub fn payload(number: u64) -> [u8; PAYLOAD] {
    let mut bytes = [0; PAYLOAD];
    let (words, _) = bytes.as_chunks_mut();
    for (word, place) in words.iter_mut().zip(0..) {
        *word = number.wrapping_add(place << 32).to_le_bytes();
    }
    bytes
}

/// Has the cluster carry out `commands`, with `window` of them outstanding, and then lets every
/// server catch up.
///
/// # Panics
/// Where the cluster comes to a standstill.
pub fn serve<C: Cluster>(cluster: &mut C, commands: Range<u64>, window: u64) {
    let mut issued = commands.start;
    let mut next_heartbeat = commands.start + HEARTBEAT;
    while cluster.retired() < commands.end {
        let open = commands.end.min(cluster.retired() + window);
        if issued < open {
            cluster.propose(issued..open);
            issued = open;
        }
        if issued >= next_heartbeat {
            cluster.heartbeat();
            next_heartbeat += HEARTBEAT;
        }
        let before = cluster.retired();
        // Sent, answered, counted: a command takes two turns.
        cluster.turn();
        cluster.turn();
        assert!(cluster.retired() > before, "{} makes no progress", C::NAME);
    }
    for _ in 0..4 {
        cluster.heartbeat();
        cluster.turn();
    }
    let lagging = cluster
        .machines()
        .any(|machine| machine.applied() < commands.end);
    assert!(!lagging, "a server of {} stays behind", C::NAME);
}
