//! Who counts, sentence by sentence of §6 and of the thesis, chapter 4: one server on the bench.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    Configuration, LogPosition, Raft, RaftDurable, RaftMessage, RaftRule, RaftSettings, RaftTimer,
    Term,
};
use consensus::{
    Answer, Control, Effect, EntryKind, Input, Mandate, MembersView, NodeId, Observation, Protocol,
    Refusal, Role,
};
use std::slice;

/// Sets of nodes: those who vote, those who voted before, those who only learn.
pub(crate) fn members(voters: &[NodeId], old: &[NodeId], learners: &[NodeId]) -> Configuration {
    Configuration {
        voters: voters.into(),
        outgoing: old.into(),
        learners: learners.into(),
    }
}

pub(crate) fn shown(bench: &Bench<Raft>) -> MembersView {
    bench.node.inspect().members
}

/// A disk in term 1 whose log is a list of configurations.
fn disk_with(configurations: &[Configuration]) -> RaftDurable {
    let mut durable = RaftDurable::default();
    for configuration in configurations {
        durable.log.push(membership(1, configuration.clone()));
    }
    durable.term = Term(1);
    durable
}

fn nobody_is_asked(done: &Done) -> bool {
    messages(done).is_empty() && !said(done, RaftRule::ElectionStarted)
}

fn asked(done: &Done) -> Vec<NodeId> {
    let request = |it: &(NodeId, RaftMessage)| matches!(it.1, RaftMessage::VoteRequest { .. });
    let sent = messages(done).into_iter().filter(request);
    sent.map(|(to, _)| to).collect()
}

/// §6: a server uses the latest configuration in its log, whether or not the entry is committed.
#[test]
fn a_configuration_is_in_force_when_it_is_appended() {
    let mut follower = server(3);
    let five = members(&[A, B, C, D, E], &[], &[]);
    follower.give(append_of(
        B,
        1,
        LogPosition::ZERO,
        vec![membership(1, five)],
        0,
    ));
    assert_eq!(committed(&follower), 0);
    assert_eq!(shown(&follower).voters, [A, B, C, D, E]);
    assert!(!shown(&follower).settled, "not committed");
    let done = follower.give(Input::Timer(RaftTimer::Election));
    assert_eq!(asked(&done), [B, C, D, E]);
    follower.give(vote(B, 2, true));
    assert_eq!(follower.node.inspect().role, Role::Candidate, "two of five");
    follower.give(vote(E, 2, true));
    assert_eq!(follower.node.inspect().role, Role::Leader, "three of five");
}

/// Thesis §4.1: a server must be prepared to fall back to the configuration before.
#[test]
fn a_configuration_goes_with_the_entry_that_brought_it() {
    let mut follower = server(3);
    let two = members(&[A, B], &[], &[]);
    follower.give(append_of(
        B,
        1,
        LogPosition::ZERO,
        vec![membership(1, two)],
        0,
    ));
    assert_eq!(shown(&follower).voters, [A, B]);
    follower.give(append(C, 2, LogPosition::ZERO, &[2], 0));
    assert_eq!(shown(&follower).voters, [A, B, C]);
}

/// §6: configurations are part of the log, so they survive what the log survives.
#[test]
fn a_configuration_survives_a_crash() {
    let joint = members(&[A, D, E], &[A, B, C], &[B]);
    let back = revived(3, disk_with(&[joint]));
    let view = shown(&back);
    assert_eq!((view.voters, view.outgoing), (vec![A, D, E], vec![A, B, C]));
    let kinds = back.node.inspect().log.into_iter().map(|it| it.kind);
    assert!(matches!(
        kinds.collect::<Vec<_>>()[..],
        [EntryKind::Members(_)]
    ));
}

/// §6: while two sets decide together, an election needs a majority of each.
#[test]
fn a_joint_election_needs_both_majorities() {
    let joint = members(&[A, D, E], &[A, B, C], &[]);
    for (voters, wins) in [
        (vec![B, C], false),
        (vec![D, E], false),
        (vec![B, D], true),
        (vec![C, E], true),
    ] {
        let mut candidate = revived(3, disk_with(slice::from_ref(&joint)));
        let done = candidate.give(Input::Timer(RaftTimer::Election));
        assert_eq!(asked(&done), [D, E, B, C], "everybody who votes, once");
        for voter in &voters {
            candidate.give(vote(*voter, 2, true));
        }
        let leads = candidate.node.inspect().role == Role::Leader;
        assert_eq!(leads, wins, "{voters:?}");
    }
}

