//! What a leader does about its members, sentence by sentence of §6 and of the thesis, chapter 4.

use crate::membership::{members, shown};
use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, Configuration, LogIndex, Raft, RaftDurable, RaftMessage,
    RaftRule, RaftSettings, RaftTimer, ReplicationSession, Term,
};
use consensus::{Control, Input, MembershipChange, Micros, NodeId, Protocol, Role};

const F: NodeId = NodeId(5);

pub(crate) fn ask(bench: &mut Bench<Raft>, change: MembershipChange) -> Done {
    bench.give(Input::Control(Control::ChangeMembership(change)))
}

fn replace(voters: &[NodeId], learners: &[NodeId]) -> MembershipChange {
    MembershipChange::Replace {
        voters: voters.into(),
        learners: learners.into(),
    }
}

/// The last append with entries to a node.
pub(crate) fn sent_to(done: &Done, node: NodeId) -> Option<Append> {
    let sent = messages(done).into_iter().rev();
    sent.filter(|(to, _)| *to == node)
        .find_map(|it| match it.1 {
            RaftMessage::Append(append) => Some(append),
            _ => None,
        })
}

fn last(bench: &Bench<Raft>) -> u64 {
    log(bench).len() as u64
}

/// A peer holds the whole log, as it answers to what it was sent last.
fn holds_all(bench: &mut Bench<Raft>, done: &Done, peer: NodeId) -> Done {
    let session = sent_to(done, peer).map(|it| it.session);
    answer(
        bench,
        peer,
        session.unwrap_or(ReplicationSession(1)),
        last(bench),
    )
}

pub(crate) fn answer(
    bench: &mut Bench<Raft>,
    peer: NodeId,
    session: ReplicationSession,
    up_to: u64,
) -> Done {
    let answer = AppendAnswer {
        term: Term(1),
        session,
        round: Default::default(),
        carried: true,
        outcome: AppendOutcome::Matched(LogIndex(up_to)),
    };
    bench.give(from(peer, RaftMessage::AppendAnswer(answer)))
}

/// A, leading three in term 1, its first entry committed.
pub(crate) fn at_work() -> Bench<Raft> {
    let mut leader = leader(3);
    leader.give(call(1));
    leader.give(matched(B, 1, 1));
    leader.give(matched(C, 1, 1));
    assert_eq!(committed(&leader), 1);
    leader
}

fn in_force(bench: &Bench<Raft>) -> (Configuration, bool) {
    let view = shown(bench);
    (
        members(&view.voters, &view.outgoing, &view.learners),
        view.settled,
    )
}

/// Thesis §4.2.1: a newcomer gets the log first, and a vote when it has caught up (R11).
#[test]
fn a_learner_is_fed_and_then_promoted() {
    let mut leader = at_work();
    let done = ask(&mut leader, MembershipChange::AddLearner(D));
    assert!(said(&done, RaftRule::LearnerAdded));
    assert_eq!(in_force(&leader), (members(&[A, B, C], &[], &[D]), false));
    let session = sent_to(&done, D).expect("it is told at once").session;
    leader.give(matched(B, 1, 2));
    assert_eq!(committed(&leader), 2, "two of three voters hold it");

    let done = ask(&mut leader, MembershipChange::Promote(D));
    assert!(said(&done, RaftRule::PromotionWaits));
    assert_eq!(shown(&leader).learners, [D], "it holds nothing yet");
    let done = answer(&mut leader, D, session, 2);
    assert!(said(&done, RaftRule::LearnerPromoted));
    assert_eq!(in_force(&leader), (members(&[A, B, C, D], &[], &[]), false));
    leader.give(matched(B, 1, 3));
    assert_eq!(committed(&leader), 2, "two of four are no majority");
    answer(&mut leader, D, session, 3);
    assert_eq!(committed(&leader), 3);
    assert!(shown(&leader).settled);
}

