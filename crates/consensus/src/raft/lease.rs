//! Reads without asking anybody, while a lease holds (Raft thesis §6.4.1).
//!
//! Whoever hears from a leader gives no vote, and stands for none, until the shortest election
//! timeout has passed by its own clock. So from the moment at which the leader sent a round that a
//! quorum has answered, nobody else is elected for so long.
//!
//! *What is assumed:* while one server's monotonic clock counts 100, no other one's counts less than
//! 100 − [`crate::raft::RaftSettings::clock_drift_percent`]. The lease is shorter by as much. Where
//! clocks differ more than that, a read may miss a write that was answered before; nothing else in
//! this crate rests on how fast clocks run.
//!
//! A server keeps to the leader that it heard from whatever becomes of its own term or role, and
//! one that starts again does as if it had just heard from one. A leader that told a successor to
//! stand at once has no lease until its reign ends, because that message may be on its way for as
//! long as it likes.

use super::leader::Leader;
use super::mutant::Mutant;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::{RaftSettings, ReadPath};
use crate::explain::Facts;
use crate::time::Micros;

impl RaftSettings {
    /// How long a lease holds, by the leader's clock.
    fn lease(&self) -> Micros {
        let percent = u64::from(100_u32.saturating_sub(self.clock_drift_percent));
        Micros(self.election_timeout_least.0 / 100 * percent)
    }

    fn has_leases(&self) -> bool {
        self.reads == ReadPath::Lease
    }
}

impl Leader {
    /// Whether it may answer a read without asking anybody: nobody else can lead by now, and what
    /// earlier leaders have committed is known to be.
    pub(super) fn has_lease(&self, server: &Server, now: Micros) -> bool {
        let settings = &server.settings;
        if !settings.has_leases() || !self.reading.knows_commit(server) {
            return false;
        }
        let lasts = |sent| now < sent + settings.lease();
        settings.breaks(Mutant::StaleLeaseRead)
            || (!self.dismissed && self.rounds.confirmed().is_some_and(lasts))
    }
}

impl Server {
    /// Whether a leader that it has heard from may still serve reads by its lease.
    pub(super) fn is_bound_by_lease(&self, now: Micros) -> bool {
        let least = self.settings.election_timeout_least;
        self.settings.has_leases() && self.heard.is_some_and(|it| now.since(it) < least)
    }

    /// Puts an election off that would come too early for a lease, whoever wants it; says whether
    /// it did.
    pub(super) fn puts_election_off(&self, now: Micros, out: &mut Out) -> bool {
        let bound = self.is_bound_by_lease(now);
        if bound {
            out.why(RaftRule::ElectionPutOff, Facts::NONE);
            self.arm_patience(out);
        }
        bound
    }
}
