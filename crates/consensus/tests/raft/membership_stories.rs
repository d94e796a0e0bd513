//! Stories of clusters whose members change, each told once and event by event.

use crate::membership::members;
use crate::server::*;
use consensus::raft::{
    Append, Configuration, LogIndex, Raft, RaftDurable, RaftMessage, RaftRule, RaftSettings, Term,
};
use consensus::{
    ClusterId, Envelope, Incarnation, Input, Mandate, MembershipChange, Micros, NodeId, Receiver,
    Role,
};
use simulator::{Driver, DriverError, Property};

type Cluster = Driver<Raft>;

const SECOND: Micros = Micros::from_secs(1);

fn both_presets() -> [RaftSettings; 2] {
    [RaftSettings::paper(), RaftSettings::production()]
}

/// Whether whoever leads knows these to be its members, and no change under way.
fn settled_as(cluster: &Cluster, configuration: &Configuration) -> bool {
    let leader = cluster.leader().and_then(|it| cluster.inspect(it).ok());
    leader.is_some_and(|it| {
        let it = it.members;
        it.settled && members(&it.voters, &it.outgoing, &it.learners) == *configuration
    })
}

/// A disk in term 1 with this log.
fn disk(old: &Configuration, joint: Option<&Configuration>, commands: usize) -> RaftDurable {
    let mut durable = RaftDurable {
        term: Term(1),
        ..RaftDurable::default()
    };
    for configuration in [old].into_iter().chain(joint) {
        durable.log.push(membership(1, configuration.clone()));
    }
    for entry in entries(&vec![1; commands]) {
        durable.log.push(entry);
    }
    durable
}

/// A, the leader of term 1, tells a node whose log ends at `last` how far that is committed.
fn heard_of_commit(node: NodeId, last: u64, commit: u64) -> Input<Raft> {
    Input::Receive(Envelope {
        cluster: ClusterId(0),
        sender: A,
        incarnation: Incarnation(1),
        receiver: Receiver::Node(node),
        message: RaftMessage::Append(Append {
            term: Term(1),
            previous: at(last, 1),
            commit: LogIndex(commit),
            ..Append::default()
        }),
    })
}

/// etcd-io/etcd#12359: A leads a joint change in which C gives its vote to D, and crashes. C knows
/// that the change has begun, D does not, and has the longer log; B knows nothing of it. Where a
/// configuration counts from the moment that it is applied, C and D each need the other's help, and
/// nobody is elected any more. Here it counts as soon as it is in the log.
#[test]
fn a_leader_lost_in_a_joint_change_is_replaced() -> Result<(), DriverError> {
    for settings in both_presets() {
        let old = members(&[A, B, C], &[], &[D]);
        let joint = members(&[A, B, D], &[A, B, C], &[C]);
        let mut cluster = Driver::<Raft>::builder()
            .settings(settings)
            .guarantees(Property::OF_RAFT)
            .nodes(4)
            .durable(A, disk(&old, Some(&joint), 5))
            .durable(B, disk(&old, None, 0))
            .durable(C, disk(&old, Some(&joint), 2))
            .durable(D, disk(&old, Some(&joint), 5))
            .build();
        for (node, last, commit) in [(B, 1, 1), (C, 4, 2), (D, 7, 1)] {
            cluster.give(node, heard_of_commit(node, last, commit))?;
            assert_eq!(cluster.committed(node)?, commit);
        }
        cluster.crash(A)?;

        let new = members(&[A, B, D], &[], &[C]);
        cluster.run_until("the end of the change", SECOND * 5, |it| {
            settled_as(it, &new)
        })?;
        assert_eq!(cluster.leader(), Some(D), "its log alone is up to date");
        let call = cluster.write(0, 0, 1)?;
        cluster.expect_done(call, SECOND * 2)?;
        cluster.restart(A)?;
        cluster.run_until("agreement", SECOND, |it| it.committed(A) == it.committed(D))?;
    }
    Ok(())
}

/// Three servers under A, of which C is taken out while it hears nothing. It hears again a second
/// later.
fn after_an_unheard_removal(settings: RaftSettings) -> Result<Cluster, DriverError> {
    let mut cluster = Driver::<Raft>::builder()
        .settings(settings)
        .guarantees(Property::OF_RAFT)
        .nodes(3)
        .build();
    cluster.time_out(A)?;
    assert_eq!(cluster.expect_leader(SECOND)?, A);
    let call = cluster.write(0, 0, 1)?;
    cluster.expect_done(call, SECOND)?;
    cluster.cut(&[&[C]])?;
    cluster.change_membership(MembershipChange::Remove(C))?;
    let two = members(&[A, B], &[], &[]);
    cluster.run_until("the removal", SECOND, |it| settled_as(it, &two))?;
    cluster.run_for(SECOND)?;
    cluster.heal()?;
    Ok(cluster)
}

