//! Leader election: Raft §5.1, §5.2 and §5.4.1; R1 to R7.

use crate::server::*;
use consensus::raft::{LogPosition, RaftMessage, RaftRule, RaftTimer, Term};
use consensus::{Control, Effect, Input, Mandate, Micros, Observation, Protocol, Role};

const EMPTY: LogPosition = LogPosition::ZERO;

/// R1, R2.
#[test]
fn every_server_starts_as_a_follower_with_patience_between_150_and_300_ms() {
    let mut bench = crate::support::Bench::new(boot(A, 5, Default::default(), Default::default()));
    let done = bench.give(Input::Start);
    assert_eq!(bench.node.inspect().role, Role::Follower);
    assert!(done.contains(&Effect::Arm {
        timer: RaftTimer::Election,
        least: Micros::from_millis(150),
        most: Micros::from_millis(300),
    }));
}

#[test]
fn a_follower_whose_patience_ends_enters_a_new_term_votes_for_itself_and_asks_all() {
    let mut bench = server(5);
    let done = bench.give(Input::Timer(RaftTimer::Election));
    assert!(said(&done, RaftRule::ElectionStarted));
    assert!(armed(&done));
    let (term, last) = (Term(1), EMPTY);
    let request = RaftMessage::VoteRequest {
        term,
        last,
        transfer: false,
    };
    let asked: Vec<_> = [B, C, D, E].map(|p| (p, request.clone())).into();
    assert_eq!(messages(&done), asked);
    let view = bench.node.inspect();
    assert_eq!((view.role, view.voted_for), (Role::Candidate, Some(A)));
    let votes: Vec<_> = view.votes.iter().map(|vote| vote.granted).collect();
    assert_eq!(votes, [Some(true), None, None, None, None]);
    assert_eq!(view.quorum, 3);
}

/// R4.
#[test]
fn a_majority_of_all_members_wins_and_not_of_those_that_answer() {
    let mut bench = server(5);
    bench.give(Input::Timer(RaftTimer::Election));
    bench.give(vote(B, 1, true));
    bench.give(vote(B, 1, true));
    bench.give(vote(D, 1, false));
    assert_eq!(bench.node.inspect().role, Role::Candidate, "2 of 5");
    let done = bench.give(vote(C, 1, true));
    assert!(said(&done, RaftRule::ElectionWon));
    assert_eq!(bench.node.inspect().role, Role::Leader);
}

/// R2, R6.
#[test]
fn a_winner_asserts_itself_at_once_and_has_no_patience_itself() {
    let mut bench = server(3);
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(vote(C, 1, true));
    assert_eq!(messages(&done).len(), 2);
    assert!(done.contains(&Effect::Disarm(RaftTimer::Election)));
    assert!(done.contains(&Effect::Arm {
        timer: RaftTimer::Heartbeat,
        least: Micros::from_millis(50),
        most: Micros::from_millis(50),
    }));
    assert!(!armed(&bench.give(Input::Timer(RaftTimer::Heartbeat))));
    assert!(!armed(&bench.give(Input::Timer(RaftTimer::Election))));
}

#[test]
fn a_server_of_one_elects_itself() {
    let mut bench = server(1);
    bench.give(Input::Timer(RaftTimer::Election));
    assert_eq!(bench.node.inspect().role, Role::Leader);
    let done = bench.give(call(1));
    assert_eq!(answers(&done).len(), 1);
}

/// R3.
#[test]
fn one_vote_per_term_first_come_first_served() {
    let mut bench = server(3);
    assert_eq!(
        voted(&bench.give(vote_request(B, 1, EMPTY))),
        Some((1, true))
    );
    let done = bench.give(vote_request(C, 1, EMPTY));
    assert_eq!(voted(&done), Some((1, false)));
    assert!(said(&done, RaftRule::VoteRefusedAlreadyVoted));
    let again = bench.give(vote_request(B, 1, EMPTY));
    assert_eq!(voted(&again), Some((1, true)), "a repeated request");
    assert_eq!(
        voted(&bench.give(vote_request(C, 2, EMPTY))),
        Some((2, true))
    );
}

