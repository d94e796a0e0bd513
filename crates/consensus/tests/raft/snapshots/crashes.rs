//! A crash between any two effects of a run in which snapshots are taken, sent and installed: the
//! server comes back, and all end with the same log and the same state.

use super::hosts::{ALL, Hosts};
use super::*;
use consensus::NodeId;
use consensus::raft::RaftTimer;

const CALLS: u64 = 20;

/// A leads; C is cut off, misses most of the log, gets the snapshot, and takes one of its own.
fn run(crash: Option<(NodeId, u64)>, soon: bool) -> Hosts {
    let settings = RaftSettings {
        entries_kept: 2,
        ..settings()
    };
    let mut hosts = Hosts::new(settings, crash);
    // Who crashed is back at the next turn of the story, or at its end.
    let turn = |hosts: &mut Hosts| {
        if soon {
            ALL.into_iter().for_each(|node| hosts.start(node));
        }
    };
    hosts.cut_off = Some(C);
    hosts.give(A, Input::Timer(RaftTimer::Election));
    for sequence in 1..=12 {
        hosts.give(A, call(sequence));
    }
    turn(&mut hosts);
    hosts.give(A, wish());
    hosts.give(A, call(13));
    hosts.give(B, wish());
    turn(&mut hosts);
    hosts.cut_off = None;
    hosts.beat(4);
    turn(&mut hosts);
    for sequence in 14..=17 {
        hosts.give(A, call(sequence));
    }
    hosts.beat(2);
    turn(&mut hosts);
    hosts.give(C, wish());
    hosts.give(A, wish());
    hosts.beat(2);
    hosts
}

/// Everybody is up again, somebody is elected, and the last calls are made.
fn finish(hosts: &mut Hosts) {
    hosts.crash = None;
    ALL.into_iter().for_each(|node| hosts.start(node));
    let mut turn = ALL.into_iter().cycle();
    // A leader whose term is over learns of it with its first message.
    hosts.beat(1);
    while hosts.leader().is_none() {
        let node = turn.next().expect("for ever");
        hosts.give(node, Input::Timer(RaftTimer::Election));
    }
    for sequence in 18..=CALLS {
        let leader = hosts.leader().expect("it was elected");
        hosts.give(leader, call(sequence));
        hosts.beat(1);
    }
    hosts.beat(12);
}

fn check(hosts: &Hosts, at: &str) {
    let first = &hosts.hosts[0];
    for host in &hosts.hosts {
        let view = host.node.as_ref().expect("it is up").inspect();
        assert_eq!(host.state, first.state, "{at}");
        assert_eq!(host.durable.log.last(), first.durable.log.last(), "{at}");
        assert_eq!(
            host.durable.log.digest(),
            first.durable.log.digest(),
            "{at}"
        );
        assert_eq!(view.committed, host.durable.log.last_index().0, "{at}");
        let named = host.durable.snapshot.as_ref().map(|it| it.id());
        assert!(named.is_none_or(|id| host.kept.contains_key(&id)), "{at}");
    }
    let mut once: Vec<u8> = first.state.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), first.state.len(), "{at}: once each");
    let has = |call: &u64| first.state.contains(&(*call as u8));
    assert!(
        hosts.answered.iter().all(has),
        "{at}: all that was promised"
    );
    assert!(hosts.answered.contains(&CALLS), "{at}");
}

#[test]
fn between_any_two_effects() {
    let mut calm = run(None, true);
    let c = &calm.hosts[2];
    assert!(c.durable.log.start().index > LogIndex::ZERO);
    assert!(c.durable.log.len() < 8, "it got a snapshot and not the log");
    finish(&mut calm);
    check(&calm, "no crash");
    assert_eq!(calm.answered.len() as u64, CALLS);
    for (node, host) in ALL.into_iter().zip(&calm.hosts) {
        for effects in 1..=host.effects {
            for soon in [true, false] {
                let mut hosts = run(Some((node, effects)), soon);
                finish(&mut hosts);
                check(
                    &hosts,
                    &format!("{node} crashes before its effect {effects}"),
                );
            }
        }
    }
}
