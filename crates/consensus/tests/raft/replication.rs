//! Log replication: Raft §5.3; R6 to R9, R12.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    AppendOutcome, LogIndex, LogPosition, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer,
    ReplicateWhen,
};
use consensus::{Answer, Input, Micros, Observation, Protocol, Refusal};

const EMPTY: LogPosition = LogPosition::ZERO;

/// How many entries each follower is sent.
fn sent(done: &Done) -> Vec<(consensus::NodeId, usize)> {
    let count = |(to, message)| match message {
        RaftMessage::Append(append) => Some((to, append.entries.len())),
        _ => None,
    };
    messages(done).into_iter().filter_map(count).collect()
}

fn refusal(at: u64, agree: LogPosition) -> Option<AppendOutcome> {
    let at = LogIndex(at);
    Some(AppendOutcome::Differs { at, agree })
}

/// R8.
#[test]
fn a_command_is_appended_uncommitted_and_sent_to_all_at_once() {
    let mut bench = leader(3);
    let done = bench.give(call(1));
    assert!(said(&done, RaftRule::CommandAppended));
    assert_eq!(sent(&done), [(B, 1), (C, 1)]);
    assert_eq!((log(&bench), committed(&bench)), (vec![1], 0));
    assert!(!bench.node.inspect().log[0].committed);
    assert!(answers(&done).is_empty());
}

/// R8.
#[test]
fn or_with_the_next_heartbeat_where_the_setting_says_so() {
    let settings = RaftSettings {
        replicate: ReplicateWhen::WithNextHeartbeat,
        ..RaftSettings::default()
    };
    let mut bench = Bench::new(boot(A, 3, Default::default(), settings));
    bench.give(Input::Start);
    elect(&mut bench, 3, 1);
    bench.give(matched(B, 1, 0));
    bench.give(matched(C, 1, 0));
    assert_eq!(sent(&bench.give(call(1))), []);
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(sent(&done), [(B, 1), (C, 1)]);
}

#[test]
fn a_payload_crosses_each_link_once() {
    let mut bench = leader(3);
    bench.give(call(1));
    assert_eq!(sent(&bench.give(call(2))), [(B, 1), (C, 1)]);
    assert_eq!(sent(&bench.give(matched(B, 1, 1))), []);
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(sent(&done), [(B, 0), (C, 0)]);
}

#[test]
fn what_was_lost_is_sent_again() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(Input::Timer(RaftTimer::Heartbeat));
    // B has not got the entry, so the heartbeat's position fails its check. Perhaps it is only
    // late: the leader asks without sending it again.
    let done = bench.give(differs(B, 1, 1, at(0, 0)));
    assert!(said(&done, RaftRule::EntriesMissed));
    assert_eq!(sent(&done), [(B, 0)]);
    let repeated = bench.give(differs(B, 1, 1, at(0, 0)));
    assert_eq!(sent(&repeated), [], "a duplicate");
    let late = bench.give(matched(B, 1, 0));
    assert_eq!(sent(&late), [], "it answers what came before the probe");
    let done = bench.give(matched_in(2, B, 1, 0));
    assert!(said(&done, RaftRule::FollowerAnswered));
    assert_eq!(sent(&done), [(B, 1)]);
    let repeated = bench.give(matched_in(2, B, 1, 0));
    assert_eq!(sent(&repeated), [], "a duplicate");
}

#[test]
fn what_only_came_late_is_not_sent_again() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(call(2));
    // The second entry overtook the first.
    assert_eq!(sent(&bench.give(differs(B, 1, 1, at(0, 0)))), [(B, 0)]);
    // The probe's answer says that the first has arrived since.
    assert_eq!(sent(&bench.give(matched_in(2, B, 1, 1))), [(B, 1)]);
    assert_eq!(bench.node.inspect().followers[0].matched, 1);
}

