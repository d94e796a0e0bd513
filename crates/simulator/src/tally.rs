//! The bookkeeping behind the measures.

use crate::acknowledged::{Acknowledged, Write};
use crate::flight::DropCause;
use crate::measure::Measures;
use alloc::vec::Vec;
use consensus::{MessageSummary, Micros, NodeId, Observation, Reign, Role};
use litemap::LiteMap;

/// Counts as they grow, and what they are counted from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    sums: Measures,
    counted_until: Micros,
    reigns: Vec<Reign>,
    pub(crate) acknowledged: Acknowledged,
}

impl Tally {
    /// Lets time pass up to `at`, during which `claims` nodes claimed to lead.
    pub(crate) fn pass(&mut self, at: Micros, claims: u64) {
        count(&mut self.sums, at.since(self.counted_until), claims);
        self.counted_until = self.counted_until.max(at);
    }

    /// Counts a message between nodes.
    pub(crate) fn sent(&mut self, sent: &MessageSummary, bytes: u32) {
        self.sums.messages += 1;
        self.sums.bytes += u64::from(bytes);
        let traffic = self.sums.by_kind.entry(sent.kind).or_default();
        traffic.messages += 1;
        traffic.bytes += u64::from(bytes);
        traffic.reply = sent.answer.is_some();
        traffic.heartbeat = sent.heartbeat;
    }

    /// Counts what a node reports; `led` says whether it led before.
    pub(crate) fn observe(&mut self, node: NodeId, seen: &Observation, led: bool) {
        match *seen {
            Observation::Role {
                role: Role::Leader,
                mandate,
            } => {
                let reign = Reign {
                    mandate,
                    leader: Some(node),
                };
                if !self.reigns.contains(&reign) {
                    self.reigns.push(reign);
                }
                if !led {
                    self.sums.leader_changes += 1;
                }
            }
            Observation::ElectionCalled(_) => self.sums.elections += 1,
            Observation::ElectionFailed(_) => self.sums.failed_elections += 1,
            Observation::Truncated { .. } => self.sums.truncations += 1,
            _ => {}
        }
    }

    /// Counts a leader that crashed or left.
    pub(crate) fn leader_lost(&mut self) {
        self.sums.leader_losses += 1;
    }

    /// Every reign so far, in the order of beginning.
    pub(crate) fn reigns(&self) -> &[Reign] {
        &self.reigns
    }

    /// The measures at `at`, given who claims to lead since the last event, how many messages
    /// were dropped, and how many nodes hold a write, counted up to two.
    pub(crate) fn measures(
        &self,
        at: Micros,
        claims: u64,
        drops: &LiteMap<DropCause, u64>,
        holders: impl Fn(&Write) -> usize,
    ) -> Measures {
        let mut sums = self.sums.clone();
        count(&mut sums, at.since(self.counted_until), claims);
        sums.dropped = drops.values().sum();
        sums.drops.clone_from(drops);
        sums.acknowledged = self.acknowledged.count();
        (sums.lost, sums.at_risk) = self.acknowledged.in_danger(holders);
        sums
    }
}

/// Counts a span of time during which so many nodes claimed to lead.
fn count(sums: &mut Measures, span: Micros, claims: u64) {
    match claims {
        0 => sums.leaderless += span,
        1 => {}
        _ => sums.two_claim += span,
    }
    sums.claims = claims;
}
