//! What follows from a scenario's timing: how long it may run, and when its water counts as calm.

use crate::deed::Deed;
use crate::document::Scenario;
use crate::span::Span;
use consensus::Micros;

/// The most rounds of the shortest timer, times nodes, that a run may take: an hour of 31 nodes
/// with the timing of the defaults.
const MOST_ROUNDS: u64 = 2_500_000;

impl Scenario {
    /// How long it may run at most, with its nodes and its timing, so that it comes to an end.
    #[must_use]
    pub fn longest(&self) -> Span {
        let nodes = self.every_node().len() as u64;
        let rounds = MOST_ROUNDS / nodes.max(1);
        let by_clock = self.quickest().1.0 * rounds;
        Span(Micros(by_clock.0 * 1_000 / self.fastest_pace())).min(Span::MOST)
    }

    /// How fast the fastest clock of the run ever goes, in thousandths of a right one's pace.
    fn fastest_pace(&self) -> u64 {
        let later = self.steps.iter().filter_map(|step| match &step.deed {
            Deed::Clock(clock) => Some(clock),
            _ => None,
        });
        let drifts = self
            .clocks
            .iter()
            .chain(later)
            .map(|it| it.drift_per_million);
        let most = drifts.max().unwrap_or(0).max(0);
        1_000 + u64::from(most.unsigned_abs()).div_ceil(1_000)
    }

    /// The shortest span after which something happens again and again, and its field.
    pub(crate) fn quickest(&self) -> (&'static str, Span) {
        let (raft, almighty, watercraft) = (&self.raft, &self.almighty, &self.watercraft);
        let rotation = almighty.secret_rotation.unwrap_or(Span::MOST);
        let spans = [
            ("raft.election-timeout", raft.election_timeout[0]),
            ("raft.heartbeat", raft.heartbeat),
            ("almighty.ping-interval", almighty.ping_interval),
            ("almighty.join-timeout", almighty.join_timeout),
            ("almighty.winner-timeout", almighty.winner_timeout),
            ("almighty.settle-window", almighty.settle_window),
            ("almighty.secret-rotation", rotation),
            ("watercraft.call-interval", watercraft.call_interval),
            ("watercraft.contact-timeout", watercraft.contact_timeout),
        ];
        let first = spans[0];
        let shorter = |one: (_, Span), it: (_, Span)| if it.1 < one.1 { it } else { one };
        spans.into_iter().fold(first, shorter)
    }
}
