//! Newcomers get the log from its start, also one that was a member before.

use crate::membership_changes::{answer, ask, at_work, sent_to};
use crate::server::*;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, EntryContent, LogIndex, RaftDurable, RaftMessage,
    RaftSettings, RaftTimer, Term,
};
use consensus::{Input, MembershipChange};

/// A learner is fed like any follower, from where the logs meet.
#[test]
fn newcomers_get_the_log_from_its_start() {
    let mut leader = at_work();
    let done = ask(&mut leader, MembershipChange::AddLearner(D));
    let probe = sent_to(&done, D).expect("it is told at once");
    assert_eq!(probe.previous, at(2, 1));
    let refusal = AppendAnswer {
        term: Term(1),
        session: probe.session,
        round: probe.round,
        carried: false,
        outcome: AppendOutcome::Differs {
            at: LogIndex(2),
            agree: at(0, 0),
        },
    };
    let done = leader.give(from(D, RaftMessage::AppendAnswer(refusal)));
    let all = sent_to(&done, D).expect("it lacks all");
    assert_eq!((all.previous, all.entries.len()), (at(0, 0), 2));
    let is_membership = |it: &EntryContent| matches!(it, EntryContent::Membership(_));
    assert!(is_membership(all.entries[1].content()));
}

/// A server is removed and added again within one term, and comes back with an empty disk. What it
/// answered before, when it held everything, reaches the leader only now. Then it says that it
/// holds nothing. Gives the first entries that it is sent.
fn after_a_delayed_answer(settings: RaftSettings) -> Option<Append> {
    let mut leader = set_up(3, settings, RaftDurable::default());
    elect(&mut leader, 3, 1);
    let first = sent_to(&leader.give(Input::Timer(RaftTimer::Heartbeat)), C)?.session;
    leader.give(matched(B, 1, 0));
    leader.give(call(1));
    leader.give(matched(B, 1, 1));
    ask(&mut leader, MembershipChange::Remove(C));
    leader.give(matched(B, 1, 2));
    let done = ask(&mut leader, MembershipChange::AddLearner(C));
    let probe = sent_to(&done, C)?;
    assert_ne!(probe.session, first, "it is followed by a book of its own");
    answer(&mut leader, C, first, 1);
    let outcome = AppendOutcome::Differs {
        at: probe.previous.index,
        agree: at(0, 0),
    };
    let refusal = AppendAnswer {
        term: Term(1),
        session: probe.session,
        round: probe.round,
        carried: false,
        outcome,
    };
    let inputs = [
        from(C, RaftMessage::AppendAnswer(refusal)),
        Input::Timer(RaftTimer::Heartbeat),
    ];
    let mut sent = inputs
        .map(|input| sent_to(&leader.give(input), C))
        .into_iter();
    sent.find_map(|it| it.filter(|it| !it.entries.is_empty()))
}

#[test]
fn an_answer_from_before_a_removal_counts_for_nothing() {
    let all = after_a_delayed_answer(RaftSettings::paper()).expect("it lacks all");
    assert_eq!((all.previous, all.entries.len()), (at(0, 0), 3));
}

/// Where books are not told apart, the newcomer is taken to hold what it held before, and is
/// sent what follows, in vain and for ever.
#[test]
#[cfg(feature = "mutants")]
fn without_sessions_a_delayed_answer_keeps_the_log_from_a_newcomer() {
    let broken = RaftSettings {
        mutant: Some(consensus::raft::Mutant::ProgressNotSessionIsolated),
        ..RaftSettings::paper()
    };
    let rest = after_a_delayed_answer(broken);
    assert_eq!(rest.map(|it| it.previous), Some(at(1, 1)));
}