/// R3.
#[test]
fn a_vote_survives_a_crash() {
    let mut bench = server(3);
    bench.give(vote_request(B, 1, EMPTY));
    let mut bench = crash(&bench, 3);
    assert_eq!(
        voted(&bench.give(vote_request(C, 1, EMPTY))),
        Some((1, false))
    );
    assert_eq!(
        voted(&bench.give(vote_request(B, 1, EMPTY))),
        Some((1, true))
    );
}

#[test]
fn a_candidate_whose_log_is_behind_gets_no_vote() {
    // The later last term is newer; of equal ones the longer log is (§5.4.1).
    for (last, granted) in [
        (at(9, 1), false),
        (at(1, 2), false),
        (at(2, 2), true),
        (at(3, 2), true),
        (at(1, 3), true),
    ] {
        let mut bench = with_log(3, &[1, 2]);
        let done = bench.give(vote_request(B, 4, last));
        assert_eq!(voted(&done), Some((4, granted)), "{last}");
        assert_eq!(said(&done, RaftRule::VoteRefusedLogBehind), !granted);
        assert_eq!(armed(&done), granted, "only a granted vote resets patience");
    }
}

/// R5.
#[test]
fn a_higher_term_frees_the_vote_before_the_message_is_handled() {
    let mut bench = server(3);
    bench.give(Input::Timer(RaftTimer::Election));
    assert_eq!(bench.node.inspect().voted_for, Some(A));
    let done = bench.give(vote_request(B, 2, EMPTY));
    assert_eq!(voted(&done), Some((2, true)));
    assert!(said(&done, RaftRule::CandidacyEnded));
    assert_eq!(bench.node.inspect().role, Role::Follower);
    // Even where the request itself is refused.
    let mut bench = with_log(3, &[1]);
    bench.give(vote_request(B, 2, EMPTY));
    let view = bench.node.inspect();
    assert_eq!(
        (view.reign.mandate, view.voted_for),
        (Mandate::Term(2), None)
    );
}

#[test]
fn a_leader_that_sees_a_higher_term_steps_down_and_regains_patience() {
    let mut bench = leader(3);
    bench.give(call(1));
    let done = bench.give(heartbeat(C, 2));
    assert!(said(&done, RaftRule::SteppedDown));
    assert!(armed(&done));
    assert!(done.contains(&Effect::Disarm(RaftTimer::Heartbeat)));
    let view = bench.node.inspect();
    assert_eq!((view.role, view.reign.leader), (Role::Follower, Some(C)));
    for answer in [vote(B, 3, false), matched(B, 3, 0)] {
        let mut bench = leader(3);
        let done = bench.give(answer);
        assert!(armed(&done) && said(&done, RaftRule::SteppedDown));
    }
}

/// R6.
#[test]
fn a_candidate_steps_back_for_a_leader_of_its_own_term() {
    let mut bench = server(3);
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(heartbeat(B, 1));
    assert!(said(&done, RaftRule::ElectionLost));
    assert!(says_matched(&done, 0), "and it answers as a follower");
    let view = bench.node.inspect();
    assert_eq!((view.role, view.reign.leader), (Role::Follower, Some(B)));
    assert_eq!(view.voted_for, Some(A), "its vote of this term stays given");
}

#[test]
fn a_candidate_ignores_a_leader_of_an_older_term() {
    let mut bench = server(3);
    bench.give(heartbeat(B, 4));
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(heartbeat(B, 4));
    assert!(said(&done, RaftRule::AppendRefusedStaleTerm));
    assert_eq!(bench.node.inspect().role, Role::Candidate);
    assert!(matches!(
        messages(&done).as_slice(),
        [(_, RaftMessage::AppendAnswer(answer))] if answer.term == Term(5)
    ));
}

