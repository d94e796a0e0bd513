//! Writes on their way to the disk, and what waits for them.
//!
//! A promise is given only when it would survive a crash. So whatever promises something is not
//! sent but put down here, as data, until the write that it rests on, and every write before that
//! one, is known to be stored: writes take effect in the order of their tokens.

use super::message::RaftMessage;
use super::position::{LogIndex, Term};
use crate::input::{SnapshotId, Token};
use crate::node::NodeId;
use crate::queue::Queue;

/// Something that may happen only when a write is durable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Deferred {
    /// A vote becomes a fact: it is reported, and a candidate's own counts from here on.
    Voted {
        /// The vote's term.
        term: Term,
        /// Who got it.
        candidate: NodeId,
    },
    /// An answer that promises something.
    Reply(Reply),
    /// The leader counts itself as holding its log up to here.
    OwnEntries {
        /// The term in which it led.
        term: Term,
        /// Its last entry at the time.
        up_to: LogIndex,
    },
    /// A snapshot is named, and the log need not go back further than this.
    Snapshot {
        /// Which.
        id: SnapshotId,
        /// The last entry that may go.
        start: LogIndex,
    },
}

/// An answer that promises something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reply {
    /// To whom.
    pub(super) to: NodeId,
    /// What.
    pub(super) message: RaftMessage,
}

/// The writes on their way, by token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Disk {
    /// The last token that was given out.
    last: Token,
    /// The writes up to the last token, oldest first: whether each is stored, though one before it
    /// is not.
    flights: Queue<bool>,
    /// What waits and for which write, in the order of the writes.
    waiting: Queue<(Token, Deferred)>,
}

impl Disk {
    /// A token for a new write, and what waits for it from the start.
    pub(super) fn begin(&mut self, then: Option<Deferred>) -> Token {
        self.last = Token(self.last.0.saturating_add(1));
        self.flights.push_back(false);
        self.waiting.extend(then.map(|then| (self.last, then)));
        self.last
    }

    /// Holds an answer back until every write so far is stored; gives it back where all are.
    #[must_use]
    pub(super) fn hold(&mut self, reply: Reply) -> Option<Reply> {
        if self.flights.is_empty() {
            return Some(reply);
        }
        let newest = self.last;
        let waiting = self.waiting.iter_mut().rev();
        let mut beside = waiting.take_while(|(token, _)| *token == newest);
        // While the disk is slow, answers to repeated messages must not pile up.
        let same = beside.find_map(|(_, held)| match held {
            Deferred::Reply(held) if held.is_like(&reply) => Some(held),
            _ => None,
        });
        match same {
            Some(held) => held.merge(reply),
            None => self.waiting.push_back((newest, Deferred::Reply(reply))),
        }
        None
    }

    /// How many writes are on their way, and how much waits for them.
    pub(super) fn bookkeeping(&self) -> u64 {
        (self.flights.len() + self.waiting.len()) as u64
    }

    /// Notes that a write is stored; [`Disk::next_free`] then gives what need wait no longer.
    pub(super) fn stored(&mut self, token: Token) {
        let age = self.last.0.checked_sub(token.0).map(usize::try_from);
        let newer = self.flights.iter_mut().rev();
        if let Some(stored) = age.and_then(|age| newer.into_iter().nth(age.ok()?)) {
            *stored = true;
        }
        while self.flights.pop_front_if(|stored| *stored).is_some() {}
    }

    /// Takes out the first of those, in order, that wait for no write any more.
    pub(super) fn next_free(&mut self) -> Option<Deferred> {
        let stored_up_to = self.last.0 - self.flights.len() as u64;
        let free = self.waiting.pop_front_if(|it| it.0.0 <= stored_up_to);
        free.map(|(_, deferred)| deferred)
    }
}

impl Reply {
    /// Whether one answer can say what the two say: how far the logs match, or that a snapshot is
    /// installed.
    fn is_like(&self, other: &Self) -> bool {
        let alike = match (&self.message, &other.message) {
            (RaftMessage::AppendAnswer(mine), RaftMessage::AppendAnswer(other)) => {
                let matches = mine.matched().is_some() && other.matched().is_some();
                matches && mine.attempt() == other.attempt()
            }
            (RaftMessage::SnapshotAnswer(mine), RaftMessage::SnapshotAnswer(other)) => {
                mine.repeats(other)
            }
            _ => false,
        };
        self == other || (self.to == other.to && alike)
    }

    /// Makes one answer of two, which says as much as both.
    fn merge(&mut self, other: Self) {
        match (&mut self.message, other.message) {
            (RaftMessage::AppendAnswer(mine), RaftMessage::AppendAnswer(other)) => {
                mine.merge(other);
            }
            (RaftMessage::SnapshotAnswer(mine), RaftMessage::SnapshotAnswer(other)) => {
                mine.round = mine.round.max(other.round);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::message::{AppendAnswer, AppendOutcome, HeartbeatRound, ReplicationSession};
    use alloc::vec::Vec;
    use core::iter;

    fn own(up_to: u64) -> Deferred {
        Deferred::OwnEntries {
            term: Term(1),
            up_to: LogIndex(up_to),
        }
    }

    fn yes(up_to: u64) -> Reply {
        Reply {
            to: NodeId(1),
            message: RaftMessage::AppendAnswer(AppendAnswer {
                term: Term(1),
                session: ReplicationSession(1),
                round: HeartbeatRound(1),
                carried: true,
                outcome: AppendOutcome::Matched(LogIndex(up_to)),
            }),
        }
    }

    fn freed_by(disk: &mut Disk, token: Token) -> Vec<Deferred> {
        disk.stored(token);
        iter::from_fn(|| disk.next_free()).collect()
    }

    #[test]
    fn what_waits_is_freed_in_order_when_all_before_it_is_stored() {
        let mut disk = Disk::default();
        assert_eq!(disk.hold(yes(0)), Some(yes(0)), "nothing to wait for");
        let first = disk.begin(Some(own(1)));
        let second = disk.begin(Some(own(2)));
        assert_eq!(disk.hold(yes(2)), None);
        let none: [Deferred; 0] = [];
        assert_eq!(freed_by(&mut disk, second), none, "the first is not stored");
        assert_eq!(freed_by(&mut disk, Token(77)), none, "no such write");
        let free = [own(1), own(2), Deferred::Reply(yes(2))];
        assert_eq!(freed_by(&mut disk, first), free);
        assert_eq!(freed_by(&mut disk, first), none, "reported twice");
    }

    #[test]
    fn while_the_disk_is_slow_only_the_best_answer_is_kept() {
        let mut disk = Disk::default();
        let token = disk.begin(None);
        for up_to in [3, 5, 4] {
            assert_eq!(disk.hold(yes(up_to)), None);
        }
        let best = [Deferred::Reply(yes(5))];
        assert_eq!(freed_by(&mut disk, token), best);
    }
}
