//! Servers and terms: Raft §5.1.

use super::samples::{answers, every_role, requests};
use crate::server::*;
use consensus::raft::{LogPosition, Raft, RaftMessage, RaftTimer};
use consensus::{
    Call, Control, Input, Mandate, Micros, Observation, Operation, Protocol, Role, Token,
};
use simulator::{Action, Driver, DriverError, Target};

#[test]
fn a_follower_speaks_only_when_it_is_spoken_to() {
    let read = Call {
        operation: Operation::Read,
        command: command(1),
    };
    for input in [
        Input::Timer(RaftTimer::Heartbeat),
        Input::Stored(Token(9)),
        Input::Control(Control::TransferTo(C)),
        Input::Call(read),
        call(2),
    ] {
        let mut bench = server(3);
        bench.give(append(B, 5, LogPosition::ZERO, &[5], 1));
        let done = bench.give(input.clone());
        assert_eq!(messages(&done), [], "{input:?}");
    }
    let stands = |it: &RaftMessage| matches!(it, RaftMessage::TimeoutNow { .. });
    for message in requests(5).into_iter().chain(answers(5)) {
        let mut bench = server(3);
        bench.give(append(B, 5, LogPosition::ZERO, &[5], 1));
        let done = bench.give(from(B, message.clone()));
        let only_back = messages(&done).iter().all(|(to, _)| *to == B);
        assert!(only_back || stands(&message), "{message:?}");
    }
}

#[test]
fn each_election_begins_the_next_term() {
    let mut bench = server(5);
    for term in 1..=20 {
        let done = bench.give(Input::Timer(RaftTimer::Election));
        let called = Observation::ElectionCalled(Mandate::Term(term));
        assert!(observed(&done).contains(&called), "term {term}");
        assert_eq!(bench.durable.term.0, term);
    }
}

/// A snapshot's piece, too, and an answer as much as a request.
#[test]
fn a_later_term_in_a_message_of_any_kind_is_entered_as_a_follower_with_a_free_vote() {
    for message in requests(9).into_iter().chain(answers(9)) {
        for (role, mut bench) in every_role() {
            bench.give(from(C, message.clone()));
            let view = bench.node.inspect();
            let found = (view.role, view.reign.mandate, view.voted_for);
            let expected = match message {
                // It enters the term first, and is told to stand then.
                RaftMessage::TimeoutNow { .. } => (Role::Candidate, Mandate::Term(10), Some(A)),
                _ => (Role::Follower, Mandate::Term(9), None),
            };
            assert_eq!(found, expected, "a {role} reads {message:?}");
            let stored = (Mandate::Term(bench.durable.term.0), bench.durable.vote);
            assert_eq!(stored, (found.1, found.2), "and writes it down");
        }
    }
}

#[test]
fn a_request_of_an_older_term_is_refused_with_the_current_one_in_every_role() {
    for message in requests(4) {
        for (role, mut bench) in every_role() {
            let before = bench.node.clone();
            let done = bench.give(from(C, message.clone()));
            let told = messages(&done);
            let refusal = told.iter().find(|(to, it)| *to == C && it.term().0 == 5);
            assert!(refusal.is_some(), "a {role} reads {message:?}");
            assert_eq!((told.len(), voted(&done)), (1, refused_vote(&message)));
            assert_eq!(bench.node, before);
        }
    }
}

fn refused_vote(message: &RaftMessage) -> Option<(u64, bool)> {
    matches!(message, RaftMessage::VoteRequest { .. }).then_some((5, false))
}

#[test]
fn an_answer_of_an_older_term_changes_nothing_in_any_role() {
    for message in answers(4) {
        for (role, mut bench) in every_role() {
            let before = bench.node.clone();
            let done = bench.give(from(C, message.clone()));
            assert_eq!(messages(&done), [], "a {role} reads {message:?}");
            assert_eq!(bench.node, before);
        }
    }
}

#[test]
fn every_message_tells_its_senders_term() -> Result<(), DriverError> {
    let mut cluster = Driver::<Raft>::builder().seed(3).build();
    let end = Micros::from_secs(4);
    for second in [1, 2] {
        cluster.schedule(Micros::from_secs(second), Action::Stop(Target::Leader));
    }
    let mut seen = 0;
    while cluster.now() < end {
        cluster.step().expect("heartbeats never end");
        let new = cluster.messages().into_iter().filter(|it| it.number > seen);
        let new: Vec<_> = new
            .map(|it| (it.number, it.from, it.message().term().0))
            .collect();
        for (number, sender, term) in new {
            assert_eq!(cluster.mandate(sender)?, Mandate::Term(term));
            seen = number;
        }
    }
    assert!(seen > 400, "a cluster at work: {seen} messages");
    Ok(())
}
