//! What a leader knows of one follower, as a machine of three states.

use super::in_flight::InFlight;
use super::message::{HeartbeatRound, ReplicationSession};
use super::position::LogIndex;
use super::read_index::Question;
use super::snapshot::Sending;
use crate::time::Micros;

/// How a leader feeds one follower.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum ProgressState {
    /// Where the logs meet is not known: one append at a time asks whether they meet just before
    /// `next`. Each heartbeat asks again. It carries no entries, which a follower might refuse.
    Probe,
    /// The logs meet just before `next`, unless a message was lost: each entry is sent once, and
    /// `next` runs ahead of the answers by what is in flight.
    Replicate(InFlight),
    /// Its next entry is compacted away: it gets heartbeats, and the snapshot that ends at
    /// `next - 1`.
    Snapshot(Sending),
}

/// A leader's book on one follower (Raft §5.3, figure 2; R12).
///
/// Always `matched < next`, and `next` is at most one past the leader's last entry. What is in
/// flight stands between the two. A state changes by an answer, or because the log is compacted;
/// never by time:
///
/// ```text
///           accepted, or refused where the logs certainly meet
///    Probe ────────────────────────────────────────────────────▶ Replicate
///      ▲ ◀──────────────────────────────────────────────────────┘ ▲
///      │                 refused: something was lost              │
///      │                                                          │
///      └──── compacted ─────▶ Snapshot ── snapshot installed ─────┘
/// ```
///
/// What Replicate would send next may be compacted away, too: from there it goes to Snapshot as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Progress {
    /// The first session of this book. What answers an earlier one was said by the follower that
    /// had its name before.
    pub(super) since: ReplicationSession,
    /// The session that it is in, another one each time that `next` falls. What answers an earlier
    /// one still tells what the follower holds, and nothing of what it lacks.
    pub(super) session: ReplicationSession,
    /// The first entry to send next.
    pub(super) next: LogIndex,
    /// Up to here the follower holds, durably, what the leader holds. Never falls.
    pub(super) matched: LogIndex,
    /// How it is fed.
    pub(super) state: ProgressState,
    /// When this book was opened, by the leader's monotonic clock.
    pub(super) opened: Micros,
    /// When the follower last answered, by the same clock.
    pub(super) last_answer: Option<Micros>,
    /// The latest heartbeat round that it has answered. Never falls.
    pub(super) answered: HeartbeatRound,
    /// Its latest question about reads, where that is not answered.
    pub(super) question: Option<Question>,
}

/// What an answer told the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Nothing but that it lives.
    Alive,
    /// The follower holds more than was known.
    Advanced,
    /// The logs meet earlier than was thought.
    BackedUp,
    /// Something that was sent has not arrived.
    Lost,
    /// Nothing at all: it answers what is no longer asked.
    Old,
}

impl Progress {
    /// What a new leader assumes: the follower's log ends where its own does (§5.3).
    pub(super) const fn new(session: ReplicationSession, last: LogIndex, now: Micros) -> Self {
        Self {
            since: session,
            session,
            next: last.next(),
            matched: LogIndex::ZERO,
            state: ProgressState::Probe,
            opened: now,
            last_answer: None,
            answered: HeartbeatRound(0),
            question: None,
        }
    }

    /// Notes an append with entries up to `last`, of so many bytes.
    pub(super) fn sent(&mut self, last: LogIndex, bytes: u64) {
        if let ProgressState::Replicate(in_flight) = &mut self.state {
            in_flight.add(last, bytes);
            self.next = last.next();
        }
    }

    /// The follower holds everything up to `index`, as it said in `session`.
    pub(super) fn accepted(&mut self, session: ReplicationSession, index: LogIndex) -> News {
        let meets = session == self.session && index.next() >= self.next;
        match &mut self.state {
            ProgressState::Replicate(in_flight) => in_flight.confirm(index),
            // The probe has found where the logs meet.
            ProgressState::Probe if meets => {
                self.state = ProgressState::Replicate(InFlight::default());
            }
            // The snapshot has made them meet, or was not needed: the news had been late.
            ProgressState::Snapshot(sending) if index >= sending.last().index => {
                self.state = ProgressState::Replicate(InFlight::default());
            }
            ProgressState::Probe | ProgressState::Snapshot(_) => {}
        }
        self.next = self.next.max(index.next());
        if index <= self.matched {
            return News::Alive;
        }
        self.matched = index;
        News::Advanced
    }

    /// The follower has another entry, or none, at `at`. The logs meet at `meeting` at most, and
    /// there for certain where `certain` says so.
    ///
    /// Each time that it is news, `next` falls, and never to what is matched: so probing ends. What
    /// comes then belongs to `session`.
    pub(super) fn refused(
        &mut self,
        at: LogIndex,
        (meeting, certain): (LogIndex, bool),
        session: ReplicationSession,
    ) -> News {
        if at <= self.matched || at >= self.next {
            return News::Old;
        }
        let news = match self.state {
            ProgressState::Probe if at.next() == self.next => News::BackedUp,
            // What was overtaken looks lost, and may have arrived since: the probe's answer tells
            // what is missing, so that nothing else is sent again.
            ProgressState::Replicate(_) => News::Lost,
            ProgressState::Probe | ProgressState::Snapshot(_) => return News::Old,
        };
        self.state = match news {
            News::BackedUp if certain => ProgressState::Replicate(InFlight::default()),
            _ => ProgressState::Probe,
        };
        self.next = meeting.next().min(at).max(self.matched.next());
        self.session = session;
        news
    }

