//! Two runs in lock-step: stepping, acting, branching.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Action, Target};
use scenario::{Duel, PRESETS, Scenario};

fn duel(name: &str) -> Duel {
    let preset = PRESETS.iter().find(|it| it.name == name);
    let text = preset.expect("it comes with the product").text;
    Scenario::parse(text).expect("it can be read").duel()
}

fn millis(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn digests(duel: &Duel) -> [u64; 4] {
    let (left, right) = (duel.left.engine(), duel.right.engine());
    [
        left.digest(),
        left.state_digest(),
        right.digest(),
        right.state_digest(),
    ]
}

#[test]
fn steps_back_undo_steps_forward_one_event_at_a_time() {
    let mut duel = duel("cut");
    duel.seek(millis(900));
    let mut trail = Vec::new();
    for _ in 0..300 {
        trail.push((duel.at(), digests(&duel)));
        let before = duel.left.event() + duel.right.event();
        assert!(duel.step_forward());
        assert_eq!(duel.left.event() + duel.right.event(), before + 1);
    }
    for (at, digests_then) in trail.into_iter().rev() {
        assert!(duel.step_back());
        assert_eq!(digests(&duel), digests_then, "at {at}");
    }
}

#[test]
fn the_beginning_is_the_end_of_stepping_back() {
    let mut duel = duel("calm");
    duel.seek(millis(40));
    while duel.step_back() {}
    assert_eq!((duel.left.event(), duel.right.event()), (0, 0));
    assert_eq!(duel.at(), Micros::ZERO);
}

#[test]
fn one_action_reaches_both_sides() {
    let mut duel = duel("calm");
    duel.seek(millis(1_500));
    duel.act(Action::Stop(Target::Node(NodeId(3))));
    for side in [&duel.left, &duel.right] {
        let view = side.engine().view();
        assert_eq!(view.nodes[3].power, scenario::simulator::Power::Stopped);
    }
    assert_eq!(duel.script().len(), 1);
}

#[test]
fn acting_in_the_past_keeps_the_future_as_a_branch_that_can_be_taken_up() {
    let mut duel = duel("calm");
    duel.seek(millis(1_000));
    duel.act(Action::Stop(Target::Node(NodeId(0))));
    duel.seek(millis(3_000));
    let first = digests(&duel);
    duel.seek(millis(800));
    duel.act(Action::Stop(Target::Node(NodeId(4))));
    assert_eq!(duel.branches().len(), 1);
    assert_eq!(
        duel.script().len(),
        1,
        "the later deed belongs to the other branch"
    );
    duel.seek(millis(3_000));
    let second = digests(&duel);
    assert_ne!(first, second);
    duel.take_up(0);
    assert_eq!(duel.at(), millis(3_000));
    assert_eq!(digests(&duel), first);
    duel.take_up(0);
    assert_eq!(digests(&duel), second);
    duel.take_up(7);
    assert_eq!(digests(&duel), second);
}

#[test]
fn a_seek_ends_where_playing_straight_ends() {
    let mut straight = duel("cut");
    straight.seek(millis(6_000));
    let mut wandering = duel("cut");
    for at in [3_000, 1_000, 5_500, 2_400, 0, 6_000] {
        wandering.seek(millis(at));
    }
    assert_eq!(digests(&straight), digests(&wandering));
    assert_eq!(straight.first_difference(), wandering.first_difference());
    assert!(
        straight.first_difference().is_some(),
        "the cut tells the rules apart"
    );
}

#[test]
fn both_sides_begin_alike() {
    let mut duel = duel("leader-stops");
    duel.seek(millis(950));
    assert_eq!(
        duel.first_difference(),
        None,
        "both let one node lead and write once"
    );
}
