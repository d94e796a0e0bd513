//! Two runs in lock-step: stepping, acting, branching.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Action, Target};
use scenario::{PRESETS, ProtocolName, Run, Scenario};

fn run_of(name: &str) -> Run {
    let preset = PRESETS.iter().find(|it| it.name == name);
    let text = preset.expect("it comes with the product").text;
    let scenario = Scenario::parse(text).expect("it can be read");
    Run::between(
        scenario.setup(),
        [ProtocolName::Raft, ProtocolName::Almighty],
    )
}

fn millis(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn digests(run: &Run) -> [u64; 4] {
    let (left, right) = (
        run.sides()[0].playback().engine(),
        run.sides()[1].playback().engine(),
    );
    [
        left.digest(),
        left.state_digest(),
        right.digest(),
        right.state_digest(),
    ]
}

#[test]
fn steps_back_undo_steps_forward_one_event_at_a_time() {
    let mut run = run_of("cut");
    run.seek(millis(900));
    let mut trail = Vec::new();
    for _ in 0..300 {
        trail.push((run.at(), digests(&run)));
        let before = run.sides()[0].playback().event() + run.sides()[1].playback().event();
        assert!(run.step_forward());
        assert_eq!(
            run.sides()[0].playback().event() + run.sides()[1].playback().event(),
            before + 1
        );
    }
    for (at, digests_then) in trail.into_iter().rev() {
        assert!(run.step_back());
        assert_eq!(digests(&run), digests_then, "at {at}");
    }
}

#[test]
fn the_beginning_is_the_end_of_stepping_back() {
    let mut run = run_of("calm");
    run.seek(millis(40));
    while run.step_back() {}
    assert_eq!(
        (
            run.sides()[0].playback().event(),
            run.sides()[1].playback().event()
        ),
        (0, 0)
    );
    assert_eq!(run.at(), Micros::ZERO);
}

#[test]
fn one_action_reaches_both_sides() {
    let mut run = run_of("calm");
    run.seek(millis(1_500));
    run.act(Action::Stop(Target::Node(NodeId(3))))
        .expect("it is allowed");
    for side in [run.sides()[0].playback(), run.sides()[1].playback()] {
        let view = side.engine().view();
        assert_eq!(view.nodes[3].power, scenario::simulator::Power::Stopped);
    }
    assert_eq!(run.script().len(), 1);
}

#[test]
fn acting_in_the_past_keeps_the_future_as_a_branch_that_can_be_taken_up() {
    let mut run = run_of("calm");
    run.seek(millis(1_000));
    run.act(Action::Stop(Target::Node(NodeId(0))))
        .expect("it is allowed");
    run.seek(millis(3_000));
    let first = digests(&run);
    run.seek(millis(800));
    run.act(Action::Stop(Target::Node(NodeId(4))))
        .expect("it is allowed");
    assert_eq!(run.branches().len(), 1);
    assert_eq!(
        run.script().len(),
        1,
        "the later deed belongs to the other branch"
    );
    run.seek(millis(3_000));
    let second = digests(&run);
    assert_ne!(first, second);
    run.take_up(0);
    assert_eq!(run.at(), millis(3_000));
    assert_eq!(digests(&run), first);
    run.take_up(0);
    assert_eq!(digests(&run), second);
    run.take_up(7);
    assert_eq!(digests(&run), second);
}

#[test]
fn a_seek_ends_where_playing_straight_ends() {
    let mut straight = run_of("cut");
    straight.seek(millis(6_000));
    let mut wandering = run_of("cut");
    for at in [3_000, 1_000, 5_500, 2_400, 0, 6_000] {
        wandering.seek(millis(at));
    }
    assert_eq!(digests(&straight), digests(&wandering));
    assert_eq!(straight.parting(), wandering.parting());
    assert!(
        straight.parting().is_some(),
        "the cut tells the rules apart"
    );
}

#[test]
fn both_sides_begin_alike() {
    let mut run = run_of("leader-stops");
    run.seek(millis(950));
    assert_eq!(run.parting(), None, "both let one node lead and write once");
}
