//! Reads that a follower answers, after asking its leader (thesis §6.4).

use crate::any_input::read_number;
use crate::membership::members;
use crate::reads::*;
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    LogIndex, Raft, RaftDurable, RaftMessage, RaftRule, RaftSettings, RaftTimer, ReadNumber, Term,
};
use consensus::{Answer, Control, Incarnation, Input, Micros, Refusal};

fn everywhere() -> RaftSettings {
    RaftSettings {
        follower_reads: true,
        ..by_index()
    }
}

/// A, following B in term 1.
fn follows(settings: RaftSettings) -> Bench<Raft> {
    let mut bench = set_up(3, settings, RaftDurable::default());
    bench.give(append(B, 1, at(0, 0), &[1, 1], 1));
    bench
}

fn told(read: ReadNumber, index: Option<u64>) -> Input<Raft> {
    let (term, index) = (Term(1), index.map(LogIndex));
    from(B, RaftMessage::ReadAnswer { term, read, index })
}

/// The numbers of the questions that were put to B.
fn questions(done: &Done) -> Vec<u64> {
    let question = |(to, message)| match message {
        RaftMessage::ReadRequest { read, .. } if to == B => Some(read.number),
        _ => None,
    };
    messages(done).into_iter().filter_map(question).collect()
}

/// The leader says how far, and the follower waits until its own state machine is as far.
#[test]
fn a_follower_serves_a_read_when_it_has_applied_what_its_leader_says() {
    let mut bench = follows(everywhere());
    let asked = bench.give(read(7));
    assert!(said(&asked, RaftRule::ReadForwarded));
    assert_eq!((questions(&asked), served(&asked)), (vec![1], vec![]));
    let told = bench.give(told(read_number(1), Some(2)));
    assert!(said(&told, RaftRule::ReadIndexLearned));
    assert_eq!(served(&told), [], "it has applied one entry");
    let done = bench.give(append(B, 1, at(2, 1), &[], 2));
    assert_eq!(served(&done), [7]);
}

#[test]
fn a_follower_that_is_as_far_serves_it_at_once() {
    let mut bench = follows(everywhere());
    bench.give(read(7));
    assert_eq!(served(&bench.give(told(read_number(1), Some(1)))), [7]);
}

/// The index that was noted before a read came may be too low for it.
#[test]
fn reads_that_come_while_a_question_is_on_its_way_share_the_next_one() {
    let mut bench = follows(everywhere());
    bench.give(read(7));
    assert_eq!(questions(&bench.give(read(8))), []);
    assert_eq!(questions(&bench.give(read(9))), []);
    let first = bench.give(told(read_number(1), Some(1)));
    assert_eq!((served(&first), questions(&first)), (vec![7], vec![2]));
    assert_eq!(served(&bench.give(told(read_number(1), Some(1)))), []);
    let second = bench.give(told(read_number(2), Some(1)));
    assert_eq!((served(&second), questions(&second)), (vec![8, 9], vec![]));
}

#[test]
fn a_question_that_is_lost_is_put_again_with_a_heartbeat() {
    let mut bench = follows(everywhere());
    bench.give(read(7));
    bench.pass(Micros::from_millis(49));
    assert_eq!(questions(&bench.give(heartbeat(B, 1))), []);
    bench.pass(Micros::from_millis(1));
    assert_eq!(questions(&bench.give(heartbeat(B, 1))), [1], "the same");
    bench.pass(Micros::from_millis(250));
    let late = bench.give(heartbeat(B, 1));
    assert_eq!(refused(&late), Some(Refusal::NotLeader), "long enough");
    assert_eq!(questions(&late), []);
}

