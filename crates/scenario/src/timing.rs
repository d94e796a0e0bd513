//! What follows from a scenario's timing: how long it may run, and when its water counts as calm.

use crate::deed::Deed;
use crate::document::{AlmightyTiming, Scenario};
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
        let (raft, almighty) = (&self.raft, &self.almighty);
        let rotation = almighty.secret_rotation.unwrap_or(Span::MOST);
        let spans = [
            ("raft.election-timeout", raft.election_timeout[0]),
            ("raft.heartbeat", raft.heartbeat),
            ("almighty.ping-interval", almighty.ping_interval),
            ("almighty.join-timeout", almighty.join_timeout),
            ("almighty.winner-timeout", almighty.winner_timeout),
            ("almighty.settle-window", almighty.settle_window),
            ("almighty.secret-rotation", rotation),
        ];
        let first = spans[0];
        let shorter = |one: (_, Span), it: (_, Span)| if it.1 < one.1 { it } else { one };
        spans.into_iter().fold(first, shorter)
    }
}

impl AlmightyTiming {
    /// How long it takes, besides [`Self::quiet_per_node`], until the oldest leads alone: to meet
    /// again (A20), to find a leader dead (A17), to join (A15), which takes longer without a
    /// stamp of one's own (A1), and to settle (A19); all of it twice, since a merged ledger presumes the dead alive.
    pub(crate) fn quiet(&self) -> Micros {
        let meet = self.ping_interval.0 * u64::from(self.reannounce_every);
        let find = self.ping_interval.0 * (u64::from(self.missed_pongs) + 2);
        let missed = match self.leader_stamps {
            true => self.ping_interval.0 * (u64::from(self.missed_pongs) + 1),
            false => Micros::ZERO,
        };
        let join = self.join_timeout.0 + missed;
        let join = join + Micros(join.0 / 2);
        (meet + find + join + self.settle_window.0) * 2
    }

    /// How long an election waits for one silent winner (A18), twice for the same reason.
    pub(crate) fn quiet_per_node(&self) -> Micros {
        (self.winner_timeout.0 + Micros(self.winner_timeout.0.0 / 3)) * 2
    }

    /// The longest one-way delay at which nobody alive is taken for dead: each wait is longer than
    /// there and back (A15, A17, A18).
    pub(crate) fn quiet_delay(&self) -> Micros {
        let pongs = self.ping_interval.0 * u64::from(self.missed_pongs);
        let wait = self.join_timeout.0.min(self.winner_timeout.0).min(pongs);
        Micros(wait.0.saturating_sub(1) / 2)
    }
}
