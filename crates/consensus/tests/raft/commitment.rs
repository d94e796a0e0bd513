//! When an entry is committed: Raft §5.3, §5.4.2; R8 to R10.

use crate::server::*;
use consensus::raft::{LogPosition, RaftRule, RaftTimer};
use consensus::{Answer, Input, Observation, Output};

#[test]
fn a_majority_commits_then_the_client_is_answered_and_followers_learn_of_it() {
    let mut bench = leader(5);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    assert_eq!(committed(&bench), 0, "2 of 5");
    let done = bench.give(matched(C, 1, 1));
    assert!(said(&done, RaftRule::Committed));
    let digest = bench.durable.log.digest();
    assert!(observed(&done).contains(&Observation::Committed {
        index: 1,
        term: 1,
        digest
    }));
    assert_eq!(answers(&done), [(1, Answer::Done(Output::new([1])))]);
    let told = messages(&bench.give(Input::Timer(RaftTimer::Heartbeat)));
    assert!(told.iter().all(|(_, message)| matches!(
        message,
        consensus::raft::RaftMessage::Append(append) if append.commit.0 == 1
    )));
}

#[test]
fn an_entry_of_an_older_term_is_not_committed_by_counting() {
    // Figure 8: S1 leads term 4 with an entry of term 2.
    let mut bench = with_log(5, &[1, 2]);
    bench.give(heartbeat(B, 3));
    elect(&mut bench, 5, 4);
    bench.give(matched(B, 4, 2));
    let done = bench.give(matched(C, 4, 2));
    assert!(said(&done, RaftRule::OldTermNotCounted));
    assert_eq!(committed(&bench), 0);
    // With an entry of its own term behind it, it is (figure 8, e).
    bench.give(call(9));
    bench.give(matched(B, 4, 3));
    bench.give(matched(C, 4, 3));
    assert_eq!(committed(&bench), 3);
}

#[test]
fn a_leader_without_a_majority_says_once_that_it_cannot_commit() {
    let mut bench = leader(5);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    let said_it: Vec<bool> = (0..4)
        .map(|_| {
            let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
            said(&done, RaftRule::CommitWaits)
        })
        .collect();
    assert_eq!(said_it, [false, true, false, false]);
    assert_eq!(committed(&bench), 0);
}

#[test]
fn a_follower_never_commits_by_itself() {
    let mut bench = server(3);
    bench.give(append(B, 1, LogPosition::ZERO, &[1], 0));
    bench.give(matched(B, 1, 1));
    bench.give(matched(C, 1, 1));
    assert_eq!(committed(&bench), 0);
}
