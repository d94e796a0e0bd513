//! Nothing is promised before it is on disk (figure 2: "updated on stable storage before
//! responding"; R3, R8).

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogPosition, Raft, RaftDurable, RaftTimer, RaftWrite};
use consensus::{
    Durable, Effect, EntrySummary, Input, Observation, Protocol, Role, Token, WriteSummary,
};

const EMPTY: LogPosition = LogPosition::ZERO;

fn tokens(done: &Done) -> Vec<Token> {
    let token = |effect: &Effect<Raft>| match effect {
        Effect::Persist { token, .. } => Some(*token),
        _ => None,
    };
    done.iter().filter_map(token).collect()
}

fn slow(mut bench: Bench<Raft>) -> Bench<Raft> {
    bench.instant_disk = false;
    bench
}

fn store(bench: &mut Bench<Raft>, done: &Done) -> Done {
    let stored = tokens(done).into_iter().map(Input::Stored);
    stored.flat_map(|input| bench.give(input)).collect()
}

/// Storage completes asynchronously (R11).
#[test]
fn a_vote_is_told_only_when_it_is_stored() {
    let mut bench = slow(server(3));
    let asked = bench.give(vote_request(B, 1, EMPTY));
    let again = bench.give(vote_request(B, 1, EMPTY));
    assert_eq!((voted(&asked), voted(&again)), (None, None));
    let done = store(&mut bench, &asked);
    assert_eq!(voted(&done), Some((1, true)));
    let (term, candidate) = (1, B);
    assert!(observed(&done).contains(&Observation::Voted { term, candidate }));
}

#[test]
fn a_vote_stored_after_its_term_is_over_is_not_told() {
    let mut bench = slow(server(3));
    let asked = bench.give(vote_request(B, 1, EMPTY));
    bench.give(heartbeat(C, 2));
    assert_eq!(voted(&store(&mut bench, &asked)), None);
}

#[test]
fn a_candidate_counts_and_asks_only_when_its_own_vote_is_stored() {
    let mut bench = slow(server(3));
    let stood = bench.give(Input::Timer(RaftTimer::Election));
    assert!(messages(&stood).is_empty());
    bench.give(vote(B, 1, true));
    bench.give(vote(C, 1, true));
    let view = bench.node.inspect();
    assert_eq!(
        view.role,
        Role::Candidate,
        "votes that it has not asked for"
    );
    assert!(view.votes.iter().all(|vote| vote.granted.is_none()));
    assert_eq!(messages(&store(&mut bench, &stood)).len(), 2);
    bench.give(vote(B, 1, true));
    assert_eq!(bench.node.inspect().role, Role::Leader);
}

#[test]
fn a_follower_says_yes_only_when_the_entries_are_stored() {
    let mut bench = slow(server(3));
    let first = bench.give(append(B, 1, EMPTY, &[1], 0));
    let second = bench.give(append(B, 1, at(1, 1), &[1], 0));
    assert_eq!((outcome(&first), outcome(&second)), (None, None));
    assert_eq!(
        outcome(&store(&mut bench, &second)),
        None,
        "an earlier write is not stored"
    );
    let done = store(&mut bench, &first);
    assert_eq!(messages(&done).len(), 2);
    assert!(says_matched(&done, 1));
}

#[test]
fn a_heartbeat_is_not_confirmed_while_what_it_covers_is_on_its_way() {
    let mut bench = slow(server(3));
    let first = bench.give(append(B, 1, EMPTY, &[1], 0));
    for _ in 0..50 {
        assert_eq!(outcome(&bench.give(append(B, 1, at(1, 1), &[], 0))), None);
    }
    let done = store(&mut bench, &first);
    assert_eq!(messages(&done).len(), 1, "one answer says it all");
}

#[test]
fn a_no_promises_nothing_and_needs_no_disk() {
    let mut bench = slow(with_log(3, &[1]));
    assert_eq!(
        voted(&bench.give(vote_request(B, 2, EMPTY))),
        Some((2, false))
    );
    assert!(outcome(&bench.give(append(B, 2, at(5, 1), &[2], 0))).is_some());
}

#[test]
fn a_leader_counts_itself_only_when_its_entry_is_stored() {
    let mut bench = slow(leader(3));
    let called = bench.give(call(1));
    assert!(!messages(&called).is_empty(), "sending is no promise");
    bench.give(matched(B, 1, 1));
    assert_eq!(committed(&bench), 0, "one of three has it durably");
    let done = store(&mut bench, &called);
    assert_eq!(committed(&bench), 1);
    assert_eq!(answers(&done).len(), 1);
    // Two followers are a majority without the leader's disk.
    bench.give(call(2));
    bench.give(matched(B, 1, 2));
    bench.give(matched(C, 1, 2));
    assert_eq!(committed(&bench), 2);
}

