//! Log replication: Raft §5.3.

use super::samples::short_logs;
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{Append, AppendOutcome, LogPosition, Raft, RaftMessage, RaftRule, RaftTimer};
use consensus::{Input, Micros, NodeId, Observation, Protocol};
use simulator::{Driver, DriverError, LinkChange, Links, Property, SpanRange};
use std::collections::BTreeSet;

const EMPTY: LogPosition = LogPosition::ZERO;
const SECOND: Micros = Micros::from_secs(1);

/// What `to` is sent, appends only.
fn sent_to(done: &Done, to: NodeId) -> Vec<Append> {
    let append = |(receiver, message)| match message {
        RaftMessage::Append(append) if receiver == to => Some(append),
        _ => None,
    };
    messages(done).into_iter().filter_map(append).collect()
}

#[test]
fn an_entry_holds_its_command_its_term_and_its_place() {
    let mut bench = with_log(3, &[1, 1]);
    elect(&mut bench, 3, 2);
    bench.give(matched(B, 2, 2));
    let append = sent_to(&bench.give(call(8)), B).remove(0);
    assert_eq!(append.previous, at(2, 1));
    let [entry] = append.entries.as_ref() else {
        panic!("one call, one entry")
    };
    assert_eq!(entry.term().0, 2);
    assert_eq!(entry.command(), Some(&command(8)));
    let view = bench.node.inspect().log.pop().expect("it is there");
    assert_eq!((view.index, view.term), (3, 2));
}

#[test]
fn a_new_leader_takes_every_log_to_end_where_its_own_does_and_to_hold_nothing_for_sure() {
    let mut bench = with_log(3, &[1, 1, 2]);
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(vote(B, 3, true));
    for peer in [B, C] {
        let [first] = sent_to(&done, peer).try_into().expect("one message");
        assert_eq!((first.previous, first.entries.len()), (at(3, 2), 0));
    }
    let matched = |bench: &Bench<Raft>| -> Vec<_> {
        let followers = bench.node.inspect().followers;
        followers.iter().map(|it| it.matched).collect()
    };
    assert_eq!(matched(&bench), [0, 0]);
}

#[test]
fn what_a_leader_knew_of_its_followers_ends_with_its_term() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    bench.give(vote(C, 2, false));
    elect(&mut bench, 3, 3);
    let followers = bench.node.inspect().followers;
    assert!(followers.iter().all(|it| it.matched == 0));
    assert!(followers.iter().all(|it| it.last_answer.is_none()));
}

#[test]
fn a_leader_only_ever_adds_to_its_log() {
    let mut bench = with_log(5, &[1, 2]);
    elect(&mut bench, 5, 3);
    for input in [
        call(3),
        differs(B, 3, 2, EMPTY),
        differs(C, 3, 2, at(1, 1)),
        matched(D, 3, 3),
        append(E, 3, EMPTY, &[3, 3, 3], 3),
        append(E, 2, at(1, 1), &[2], 2),
        vote_request(E, 3, at(9, 2)),
        call(4),
        Input::Timer(RaftTimer::Heartbeat),
        Input::Timer(RaftTimer::Election),
    ] {
        let before = log(&bench);
        let done = bench.give(input.clone());
        assert!(log(&bench).starts_with(&before), "{input:?}");
        let truncated = |it: &Observation| matches!(it, Observation::Truncated { .. });
        assert!(!observed(&done).iter().any(truncated), "{input:?}");
    }
    assert_eq!(log(&bench), [1, 2, 3, 3]);
}

#[test]
fn an_append_without_entries_is_checked_like_any_other() {
    for (previous, right) in [(at(2, 1), true), (at(2, 2), false), (at(3, 1), false)] {
        let mut bench = with_log(3, &[1, 1]);
        let done = bench.give(append(B, 2, previous, &[], 2));
        assert!(outcome(&done).is_some(), "{previous} is answered");
        assert_eq!(says_matched(&done, 2), right, "{previous}");
        let up_to = if right { 2 } else { 0 };
        assert_eq!(committed(&bench), up_to, "what differs is not committed");
    }
}

/// What an append says of the log behind its own last entry is nothing.
#[test]
fn a_yes_covers_the_append_and_no_more() {
    let mut bench = with_log(3, &[1, 1, 1, 1]);
    assert!(says_matched(&bench.give(append(B, 2, at(1, 1), &[], 4)), 1));
    assert_eq!(committed(&bench), 1);
    assert!(says_matched(
        &bench.give(append(B, 2, at(1, 1), &[1], 4)),
        2
    ));
    assert_eq!(committed(&bench), 2);
}

#[test]
fn a_server_applies_what_is_committed_in_the_order_of_the_log_and_each_entry_once() {
    let mut bench = server(3);
    bench.give(append(B, 1, EMPTY, &[1, 1, 1, 1], 0));
    let mut applied = Vec::new();
    for commit in [2, 1, 2, 4, 3, 4] {
        for (index, command) in handed(&bench.give(append(B, 1, at(4, 1), &[], commit))) {
            assert_eq!(command.call.sequence, index);
            applied.push(index);
        }
    }
    assert_eq!(applied, [1, 2, 3, 4]);
}