/// The same holds for whoever asks first (thesis §9.6).
#[test]
fn a_joint_pre_vote_needs_both_majorities() {
    let joint = members(&[A, D, E], &[A, B, C], &[]);
    let mut asking = set_up(3, RaftSettings::production(), disk_with(&[joint]));
    asking.give(Input::Timer(RaftTimer::Election));
    asking.give(pre_vote(B, 1, 1, true));
    let done = asking.give(pre_vote(C, 1, 1, true));
    assert!(!said(&done, RaftRule::PreVoteWon));
    let done = asking.give(pre_vote(D, 1, 1, true));
    assert!(said(&done, RaftRule::PreVoteWon));
}

/// §6: agreement needs both majorities, too; and a learner's word is no vote (thesis §4.2.1).
#[test]
fn a_joint_commit_needs_both_majorities_and_no_learner() {
    let joint = members(&[A, D, E], &[A, B, C], &[NodeId(5)]);
    let mut leader = revived(3, disk_with(&[joint]));
    leader.give(Input::Timer(RaftTimer::Election));
    leader.give(vote(B, 2, true));
    leader.give(vote(D, 2, true));
    let last = log(&leader).len() as u64;
    for (peer, commits) in [(NodeId(5), false), (B, false), (C, false), (D, true)] {
        leader.give(matched(peer, 2, last));
        assert_eq!(committed(&leader) == last, commits, "after {peer}");
    }
}

/// A learner gets no say in a vote, and asks for none (thesis §4.2.1).
#[test]
fn a_learner_neither_stands_nor_counts() {
    let learns = members(&[B, C], &[], &[A]);
    for settings in [RaftSettings::paper(), RaftSettings::production()] {
        let mut learner = set_up(0, settings, RaftDurable::default());
        let entry = vec![membership(1, learns.clone())];
        let done = learner.give(append_of(B, 1, LogPosition::ZERO, entry, 1));
        assert!(says_matched(&done, 1), "an unknown leader is heard");
        let done = learner.give(Input::Timer(RaftTimer::Election));
        assert!(nobody_is_asked(&done) && said(&done, RaftRule::WaitsForAVote));
        let follows = |it| matches!(it, Observation::Follows(reign) if reign.leader.is_none());
        assert!(
            observed(&done).into_iter().any(follows),
            "its leader is silent"
        );
        let done = learner.give(Input::Control(Control::TimeOut));
        assert!(nobody_is_asked(&done));
        learner.give(heartbeat(B, 1));
        let done = learner.give(timeout_now(B, 1));
        assert!(nobody_is_asked(&done), "nor when it is told to");
    }
    let mut candidate = revived(3, disk_with(&[members(&[A, B, C], &[], &[D])]));
    candidate.give(Input::Timer(RaftTimer::Election));
    candidate.give(vote(D, 2, true));
    assert_eq!(candidate.node.inspect().role, Role::Candidate);
}

/// A server that was told of no members waits for a leader, who may be anybody.
#[test]
fn a_server_without_members_waits_to_be_told() {
    let mut newcomer = set_up(0, RaftSettings::paper(), RaftDurable::default());
    for _ in 0..3 {
        let done = newcomer.give(Input::Timer(RaftTimer::Election));
        assert!(nobody_is_asked(&done) && !armed(&done));
    }
    let entry = vec![membership(4, members(&[A, E], &[], &[]))];
    newcomer.give(append_of(E, 4, LogPosition::ZERO, entry, 0));
    let done = newcomer.give(Input::Timer(RaftTimer::Election));
    assert_eq!(asked(&done), [E]);
}