    /// From here on it gets a snapshot, and no entries.
    pub(super) fn become_snapshot(&mut self, sending: Sending) {
        self.next = sending.last().index.max(self.matched).next();
        self.state = ProgressState::Snapshot(sending);
    }

    /// Whether it is sent a snapshot.
    pub(super) const fn gets_snapshot(&self) -> bool {
        matches!(self.state, ProgressState::Snapshot(_))
    }

    /// Whether it is fed as entries come.
    pub(super) const fn replicates(&self) -> bool {
        matches!(self.state, ProgressState::Replicate(_))
    }

    /// How many appends with entries are on their way to it.
    pub(super) fn in_flight(&self) -> u64 {
        match &self.state {
            ProgressState::Replicate(in_flight) => in_flight.count(),
            ProgressState::Probe | ProgressState::Snapshot(_) => 0,
        }
    }

    /// The state's name, as people see it.
    pub(super) const fn name(&self) -> &'static str {
        match self.state {
            ProgressState::Probe => "probe",
            ProgressState::Replicate(_) => "replicate",
            ProgressState::Snapshot(_) => "snapshot",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::snapshot::SnapshotRecord;
    use alloc::sync::Arc;

    fn progress() -> Progress {
        Progress::new(ReplicationSession(1), LogIndex(9), Micros::ZERO)
    }

    const NOW: ReplicationSession = ReplicationSession(1);

    fn refused(progress: &mut Progress, at: u64, meeting: u64, certain: bool) -> News {
        let meeting = (LogIndex(meeting), certain);
        progress.refused(LogIndex(at), meeting, ReplicationSession(2))
    }

    #[test]
    fn probing_falls_until_the_logs_meet_and_then_replicates() {
        let mut progress = progress();
        assert_eq!(refused(&mut progress, 9, 4, false), News::BackedUp);
        assert_eq!((progress.next, progress.name()), (LogIndex(5), "probe"));
        assert_eq!(refused(&mut progress, 9, 4, false), News::Old, "repeated");
        let session = progress.session;
        assert_eq!(progress.accepted(session, LogIndex(4)), News::Advanced);
        assert_eq!(progress.name(), "replicate");
        progress.sent(LogIndex(9), 5);
        assert_eq!((progress.next, progress.in_flight()), (LogIndex(10), 1));
        assert_eq!(refused(&mut progress, 3, 0, true), News::Old, "is matched");
        assert_eq!(refused(&mut progress, 9, 0, true), News::Lost);
        assert_eq!((progress.next, progress.in_flight()), (LogIndex(5), 0));
        assert_eq!(progress.name(), "probe");
    }

    #[test]
    fn where_the_logs_certainly_meet_no_other_probe_is_needed() {
        let mut progress = progress();
        assert_eq!(refused(&mut progress, 9, 6, true), News::BackedUp);
        assert_eq!((progress.next, progress.name()), (LogIndex(7), "replicate"));
        assert_eq!(progress.matched, LogIndex::ZERO, "nothing is promised yet");
    }

    #[test]
    fn an_answer_that_is_late_ends_no_probe() {
        let mut progress = progress();
        assert_eq!(progress.accepted(NOW, LogIndex(3)), News::Advanced);
        assert_eq!((progress.next, progress.name()), (LogIndex(10), "probe"));
        assert_eq!(progress.accepted(NOW, LogIndex(3)), News::Alive);
        assert_eq!(refused(&mut progress, 9, 5, false), News::BackedUp);
        // It is of the session before, and says what the follower holds all the same.
        assert_eq!(progress.accepted(NOW, LogIndex(5)), News::Advanced);
        assert_eq!((progress.matched, progress.name()), (LogIndex(5), "probe"));
    }

    fn sending(last: u64) -> Sending {
        let mut record = SnapshotRecord::default();
        record.snapshot.last.index = LogIndex(last);
        Sending::new(Arc::new(record))
    }

    #[test]
    fn while_it_needs_a_snapshot_refusals_mean_nothing() {
        let mut progress = progress();
        progress.become_snapshot(sending(7));
        assert_eq!(refused(&mut progress, 7, 2, true), News::Old);
        assert_eq!(progress.accepted(NOW, LogIndex(2)), News::Advanced);
        assert_eq!(progress.name(), "snapshot");
        assert_eq!(progress.accepted(NOW, LogIndex(7)), News::Advanced);
        assert_eq!((progress.next, progress.name()), (LogIndex(8), "replicate"));
    }

    #[test]
    fn late_news_that_it_holds_all_of_the_snapshot_ends_it() {
        let mut progress = progress();
        progress.become_snapshot(sending(7));
        let earlier = ReplicationSession(0);
        assert_eq!(progress.accepted(earlier, LogIndex(9)), News::Advanced);
        assert_eq!(
            (progress.next, progress.name()),
            (LogIndex(10), "replicate")
        );
    }
}