/// Whether both can be logs of one cluster: what they share, they share from the start.
fn can_be_together(one: &[u64], other: &[u64]) -> bool {
    let same = |(a, b): &(&u64, &u64)| a == b;
    let first = one.iter().zip(other).take_while(same).count();
    let rest = one.iter().zip(other).skip(first);
    rest.filter(same).count() == 0
}

/// A leader in term 9 and its one follower, each with a log: every append reaches the follower,
/// and every answer the leader. Says how often the follower refused.
fn bring_into_line(leader: &mut Bench<Raft>, follower: &mut Bench<Raft>) -> u32 {
    let mut refused = 0;
    leader.give(heartbeat(C, 8));
    leader.give(Input::Timer(RaftTimer::Election));
    let mut asked = sent_to(&leader.give(vote(B, 9, true)), B);
    while !asked.is_empty() {
        let append = asked.remove(0);
        for (_, answer) in messages(&follower.give(from(B, RaftMessage::Append(append)))) {
            let no = |it: &_| matches!(it, AppendOutcome::Differs { .. });
            refused += match &answer {
                RaftMessage::AppendAnswer(answer) => u32::from(no(&answer.outcome)),
                other => panic!("{other:?}"),
            };
            asked.extend(sent_to(&leader.give(from(B, answer)), B));
        }
    }
    refused
}

/// Every pair of short logs that a cluster can bring about (R11).
#[test]
fn a_leader_backs_up_until_the_logs_meet_and_then_makes_them_equal() {
    for own in short_logs() {
        for other in short_logs().iter().filter(|it| can_be_together(&own, it)) {
            let (mut leader, mut follower) = (with_log(3, &own), with_log(3, other));
            let refused = bring_into_line(&mut leader, &mut follower);
            let shared = own.iter().zip(other).take_while(|(a, b)| a == b).count();
            let behind: BTreeSet<_> = other[shared..].iter().collect();
            let pair = format!("{own:?} leads {other:?}");
            assert!(refused as usize <= 1 + behind.len(), "{refused}: {pair}");
            // What follows is gone when the leader has an entry to put there.
            assert!(log(&follower).starts_with(&own), "{pair}");
            let matched = leader.node.inspect().followers[0].matched;
            assert_eq!(matched, own.len() as u64, "{pair}");
        }
    }
}

/// The leader tries for ever, long after its client was answered.
#[test]
fn a_follower_that_was_away_gets_every_entry_in_the_end() -> Result<(), DriverError> {
    let mut cluster = Driver::<Raft>::builder().seed(5).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    cluster.cut(&[&[E]])?;
    cluster.crash(D)?;
    for value in 0..30 {
        let call = cluster.write_to(A, 0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
    }
    cluster.run_for(SECOND * 30)?;
    cluster.restart(D)?;
    cluster.heal()?;
    let whole = |it: &Driver<Raft>, node| it.log(node) == it.log(A) && it.applied(node) == Ok(30);
    cluster.run_until("equal logs", SECOND * 5, |it| whole(it, D) && whole(it, E))
}

/// One round trip to the nearer majority is enough.
#[test]
fn one_slow_follower_delays_nobody() -> Result<(), DriverError> {
    let builder = Driver::<Raft>::builder().nodes(3);
    let mut cluster = builder.delay(SpanRange::millis(1, 2)).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    cluster.run_for(SECOND)?;
    let slow = LinkChange::Delay(SpanRange::millis(900, 1_000));
    cluster.change_links(Links::one(C, A), slow)?;
    for value in 0..10 {
        let call = cluster.write_to(A, 0, 0, value)?;
        cluster.expect_done(call, Micros::from_millis(20))?;
    }
    Ok(())
}

/// Two servers that have an entry with the same index and term have the same log up to there.
#[test]
fn logs_that_share_an_entry_share_all_before_it() -> Result<(), DriverError> {
    for seed in 0..20 {
        let builder = Driver::<Raft>::builder().seed(seed);
        let mut cluster = builder.guarantees(&[Property::LogMatching]).build();
        for round in 0..6 {
            let leader = cluster.expect_leader(SECOND * 5)?;
            for value in 0..5 {
                cluster.write_to(leader, 0, 0, value)?;
            }
            if round % 2 == 0 {
                cluster.cut(&[&[leader]])?;
                cluster.write_to(leader, 0, 0, 99)?;
            } else {
                cluster.heal()?;
            }
            cluster.run_for(SECOND)?;
        }
        let truncated = cluster.decisions(RaftRule::ConflictTruncated).count();
        assert!(truncated > 0, "logs that never differed show nothing");
    }
    Ok(())
}