/// Crash recovery from durable state (R11).
#[test]
fn term_vote_and_log_come_back_from_disk_and_the_commit_index_does_not() {
    let mut bench = server(3);
    bench.give(append(B, 3, EMPTY, &[1, 3], 2));
    assert_eq!(committed(&bench), 2);
    let back = crash(&bench, 3);
    let view = back.node.inspect();
    assert_eq!(view.reign.mandate, consensus::Mandate::Term(3));
    assert_eq!(log(&back), [1, 3]);
    assert_eq!(committed(&back), 0);
    assert!(bench.durable.holds(2, command(2).call));
    assert!(!bench.durable.holds(3, command(2).call));
}

#[test]
fn a_write_whose_predecessor_was_lost_leaves_no_gap() {
    let mut bench = slow(server(3));
    bench.give(append(B, 1, EMPTY, &[1], 0));
    let second = bench.give(append(B, 1, at(1, 1), &[1], 0));
    for effect in &second {
        if let Effect::Persist { write, .. } = effect {
            bench.durable.store(write);
        }
    }
    assert!(bench.durable.log.is_empty());
}

/// Every write that a step asked for.
fn writes(done: &Done) -> Vec<RaftWrite> {
    let write = |effect: &Effect<Raft>| match effect {
        Effect::Persist { write, .. } => Some(write.clone()),
        _ => None,
    };
    done.iter().filter_map(write).collect()
}

#[test]
fn a_stored_write_says_what_it_is_with_the_digests_that_were_reported() {
    let mut bench = server(3);
    let done = bench.give(vote_request(B, 1, EMPTY));
    let [term, vote] = &writes(&done)[..] else {
        panic!("a term, then a vote in it: {done:?}");
    };
    let ballot = |vote| WriteSummary::Ballot { term: 1, vote };
    assert_eq!(bench.durable.describe(term), ballot(None));
    assert_eq!(bench.durable.describe(vote), ballot(Some(B)));

    let done = bench.give(append(B, 1, EMPTY, &[1, 1], 0));
    let reported = observed(&done).into_iter().filter_map(|seen| match seen {
        Observation::Appended { term, digest, .. } => Some(EntrySummary { term, digest }),
        _ => None,
    });
    let whole = WriteSummary::Entries {
        after: 0,
        entries: reported.collect(),
    };
    let write = &writes(&done)[0];
    assert_eq!(bench.durable.describe(write), whole);
    assert_eq!((whole.kind(), ballot(None).kind()), ("entries", "ballot"));
}

#[test]
fn a_write_whose_predecessor_was_lost_says_that_it_changed_nothing() {
    let mut bench = slow(server(3));
    bench.give(append(B, 1, EMPTY, &[1], 0));
    let second = bench.give(append(B, 1, at(1, 1), &[1], 0));
    let write = &writes(&second)[0];
    bench.durable.store(write);
    let nothing = WriteSummary::Entries {
        after: 0,
        entries: Vec::new(),
    };
    assert_eq!(bench.durable.describe(write), nothing);
}

#[test]
fn a_torn_write_leaves_the_first_few_entries_or_nothing() {
    let mut bench = server(3);
    let done = bench.give(append(B, 1, EMPTY, &[1, 1, 1], 0));
    let [ballot, entries] = &writes(&done)[..] else {
        panic!("a term, then entries: {done:?}");
    };
    let left = |draw| {
        let torn = RaftDurable::tear(entries, draw)?;
        let mut disk = RaftDurable::default();
        disk.store(&torn);
        assert!(bench.durable.log.contains(disk.log.last()));
        Some(disk.log.len())
    };
    let lengths: Vec<_> = (0..6).map(left).collect();
    assert_eq!(lengths, [None, Some(1), Some(2), None, Some(1), Some(2)]);
    assert_eq!(RaftDurable::tear(ballot, 1), None);
}

#[test]
fn bookkeeping_counts_what_waits_and_forgets_it_when_it_is_done() {
    let mut bench = leader(3);
    let idle = bench.node.bookkeeping();
    bench.give(call(1));
    bench.give(call(2));
    bench.give(call(2));
    assert_eq!(bench.node.bookkeeping(), idle + 2);
    bench.give(matched(B, 1, 2));
    assert_eq!(bench.node.bookkeeping(), idle + 1, "the client's session");

    let mut bench = slow(server(3));
    let asked = bench.give(vote_request(B, 1, EMPTY));
    assert!(bench.node.bookkeeping() > 0, "a vote waits for its disk");
    store(&mut bench, &asked);
    assert_eq!(bench.node.bookkeeping(), 0);
}
