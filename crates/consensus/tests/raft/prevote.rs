//! PreVote: Raft thesis §9.6; R5.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{LogPosition, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer, Term};
use consensus::{
    Control, Effect, Input, Mandate, Micros, NodeId, Observation, Protocol, Reign, Role,
};
use simulator::{Driver, DriverError, Property, SpanRange};

const EMPTY: LogPosition = LogPosition::ZERO;
const PATIENCE_ENDS: Input<Raft> = Input::Timer(RaftTimer::Election);

fn with_pre_vote() -> RaftSettings {
    RaftSettings {
        pre_vote: true,
        ..RaftSettings::paper()
    }
}

/// Server A of `size` with entries of these terms, which asks who would vote for it.
fn asking(size: u16, terms: &[u64]) -> Bench<Raft> {
    let mut bench = set_up(size, with_pre_vote(), disk_of(terms));
    bench.give(PATIENCE_ENDS);
    bench
}

fn term(bench: &Bench<Raft>) -> Mandate {
    bench.node.inspect().reign.mandate
}

fn persists(done: &Done) -> bool {
    let write = |effect: &Effect<Raft>| matches!(effect, Effect::Persist { .. });
    done.iter().any(write)
}

/// PreVote (R11).
#[test]
fn a_server_asks_before_it_stands_and_neither_term_nor_vote_nor_disk_change() {
    let mut bench = set_up(5, with_pre_vote(), Default::default());
    let done = bench.give(PATIENCE_ENDS);
    assert!(said(&done, RaftRule::PreVoteStarted));
    let request = RaftMessage::PreVoteRequest {
        term: Term(0),
        round: round(1),
        last: EMPTY,
    };
    let asked: Vec<_> = [B, C, D, E].map(|peer| (peer, request.clone())).into();
    assert_eq!(messages(&done), asked);
    assert!(armed(&done) && !persists(&done));
    let called = |it: &Observation| matches!(it, Observation::ElectionCalled(_));
    assert!(!observed(&done).iter().any(called));
    let view = bench.node.inspect();
    assert_eq!((view.role, view.voted_for), (Role::Candidate, None));
    assert_eq!(view.reign.mandate, Mandate::Term(0));
    let votes: Vec<_> = view.votes.iter().map(|vote| vote.granted).collect();
    assert_eq!(votes, [Some(true), None, None, None, None]);
    let done = bench.give(Input::Control(Control::TimeOut));
    assert!(said(&done, RaftRule::PreVoteForced) && !persists(&done));
}

#[test]
fn whoever_asks_believes_in_no_leader_any_more() {
    let mut bench = set_up(3, with_pre_vote(), Default::default());
    bench.give(heartbeat(B, 2));
    let done = bench.give(PATIENCE_ENDS);
    let (mandate, leader) = (Mandate::Term(2), None);
    assert!(observed(&done).contains(&Observation::Follows(Reign { mandate, leader })));
    let role = Role::Candidate;
    assert!(observed(&done).contains(&Observation::Role { role, mandate }));
    assert_eq!(bench.node.inspect().reign.leader, None);
}

#[test]
fn a_majority_of_all_members_lets_it_stand() {
    let mut bench = asking(5, &[]);
    bench.give(pre_vote(B, 0, 1, true));
    bench.give(pre_vote(B, 0, 1, true));
    let done = bench.give(pre_vote(D, 0, 1, false));
    assert!(said(&done, RaftRule::PreVoteDenied));
    assert_eq!(term(&bench), Mandate::Term(0), "2 of 5");
    let done = bench.give(pre_vote(C, 0, 1, true));
    assert!(said(&done, RaftRule::PreVoteWon) && said(&done, RaftRule::ElectionStarted));
    assert!(armed(&done));
    assert!(observed(&done).contains(&Observation::ElectionCalled(Mandate::Term(1))));
    let view = bench.node.inspect();
    assert_eq!(
        (view.reign.mandate, view.voted_for),
        (Mandate::Term(1), Some(A))
    );
    assert_eq!(
        view.votes.iter().filter(|it| it.granted.is_some()).count(),
        1,
        "counted anew"
    );
    let asked = messages(&done);
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|(_, it)| matches!(
        it,
        RaftMessage::VoteRequest {
            transfer: false,
            ..
        }
    )));
}