/// Thesis §4.1: requests are handled without asking whether the sender is a member; a vote may be
/// needed from, and for, a server that is none yet.
#[test]
fn requests_of_unknown_servers_are_read_and_their_answers_are_not() {
    let stranger = NodeId(9);
    let mut follower = server(3);
    let done = follower.give(vote_request(stranger, 1, LogPosition::ZERO));
    assert_eq!(voted(&done), Some((1, true)));
    let done = follower.give(append(stranger, 2, LogPosition::ZERO, &[2], 0));
    assert!(says_matched(&done, 1));

    let mut candidate = server(3);
    candidate.give(Input::Timer(RaftTimer::Election));
    for answer in [vote(stranger, 1, true), vote(stranger, 7, false)] {
        let done = candidate.give(answer);
        assert!(said(&done, RaftRule::IgnoredUnknownSender));
    }
    assert_eq!(candidate.node.inspect().reign.mandate, Mandate::Term(1));
}

/// Thesis §4.2.2: a server that is not in its newest configuration stands while that one may
/// still be lost, and is quiet as soon as it knows that it is committed.
#[test]
fn a_removed_server_stands_only_until_its_removal_is_known_to_be_committed() {
    let without = vec![membership(1, members(&[B, C], &[], &[]))];
    let mut removed = server(3);
    removed.give(append_of(B, 1, LogPosition::ZERO, without.clone(), 0));
    let done = removed.give(Input::Timer(RaftTimer::Election));
    assert_eq!(asked(&done), [B, C]);
    removed.give(vote(B, 2, true));
    assert_eq!(
        removed.node.inspect().role,
        Role::Candidate,
        "it does not count itself"
    );

    let mut removed = server(3);
    removed.give(append_of(B, 1, LogPosition::ZERO, without, 1));
    let done = removed.give(Input::Timer(RaftTimer::Election));
    assert!(nobody_is_asked(&done) && said(&done, RaftRule::WaitsForAVote));
    // §4.1: it votes when it is asked.
    let done = removed.give(vote_request(C, 2, at(1, 1)));
    assert_eq!(voted(&done), Some((2, true)));
}

/// CheckQuorum (thesis §6.2) asks for both majorities while there are two.
#[test]
fn a_joint_leader_needs_answers_of_both_majorities() {
    let settings = RaftSettings {
        check_quorum: true,
        ..RaftSettings::paper()
    };
    let joint = members(&[A, D, E], &[A, B, C], &[]);
    for (answering, stays) in [([B, C], false), ([D, E], false), ([B, D], true)] {
        let mut leader = set_up(3, settings.clone(), disk_with(slice::from_ref(&joint)));
        leader.give(Input::Timer(RaftTimer::Election));
        for voter in [B, C, D, E] {
            leader.give(vote(voter, 2, true));
        }
        leader.pass(settings.election_timeout_most);
        for peer in answering {
            leader.give(matched(peer, 2, 0));
        }
        leader.give(Input::Timer(RaftTimer::Heartbeat));
        let leads = leader.node.inspect().role == Role::Leader;
        assert_eq!(leads, stays, "{answering:?} answer");
    }
}

/// No correct server makes such configurations, so they are not taken over.
#[test]
fn a_configuration_that_makes_no_sense_is_ignored() {
    for nonsense in [
        members(&[], &[], &[A]),
        members(&[B, A], &[], &[]),
        members(&[A, A], &[], &[]),
        members(&[A], &[C, B], &[]),
        members(&[A, B], &[], &[B]),
    ] {
        let mut follower = server(3);
        let entry = vec![membership(1, nonsense)];
        let done = follower.give(append_of(B, 1, LogPosition::ZERO, entry, 0));
        assert!(said(&done, RaftRule::IgnoredMalformed));
        assert!(!done.iter().any(|it| matches!(it, Effect::Persist { .. })));
    }
}

/// R7: whoever was taken out hears of no leader, and still knows whom to ask.
#[test]
fn a_removed_server_sends_clients_to_those_who_are_left() {
    let mut removed = server(3);
    let change = vec![membership(1, members(&[B, C], &[], &[]))];
    removed.give(append_of(B, 1, LogPosition::ZERO, change, 1));
    let done = removed.give(vote_request(B, 3, at(1, 1)));
    assert_eq!(removed.node.inspect().reign.leader, None, "{done:?}");
    let done = removed.give(call(1));
    let hint = Some(B);
    let reason = Refusal::NotLeader;
    assert_eq!(answers(&done), [(1, Answer::Refused { reason, hint })]);
}
