//! The leader's heartbeat rounds, and when each was sent (Raft thesis §6.4).
//!
//! A quorum that has answered a round proves that its leader led when the round was *sent*, and
//! nothing about the time at which the answers came.

use super::leader::Leader;
use super::message::HeartbeatRound;
use super::server::Server;
use crate::queue::Queue;
use crate::time::Micros;

/// Of so many rounds without a quorum the sending time is kept.
const KEPT: usize = 32;

/// The rounds of one reign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct HeartbeatRounds {
    /// The last one that was begun; 0 before the first.
    latest: HeartbeatRound,
    /// Rounds that no quorum has answered yet and when they were sent, oldest first.
    open: Queue<(HeartbeatRound, Micros)>,
    /// The last one that a quorum has answered.
    answered: HeartbeatRound,
    /// When a round was sent that a quorum has answered: the latest one whose time is known.
    confirmed: Option<Micros>,
}

impl HeartbeatRounds {
    /// Begins a round.
    pub(super) fn begin(&mut self, now: Micros) -> HeartbeatRound {
        self.latest = HeartbeatRound(self.latest.0.saturating_add(1));
        // The newest gives way: the oldest is answered first, and its time proves the least, but
        // soonest.
        if self.open.len() >= KEPT {
            self.open.pop_back();
        }
        self.open.push_back((self.latest, now));
        self.latest
    }

    /// The last round that was begun; 0 before the first.
    pub(super) const fn latest(&self) -> HeartbeatRound {
        self.latest
    }

    /// Notes that a quorum has answered `round`.
    pub(super) fn confirm(&mut self, round: HeartbeatRound) {
        self.answered = self.answered.max(round);
        while let Some((_, sent)) = self.open.pop_front_if(|it| it.0 <= round) {
            self.confirmed = Some(sent);
        }
    }

    /// The last round that a quorum has answered; 0 before the first.
    pub(super) const fn answered(&self) -> HeartbeatRound {
        self.answered
    }

    /// When it certainly still led: the time, by its monotonic clock, at which a round was sent
    /// that a quorum has answered.
    pub(super) const fn confirmed(&self) -> Option<Micros> {
        self.confirmed
    }
}

impl Leader {
    /// Notes what a quorum has answered by now.
    pub(super) fn confirm_rounds(&mut self, server: &Server) {
        let latest = self.rounds.latest();
        let round = self.reached_by_quorum(server, |progress| match progress {
            Some(progress) => progress.answered,
            None => latest,
        });
        self.rounds.confirm(round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quorums_answer_proves_the_time_of_sending() {
        let mut rounds = HeartbeatRounds::default();
        assert_eq!(rounds.confirmed(), None);
        for at in 1..=3 {
            rounds.begin(Micros(at * 10));
        }
        rounds.confirm(HeartbeatRound(2));
        assert_eq!(rounds.confirmed(), Some(Micros(20)));
        rounds.confirm(HeartbeatRound(1));
        assert_eq!(rounds.confirmed(), Some(Micros(20)), "never goes back");
        assert_eq!(rounds.answered(), HeartbeatRound(2));
    }

    #[test]
    fn without_answers_what_is_kept_is_bounded_and_claims_no_later_time() {
        let mut rounds = HeartbeatRounds::default();
        for at in 1..=1_000 {
            rounds.begin(Micros(at));
        }
        assert_eq!(rounds.open.len(), KEPT);
        rounds.confirm(HeartbeatRound(500));
        assert_eq!(rounds.confirmed(), Some(Micros(31)));
        rounds.confirm(HeartbeatRound(1_000));
        assert_eq!(rounds.confirmed(), Some(Micros(1_000)));
    }
}