#[test]
fn a_follower_refuses_entries_behind_a_gap() {
    let mut bench = with_log(3, &[1]);
    let done = bench.give(append(B, 2, at(3, 1), &[2], 0));
    assert_eq!(outcome(&done), refusal(3, at(1, 1)));
    assert!(said(&done, RaftRule::AppendRefusedGap));
}

#[test]
fn a_failed_check_never_truncates() {
    let mut bench = with_log(3, &[1, 2, 2, 3]);
    let done = bench.give(append(B, 4, at(4, 2), &[4], 0));
    assert_eq!(
        outcome(&done),
        refusal(4, at(3, 2)),
        "where it is no later than the leader's term there"
    );
    assert!(said(&done, RaftRule::AppendRefusedMismatch));
    assert_eq!(log(&bench), [1, 2, 2, 3]);
}

#[test]
fn only_a_conflicting_entry_truncates() {
    let mut bench = with_log(3, &[1, 1, 2, 2]);
    // An old, short append whose entries are all there: nothing after them is dropped.
    assert!(says_matched(
        &bench.give(append(B, 3, EMPTY, &[1, 1], 0)),
        2
    ));
    assert_eq!(log(&bench), [1, 1, 2, 2]);
    let done = bench.give(append(B, 3, at(1, 1), &[1, 3], 0));
    assert!(said(&done, RaftRule::ConflictTruncated));
    assert!(observed(&done).contains(&Observation::Truncated { from: 3 }));
    assert!(says_matched(&done, 3));
    assert_eq!(log(&bench), [1, 1, 3]);
    assert_eq!(log(&crash(&bench, 3)), [1, 1, 3], "on disk, too");
}

#[test]
fn a_committed_entry_is_never_truncated() {
    let mut bench = with_log(3, &[1, 1]);
    bench.give(append(B, 2, at(2, 1), &[], 2));
    for lie in [
        append(B, 2, at(1, 1), &[2], 0),
        append(B, 2, at(2, 2), &[2], 0),
        append(C, 3, EMPTY, &[3], 0),
    ] {
        let done = bench.give(lie);
        assert!(said(&done, RaftRule::IgnoredContradiction));
        assert_eq!((log(&bench), committed(&bench)), (vec![1, 1], 2));
    }
}

#[test]
fn a_leader_never_rewrites_its_own_term_so_an_append_that_does_is_ignored() {
    let mut bench = server(3);
    bench.give(append(B, 2, EMPTY, &[2], 0));
    let done = bench.give(append(B, 2, EMPTY, &[1], 0));
    assert!(said(&done, RaftRule::IgnoredContradiction));
    assert_eq!(log(&bench), [2]);
}

#[test]
fn duplicated_and_reordered_appends_are_harmless() {
    let mut bench = server(3);
    bench.give(append(B, 1, EMPTY, &[1, 1, 1], 0));
    let done = bench.give(append(B, 1, EMPTY, &[1], 0));
    assert!(said(&done, RaftRule::EntriesKnown));
    assert!(says_matched(&done, 3), "all that it knows to match");
    assert_eq!(log(&bench), [1, 1, 1]);
}

#[test]
fn a_follower_commits_what_the_leader_says_but_no_further_than_it_knows_to_match() {
    let mut bench = with_log(3, &[1, 1, 1]);
    let done = bench.give(append(B, 2, EMPTY, &[1], 9));
    assert_eq!(committed(&bench), 1);
    assert!(said(&done, RaftRule::CommitLearned));
    let done = bench.give(append(B, 2, at(3, 1), &[], 9));
    assert_eq!(handed_at(&done), [2, 3], "in order, once each");
    bench.give(append(B, 2, at(3, 1), &[], 1));
    assert_eq!(committed(&bench), 3, "the commit index never falls");
}

#[test]
fn a_late_refusal_does_not_move_a_follower_back_behind_what_it_has() {
    let mut bench = leader(3);
    bench.give(call(1));
    bench.give(matched(B, 1, 1));
    assert_eq!(sent(&bench.give(differs(B, 1, 1, at(0, 0)))), []);
    assert_eq!(bench.node.inspect().followers[0].matched, 1);
}