/// Thesis §4.2.3 and §9.6: with CheckQuorum and PreVote, a server that does not know of its removal
/// asks in vain for ever, and nobody notices.
#[test]
fn a_removed_server_disturbs_nobody() -> Result<(), DriverError> {
    let mut cluster = after_an_unheard_removal(RaftSettings::production())?;
    cluster.run_for(SECOND * 10)?;
    assert_eq!(cluster.leader(), Some(A));
    for node in [A, B, C] {
        assert_eq!(cluster.mandate(node)?, Mandate::Term(1));
    }
    assert!(cluster.decided(C, RaftRule::PreVoteRepeated) > 10);
    Ok(())
}

/// In the paper's preset it raises terms and unseats leaders; it never leads, and clients are served
/// in between (§6).
#[test]
fn a_removed_server_never_leads() -> Result<(), DriverError> {
    let mut cluster = after_an_unheard_removal(RaftSettings::paper())?;
    for value in 0..10 {
        let call = cluster.write(0, 0, value)?;
        cluster.expect_done(call, SECOND * 20)?;
        assert_ne!(cluster.role(C)?, Role::Leader);
    }
    assert_eq!(cluster.decided(C, RaftRule::ElectionWon), 0);
    assert!(
        cluster.decided(A, RaftRule::SteppedDown) > 0,
        "that is the price"
    );
    Ok(())
}

/// Without PreVote, CheckQuorum alone keeps the others from entering the term of a server that was
/// taken out (§6, thesis §4.2.3).
#[test]
fn a_removed_server_is_not_listened_to_while_a_leader_lives() -> Result<(), DriverError> {
    let mut cluster = after_an_unheard_removal(RaftSettings {
        check_quorum: true,
        ..RaftSettings::paper()
    })?;
    cluster.run_for(SECOND * 5)?;
    assert!(cluster.mandate(C)? > Mandate::Term(5), "it asks in vain");
    for node in [A, B] {
        assert_eq!(cluster.mandate(node)?, Mandate::Term(1));
    }
    Ok(())
}

/// A server that hears of its removal is quiet from then on, in every preset.
#[test]
fn a_server_that_knows_of_its_removal_is_quiet() -> Result<(), DriverError> {
    for settings in both_presets() {
        let mut cluster = Driver::<Raft>::builder()
            .settings(settings)
            .nodes(3)
            .build();
        cluster.time_out(A)?;
        assert_eq!(cluster.expect_leader(SECOND)?, A);
        let call = cluster.write(0, 0, 1)?;
        cluster.expect_done(call, SECOND)?;
        cluster.change_membership(MembershipChange::Remove(C))?;
        cluster.run_for(SECOND * 5)?;
        assert_eq!(cluster.mandate(C)?, Mandate::Term(1));
        assert!(cluster.decided(C, RaftRule::WaitsForAVote) > 0);
        assert_eq!(cluster.timers(C)?.count(), 0);
    }
    Ok(())
}

/// An operator has a leader go, and it hands its work over: no patience has to end.
#[test]
fn a_leader_that_is_taken_out_leaves_no_gap() -> Result<(), DriverError> {
    for settings in both_presets() {
        let mut cluster = Driver::<Raft>::builder()
            .settings(settings)
            .nodes(3)
            .build();
        cluster.time_out(A)?;
        assert_eq!(cluster.expect_leader(SECOND)?, A);
        let call = cluster.write(0, 0, 1)?;
        cluster.expect_done(call, SECOND)?;
        cluster.leave(A)?;
        let two = members(&[B, C], &[], &[]);
        cluster.run_until("the removal", SECOND, |it| settled_as(it, &two))?;
        assert_eq!(cluster.decisions(RaftRule::ElectionTransferred).count(), 1);
        let others = |rule| cluster.decisions(rule).filter(|by| *by != A).count();
        assert_eq!(
            others(RaftRule::ElectionStarted) + others(RaftRule::PreVoteStarted),
            0
        );
    }
    Ok(())
}