#[test]
fn a_server_of_one_asks_nobody() {
    let mut bench = asking(1, &[]);
    bench.give(call(1));
    assert_eq!(
        (bench.node.inspect().role, committed(&bench)),
        (Role::Leader, 1)
    );
}

#[test]
fn it_is_granted_to_a_log_that_would_get_the_vote_and_changes_nothing() {
    for (last, asked, granted) in [
        (at(9, 1), 2, false),
        (at(1, 2), 2, false),
        (at(2, 2), 2, true),
        (at(3, 2), 7, true),
        (at(1, 3), 7, true),
    ] {
        let mut bench = with_log(3, &[1, 2]);
        let before = bench.node.clone();
        for peer in [B, C, B] {
            let done = bench.give(pre_vote_request(peer, asked, last));
            assert_eq!(pre_voted(&done), Some((asked, granted)), "{last}");
            let refused = said(&done, RaftRule::PreVoteRefusedLogBehind);
            assert_eq!(refused, !granted);
            assert!(!armed(&done) && !persists(&done), "it is no vote");
            assert_eq!(bench.node, before, "and no term is adopted");
        }
    }
}

#[test]
fn it_is_refused_while_a_leader_was_heard_within_the_shortest_timeout() {
    let mut bench = server(3);
    bench.give(heartbeat(B, 2));
    bench.pass(Micros::from_millis(149));
    let before = bench.node.clone();
    for asked in [2, 8] {
        let done = bench.give(pre_vote_request(C, asked, EMPTY));
        assert_eq!(pre_voted(&done), Some((asked, false)));
        assert!(said(&done, RaftRule::PreVoteRefusedLeaderLives));
    }
    assert_eq!(bench.node, before);
    bench.pass(Micros::from_millis(1));
    let done = bench.give(pre_vote_request(C, 2, EMPTY));
    assert_eq!(pre_voted(&done), Some((2, true)));
}

#[test]
fn a_leader_refuses_it_while_a_majority_answers() {
    let mut bench = leader(3);
    bench.pass(Micros::from_millis(200));
    bench.give(matched(B, 1, 0));
    bench.pass(Micros::from_millis(299));
    let done = bench.give(pre_vote_request(C, 4, EMPTY));
    assert_eq!(pre_voted(&done), Some((4, false)));
    bench.pass(Micros::from_millis(1));
    let done = bench.give(pre_vote_request(C, 4, EMPTY));
    assert_eq!(
        pre_voted(&done),
        Some((4, true)),
        "nobody hears it any more"
    );
    assert_eq!(
        (bench.node.inspect().role, term(&bench)),
        (Role::Leader, Mandate::Term(1))
    );
}

#[test]
fn candidates_and_pre_candidates_grant_it_too() {
    let mut candidate = server(3);
    candidate.give(PATIENCE_ENDS);
    for mut bench in [asking(3, &[1]), candidate] {
        let before = bench.node.clone();
        let done = bench.give(pre_vote_request(C, 1, at(1, 1)));
        assert_eq!(pre_voted(&done), Some((1, true)));
        assert_eq!(bench.node, before);
    }
}

#[test]
fn a_request_of_an_older_term_learns_the_current_one_and_whoever_asks_adopts_it() {
    let mut bench = server(3);
    bench.give(heartbeat(B, 5));
    bench.pass(Micros::from_secs(1));
    let done = bench.give(pre_vote_request(C, 4, EMPTY));
    assert_eq!(pre_voted(&done), Some((5, false)));
    assert!(said(&done, RaftRule::PreVoteRefusedStaleTerm));
    let mut bench = asking(3, &[1]);
    let done = bench.give(pre_vote(B, 5, 1, false));
    assert!(said(&done, RaftRule::CandidacyEnded) && !armed(&done));
    assert_eq!(
        (bench.node.inspect().role, term(&bench)),
        (Role::Follower, Mandate::Term(5))
    );
    let done = bench.give(PATIENCE_ENDS);
    let next = |(_, it): &(NodeId, RaftMessage)| it.term() == Term(5);
    assert!(messages(&done).iter().all(next));
}

