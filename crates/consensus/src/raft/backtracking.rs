//! Finding where two logs meet, a whole term at a time (Raft §5.3, the last paragraphs).
//!
//! Terms never fall along a log, and two logs that hold entries of one term hold the same log up
//! to the earlier one's last entry of it. So a follower that refuses an append names the last
//! position that it could share with the leader by its term, and the leader answers in kind from
//! its own log. Each refusal rules out a whole term at least, however many entries it has.

use super::log::Log;
use super::position::{LogIndex, LogPosition, Term};

/// The last place of `log` at or below `index` whose entry is of `term` or an earlier one. Places
/// that are compacted away count as earlier.
pub(super) fn last_of_term_at_most(log: &Log, index: LogIndex, term: Term) -> LogIndex {
    let (mut low, mut high) = (0, index.min(log.last_index()).0);
    while low < high {
        let middle = high - (high - low) / 2;
        if log.term_at(LogIndex(middle)) <= Some(term) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    LogIndex(low)
}

/// Where a follower's log ends that can be the leader's, who thinks that it holds `previous`.
pub(super) fn agreement(log: &Log, previous: LogPosition) -> LogIndex {
    last_of_term_at_most(log, previous.index.before(), previous.term)
}

/// The last place at which a leader's log can be that of a follower, who names `agree`; and
/// whether it certainly is, because both hold entries of one term or nothing stands before it.
pub(super) fn meeting(log: &Log, agree: LogPosition) -> (LogIndex, bool) {
    let last = last_of_term_at_most(log, agree.index, agree.term);
    let term = log.term_at(last);
    let same = term == Some(agree.term);
    // Two entries of different terms in one place are no place to meet.
    let meeting = match last == agree.index && term.is_some() && !same {
        true => last.before(),
        false => last,
    };
    (meeting, same || meeting == LogIndex::ZERO)
}
