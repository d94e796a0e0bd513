//! Reads that need no entry (thesis §6.4): the leader's, by a round of heartbeats.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    AppendAnswer, AppendOutcome, HeartbeatRound, LogIndex, Raft, RaftDurable, RaftMessage,
    RaftRule, RaftSettings, RaftTimer, ReadPath, ReplicationSession, Term,
};
use consensus::{
    Answer, Call, Control, Effect, Input, Micros, NodeId, Operation, Protocol, Refusal,
};

pub(crate) fn by_index() -> RaftSettings {
    RaftSettings {
        reads: ReadPath::Index,
        ..RaftSettings::paper()
    }
}

pub(crate) fn read(sequence: u64) -> Input<Raft> {
    Input::Call(Call {
        operation: Operation::Read,
        command: command(sequence),
    })
}

/// `peer` has answered A's heartbeats up to this round, and holds its log up to `index`.
pub(crate) fn confirmed(peer: NodeId, term: u64, round: u64, index: u64) -> Input<Raft> {
    let answer = AppendAnswer {
        term: Term(term),
        session: ReplicationSession(1),
        round: HeartbeatRound(round),
        carried: false,
        outcome: AppendOutcome::Matched(LogIndex(index)),
    };
    from(peer, RaftMessage::AppendAnswer(answer))
}

/// A, leading three servers in term 1 with one entry committed, in its first round.
pub(crate) fn leads(settings: RaftSettings) -> Bench<Raft> {
    let mut bench = set_up(3, settings, RaftDurable::default());
    elect(&mut bench, 3, 1);
    bench.give(call(1));
    bench.give(confirmed(B, 1, 1, 1));
    assert_eq!(committed(&bench), 1);
    bench
}

/// The reads that the state machine was asked.
pub(crate) fn queried(done: &Done) -> Vec<u64> {
    let query = |effect: &Effect<Raft>| match effect {
        Effect::Query { command } => Some(command.call.sequence),
        _ => None,
    };
    done.iter().filter_map(query).collect()
}

/// The reads that were answered.
pub(crate) fn served(done: &Done) -> Vec<u64> {
    let answered = |(sequence, answer)| matches!(answer, Answer::Done(_)).then_some(sequence);
    answers(done).into_iter().filter_map(answered).collect()
}

pub(crate) fn refused(done: &Done) -> Option<Refusal> {
    answers(done).into_iter().find_map(|(_, it)| match it {
        Answer::Refused { reason, .. } => Some(reason),
        Answer::Done(_) => None,
    })
}

/// The rounds of the appends that were sent.
pub(crate) fn rounds(done: &Done) -> Vec<u64> {
    let round = |(_, message)| match message {
        RaftMessage::Append(append) => Some(append.round.0),
        _ => None,
    };
    messages(done).into_iter().filter_map(round).collect()
}

/// It takes a round of heartbeats that a majority answers, and no entry (R11).
#[test]
fn a_read_is_served_when_a_majority_has_answered_a_round_that_began_after_it_came() {
    let mut bench = leads(by_index());
    let asked = bench.give(read(2));
    assert!(said(&asked, RaftRule::ReadAwaitsRound));
    assert_eq!(rounds(&asked), [2, 2], "to both of the others");
    assert_eq!((queried(&asked), log(&bench).len()), (vec![], 1));
    // An answer to what was sent before proves nothing about now.
    assert_eq!(queried(&bench.give(confirmed(B, 1, 1, 1))), []);
    assert_eq!(queried(&bench.give(confirmed(C, 1, 1, 1))), []);
    let proven = bench.give(confirmed(C, 1, 2, 1));
    assert!(said(&proven, RaftRule::ReadsProven) && said(&proven, RaftRule::ReadAnswered));
    assert_eq!(served(&proven), [2]);
    assert_eq!(log(&bench).len(), 1);
}

/// One round serves any number of reads that came before it, and none that came later.
#[test]
fn reads_that_come_while_a_round_is_on_its_way_share_the_next_one() {
    let mut bench = leads(by_index());
    bench.give(read(2));
    let both = [bench.give(read(3)), bench.give(read(4))];
    assert!(both.iter().all(|done| messages(done).is_empty()));
    let first = bench.give(confirmed(B, 1, 2, 1));
    assert_eq!((served(&first), rounds(&first)), (vec![2], vec![3, 3]));
    let second = bench.give(confirmed(B, 1, 3, 1));
    assert_eq!((served(&second), rounds(&second)), (vec![3, 4], vec![]));
}

#[test]
fn a_round_that_is_lost_is_made_up_for_by_the_next_heartbeat() {
    let mut bench = leads(by_index());
    bench.give(read(2));
    bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(served(&bench.give(confirmed(B, 1, 3, 1))), [2]);
}

