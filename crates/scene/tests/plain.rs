//! Measures in plain words.
#![allow(missing_docs)]

use consensus::Micros;
use scene::{Measured, plain};
use simulator::{Measures, Traffic};

fn words(measures: &Measures, measured: Measured) -> String {
    let all = plain(measures, 5);
    let found = all.iter().find(|it| it.measured == measured);
    found.expect("it is measured").words.clone()
}

fn traffic(messages: u64, bytes: u64, heartbeat: bool) -> Traffic {
    Traffic {
        messages,
        bytes,
        heartbeat,
        ..Traffic::default()
    }
}

#[test]
fn times_are_told_in_seconds() {
    let told = |leaderless: u64, two_claim: u64| {
        let measures = Measures {
            leaderless: Micros(leaderless),
            two_claim: Micros(two_claim),
            ..Measures::default()
        };
        [Measured::NoLeader, Measured::TwoLeaders].map(|it| words(&measures, it))
    };
    assert_eq!(told(0, 0), ["always a leader", "never two leaders"]);
    assert_eq!(
        told(450_000, 1_200_000),
        ["no leader for 0.45 s", "two leaders for 1.2 s"]
    );
    assert_eq!(
        told(9_999, 62_000_000),
        ["no leader for less than 0.01 s", "two leaders for 62 s"]
    );
}

#[test]
fn one_is_not_many_and_none_is_no_cost() {
    let told = |number: u64| {
        let measures = Measures {
            lost: number,
            at_risk: number,
            leader_changes: number,
            elections: number,
            dropped: number,
            ..Measures::default()
        };
        plain(&measures, 5)
    };
    let of = |number: u64, measured: Measured| {
        let all = told(number);
        let found = all.into_iter().find(|it| it.measured == measured);
        let found = found.expect("it is measured");
        (found.words, found.cost)
    };
    let expect = |words: &str, cost| (words.to_string(), cost);
    assert_eq!(
        of(0, Measured::WritesLost),
        expect("no acknowledged write lost", false)
    );
    assert_eq!(
        of(1, Measured::WritesLost),
        expect("1 acknowledged write lost", true)
    );
    assert_eq!(
        of(3, Measured::WritesLost),
        expect("3 acknowledged writes lost", true)
    );
    assert_eq!(
        of(1, Measured::WritesAtRisk),
        expect("1 acknowledged write is on one node alone", true)
    );
    assert_eq!(
        of(2, Measured::LeaderChanges),
        expect("2 leaders took over", false)
    );
    assert_eq!(
        of(1, Measured::Dropped),
        expect("1 message never arrived", false)
    );
}

#[test]
fn an_election_without_a_winner_is_a_cost() {
    let measures = Measures {
        elections: 4,
        failed_elections: 1,
        ..Measures::default()
    };
    assert_eq!(
        words(&measures, Measured::Elections),
        "4 elections, 1 without a winner"
    );
}

/// W8: what heartbeats cost, and what they would cost if every node told every other one.
#[test]
fn w8_heartbeats_are_told_as_they_are_and_all_to_all() {
    let measures = Measures {
        messages: 50,
        bytes: 2_340,
        by_kind: [
            ("call", traffic(20, 600, true)),
            ("right", traffic(20, 500, true)),
            ("list", traffic(10, 1_240, false)),
        ]
        .into_iter()
        .collect(),
        ..Measures::default()
    };
    assert_eq!(words(&measures, Measured::Messages), "50 messages, 2.3 kB");
    assert_eq!(
        words(&measures, Measured::Heartbeats),
        "40 heartbeats, 1.1 kB"
    );
    assert_eq!(
        words(&measures, Measured::AllToAll),
        "200 heartbeats, 5.5 kB if all told all"
    );
}