/// Thesis §4.2.1: it has caught up when a round takes less than an election timeout.
#[test]
fn a_slow_learner_waits_for_its_vote() {
    let mut leader = at_work();
    let session =
        sent_to(&ask(&mut leader, MembershipChange::AddLearner(D)), D).map(|it| it.session);
    let session = session.expect("it is told at once");
    leader.give(matched(B, 1, 2));
    ask(&mut leader, MembershipChange::Promote(D));
    leader.pass(RaftSettings::paper().election_timeout_least);
    leader.give(call(2));
    answer(&mut leader, D, session, 2);
    assert_eq!(
        shown(&leader).learners,
        [D],
        "the first round took too long"
    );
    leader.pass(Micros::from_millis(50));
    let done = answer(&mut leader, D, session, 3);
    assert!(
        said(&done, RaftRule::LearnerPromoted),
        "the second was quick"
    );
    assert_eq!(shown(&leader).voters, [A, B, C, D]);
}

/// A promotion that waits is in no log: it goes with the leader, and with the learner.
#[test]
fn a_promotion_that_waits_can_be_lost() {
    let mut leader = at_work();
    ask(&mut leader, MembershipChange::AddLearner(D));
    leader.give(matched(B, 1, 2));
    ask(&mut leader, MembershipChange::Promote(D));
    let done = leader.give(heartbeat(B, 2));
    assert!(said(&done, RaftRule::PromotionAbandoned));

    let mut leader = at_work();
    ask(&mut leader, MembershipChange::AddLearner(D));
    leader.give(matched(B, 1, 2));
    ask(&mut leader, MembershipChange::Promote(D));
    ask(&mut leader, MembershipChange::Remove(D));
    leader.give(matched(B, 1, 3));
    ask(&mut leader, MembershipChange::AddLearner(D));
    leader.give(matched(B, 1, 4));
    let done = leader.give(heartbeat(B, 2));
    assert!(!said(&done, RaftRule::PromotionAbandoned));
}

/// Thesis §4.1: a leader may change nothing before an entry of its own term is committed, and one
/// without a no-op would wait for a client to bring it.
#[test]
fn a_promotion_brings_the_entry_that_it_waits_for() {
    let mut bench = server(3);
    let change = vec![membership(1, members(&[A, B, C], &[], &[D]))];
    bench.give(append_of(B, 1, at(0, 0), change, 1));
    elect(&mut bench, 3, 2);
    ask(&mut bench, MembershipChange::Promote(D));
    assert_eq!(log(&bench), [1], "it has to catch up first");
    bench.give(matched(D, 2, 1));
    assert_eq!(log(&bench), [1, 2]);
    bench.give(matched(D, 2, 2));
    let done = bench.give(matched(B, 2, 2));
    assert!(said(&done, RaftRule::LearnerPromoted));
}

/// Thesis §4.1: one change at a time, and none before the leader has committed an entry of its
/// own term.
#[test]
fn changes_that_would_be_unsafe_are_refused() {
    let add = || MembershipChange::AddLearner(D);
    let mut follower = server(3);
    assert!(said(
        &ask(&mut follower, add()),
        RaftRule::ChangeRefusedNotLeading
    ));

    let mut early = leader(3);
    let done = ask(&mut early, add());
    assert!(said(&done, RaftRule::ChangeRefusedTooEarly));
    assert!(
        said(&done, RaftRule::NoOpAppended),
        "nobody else may bring an entry"
    );
    assert!(
        !said(&ask(&mut early, add()), RaftRule::NoOpAppended),
        "one is enough"
    );
    early.give(matched(B, 1, 1));
    assert!(said(&ask(&mut early, add()), RaftRule::LearnerAdded));
    let done = ask(&mut early, MembershipChange::Remove(B));
    assert!(said(&done, RaftRule::ChangeRefusedUnderWay));
    assert_eq!(last(&early), 2);

    let mut handing_over = at_work();
    handing_over.give(call(2));
    handing_over.give(Input::Control(Control::TransferTo(C)));
    let done = ask(&mut handing_over, add());
    assert!(said(&done, RaftRule::ChangeRefusedHandingOver));
}

