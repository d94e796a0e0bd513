//! Both clusters do the work that the race measures: every server applies every command, in order.

use peer_bench::{Cluster, Machine, Ours, OursWithSessions, Theirs, TheirsJoined, serve};

/// More than one heartbeat, and more than what makes a log be compacted.
const COMMANDS: u64 = 20_000;

fn every_server_applies_everything<C: Cluster>() {
    let expected = Machine::after(COMMANDS);
    for (servers, window) in [(3, 1), (3, 64), (5, 256)] {
        let mut cluster = C::elected(servers, window);
        serve(&mut cluster, 0..COMMANDS, window);
        assert_eq!(cluster.retired(), COMMANDS);
        assert_eq!(cluster.machines().count(), usize::from(servers));
        for machine in cluster.machines() {
            assert_eq!(*machine, expected, "{servers} servers, window {window}");
        }
    }
}

/// A follower alone holds a command: neither has the leader applied it, nor may the client go on.
fn nothing_is_retired_before_the_leader_has_applied_it<C: Cluster>() {
    let mut cluster = C::elected(3, 64);
    let mut done = 0;
    for start in (0..640).step_by(64) {
        cluster.propose(start..start + 64);
        for _ in 0..4 {
            cluster.turn();
            let leader = cluster.machines().next().map_or(0, Machine::applied);
            assert!(cluster.retired() <= leader);
            assert!(cluster.retired() <= start + 64);
            done = cluster.retired();
        }
        assert_eq!(done, start + 64);
    }
}

#[test]
fn every_server_of_ours_applies_everything() {
    every_server_applies_everything::<Ours>();
    every_server_applies_everything::<OursWithSessions>();
}

#[test]
fn every_server_of_theirs_applies_everything() {
    every_server_applies_everything::<Theirs>();
}

#[test]
fn every_server_of_theirs_applies_what_is_proposed_together() {
    every_server_applies_everything::<TheirsJoined>();
}

#[test]
fn ours_retires_nothing_before_the_leader_has_applied_it() {
    nothing_is_retired_before_the_leader_has_applied_it::<Ours>();
}

#[test]
fn theirs_retires_nothing_before_the_leader_has_applied_it() {
    nothing_is_retired_before_the_leader_has_applied_it::<Theirs>();
}