/// R4.
#[test]
fn a_split_vote_ends_in_a_new_term() {
    let mut bench = server(3);
    bench.give(Input::Timer(RaftTimer::Election));
    let done = bench.give(Input::Timer(RaftTimer::Election));
    assert!(said(&done, RaftRule::ElectionRepeated));
    assert!(observed(&done).contains(&Observation::ElectionFailed(Mandate::Term(1))));
    assert!(observed(&done).contains(&Observation::ElectionCalled(Mandate::Term(2))));
    bench.give(vote(B, 1, true));
    assert_eq!(
        bench.node.inspect().role,
        Role::Candidate,
        "a vote of term 1"
    );
}

/// R2.
#[test]
fn patience_is_reset_on_three_occasions_only() {
    let mut bench = with_log(3, &[1]);
    bench.give(heartbeat(B, 2));
    let resets = [
        ("the current leader", heartbeat(B, 2), true),
        (
            "a heartbeat that fails the check",
            append(B, 2, at(9, 2), &[], 0),
            true,
        ),
        ("a leader of an older term", heartbeat(C, 1), false),
        ("a refused candidate", vote_request(C, 2, EMPTY), false),
        (
            "a refused candidate of a new term",
            vote_request(C, 3, EMPTY),
            false,
        ),
        ("a granted vote", vote_request(C, 3, at(1, 1)), true),
        (
            "the same request again",
            vote_request(C, 3, at(1, 1)),
            false,
        ),
        ("a second candidate", vote_request(B, 3, at(1, 1)), false),
        ("a vote", vote(B, 3, true), false),
        ("an append answer", matched(B, 3, 1), false),
        ("an answer of a new term", vote(B, 4, false), false),
        ("a client", call(1), false),
        ("an election", Input::Timer(RaftTimer::Election), true),
        ("a vote for it", vote(B, 4, true), false),
    ];
    for (what, input, resets) in resets {
        assert_eq!(armed(&bench.give(input)), resets, "{what}");
    }
}

/// R5.
#[test]
fn a_stale_request_is_answered_with_the_current_term_and_a_stale_answer_dropped() {
    let mut bench = server(3);
    bench.give(heartbeat(B, 5));
    let before = bench.node.clone();
    assert_eq!(
        voted(&bench.give(vote_request(C, 4, EMPTY))),
        Some((5, false))
    );
    for stale in [vote(C, 4, true), matched(C, 4, 3), differs(C, 4, 3, EMPTY)] {
        let done = bench.give(stale);
        assert!(said(&done, RaftRule::AnswerStaleTerm));
        assert!(messages(&done).is_empty());
    }
    assert_eq!(bench.node, before);
}

#[test]
fn time_out_starts_an_election_now_unless_one_leads() {
    let mut bench = server(3);
    let done = bench.give(Input::Control(Control::TimeOut));
    assert!(said(&done, RaftRule::ElectionForced));
    bench.give(vote(B, 1, true));
    let before = bench.node.clone();
    let done = bench.give(Input::Control(Control::TimeOut));
    assert!(said(&done, RaftRule::LeaderIgnoresTimeOut));
    let done = bench.give(Input::Control(Control::Leave));
    assert!(said(&done, RaftRule::LeavesMajorityAsIs));
    assert_eq!(bench.node, before);
}

#[test]
fn a_term_has_one_leader_and_a_second_one_is_not_believed() {
    let mut follower = server(3);
    follower.give(heartbeat(B, 1));
    let mut leader = leader(3);
    for (bench, other) in [(&mut follower, C), (&mut leader, B)] {
        let before = bench.node.clone();
        let done = bench.give(append(other, 1, EMPTY, &[1], 1));
        assert!(said(&done, RaftRule::IgnoredSecondLeader));
        assert_eq!(bench.node, before);
    }
}