#[test]
fn changes_that_make_no_sense_are_refused() {
    use MembershipChange::{AddLearner, Promote, Remove};
    for (change, rule) in [
        (AddLearner(B), RaftRule::ChangeRefusedNoChange),
        (AddLearner(A), RaftRule::ChangeRefusedNoChange),
        (replace(&[C, A, B, B], &[]), RaftRule::ChangeRefusedNoChange),
        (Promote(B), RaftRule::ChangeRefusedNoLearner),
        (Promote(D), RaftRule::ChangeRefusedNoLearner),
        (Remove(D), RaftRule::ChangeRefusedNoMember),
        (replace(&[], &[A, B, C]), RaftRule::ChangeRefusedNoVoters),
    ] {
        let mut leader = at_work();
        let done = ask(&mut leader, change);
        assert!(said(&done, rule), "{rule:?}");
        assert_eq!(last(&leader), 1);
    }
    let mut alone = leader(1);
    alone.give(call(1));
    let done = ask(&mut alone, Remove(A));
    assert!(said(&done, RaftRule::ChangeRefusedNoVoters));
}

/// Thesis §4.1: whoever is removed counts no more from the moment that the entry is appended; it
/// is told when that is committed, once.
#[test]
fn a_removed_server_counts_no_more_and_is_told_in_the_end() {
    let mut leader = at_work();
    let done = ask(&mut leader, MembershipChange::Remove(C));
    assert_eq!(in_force(&leader), (members(&[A, B], &[], &[]), false));
    assert!(sent_to(&done, B).is_some());
    assert!(
        sent_to(&done, C).is_none(),
        "it could be of no help if it adopted that"
    );
    let done = leader.give(matched(C, 1, 2));
    assert!(said(&done, RaftRule::IgnoredUnknownSender));
    assert_eq!(committed(&leader), 1);
    let done = leader.give(matched(B, 1, 2));
    assert_eq!(committed(&leader), 2);
    let farewell = sent_to(&done, C).expect("now nothing can bring it back");
    assert_eq!((farewell.entries.len(), farewell.commit), (1, LogIndex(2)));
    assert!(sent_to(&leader.give(call(2)), C).is_none());
    assert!(sent_to(&leader.give(Input::Timer(RaftTimer::Heartbeat)), C).is_none());
}

/// §6: a leader that is not in the new configuration leads on until that is committed, does not
/// count itself, and steps down then.
#[test]
fn a_leader_that_is_removed_leads_until_that_is_committed() {
    let mut leader = at_work();
    ask(&mut leader, MembershipChange::Remove(A));
    assert_eq!(in_force(&leader), (members(&[B, C], &[], &[]), false));
    leader.give(call(2));
    leader.give(matched(B, 1, 3));
    assert_eq!(committed(&leader), 1, "one of two, and itself");
    assert_eq!(leader.node.inspect().role, Role::Leader);
    let done = leader.give(matched(C, 1, 3));
    assert_eq!(committed(&leader), 3);
    assert!(said(&done, RaftRule::LeaderRemoved));
    assert_eq!(
        answers(&done).len(),
        1,
        "its client is answered all the same"
    );
    assert_eq!(leader.node.inspect().role, Role::Follower);
    // Nobody has to lose patience (thesis §3.10).
    let told = |it: &(NodeId, RaftMessage)| matches!(it.1, RaftMessage::TimeoutNow { .. });
    assert_eq!(messages(&done).iter().filter(|it| told(it)).count(), 1);
    let done = leader.give(Input::Timer(RaftTimer::Election));
    assert!(said(&done, RaftRule::WaitsForAVote));
}

/// §6: first both sets together; the new one alone as soon as that is committed, by both
/// (R11).
#[test]
fn a_joint_change_goes_through_both_sets() {
    let mut leader = at_work();
    let done = ask(&mut leader, replace(&[A, D, E], &[B]));
    assert!(said(&done, RaftRule::JointBegun));
    let joint = members(&[A, D, E], &[A, B, C], &[B]);
    assert_eq!(in_force(&leader), (joint, false));
    let session = sent_to(&done, D).expect("it is told at once").session;
    leader.give(matched(B, 1, 2));
    leader.give(matched(C, 1, 2));
    assert_eq!(committed(&leader), 1, "one of the new three");
    let refused = ask(&mut leader, MembershipChange::AddLearner(F));
    assert!(said(&refused, RaftRule::ChangeRefusedUnderWay));
    let done = answer(&mut leader, D, session, 2);
    assert_eq!(committed(&leader), 2);
    assert!(said(&done, RaftRule::JointLeft), "without being asked");
    let new = members(&[A, D, E], &[], &[B]);
    assert_eq!(in_force(&leader), (new.clone(), false));
    let done = answer(&mut leader, D, session, 3);
    assert_eq!(in_force(&leader), (new, true));
    assert!(sent_to(&done, C).is_some_and(|it| it.commit == LogIndex(3)));
}

