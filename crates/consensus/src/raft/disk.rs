//! Writes on their way to the disk, and what waits for them.
//!
//! A promise is given only when it would survive a crash. So whatever promises something is not
//! sent but put down here, as data, until the write that it rests on, and every write before that
//! one, is known to be stored: writes take effect in the order of their tokens.

use super::message::RaftMessage;
use super::position::{LogIndex, Term};
use crate::input::Token;
use crate::node::NodeId;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

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
}

/// An answer that promises something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reply {
    /// To whom.
    pub(super) to: NodeId,
    /// What.
    pub(super) message: RaftMessage,
}

/// One write on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Flight {
    /// It is stored, but one before it is not.
    stored: bool,
    /// What waits for it, in order.
    then: Vec<Deferred>,
}

/// The writes on their way, by token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Disk {
    /// The last token that was given out.
    last: Token,
    /// Those up to the last token, oldest first.
    flights: VecDeque<Flight>,
}

impl Disk {
    /// A token for a new write, and what waits for it from the start.
    pub(super) fn begin(&mut self, then: Option<Deferred>) -> Token {
        self.last = Token(self.last.0.saturating_add(1));
        self.flights.push_back(Flight {
            stored: false,
            then: then.into_iter().collect(),
        });
        self.last
    }

    /// Holds an answer back until every write so far is stored; gives it back where all are.
    #[must_use]
    pub(super) fn hold(&mut self, reply: Reply) -> Option<Reply> {
        let Some(newest) = self.flights.back_mut() else {
            return Some(reply);
        };
        let then = &mut newest.then;
        // While the disk is slow, answers to repeated messages must not pile up.
        let same = then.iter_mut().find_map(|held| match held {
            Deferred::Reply(held) if held.is_like(&reply) => Some(held),
            _ => None,
        });
        match same {
            Some(held) => held.merge(reply),
            None => then.push(Deferred::Reply(reply)),
        }
        None
    }

    /// How many writes are on their way, and how much waits for them.
    pub(super) fn bookkeeping(&self) -> u64 {
        let flights = self.flights.iter();
        flights.map(|flight| 1 + flight.then.len() as u64).sum()
    }

    /// Notes that a write is stored, and gives what need wait no longer.
    pub(super) fn stored(&mut self, token: Token) -> Vec<Deferred> {
        let age = self.last.0.checked_sub(token.0).map(usize::try_from);
        let newer = self.flights.iter_mut().rev();
        if let Some(flight) = age.and_then(|age| newer.into_iter().nth(age.ok()?)) {
            flight.stored = true;
        }
        let mut free = Vec::new();
        while self.flights.front().is_some_and(|oldest| oldest.stored) {
            if let Some(oldest) = self.flights.pop_front() {
                free.extend(oldest.then);
            }
        }
        free
    }
}

impl Reply {
    /// Whether one of the two answers makes the other needless: both say how far the logs match.
    fn is_like(&self, other: &Self) -> bool {
        let book = |reply: &Self| match &reply.message {
            RaftMessage::AppendAnswer(answer) => answer.matched().map(|_| answer.book()),
            _ => None,
        };
        self == other || (self.to == other.to && book(self).is_some() && book(self) == book(other))
    }

    /// Makes one answer of two, which says as much as both.
    fn merge(&mut self, other: Self) {
        if let RaftMessage::AppendAnswer(mine) = &mut self.message
            && let RaftMessage::AppendAnswer(other) = other.message
        {
            mine.merge(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::message::{AppendAnswer, AppendOutcome, HeartbeatRound, ReplicationSession};

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

    #[test]
    fn what_waits_is_freed_in_order_when_all_before_it_is_stored() {
        let mut disk = Disk::default();
        assert_eq!(disk.hold(yes(0)), Some(yes(0)), "nothing to wait for");
        let first = disk.begin(Some(own(1)));
        let second = disk.begin(Some(own(2)));
        assert_eq!(disk.hold(yes(2)), None);
        assert!(disk.stored(second).is_empty(), "the first is not stored");
        assert!(disk.stored(Token(77)).is_empty(), "no such write");
        let free = [own(1), own(2), Deferred::Reply(yes(2))];
        assert_eq!(disk.stored(first), free);
        assert!(disk.stored(first).is_empty(), "reported twice");
    }

    #[test]
    fn while_the_disk_is_slow_only_the_best_answer_is_kept() {
        let mut disk = Disk::default();
        let token = disk.begin(None);
        for up_to in [3, 5, 4] {
            assert_eq!(disk.hold(yes(up_to)), None);
        }
        assert_eq!(disk.stored(token), [Deferred::Reply(yes(5))]);
    }
}
