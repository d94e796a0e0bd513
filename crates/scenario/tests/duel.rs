//! Two runs side by side: what counts as their first difference.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Action, Playback, Target, What};
use scenario::{Duel, Scenario};

/// Raft's A leads when it is told to, the oldest peer at once: with this seed nobody else claims to.
fn duel(steps: &str) -> Duel {
    let text = format!(
        r#"{{ "title": "x", "nodes": 3, "seed": 10, "until": "20s",
        "raft": {{ "election-timeout": ["30s", "40s"] }}, "steps": [{steps}] }}"#
    );
    Scenario::parse(&text).expect("it is good").duel()
}

#[test]
fn what_one_side_does_much_later_stays_a_difference_when_it_is_done() {
    let mut duel = duel(r#"{ "at": "3s", "do": { "time-out": "A" } }"#);
    duel.seek(Micros::from_secs(2));
    let early = duel.first_difference().expect("only one side has a leader");
    duel.seek(Micros::from_secs(5));
    let first = |side: &scenario::simulator::Playback| side.record().leads[0].node;
    assert_eq!(
        (first(&duel.left), first(&duel.right)),
        (NodeId(0), NodeId(0))
    );
    let late = duel.first_difference().expect("A came too late");
    assert_eq!(late.at, early.at);
}

#[test]
fn what_both_do_at_about_the_same_time_is_no_difference() {
    let mut duel = duel(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    duel.seek(Micros::from_secs(5));
    assert_eq!(duel.first_difference(), None);
}

#[test]
fn a_read_that_is_told_two_values_is_a_difference() {
    // The value that A alone held dies with it under the oldest-peer rule.
    let mut duel = duel(
        r#"{ "at": "150ms", "do": { "time-out": "A" } },
        { "at": "1s", "do": { "write": { "value": 7 } } },
        { "at": "2s", "do": { "stop": "A" } },
        { "at": "2200ms", "do": { "time-out": "B" } },
        { "at": "3s", "do": { "read": { "to": "B" } } }"#,
    );
    duel.seek(Micros::from_secs(5));
    let at = duel.first_difference().expect("the answers differ").at;
    assert!(
        (Micros::from_secs(3)..Micros::from_millis(3_300)).contains(&at),
        "{at}"
    );
}

#[test]
fn stepping_to_and_fro_and_branches_lead_back_to_the_same_runs() {
    let mut duel = duel(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    let digests = |duel: &Duel| [&duel.left, &duel.right].map(|it| it.engine().digest());
    duel.seek(Micros::from_secs(1));
    duel.act(Action::Stop(Target::Leader));
    duel.seek(Micros::from_secs(3));
    let stopped = digests(&duel);
    for _ in 0..50 {
        assert!(duel.step_back());
    }
    for _ in 0..50 {
        assert!(duel.step_forward());
    }
    assert_eq!(digests(&duel), stopped);
    duel.seek(Micros::from_millis(500));
    duel.act(Action::Stop(Target::Node(NodeId(2))));
    assert_eq!(duel.branches().len(), 1);
    duel.take_up(0);
    assert_eq!((duel.at(), digests(&duel)), (Micros::from_secs(3), stopped));
    assert_eq!(duel.branches()[0].acts.len(), 1, "the script left is kept");
}

#[test]
fn a_branch_is_compared_with_what_is_played() {
    let mut duel = duel(r#"{ "at": "150ms", "do": { "time-out": "A" } }"#);
    let (stop, start) = (Micros::from_millis(900), Micros::from_millis(1_500));
    duel.seek(stop);
    duel.act(Action::Stop(Target::Node(NodeId(0))));
    duel.seek(Micros::from_secs(4));
    duel.seek(start);
    duel.act(Action::Start(Target::Node(NodeId(0))));
    duel.seek(Micros::from_secs(3));
    assert!(duel.compare(1).is_none(), "there is one branch");
    let compared = duel.compare(0).expect("there is one branch");
    let measured = |side: &Playback| side.engine().measures(Micros::from_secs(3));
    for (side, found) in [&duel.left, &duel.right].into_iter().zip(&compared) {
        assert_eq!(found.until, Micros::from_secs(3), "the branch went further");
        let divergence = found.divergence.as_ref().expect("they part");
        assert_eq!(divergence.at(), start);
        let told = &divergence.sides[0].as_ref().expect("it is played").told;
        assert!(matches!(told[0].what, What::Acted(Action::Start(_))));
        assert!(divergence.words(0)[0].contains("Start"));
        assert_eq!(found.measures[0], measured(side));
    }
    duel.take_up(0);
    duel.seek(Micros::from_secs(3));
    assert_eq!(compared[0].measures[1], measured(&duel.left));
    assert_eq!(compared[1].measures[1], measured(&duel.right));
    let back = duel.compare(0).expect("what was played is a branch now");
    let swapped = |side: usize| back[side].measures.clone().into_iter().rev();
    assert!(swapped(0).eq(compared[0].measures.clone()));
    assert!(swapped(1).eq(compared[1].measures.clone()));
}

#[test]
fn a_difference_says_what_each_side_did() {
    let mut duel = duel(r#"{ "at": "3s", "do": { "time-out": "A" } }"#);
    duel.seek(Micros::from_secs(2));
    let early = duel.first_difference().expect("only one side has a leader");
    assert_eq!(early.words(0), "nobody else begins to lead");
    assert_eq!(early.words(1), format!("A begins to lead at {}", early.at));
}