/// The answer to a question of an earlier life says nothing about this one's reads.
#[test]
fn an_answer_of_an_earlier_life_or_of_somebody_else_counts_for_nothing() {
    let mut bench = follows(everywhere());
    bench.give(read(7));
    let earlier = ReadNumber {
        incarnation: Incarnation(0),
        number: 1,
    };
    assert_eq!(served(&bench.give(told(earlier, Some(1)))), []);
    let (term, index) = (Term(1), Some(LogIndex(1)));
    let read = read_number(1);
    let forged = from(C, RaftMessage::ReadAnswer { term, read, index });
    assert_eq!(served(&bench.give(forged)), []);
}

#[test]
fn a_leader_that_cannot_say_or_is_lost_ends_the_reads_that_wait() {
    let refusals = [
        told(read_number(1), None),
        Input::Timer(RaftTimer::Election),
        heartbeat(C, 2),
    ];
    for refusal in refusals {
        let mut bench = follows(everywhere());
        bench.give(read(7));
        let done = bench.give(refusal);
        assert_eq!(refused(&done), Some(Refusal::NotLeader));
        assert_eq!(served(&bench.give(told(read_number(1), Some(1)))), []);
    }
}

#[test]
fn a_follower_takes_no_writes_and_no_reads_where_the_setting_is_off() {
    let hint = Some(B);
    let reason = Refusal::NotLeader;
    let refusal = Answer::Refused { reason, hint };
    let done = follows(everywhere()).give(call(7));
    assert_eq!(answers(&done), [(7, refusal.clone())]);
    let done = follows(by_index()).give(read(7));
    assert_eq!(answers(&done), [(7, refusal)]);
}

fn question(number: u64) -> Input<Raft> {
    let (term, read) = (Term(1), read_number(number));
    from(C, RaftMessage::ReadRequest { term, read })
}

/// What C was told about its questions.
fn indexes(done: &Done) -> Vec<(u64, Option<u64>)> {
    let index = |(to, message)| match message {
        RaftMessage::ReadAnswer { read, index, .. } if to == C => {
            Some((read.number, index.map(|it| it.0)))
        }
        _ => None,
    };
    messages(done).into_iter().filter_map(index).collect()
}

#[test]
fn a_leader_tells_a_follower_when_a_round_has_shown_that_it_leads() {
    let mut bench = leads(everywhere());
    let asked = bench.give(question(1));
    assert!(said(&asked, RaftRule::ReadIndexAsked));
    assert_eq!((rounds(&asked), indexes(&asked)), (vec![2, 2], vec![]));
    assert_eq!(messages(&bench.give(question(1))), [], "it is at it");
    let done = bench.give(confirmed(B, 1, 2, 1));
    assert!(said(&done, RaftRule::ReadIndexTold));
    assert_eq!(indexes(&done), [(1, Some(1))]);
    assert_eq!(indexes(&bench.give(confirmed(C, 1, 2, 1))), [], "once");
}

#[test]
fn a_leader_that_hands_over_and_knows_too_little_says_so() {
    let mut bench = set_up(3, everywhere(), RaftDurable::default());
    elect(&mut bench, 3, 1);
    bench.give(Input::Control(Control::TransferTo(B)));
    let done = bench.give(question(1));
    assert!(said(&done, RaftRule::ReadIndexUnknown));
    assert_eq!(indexes(&done), [(1, None)]);
    assert_eq!(log(&bench).len(), 0);
}

/// Nobody else will answer: a learner has no patience after this one, and stands for nothing.
#[test]
fn a_server_without_a_vote_that_loses_its_leader_ends_the_reads_that_wait() {
    let mut bench = set_up(3, everywhere(), RaftDurable::default());
    let without = members(&[B, C], &[], &[A]);
    bench.give(append_of(B, 1, at(0, 0), vec![membership(1, without)], 1));
    assert_eq!(questions(&bench.give(read(7))), [1]);
    let done = bench.give(Input::Timer(RaftTimer::Election));
    assert!(said(&done, RaftRule::WaitsForAVote));
    assert_eq!(refused(&done), Some(Refusal::NotLeader));
}
