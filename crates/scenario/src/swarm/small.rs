//! A failing run of the swarm, made small.

use super::{FaultKind, SwarmPlan};
use crate::document::ProtocolName;
use crate::shrink::{Shrunk, shrink_while};
use crate::span::Span;
use consensus::Micros;

impl SwarmPlan {
    /// The run made small as [`shrink_while`] does, which asks `goes_on` the same; `None` where
    /// nothing fails in it.
    ///
    /// Where liveness mode fails, that mode stays as it is. Where moreover Raft's members change,
    /// all of it stays, and counts as not minimal: who votes in the end hangs on every step.
    #[must_use]
    pub fn shrunk(
        &self,
        protocol: ProtocolName,
        rough: Micros,
        goes_on: &dyn Fn(u64) -> bool,
    ) -> Option<Shrunk> {
        let report = self.scenario.run(protocol, |_| {});
        if report.violation.is_some() {
            return shrink_while(&self.scenario, protocol, None, goes_on);
        }
        let stays = protocol == ProtocolName::Raft && self.mix.has(FaultKind::Members);
        let goes_on = |runs| !stays && goes_on(runs);
        shrink_while(&self.scenario, protocol, Some(Span(rough)), &goes_on)
    }
}
