//! The writes that clients were told are done, and how many nodes still hold each.

use crate::call_ranges::CallRanges;
use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::CallId;

/// So many writes come together before they are looked at.
const LOOK_AFTER: usize = 16;
/// So many groups of settled writes are told apart.
const GROUPS: usize = 16;

/// A write that a client was told is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Write {
    pub(crate) call: CallId,
    /// The position at which it was applied; 0 where that is not known.
    pub(crate) index: u64,
}

/// Writes that were settled together. Whoever holds the last of them holds all: logs and state
/// machines are filled in order.
#[derive(Clone, Copy, Debug)]
struct Settled {
    last: Write,
    count: u64,
}

/// All acknowledged writes. One by one it remembers only those that could still be lost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acknowledged {
    count: u64,
    calls: CallRanges,
    /// Two nodes held them when they were looked at, and no node has lost anything since.
    safe: Vec<Arc<[Write]>>,
    /// All others, but those for which snapshots on two disks stand.
    doubtful: Vec<Write>,
    /// They are looked at when there are so many.
    look_at: usize,
    /// Those for which snapshots on two disks stood, oldest first.
    settled: Vec<Settled>,
    /// Whether a disk was emptied, with the snapshot on it.
    wiped: bool,
}

impl Acknowledged {
    /// How many there are.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// Whether this call is among them.
    pub(crate) fn contains(&self, call: CallId) -> bool {
        self.calls.contains(call)
    }

    /// Adds one. `held` says whether two nodes hold a write.
    pub(crate) fn add(&mut self, write: Write, held: impl Fn(&Write) -> bool) {
        if self.calls.surely_contains(write.call) {
            return;
        }
        self.calls.insert(write.call);
        self.count += 1;
        self.doubtful.push(write);
        if self.doubtful.len() < self.look_at.max(LOOK_AFTER) {
            return;
        }
        let (safe, doubtful): (Vec<Write>, Vec<Write>) = self.doubtful.drain(..).partition(held);
        if !safe.is_empty() {
            self.safe.push(safe.into());
        }
        self.look_at = 2 * doubtful.len();
        self.doubtful = doubtful;
    }

    /// Snapshots on two disks stand for the log up to here: what they stand for is looked at again
    /// only when a disk is emptied.
    pub(crate) fn settle(&mut self, covered: u64) {
        let open = |write: &Write| !(1..=covered).contains(&write.index);
        let mut settled: Vec<Write> = Vec::new();
        self.safe.retain(|writes| {
            let stays = writes.iter().any(open);
            if !stays {
                settled.extend(writes.iter());
            }
            stays
        });
        self.doubtful.retain(|write| {
            let stays = open(write);
            if !stays {
                settled.push(*write);
            }
            stays
        });
        if let Some(last) = settled.iter().max_by_key(|write| write.index) {
            let count = settled.len() as u64;
            self.settled.push(Settled { last: *last, count });
        }
        if self.settled.len() > GROUPS {
            let first = self.settled.remove(0);
            self.settled[0].count += first.count;
        }
    }

    /// A disk was emptied.
    pub(crate) fn wiped(&mut self) {
        self.wiped = true;
        self.doubt();
    }

    /// A node lost what it held, or some of it.
    pub(crate) fn doubt(&mut self) {
        for writes in self.safe.drain(..) {
            self.doubtful.extend(writes.iter());
        }
    }

    /// How many of them no node holds, and how many a single one; `holders` counts up to two.
    pub(crate) fn in_danger(&self, holders: impl Fn(&Write) -> usize) -> (u64, u64) {
        let mut found = (0, 0);
        let settled = self.settled.iter().filter(|_| self.wiped);
        let settled = settled.map(|group| (group.last, group.count));
        let single = self.doubtful.iter().map(|write| (*write, 1));
        for (write, count) in single.chain(settled) {
            match holders(&write) {
                0 => found.0 += count,
                1 => found.1 += count,
                _ => {}
            }
        }
        found
    }
}