#[test]
fn a_later_term_in_any_other_pre_vote_message_is_adopted_by_nobody() {
    let mut candidate = server(3);
    candidate.give(PATIENCE_ENDS);
    for (mut bench, input) in [
        (server(3), pre_vote(B, 9, 1, false)),
        (server(3), pre_vote(B, 9, 1, true)),
        (leader(3), pre_vote(B, 9, 1, false)),
        (leader(3), pre_vote_request(B, 9, EMPTY)),
        (candidate, pre_vote(B, 9, 1, false)),
        (asking(3, &[]), pre_vote(B, 9, 1, true)),
        (asking(3, &[]), pre_vote(B, 9, 2, false)),
        (asking(3, &[]), pre_vote_request(B, 9, EMPTY)),
    ] {
        let before = bench.node.clone();
        bench.give(input.clone());
        assert_eq!(bench.node, before, "{input:?}");
    }
}

#[test]
fn an_answer_counts_only_in_the_round_and_the_life_that_asked() {
    let mut bench = asking(3, &[]);
    let done = bench.give(PATIENCE_ENDS);
    assert!(said(&done, RaftRule::PreVoteRepeated) && armed(&done));
    assert_eq!(term(&bench), Mandate::Term(0));
    let before = bench.node.clone();
    let done = bench.give(pre_vote(B, 0, 1, true));
    assert!(said(&done, RaftRule::AnswerUnneeded));
    let mut other_life = round(2);
    other_life.incarnation.0 += 1;
    bench.give(from(
        B,
        RaftMessage::PreVoteAnswer {
            term: Term(0),
            round: other_life,
            granted: true,
        },
    ));
    assert_eq!(bench.node, before);
    bench.give(pre_vote(B, 0, 2, true));
    assert_eq!(term(&bench), Mandate::Term(1));
}

#[test]
fn it_follows_again_when_it_hears_its_leader_or_gives_its_vote() {
    let mut bench = asking(3, &[1]);
    bench.give(append(B, 2, at(1, 1), &[], 0));
    bench.give(PATIENCE_ENDS);
    let done = bench.give(append(B, 2, at(1, 1), &[], 0));
    assert!(said(&done, RaftRule::PreVoteEnded) && says_matched(&done, 1) && armed(&done));
    let view = bench.node.inspect();
    assert_eq!((view.role, view.reign.leader), (Role::Follower, Some(B)));
    bench.give(PATIENCE_ENDS);
    let done = bench.give(vote_request(C, 2, EMPTY));
    assert_eq!(voted(&done), Some((2, false)));
    assert_eq!(bench.node.inspect().role, Role::Candidate, "still asking");
    let done = bench.give(vote_request(C, 2, at(1, 1)));
    assert_eq!(voted(&done), Some((2, true)));
    assert_eq!(bench.node.inspect().role, Role::Follower);
}

#[test]
fn it_still_knows_what_the_leader_of_its_term_sent_before() {
    let mut bench = asking(3, &[]);
    bench.give(append(B, 5, EMPTY, &[1, 1], 0));
    bench.give(PATIENCE_ENDS);
    bench.give(PATIENCE_ENDS);
    let done = bench.give(append(B, 5, EMPTY, &[2], 0));
    assert!(said(&done, RaftRule::IgnoredContradiction));
    assert_eq!(log(&bench), [1, 1]);
}

#[test]
fn a_candidate_that_finds_no_majority_asks_first_again() {
    let mut bench = asking(3, &[]);
    bench.give(pre_vote(B, 0, 1, true));
    assert_eq!(term(&bench), Mandate::Term(1));
    let done = bench.give(PATIENCE_ENDS);
    assert!(observed(&done).contains(&Observation::ElectionFailed(Mandate::Term(1))));
    assert!(said(&done, RaftRule::PreVoteRepeated));
    assert_eq!(term(&bench), Mandate::Term(1));
    bench.give(vote(B, 1, true));
    assert_eq!(
        bench.node.inspect().role,
        Role::Candidate,
        "that election is over"
    );
}