/// A new leader does not know yet what the earlier ones have committed.
#[test]
fn a_read_waits_until_the_leader_has_committed_an_entry_of_its_own_term() {
    let mut bench = set_up(3, by_index(), disk_of(&[1, 1]));
    elect(&mut bench, 3, 2);
    let asked = bench.give(read(9));
    assert!(said(&asked, RaftRule::NoOpAppended), "it has none, so far");
    let proven = bench.give(confirmed(B, 2, 2, 2));
    assert!(said(&proven, RaftRule::ReadsProven));
    assert_eq!(queried(&proven), []);
    let committed = bench.give(confirmed(B, 2, 2, 3));
    let place = |which: fn(&Effect<Raft>) -> bool| committed.iter().position(which);
    let applied = committed
        .iter()
        .rposition(|it| matches!(it, Effect::Apply(_)));
    let query = place(|it| matches!(it, Effect::Query { .. }));
    assert!(applied.is_some() && applied < query, "{committed:?}");
    assert_eq!(served(&committed), [9]);
}

/// The state machine does things in the order in which it is asked.
#[test]
fn a_read_sees_what_is_committed_though_the_state_machine_is_slow() {
    let mut bench = leads(by_index());
    bench.instant_machine = false;
    bench.give(call(2));
    bench.give(read(3));
    let done = bench.give(confirmed(B, 1, 2, 2));
    let order: Vec<bool> = done
        .iter()
        .filter_map(|it| match it {
            Effect::Apply(_) => Some(false),
            Effect::Query { .. } => Some(true),
            _ => None,
        })
        .collect();
    assert_eq!(order, [false, true], "applied first");
}

#[test]
fn who_is_alone_has_answered_itself() {
    let mut bench = set_up(1, by_index(), RaftDurable::default());
    bench.give(Input::Timer(RaftTimer::Election));
    bench.give(call(1));
    assert_eq!(served(&bench.give(read(2))), [2]);
}

/// A read changes nothing, so nothing has to be remembered of it.
#[test]
fn a_read_needs_no_session() {
    let mut bench = set_up(
        1,
        RaftSettings {
            session_expiry: Some(Micros::from_secs(1)),
            ..by_index()
        },
        RaftDurable::default(),
    );
    bench.give(Input::Timer(RaftTimer::Election));
    assert_eq!(served(&bench.give(read(2))), [2]);
}

#[test]
fn a_read_that_is_asked_for_again_is_one_read() {
    let mut bench = leads(by_index());
    bench.give(read(2));
    let again = bench.give(read(2));
    assert!(said(&again, RaftRule::CallRepeated));
    assert_eq!(served(&bench.give(confirmed(B, 1, 2, 1))), [2], "once");
}

/// It has had no effect for certain, so its client may ask anybody else.
#[test]
fn a_leader_that_steps_down_serves_no_read_any_more() {
    let mut bench = leads(by_index());
    bench.give(read(2));
    let done = bench.give(heartbeat(C, 2));
    assert!(said(&done, RaftRule::ReadsGivenUp));
    assert_eq!(refused(&done), Some(Refusal::NotLeader));
    assert_eq!(queried(&bench.give(confirmed(B, 1, 2, 1))), []);
}

/// Or a leader without a majority would keep more and more of them.
#[test]
fn a_read_that_has_waited_for_an_election_timeout_is_given_up() {
    let mut bench = leads(by_index());
    let before = bench.node.bookkeeping();
    bench.give(read(2));
    assert_eq!(bench.node.bookkeeping(), before + 1);
    bench.pass(Micros::from_millis(299));
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(refused(&done), None);
    bench.pass(Micros::from_millis(1));
    let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
    assert_eq!(refused(&done), Some(Refusal::NotLeader));
    assert_eq!(bench.node.bookkeeping(), before);
}

#[test]
fn a_leader_that_hands_over_takes_no_reads() {
    let mut bench = leads(by_index());
    bench.give(Input::Control(Control::TransferTo(C)));
    assert_eq!(refused(&bench.give(read(2))), Some(Refusal::HandingOver));
}

#[test]
fn by_default_a_read_goes_through_the_log() {
    let mut bench = leads(RaftSettings::paper());
    let done = bench.give(read(2));
    assert!(said(&done, RaftRule::CommandAppended));
    assert_eq!(queried(&bench.give(confirmed(B, 1, 1, 2))), []);
    assert_eq!(log(&bench).len(), 2);
}

/// Rounds are counted anew in each reign, so a refusal of what was sent in another proves nothing.
#[test]
fn the_refusal_of_an_earlier_reigns_append_is_no_answer_to_a_round() {
    let mut bench = leads(by_index());
    bench.give(read(2));
    let answer = AppendAnswer {
        term: Term(1),
        session: ReplicationSession(1),
        round: HeartbeatRound(2),
        carried: false,
        outcome: AppendOutcome::Stale,
    };
    let done = bench.give(from(B, RaftMessage::AppendAnswer(answer)));
    assert!(said(&done, RaftRule::AnswerUnneeded));
    assert_eq!(queried(&done), []);
    assert_eq!(queried(&bench.give(confirmed(B, 1, 2, 1))), [2]);
}
