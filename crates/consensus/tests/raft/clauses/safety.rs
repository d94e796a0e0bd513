//! Safety: Raft §5.4.

use super::samples::short_logs;
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogPosition, Raft, RaftMessage, RaftTimer};
use consensus::{Input, Micros, Protocol, Role};
use simulator::{Driver, DriverError, Property};

const SECOND: Micros = Micros::from_secs(1);

fn end(log: &[u64]) -> LogPosition {
    at(log.len() as u64, log.last().copied().unwrap_or(0))
}

/// §5.4.1, every pair of short logs: a later last term wins; of two equal ones, the longer log.
#[test]
fn a_vote_goes_only_to_a_log_that_is_at_least_as_new() {
    for own in short_logs() {
        for other in short_logs() {
            let last = |log: &[u64]| (log.last().copied().unwrap_or(0), log.len());
            let newer = last(&other) >= last(&own);
            let mut bench = with_log(3, &own);
            let done = bench.give(vote_request(B, 9, end(&other)));
            assert_eq!(
                voted(&done),
                Some((9, newer)),
                "{own:?} votes for {other:?}"
            );
        }
    }
}

#[test]
fn a_candidate_tells_where_its_log_ends() {
    for own in short_logs() {
        let mut bench = with_log(3, &own);
        let done = bench.give(Input::Timer(RaftTimer::Election));
        let told = |(_, message): &(_, RaftMessage)| match message {
            RaftMessage::VoteRequest { last, .. } => *last,
            other => panic!("{other:?}"),
        };
        let ends: Vec<_> = messages(&done).iter().map(told).collect();
        assert_eq!(ends, [end(&own); 2], "{own:?}");
    }
}

/// §5.4.2: a later leader hands the entry on as it found it.
#[test]
fn an_entry_keeps_its_term_whoever_sends_it_on() {
    let mut bench = with_log(3, &[1, 2, 2]);
    bench.give(heartbeat(B, 6));
    elect(&mut bench, 3, 7);
    let done = bench.give(differs(B, 7, 3, LogPosition::ZERO));
    let sent: Vec<Vec<u64>> = messages(&done)
        .into_iter()
        .filter_map(|(_, message)| match message {
            RaftMessage::Append(append) => {
                Some(append.entries.iter().map(|entry| entry.term().0).collect())
            }
            _ => None,
        })
        .collect();
    assert_eq!(sent, [[1, 2, 2]]);
}

/// §5.4.2: whatever a majority holds of earlier terms, and however long.
#[test]
fn only_an_entry_of_its_own_term_is_committed_by_counting() {
    let mut bench = with_log(3, &[1, 2, 2]);
    bench.give(heartbeat(B, 3));
    elect(&mut bench, 3, 4);
    for peer in [B, C, B, C] {
        bench.give(matched(peer, 4, 3));
        bench.give(Input::Timer(RaftTimer::Heartbeat));
        assert_eq!(committed(&bench), 0);
    }
    bench.give(call(1));
    bench.give(matched(B, 4, 3));
    assert_eq!(committed(&bench), 0, "all but the new one");
    bench.give(matched(B, 4, 4));
    assert_eq!(committed(&bench), 4, "and with it all before it");
}

#[test]
fn a_follower_takes_over_what_its_leader_has_and_gives_it_nothing() {
    let mut bench = with_log(3, &[1, 1, 2, 2]);
    let done = bench.give(append(B, 3, at(1, 1), &[3], 0));
    assert!(says_matched(&done, 2));
    assert_eq!(log(&bench), [1, 3]);
    let carries = |(_, message): &(_, RaftMessage)| matches!(message, RaftMessage::Append(_));
    assert!(!messages(&done).iter().any(carries));
}

/// §5.4.3: what was acknowledged is in the log of every later leader, through a row of crashes.
#[test]
fn every_later_leader_holds_what_was_acknowledged() -> Result<(), DriverError> {
    for seed in 0..15 {
        let builder = Driver::<Raft>::builder().seed(seed);
        let mut cluster = builder.guarantees(&[Property::LeaderCompleteness]).build();
        let mut written = Vec::new();
        for value in 0..8 {
            let call = cluster.write(0, 0, value)?;
            cluster.expect_done(call, SECOND * 5)?;
            written.push(call);
            let leader = cluster.expect_leader(SECOND * 5)?;
            cluster.crash(leader)?;
            let next = cluster.expect_leader(SECOND * 5)?;
            let log = cluster.log(next)?;
            let holds = |call| {
                let command = |it: &consensus::EntryView| it.command.as_ref().map(|it| it.call);
                log.iter().any(|entry| command(entry) == Some(call))
            };
            assert!(written.iter().all(|call| holds(*call)), "seed {seed}");
            cluster.restart(leader)?;
        }
    }
    Ok(())
}

/// §5.4.1: who lacks a committed entry cannot win, since whoever makes up a majority with it has
/// one.
#[test]
fn a_server_without_a_committed_entry_wins_no_election() {
    let mut voters: Vec<Bench<Raft>> = [&[1, 1][..], &[1, 1], &[1, 1], &[1], &[1]]
        .map(|terms| with_log(5, terms))
        .into();
    let mut behind = with_log(5, &[1]);
    behind.give(Input::Timer(RaftTimer::Election));
    for (peer, voter) in [B, C, D].into_iter().zip(&mut voters) {
        let done = voter.give(vote_request(E, 2, at(1, 1)));
        let granted = voted(&done).is_some_and(|(_, granted)| granted);
        behind.give(vote(peer, 2, granted));
    }
    behind.give(vote(E, 2, true));
    assert_eq!(behind.node.inspect().role, Role::Candidate, "two of five");
}