#[test]
fn a_server_that_was_cut_off_neither_raises_its_term_nor_disturbs_on_its_return()
-> Result<(), DriverError> {
    for (settings, disturbs) in [(with_pre_vote(), false), (RaftSettings::paper(), true)] {
        let mut cluster = Driver::<Raft>::builder().settings(settings).build();
        cluster.fire(A, RaftTimer::Election)?;
        assert_eq!(cluster.expect_leader(SECOND)?, A);
        cluster.run_for(SECOND)?;
        let before = cluster.mandate(A)?;
        cluster.cut(&[&[E]])?;
        cluster.run_for(SECOND * 3)?;
        assert_eq!(cluster.mandate(E)? > before, disturbs);
        cluster.heal()?;
        cluster.run_for(SECOND * 2)?;
        assert_eq!(cluster.mandate(A)? > before, disturbs);
        assert_eq!(cluster.decided(A, RaftRule::SteppedDown) > 0, disturbs);
        let leader = cluster.expect_leader(SECOND)?;
        assert_eq!(cluster.believed_leader(E)?, Some(leader), "it is back");
    }
    Ok(())
}

const SECOND: Micros = Micros::from_secs(1);

/// Servers whose logs and terms differ in every way that crashes and cuts can bring about.
fn with_mixed_logs(seed: u64) -> Driver<Raft> {
    let builder = Driver::builder().seed(seed).guarantees(Property::OF_RAFT);
    let mut builder = builder.settings(RaftSettings::production());
    for (node, terms, term) in [
        (A, &[1, 1, 2][..], 2),
        (B, &[1, 1, 2, 2, 2], 2),
        (C, &[1, 1], 9),
        (D, &[1, 1, 3], 3),
        (E, &[], 12),
    ] {
        let mut disk = disk_of(terms);
        disk.term = Term(term);
        builder = builder.durable(node, disk);
    }
    builder.build()
}

#[test]
fn mixed_logs_elect_and_elect_again_when_leaders_die() -> Result<(), DriverError> {
    for seed in 0..60 {
        let mut cluster = with_mixed_logs(seed);
        for _ in 0..2 {
            let leader = cluster.expect_leader(SECOND * 5)?;
            let call = cluster.write(0, 0, seed)?;
            cluster.expect_done(call, SECOND * 5)?;
            cluster.crash(leader)?;
        }
        let leader = cluster.expect_leader(SECOND * 5)?;
        assert_eq!(cluster.running().count(), 3);
        let call = cluster.write_to(leader, 0, 0, 1)?;
        cluster.expect_done(call, SECOND)?;
    }
    Ok(())
}

/// How many messages servers sent each other.
fn messages_sent(cluster: &Driver<Raft>) -> u64 {
    cluster.requests().messages + cluster.replies().messages
}

#[test]
fn an_uncontested_first_election_takes_twelve_messages_with_the_replies_to_its_no_op()
-> Result<(), DriverError> {
    let builder = Driver::<Raft>::builder()
        .nodes(3)
        .delay(SpanRange::millis(1, 5));
    let mut cluster = builder.settings(RaftSettings::production()).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    cluster.run_for(Micros::from_millis(40))?;
    assert_eq!(cluster.committed(A)?, 1);
    assert_eq!(messages_sent(&cluster), 12);
    Ok(())
}

#[test]
fn a_first_election_takes_at_most_sixty_messages_whatever_the_seed() -> Result<(), DriverError> {
    for seed in 0..200 {
        let builder = Driver::<Raft>::builder().nodes(3).seed(seed);
        let mut cluster = builder.settings(RaftSettings::production()).build();
        cluster.run_until("its no-op", SECOND * 5, |it| {
            it.leader()
                .is_some_and(|leader| it.committed(leader) == Ok(1))
        })?;
        let sent = messages_sent(&cluster);
        assert!(sent <= 60, "{sent} messages with seed {seed}");
    }
    Ok(())
}