#[test]
fn an_answer_beyond_the_leaders_log_is_not_believed() {
    let mut bench = leader(3);
    bench.give(call(1));
    let done = bench.give(matched(B, 1, 700));
    assert!(said(&done, RaftRule::IgnoredMalformed));
    assert_eq!(committed(&bench), 0);
}

#[test]
fn one_message_carries_at_most_what_the_settings_say() {
    let settings = RaftSettings {
        entries_per_message: 2,
        ..RaftSettings::default()
    };
    let mut bench = Bench::new(boot(A, 3, Default::default(), settings));
    bench.give(Input::Start);
    elect(&mut bench, 3, 1);
    for sequence in 1..=5 {
        assert_eq!(
            sent(&bench.give(call(sequence))),
            [],
            "nobody has answered yet"
        );
    }
    let all = sent(&bench.give(matched(B, 1, 0)));
    assert_eq!(all, [(B, 2), (B, 2), (B, 1)], "one after the other");
    assert_eq!(sent(&bench.give(matched(B, 1, 5))), []);
}

/// R12.
#[test]
fn the_leader_knows_when_each_follower_last_answered() {
    let mut bench = server(3);
    elect(&mut bench, 3, 1);
    bench.pass(Micros::from_millis(12));
    bench.give(matched(C, 1, 0));
    let seen: Vec<_> = bench
        .node
        .inspect()
        .followers
        .iter()
        .map(|follower| (follower.node, follower.last_answer))
        .collect();
    assert_eq!(seen, [(B, None), (C, Some(Micros::from_millis(12)))]);
}

fn refused(bench: &mut Bench<Raft>, input: Input<Raft>) -> Vec<(u64, Refusal, Option<u16>)> {
    let refusal = |(call, answer)| match answer {
        Answer::Refused { reason, hint } => Some((call, reason, hint.map(|node| node.0))),
        Answer::Done(_) => None,
    };
    answers(&bench.give(input))
        .into_iter()
        .filter_map(refusal)
        .collect()
}

/// Clients are sent on to the leader of the term (R7, F6).
#[test]
fn a_follower_redirects_to_the_leader_that_it_has_heard_from_in_this_term() {
    let mut bench = server(3);
    let unknown = [(1, Refusal::NotLeader, None)];
    assert_eq!(refused(&mut bench, call(1)), unknown);
    bench.give(heartbeat(C, 1));
    assert_eq!(
        refused(&mut bench, call(1)),
        [(1, Refusal::NotLeader, Some(2))]
    );
    bench.give(vote_request(B, 2, EMPTY));
    assert_eq!(
        refused(&mut bench, call(1)),
        unknown,
        "a new term, a new leader"
    );
    bench.give(Input::Timer(RaftTimer::Election));
    assert_eq!(refused(&mut bench, call(1)), unknown);
}

#[test]
fn calls_that_wait_are_told_when_their_leader_steps_down() {
    let mut bench = leader(3);
    bench.give(call(1));
    let lost = [(1, Refusal::LostLeadership, Some(2))];
    assert_eq!(refused(&mut bench, heartbeat(C, 2)), lost);
    let mut bench = leader(3);
    bench.give(call(1));
    let lost = [(1, Refusal::LostLeadership, None)];
    assert_eq!(refused(&mut bench, vote_request(C, 2, EMPTY)), lost);
}

#[test]
fn a_repeated_call_that_waits_is_not_appended_twice() {
    let mut bench = leader(3);
    bench.give(call(1));
    let done = bench.give(call(1));
    assert!(said(&done, RaftRule::CallRepeated));
    assert_eq!(log(&bench).len(), 1);
    let done = bench.give(matched(B, 1, 1));
    assert_eq!(answers(&done).len(), 1);
}
