//! A log cut, compacted and shared, against one that was not.

use super::*;
use crate::client::{CallId, ClientId, Command, SessionId};
use crate::digest::digest_of;
use crate::time::Micros;
use alloc::vec::Vec;

fn entry(term: u64, sequence: u64) -> Entry {
    Entry::new(
        Term(term),
        Micros::ZERO,
        EntryContent::Command(Command {
            session: SessionId::LASTING,
            call: CallId {
                client: ClientId(1),
                sequence,
            },
            payload: Arc::from([sequence as u8]),
        }),
    )
}

/// Logs that got these entries in lists of so many.
fn logs_of(terms: &[u64]) -> impl Iterator<Item = Log> {
    let entries: Vec<_> = terms.iter().zip(1..).map(|it| entry(*it.0, it.1)).collect();
    [1, 3, 70, 100_000].into_iter().map(move |size| {
        let mut log = Log::default();
        entries.chunks(size).for_each(|it| log.append(it.into()));
        log
    })
}

fn log_of(terms: impl IntoIterator<Item = u64>) -> Log {
    let mut log = Log::default();
    for (term, sequence) in terms.into_iter().zip(1..) {
        log.push(entry(term, sequence));
    }
    log
}

#[test]
fn cutting_anywhere_gives_the_log_that_was_never_longer() {
    let terms: Vec<u64> = (0..200).map(|n| n / 30 + 1).collect();
    for log in logs_of(&terms) {
        for keep in 0..=200_usize {
            let mut cut = log.clone();
            cut.truncate_after(LogIndex(keep as u64));
            let short = log_of(terms.iter().copied().take(keep));
            assert_eq!(cut, short, "cut after {keep}");
            assert_eq!(digest_of(&cut), digest_of(&short));
            assert_eq!(cut.iter().count(), keep);
        }
    }
}

#[test]
fn a_clone_keeps_its_entries_when_the_original_is_cut() {
    let mut log = log_of([1; 150]);
    let clone = log.clone();
    log.truncate_after(LogIndex(10));
    log.push(entry(2, 11));
    assert_eq!(clone.len(), 150);
    assert_eq!(log.last(), clone_position(2, 11));
    assert_ne!(
        log.digest_at(LogIndex(11)),
        clone.digest_at(LogIndex(11)),
        "the digest tells the histories apart"
    );
    assert_eq!(log.digest_at(LogIndex(10)), clone.digest_at(LogIndex(10)));
}

fn clone_position(term: u64, index: u64) -> LogPosition {
    LogPosition {
        term: Term(term),
        index: LogIndex(index),
    }
}

#[test]
fn the_first_of_a_term_is_found() {
    let log = log_of([1, 1, 2, 2, 2, 5]);
    let firsts: Vec<u64> = (0..=7)
        .map(|index| log.first_of_its_term(LogIndex(index)).0)
        .collect();
    assert_eq!(firsts, [1, 1, 1, 3, 3, 3, 6, 7]);
}

#[test]
fn a_compacted_log_is_the_same_from_its_start_on() {
    let terms: Vec<u64> = (0..200).map(|n| n / 30 + 1).collect();
    let whole = log_of(terms.iter().copied());
    for start in 0..=200 {
        for mut log in logs_of(&terms) {
            let start = LogIndex(start);
            log.compact_to(start);
            assert_eq!(log.len(), 200 - start.0);
            assert_eq!((log.last(), log.digest()), (whole.last(), whole.digest()));
            for index in (0..=201).map(LogIndex) {
                let there = index >= start;
                let whole_term = whole.term_at(index).filter(|_| there);
                assert_eq!(log.term_at(index), whole_term, "{index} from {start}");
                let whole_digest = whole.digest_at(index).filter(|_| there);
                assert_eq!(log.digest_at(index), whole_digest);
                let whole_entry = whole.get(index).filter(|_| index > start);
                assert_eq!(log.get(index), whole_entry);
                let first = whole.first_of_its_term(index).max(log.first_index());
                assert!(!there || log.first_of_its_term(index) == first);
            }
            let kept = whole.iter().filter(|(index, _)| *index > start);
            assert!(log.iter().eq(kept));
            assert!(log.copy_from(start, 9).is_empty());
        }
    }
}

#[test]
fn a_compacted_log_grows_and_is_cut_like_any_other() {
    let terms = [1; 300];
    for (start, keep) in [
        (0, 0),
        (1, 63),
        (63, 64),
        (64, 64),
        (70, 200),
        (128, 10),
        (300, 300),
    ] {
        for mut log in logs_of(&terms) {
            let clone = log.clone();
            log.compact_to(LogIndex(start));
            log.compact_to(LogIndex(start / 2));
            log.compact_to(LogIndex(301));
            assert_eq!(
                log.start().index,
                LogIndex(start),
                "never back, never past the end"
            );
            log.truncate_after(LogIndex(keep));
            let keep = keep.max(start);
            let mut same = log_of(terms);
            same.truncate_after(LogIndex(keep));
            let fresh =
                Log::starting_after(log.start(), clone.digest_at(LogIndex(start)).expect("held"));
            let tail = same.iter().filter(|(index, _)| index.0 > start);
            let mut again = fresh;
            tail.for_each(|(_, entry)| {
                again.push(entry.clone());
            });
            assert_eq!((&again, digest_of(&again)), (&log, digest_of(&log)));
            for sequence in 1..=100 {
                log.push(entry(2, sequence));
                same.push(entry(2, sequence));
            }
            assert_eq!((log.last(), log.digest()), (same.last(), same.digest()));
            assert_eq!(clone.len(), 300, "clones keep what they share");
        }
    }
}

#[test]
fn entries_that_came_together_leave_together_and_are_no_copy() {
    let together: Arc<[Entry]> = (1..=5).map(|sequence| entry(1, sequence)).collect();
    let mut log = log_of([1; 3]);
    log.append(Arc::clone(&together));
    log.push(entry(1, 6));
    assert!(Arc::ptr_eq(&log.copy_from(LogIndex(4), 5), &together));
    assert_eq!(*log.copy_from(LogIndex(4), 4), together[..4]);
    assert_eq!(log.copy_from(LogIndex(3), 7).len(), 7);
    log.truncate_after(LogIndex(6));
    assert_eq!(*log.copy_from(LogIndex(4), 5), together[..3]);
    log.compact_to(LogIndex(5));
    assert_eq!(*log.copy_from(LogIndex(6), 5), together[2..3]);
}

#[test]
fn every_entry_stands_in_its_place_with_its_digest() {
    let terms = [1; 150];
    for log in logs_of(&terms) {
        for after in 0..=150 {
            let places = log.placed_after(LogIndex(after));
            let places = places.map(|it| (it.index, Some(it.entry), Some(it.digest)));
            let indexes = (after + 1..=150).map(LogIndex);
            assert!(places.eq(indexes.map(|it| (it, log.get(it), log.digest_at(it)))));
        }
    }
}

#[test]
fn positions_outside_are_none_and_no_panic() {
    let log = log_of([1, 2]);
    assert_eq!(log.get(LogIndex(0)), None);
    assert_eq!(log.get(LogIndex(3)), None);
    assert_eq!(log.get(LogIndex(u64::MAX)), None);
    assert!(log.copy_from(LogIndex(u64::MAX), u32::MAX).is_empty());
    assert_eq!(log.copy_from(LogIndex(2), u32::MAX).len(), 1);
    assert!(log.contains(LogPosition::ZERO));
}
