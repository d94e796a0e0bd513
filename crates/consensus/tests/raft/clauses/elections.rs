//! Leader election: Raft §5.2.

use crate::server::*;
use consensus::raft::{LogPosition, Raft, RaftMessage, RaftTimer};
use consensus::{Effect, Input, Mandate, Micros, Protocol, Role};
use simulator::{Driver, DriverError, Property};

const EMPTY: LogPosition = LogPosition::ZERO;
const SECOND: Micros = Micros::from_secs(1);

#[test]
fn a_first_life_begins_in_term_zero_without_a_vote_or_an_entry() {
    let bench = server(3);
    let view = bench.node.inspect();
    assert_eq!(
        (view.reign.mandate, view.voted_for),
        (Mandate::Term(0), None)
    );
    assert_eq!((view.log.len(), view.committed), (0, 0));
    assert_eq!(view.reign.leader, None);
}

#[test]
fn while_its_leader_is_heard_nobody_stands() -> Result<(), DriverError> {
    for seed in 0..10 {
        let mut cluster = Driver::<Raft>::builder().seed(seed).build();
        let leader = cluster.expect_leader(SECOND * 5)?;
        cluster.run_for(SECOND)?;
        let term = cluster.mandate(leader)?;
        cluster.run_for(SECOND * 10)?;
        for node in cluster.nodes().collect::<Vec<_>>() {
            assert_eq!(cluster.mandate(node)?, term, "seed {seed}");
            assert_eq!(cluster.believed_leader(node)?, Some(leader));
        }
    }
    Ok(())
}

#[test]
fn a_leader_goes_on_asserting_itself_to_all_whether_they_answer_or_not() {
    let mut bench = leader(5);
    for _ in 0..20 {
        let done = bench.give(Input::Timer(RaftTimer::Heartbeat));
        let to: Vec<_> = messages(&done).into_iter().map(|(to, _)| to).collect();
        assert_eq!(to, [B, C, D, E]);
        let again = |effect: &Effect<Raft>| {
            let timer = RaftTimer::Heartbeat;
            matches!(effect, Effect::Arm { timer: armed, .. } if *armed == timer)
        };
        assert!(done.iter().any(again));
        bench.pass(Micros::from_millis(50));
        bench.give(matched(B, 1, 0));
    }
}

#[test]
fn a_candidate_gives_no_rival_of_its_term_a_vote() {
    let mut bench = server(5);
    bench.give(Input::Timer(RaftTimer::Election));
    for rival in [B, C] {
        assert_eq!(
            voted(&bench.give(vote_request(rival, 1, EMPTY))),
            Some((1, false))
        );
    }
    assert_eq!(bench.node.inspect().role, Role::Candidate);
}

#[test]
fn a_leader_gives_no_rival_of_its_term_a_vote() {
    let mut bench = leader(3);
    assert_eq!(
        voted(&bench.give(vote_request(C, 1, EMPTY))),
        Some((1, false))
    );
    assert_eq!(bench.node.inspect().role, Role::Leader);
}

#[test]
fn a_candidate_that_is_refused_stands_again_only_when_its_patience_ends() {
    let mut bench = server(5);
    bench.give(Input::Timer(RaftTimer::Election));
    for voter in [B, C, D, E] {
        let done = bench.give(vote(voter, 1, false));
        assert!(messages(&done).is_empty() && !armed(&done));
    }
    let view = bench.node.inspect();
    assert_eq!(
        (view.role, view.reign.mandate),
        (Role::Candidate, Mandate::Term(1))
    );
    assert_eq!(
        messages(&bench.give(Input::Timer(RaftTimer::Election))).len(),
        4
    );
}

#[test]
fn a_majority_is_of_the_whole_cluster() {
    for size in 2..=9_u16 {
        let mut bench = server(size);
        bench.give(Input::Timer(RaftTimer::Election));
        for voter in 1..size {
            let won = bench.node.inspect().role == Role::Leader;
            assert_eq!(won, 2 * voter > size, "{voter} of {size}, itself included");
            bench.give(vote(consensus::NodeId(voter), 1, true));
        }
        assert_eq!(bench.node.inspect().role, Role::Leader);
    }
}

#[test]
fn the_winner_tells_all_in_the_moment_in_which_it_has_won() -> Result<(), DriverError> {
    let mut cluster = Driver::<Raft>::builder().build();
    cluster.fire(A, RaftTimer::Election)?;
    cluster.run_until("the winner", SECOND, |it| it.leader() == Some(A))?;
    let first = cluster.messages();
    let told: Vec<_> = first
        .iter()
        .filter(|it| it.from == A && matches!(it.message(), RaftMessage::Append(_)))
        .map(|it| it.to)
        .collect();
    assert_eq!(told, [B, C, D, E]);
    Ok(())
}

/// All lose patience in one moment: nobody gets a majority, and yet a term soon has a leader,
/// since each waits for a time of its own.
#[test]
fn a_split_vote_is_soon_over() -> Result<(), DriverError> {
    for seed in 0..40 {
        let builder = Driver::<Raft>::builder().seed(seed);
        let mut cluster = builder.guarantees(&[Property::ElectionSafety]).build();
        let all: Vec<_> = cluster.nodes().collect();
        for node in &all {
            cluster.fire(*node, RaftTimer::Election)?;
        }
        cluster.run_for(Micros::from_millis(100))?;
        assert_eq!(cluster.leader(), None, "every vote went to its own server");
        cluster.expect_leader(SECOND * 3)?;
    }
    Ok(())
}

/// A server that is first to ask may lack entries: it gets no votes, and whoever has them wins.
#[test]
fn whoever_cannot_win_does_not_keep_others_from_it() -> Result<(), DriverError> {
    let mut builder = Driver::<Raft>::builder().nodes(3);
    for node in [B, C] {
        builder = builder.durable(node, disk_of(&[1]));
    }
    let mut cluster = builder.build();
    cluster.fire(A, RaftTimer::Election)?;
    let leader = cluster.expect_leader(SECOND * 3)?;
    assert_ne!(leader, A);
    cluster.run_for(SECOND)?;
    assert_eq!(cluster.log(A)?.len(), 1);
    Ok(())
}
