//! What a leader knows of one follower.

use super::position::LogIndex;
use crate::time::Micros;

/// How a leader feeds one follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pace {
    /// Where the logs meet is not known yet: one append at a time, from `next`, until one is
    /// accepted; repeated with each heartbeat.
    Probe,
    /// The logs meet at `next - 1` unless a message was lost: each entry is sent once, and `next`
    /// runs ahead of the answers.
    Stream,
}

/// A leader's book on one follower (Raft §5.3, figure 2; R12).
///
/// Always `matched < next`, and `next` is at most one past the leader's last entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Progress {
    /// The first entry to send next.
    pub(super) next: LogIndex,
    /// Up to here the follower holds, durably, what the leader holds. Never falls within a term.
    pub(super) matched: LogIndex,
    /// How it is fed.
    pub(super) pace: Pace,
    /// When it last answered, by the leader's monotonic clock.
    pub(super) last_answer: Option<Micros>,
}

/// What an answer told the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// The follower holds more than was known.
    Advanced,
    /// Nothing new but that it lives.
    Alive,
}

impl Progress {
    /// What a new leader assumes: the follower's log ends where its own does (§5.3).
    pub(super) const fn new(last: LogIndex) -> Self {
        Self {
            next: last.next(),
            matched: LogIndex::ZERO,
            pace: Pace::Probe,
            last_answer: None,
        }
    }

    /// Whether, as far as is known, the follower has not been sent all of a log that ends at
    /// `last`.
    pub(super) fn lacks(&self, last: LogIndex) -> bool {
        self.next <= last || self.pace == Pace::Probe
    }

    /// Notes that `count` entries from `next` on were sent.
    pub(super) fn sent(&mut self, count: u64) {
        if self.pace == Pace::Stream {
            self.next = self.next.plus(count);
        }
    }

    /// The follower holds everything up to `index`.
    pub(super) fn accepted(&mut self, index: LogIndex) -> News {
        if index.next() >= self.next {
            self.pace = Pace::Stream;
            self.next = index.next();
        }
        if index <= self.matched {
            return News::Alive;
        }
        self.matched = index;
        News::Advanced
    }

    /// The follower has another entry, or none, at `at`; both can agree at most up to `agree`.
    /// Says whether that is news: a late or repeated refusal is not.
    ///
    /// Each time it is, `next` falls, and never to what is matched: so probing ends.
    pub(super) fn refused(&mut self, at: LogIndex, agree: LogIndex) -> bool {
        let current = match self.pace {
            Pace::Probe => at.next() == self.next,
            Pace::Stream => at < self.next,
        };
        if !current || at <= self.matched {
            return false;
        }
        self.pace = Pace::Probe;
        self.next = agree.next().min(at).max(self.matched.next());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probing_falls_until_the_logs_meet_and_then_streams() {
        let mut progress = Progress::new(LogIndex(9));
        assert!(progress.refused(LogIndex(9), LogIndex(4)));
        assert_eq!(progress.next, LogIndex(5));
        assert!(
            !progress.refused(LogIndex(9), LogIndex(4)),
            "a repeated refusal"
        );
        assert_eq!(progress.accepted(LogIndex(4)), News::Advanced);
        assert_eq!(progress.pace, Pace::Stream);
        progress.sent(5);
        assert_eq!(progress.next, LogIndex(10));
        assert!(
            !progress.refused(LogIndex(3), LogIndex(0)),
            "below what is matched"
        );
        assert!(
            progress.refused(LogIndex(9), LogIndex(0)),
            "an entry was lost"
        );
        assert_eq!(progress.next, LogIndex(5), "never back to what is matched");
    }
}
