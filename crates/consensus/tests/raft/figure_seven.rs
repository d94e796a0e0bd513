//! Repairing followers' logs: the six of the paper's figure 7, and any pair that a cluster can
//! bring about (§5.3). Counted in round trips, for there lies the art of it.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{Append, AppendOutcome, Raft, RaftMessage, RaftTimer};
use consensus::{Input, NodeId, Protocol};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What a repair took.
#[derive(Debug, Default)]
struct Trips {
    /// Appends that were answered.
    all: usize,
    /// Appends that were refused.
    refused: usize,
}

/// What `to` is sent.
fn appends_to(done: &Done, to: NodeId) -> Vec<Append> {
    let append = |(receiver, message)| match message {
        RaftMessage::Append(append) if receiver == to => Some(append),
        _ => None,
    };
    messages(done).into_iter().filter_map(append).collect()
}

/// Carries appends to a follower and its answers to A, which leads, until there is nothing left to
/// say.
fn talk(leader: &mut Bench<Raft>, peer: NodeId, follower: &mut Bench<Raft>, first: &Done) -> Trips {
    let mut trips = Trips::default();
    let mut asked = appends_to(first, peer);
    while !asked.is_empty() {
        let append = asked.remove(0);
        for (_, answer) in messages(&follower.give(from(B, RaftMessage::Append(append)))) {
            let RaftMessage::AppendAnswer(answer) = answer else {
                panic!("{answer:?} answers no append")
            };
            let refused = matches!(answer.outcome, AppendOutcome::Differs { .. });
            trips.refused += usize::from(refused);
            trips.all += 1;
            let done = leader.give(from(peer, RaftMessage::AppendAnswer(answer)));
            asked.extend(appends_to(&done, peer));
        }
    }
    trips
}

/// A of `size` with this log, leading `term`, and what it says first.
fn leader_of(size: u16, own: &[u64], term: u64) -> (Bench<Raft>, Done) {
    let mut leader = with_log(size, own);
    leader.give(heartbeat(B, term - 1));
    leader.give(Input::Timer(RaftTimer::Election));
    let votes = (1..=size / 2).map(|peer| leader.give(vote(NodeId(peer), term, true)));
    let done = votes.last().expect("others have a vote");
    (leader, done)
}

/// The leader of term 8, and how many round trips it takes until it knows that a follower's log
/// is its own.
#[test]
fn six_logs_are_repaired() {
    let own = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
    let (mut leader, first) = leader_of(7, &own, 8);
    let figure: [(&str, &[u64], usize); 6] = [
        ("a", &[1, 1, 1, 4, 4, 5, 5, 6, 6], 2),
        ("b", &[1, 1, 1, 4], 2),
        ("c", &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], 1),
        ("d", &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], 1),
        ("e", &[1, 1, 1, 4, 4, 4, 4], 2),
        ("f", &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], 3),
    ];
    let mut followers = Vec::new();
    for ((name, terms, trips), peer) in figure.into_iter().zip((1..).map(NodeId)) {
        let mut follower = with_log(7, terms);
        let took = talk(&mut leader, peer, &mut follower, &first);
        assert_eq!(took.all, trips, "{name} takes {took:?}");
        followers.push((name, peer, follower));
    }
    let known = leader.node.inspect().followers;
    assert!(known.iter().all(|it| it.matched == 10), "{known:?}");
    assert_eq!(committed(&leader), 0, "all of it is of earlier terms");
    // What a follower has behind that goes when an entry takes its place.
    let done = leader.give(call(11));
    for (name, peer, mut follower) in followers {
        talk(&mut leader, peer, &mut follower, &done);
        assert_eq!(log(&follower), log(&leader), "{name}");
    }
    assert_eq!(committed(&leader), 11);
}

/// The follower names its last entry, of term 2, where the leader has one of term 1: there the
/// logs cannot meet, and before it is nothing to ask about.
#[test]
fn where_two_entries_differ_nobody_asks_whether_the_logs_meet() {
    let (mut leader, first) = leader_of(3, &[1, 3], 8);
    let mut follower = with_log(3, &[2]);
    let took = talk(&mut leader, B, &mut follower, &first);
    assert_eq!((took.refused, took.all), (1, 2));
    assert_eq!(log(&follower), [1, 3]);
}

/// Two logs of one cluster, and the terms in which they part.
#[derive(Clone, Debug)]
struct Pair {
    leader: Vec<u64>,
    follower: Vec<u64>,
}

/// They share some terms, then one of them may have more of the last of these, and each later term
/// is in one of them: whoever has an entry of a term has all that its leader had before it.
fn pair() -> impl Strategy<Value = Pair> {
    let length = || 1..5_usize;
    let shared = prop::collection::vec(length(), 0..4);
    let parted = prop::collection::vec((any::<bool>(), length()), 0..10);
    let more = prop::option::of((any::<bool>(), length()));
    (shared, more, parted).prop_map(|(shared, more, parted)| {
        let mut logs = [Vec::new(), Vec::new()];
        let mut term = 0;
        for count in shared {
            term += 1;
            logs.iter_mut()
                .for_each(|log| log.extend(vec![term; count]));
        }
        if let Some((whose, count)) = more.filter(|_| term > 0) {
            logs[usize::from(whose)].extend(vec![term; count]);
        }
        for (whose, count) in parted {
            term += 1;
            logs[usize::from(whose)].extend(vec![term; count]);
        }
        let [leader, follower] = logs;
        Pair { leader, follower }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whosever it is, however many entries it has. One more trip asks whether the place found is
    /// the right one, and one brings what was missing.
    #[test]
    fn a_conflicting_term_takes_one_round_trip_at_most(pair in pair()) {
        let (mut leader, first) = leader_of(3, &pair.leader, 20);
        let mut follower = with_log(3, &pair.follower);
        let trips = talk(&mut leader, B, &mut follower, &first);
        let same = pair.leader.iter().zip(&pair.follower).take_while(|(a, b)| a == b).count();
        let theirs: BTreeSet<_> = pair.follower[same..].iter().collect();
        let all: BTreeSet<_> = pair.leader[same..].iter().chain(theirs.iter().copied()).collect();
        let most = all.len().min(1 + theirs.len());
        prop_assert!(trips.refused <= most, "{trips:?} for {all:?}");
        prop_assert!(trips.all <= trips.refused + 2, "{trips:?}");
        prop_assert!(log(&follower).starts_with(&pair.leader));
        prop_assert_eq!(leader.node.inspect().followers[0].matched, pair.leader.len() as u64);
    }
}