/// §6: whichever leader finds the joint configuration committed ends the change, also after the
/// one that began it is gone.
#[test]
fn the_next_leader_ends_a_joint_change() {
    let joint = members(&[A, D, E], &[A, B, C], &[]);
    for settings in [RaftSettings::paper(), RaftSettings::production()] {
        let mut durable = RaftDurable::default();
        durable.log.push(membership(1, joint.clone()));
        durable.term = Term(1);
        let quiet = RaftSettings {
            pre_vote: false,
            ..settings
        };
        let mut leader = set_up(3, quiet, durable);
        leader.give(Input::Timer(RaftTimer::Election));
        leader.give(vote(B, 2, true));
        let done = leader.give(vote(D, 2, true));
        assert!(
            said(&done, RaftRule::NoOpAppended),
            "no client needs to come"
        );
        leader.give(matched(B, 2, 2));
        let done = leader.give(matched(D, 2, 2));
        assert!(said(&done, RaftRule::JointLeft));
        assert_eq!(shown(&leader).voters, [A, D, E]);
        assert!(shown(&leader).outgoing.is_empty());
    }
}

/// A transfer keeps the log still (thesis §3.10); the change ends after it.
#[test]
fn a_joint_change_waits_for_a_transfer() {
    let mut leader = at_work();
    let done = ask(&mut leader, replace(&[A, D, E], &[]));
    leader.give(Input::Control(Control::TransferTo(C)));
    leader.give(matched(B, 1, 2));
    holds_all(&mut leader, &done, D);
    assert_eq!((committed(&leader), last(&leader)), (2, 2));
    leader.pass(RaftSettings::paper().election_timeout_most);
    let done = leader.give(Input::Timer(RaftTimer::Heartbeat));
    assert!(said(&done, RaftRule::TransferAborted) && said(&done, RaftRule::JointLeft));
}

/// Thesis §3.10: only a voter can take over.
#[test]
fn leadership_is_not_handed_to_a_learner() {
    let mut leader = at_work();
    ask(&mut leader, MembershipChange::AddLearner(D));
    leader.give(matched(B, 1, 2));
    let done = leader.give(Input::Control(Control::TransferTo(D)));
    assert!(said(&done, RaftRule::TransferImpossible));
}

#[cfg(feature = "mutants")]
mod mutants {
    use super::*;
    use consensus::raft::Mutant;

    fn broken(rule: Mutant) -> RaftSettings {
        RaftSettings {
            mutant: Some(rule),
            ..RaftSettings::paper()
        }
    }

    /// Where a learner counts, an entry commits that one voter of three holds.
    #[test]
    fn a_learner_that_counts_commits_what_one_voter_holds() {
        let mut leader = set_up(3, broken(Mutant::LearnerCounted), RaftDurable::default());
        elect(&mut leader, 3, 1);
        leader.give(matched(B, 1, 0));
        leader.give(call(1));
        leader.give(matched(B, 1, 1));
        let done = ask(&mut leader, MembershipChange::AddLearner(D));
        holds_all(&mut leader, &done, D);
        assert_eq!(committed(&leader), 2);
    }

    /// Where a joint change ends early, the new servers commit what no old majority has heard of,
    /// and the old ones elect another leader.
    #[test]
    fn a_joint_change_that_ends_early_leaves_two_majorities() {
        let mut leader = set_up(3, broken(Mutant::JointLeftEarly), RaftDurable::default());
        elect(&mut leader, 3, 1);
        leader.give(matched(B, 1, 0));
        leader.give(call(1));
        leader.give(matched(B, 1, 1));
        let done = ask(&mut leader, replace(&[A, D, E], &[]));
        assert!(said(&done, RaftRule::JointLeft));
        holds_all(&mut leader, &done, D);
        assert_eq!(committed(&leader), 3, "B and C may know nothing of it");
    }
}
