//! Who counts while the members change: Raft §6, thesis §4 and §6.4.

use crate::membership::{members, shown};
use crate::membership_changes::{answer, ask, sent_to};
use crate::reads::{by_index, confirmed, leads, read, rounds, served};
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    AppendAnswer, AppendOutcome, HeartbeatRound, LogIndex, Raft, RaftDurable, RaftMessage,
    RaftRule, RaftSettings, RaftTimer, Term,
};
use consensus::{Input, MembershipChange, Micros, NodeId, Protocol, Role};

/// Whether the answers to its second round have proven to the leader that it leads.
fn proves(bench: &mut Bench<Raft>, peer: NodeId, term: u64) -> bool {
    let done = bench.give(confirmed(peer, term, 2, 1));
    said(&done, RaftRule::ReadsProven)
}

#[test]
fn a_joint_leader_proves_reads_by_both_majorities() {
    let mut durable = RaftDurable::default();
    durable
        .log
        .push(membership(1, members(&[A, D, E], &[A, B, C], &[])));
    durable.term = Term(1);
    let mut leader = set_up(3, by_index(), durable);
    leader.give(Input::Timer(RaftTimer::Election));
    leader.give(vote(B, 2, true));
    leader.give(vote(D, 2, true));
    leader.give(read(9));
    assert!(!proves(&mut leader, B, 2));
    assert!(!proves(&mut leader, C, 2), "the old set alone");
    assert!(proves(&mut leader, E, 2), "two of each");
}

/// Thesis §4.2.1: a learner has no say, in reads either.
#[test]
fn a_learners_answer_proves_no_read() {
    let mut leader = leads(by_index());
    let done = ask(&mut leader, MembershipChange::AddLearner(D));
    let session = sent_to(&done, D).expect("it is told at once").session;
    let done = leader.give(read(9));
    let round = rounds(&done).into_iter().max().expect("one for the read");
    let answer = AppendAnswer {
        term: Term(1),
        session,
        round: HeartbeatRound(round),
        carried: false,
        outcome: AppendOutcome::Matched(LogIndex(2)),
    };
    let done = leader.give(from(D, RaftMessage::AppendAnswer(answer)));
    assert_eq!(served(&done), []);
    assert_eq!(served(&leader.give(confirmed(C, 1, round, 1))), [9]);
}

/// §6: a leader that is taken out does not count itself, in reads either.
#[test]
fn a_leader_that_is_removed_proves_reads_by_the_others_alone() {
    let mut leader = leads(by_index());
    ask(&mut leader, MembershipChange::Remove(A));
    leader.give(read(9));
    assert!(!proves(&mut leader, B, 1), "one of two");
    assert!(proves(&mut leader, C, 1));
}

/// Thesis §4.4: a cluster begins as one server, which adds the others one by one.
#[test]
fn one_server_grows_into_three() {
    let mut leader = leader(1);
    leader.give(call(1));
    assert_eq!(committed(&leader), 1, "alone it is its own majority");
    for (node, entries) in [(B, 3), (C, 5)] {
        let done = ask(&mut leader, MembershipChange::AddLearner(node));
        let session = sent_to(&done, node).expect("it is told at once").session;
        if node == C {
            leader.give(matched_in(2, B, 1, entries - 1));
        }
        assert_eq!(committed(&leader), entries - 1);
        ask(&mut leader, MembershipChange::Promote(node));
        let done = answer(&mut leader, node, session, entries - 1);
        assert!(said(&done, RaftRule::LearnerPromoted));
        assert_eq!(committed(&leader), entries - 1, "it is needed from now on");
        answer(&mut leader, node, session, entries);
        assert_eq!(committed(&leader), entries);
    }
    assert_eq!(shown(&leader).voters, [A, B, C]);
    assert!(shown(&leader).settled);
    let mut back = revived(1, leader.durable);
    back.give(Input::Timer(RaftTimer::Election));
    assert_eq!(back.node.inspect().role, Role::Candidate, "one of three");
}

/// Thesis §6.2: a leader steps down when a whole election timeout brought it no quorum, and
/// newcomers have as long from the moment that they count.
#[test]
fn newcomers_have_an_election_timeout_to_answer_before_they_are_missed() {
    let settings = RaftSettings {
        check_quorum: true,
        ..by_index()
    };
    let beat = || Input::Timer(RaftTimer::Heartbeat);
    let mut leader = leads(settings);
    leader.pass(Micros::from_secs(1));
    leader.give(matched(B, 1, 1));
    leader.give(matched(C, 1, 1));
    let others = MembershipChange::Replace {
        voters: [A, D, E].into(),
        learners: [].into(),
    };
    ask(&mut leader, others);
    leader.pass(Micros::from_millis(299));
    assert!(!said(&leader.give(beat()), RaftRule::QuorumLost));
    leader.give(matched(B, 1, 1));
    leader.pass(Micros::from_millis(1));
    assert!(
        said(&leader.give(beat()), RaftRule::QuorumLost),
        "no D, no E"
    );
}
