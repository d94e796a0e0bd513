//! The cluster's time, by which sessions expire (Raft thesis §6.3).
//!
//! A leader stamps each entry as it makes it. It begins where the log that it took over ends, and
//! goes on by its own monotonic clock; so the time never falls along a log, stands still while
//! nobody leads, and needs no clock that two servers agree on. Servers read nothing but the stamps,
//! and come to the same end.
//!
//! A stamp is trusted as the rest of an entry is: a member that made entries up could as well make
//! up commands. No message can carry one that is out of bounds, or that falls ([`MOST`]); and the
//! table of sessions takes a stamp that falls for one that stands still.

use super::server::Server;
use crate::time::Micros;

/// No cluster lives so long: what is later is taken for damage.
pub(super) const MOST: Micros = Micros(u64::MAX / 2);

/// A leader's part of the cluster's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ClusterTime {
    /// What it was as the reign began.
    start: Micros,
    /// When that was, by the leader's monotonic clock.
    since: Micros,
}

impl ClusterTime {
    /// The time as a reign begins.
    pub(super) fn begin(server: &Server, now: Micros) -> Self {
        let last = server.log.get(server.log.last_index());
        let last = last.map_or(Micros::ZERO, |entry| entry.at());
        Self {
            // Where a snapshot stands for the whole log, its sessions know the time.
            start: last.max(server.application.sessions.now()),
            since: now,
        }
    }

    /// The stamp of an entry that is made now.
    pub(super) fn stamp(&self, now: Micros) -> Micros {
        (self.start + now.since(self.since)).min(MOST)
    }
}
