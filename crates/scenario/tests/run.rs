//! A run of one side, of two settings of one protocol; acts that are taken back, and the tree of what
//! was left behind.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Action, MessageDeed, Power, Target};
use scenario::{
    PRESETS, Parting, ProtocolName, RefusedAction, Run, Scenario, Setup, Side, Twig, UnlikeSides,
};

fn setup(name: &str) -> Setup {
    let preset = PRESETS.iter().find(|it| it.name == name);
    let text = preset.expect("it comes with the product").text;
    Scenario::parse(text).expect("it can be read").setup()
}

fn alone(name: &str) -> Run {
    Run::one(Side::new(ProtocolName::Raft, setup(name)))
}

fn millis(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn stop(node: u16) -> Action {
    Action::Stop(Target::Node(NodeId(node)))
}

fn act(run: &mut Run, at: u64, action: Action) {
    run.seek(millis(at));
    run.act(action).expect("it is allowed");
}

fn digests(run: &Run) -> Vec<(u64, u64)> {
    let sides = run.sides().iter().map(|side| side.playback().engine());
    sides.map(|it| (it.digest(), it.state_digest())).collect()
}

#[test]
fn one_side_alone_is_the_same_run_as_beside_another() {
    let mut alone = alone("cut");
    let mut two = Run::between(setup("cut"), [ProtocolName::Almighty, ProtocolName::Raft]);
    for run in [&mut alone, &mut two] {
        act(run, 900, stop(0));
        run.seek(millis(4_000));
    }
    assert_eq!(digests(&alone)[0], digests(&two)[1]);
    assert_eq!(alone.parting(), None, "there is nothing to part from");
}

#[test]
fn one_side_steps_to_and_fro() {
    let mut run = alone("calm");
    run.seek(millis(1_000));
    let there = digests(&run);
    for _ in 0..40 {
        assert!(run.step_back());
    }
    assert_ne!(digests(&run), there);
    for _ in 0..40 {
        assert!(run.step_forward());
    }
    assert_eq!(digests(&run), there);
}

#[test]
fn a_message_is_dropped_on_one_side_and_refused_on_two() {
    let drop = Action::Message {
        number: 1,
        deed: MessageDeed::Drop,
    };
    let mut two = Run::between(
        setup("calm"),
        ProtocolName::ALL[..2].try_into().expect("two"),
    );
    two.seek(millis(100));
    let before = (two.script().to_vec(), digests(&two));
    let refused = two.act(drop.clone());
    assert_eq!(refused, Err(RefusedAction::MessageOnTwoSides));
    assert_eq!((two.script().to_vec(), digests(&two)), before);

    let mut run = alone("calm");
    while run.sides()[0].playback().engine().view().flights.is_empty() {
        assert!(run.step_forward());
    }
    let number = run.sides()[0].playback().engine().view().flights[0].id;
    let deed = MessageDeed::Drop;
    run.act(Action::Message { number, deed }).expect("one side");
    assert_eq!(run.acts().len(), 1);
    run.seek(millis(1_000));
    let mut untouched = alone("calm");
    untouched.seek(millis(1_000));
    assert_ne!(digests(&run), digests(&untouched));
}

#[test]
fn two_settings_of_one_protocol_part_at_the_first_step_that_differs() {
    let base = setup("calm");
    let mut other = base.clone();
    // From the moment at which the first leader would speak again.
    other.raft.heartbeat = Micros(base.raft.heartbeat.0 * 2);
    let side = |setup: &Setup| Side::new(ProtocolName::Raft, setup.clone());
    let mut run = Run::two(side(&base), side(&other)).expect("they are alike");
    run.seek(millis(100));
    assert_eq!(run.parting(), None, "nobody leads yet");
    run.seek(millis(3_000));
    let parting = run.parting().expect("one of them speaks more often");
    let Parting::Divergence(found) = &parting else {
        panic!("two settings of one protocol diverge in a step: {parting:?}");
    };
    let mut engines = [&base, &other].map(|setup| setup.engine(ProtocolName::Raft));
    for _ in 1..found.event {
        let told = engines.each_mut().map(|it| it.step_untold());
        assert_eq!(told, [true, true]);
    }
    assert_eq!(engines[0].digest(), engines[1].digest());
    let _ = engines.each_mut().map(|it| it.step_untold());
    assert_ne!(engines[0].digest(), engines[1].digest());
    // What is asked bit by bit is told the same.
    let mut slowly = Run::two(side(&base), side(&other)).expect("they are alike");
    let mut at = 0;
    while slowly.parting().is_none() {
        at += 7;
        slowly.seek(millis(at));
    }
    slowly.seek(millis(3_000));
    assert_eq!(slowly.parting(), Some(parting));
}

#[test]
fn equal_settings_never_part_whatever_is_done() {
    let side = || Side::new(ProtocolName::Almighty, setup("cut"));
    let mut run = Run::two(side(), side()).expect("they are alike");
    run.seek(millis(2_000));
    assert_eq!(run.parting(), None);
    act(&mut run, 1_500, stop(1));
    run.seek(millis(3_000));
    assert_eq!(run.parting(), None);
    assert_eq!(digests(&run)[0], digests(&run)[1]);
}

#[test]
fn sides_without_a_common_seed_or_script_are_no_run() {
    let base = setup("cut");
    let mut seed = base.clone();
    seed.world.seed += 1;
    let mut script = base.clone();
    script.script.pop();
    let two = |other: Setup| {
        let left = Side::new(ProtocolName::Raft, base.clone());
        Run::two(left, Side::new(ProtocolName::Raft, other)).err()
    };
    assert_eq!(two(seed), Some(UnlikeSides::Seed));
    assert_eq!(two(script), Some(UnlikeSides::Script));
    assert_eq!(two(base.clone()), None);
}

#[test]
fn what_is_taken_back_is_kept_as_a_branch() {
    let mut run = alone("calm");
    act(&mut run, 1_000, stop(0));
    act(&mut run, 1_400, stop(1));
    run.seek(millis(2_000));
    let both = digests(&run);
    assert!(run.undo());
    assert_eq!((run.at(), run.reached()), (millis(1_400), millis(1_400)));
    assert_eq!(run.acts().len(), 1);
    let view = run.sides()[0].playback().engine().view();
    assert_eq!(view.nodes[1].power, Power::Running);
    assert_eq!(view.nodes[0].power, Power::Stopped);
    assert!(run.undo());
    assert_eq!(run.at(), millis(1_000));
    assert!(!run.undo(), "nothing is left to take back");
    assert_eq!(run.branches().len(), 1, "one future holds both acts");
    run.take_up(0);
    assert_eq!((run.at(), digests(&run)), (millis(2_000), both));
}

#[test]
fn what_was_undone_and_goes_another_way_leaves_every_future() {
    let mut run = alone("calm");
    act(&mut run, 1_000, stop(0));
    run.seek(millis(2_000));
    assert!(run.undo());
    act(&mut run, 1_000, stop(1));
    run.seek(millis(2_500));
    assert!(run.undo());
    assert_eq!(run.branches().len(), 2);
    let mut untouched = alone("calm");
    untouched.seek(millis(1_000));
    assert_eq!(digests(&run), digests(&untouched));
}

#[test]
fn a_twig_knows_what_it_grows_on() {
    let mut run = alone("calm");
    act(&mut run, 1_000, stop(0));
    act(&mut run, 1_500, stop(1));
    run.seek(millis(3_000));
    // Another future after the first act, and one without either.
    act(&mut run, 1_200, stop(2));
    run.seek(millis(2_000));
    act(&mut run, 500, stop(3));
    let on = |parent, at| Twig {
        parent,
        parted: millis(at),
    };
    assert_eq!(run.twigs(), [on(None, 500), on(Some(0), 1_200)]);
    // The tree hangs from whatever is played.
    run.take_up(1);
    assert_eq!(run.twigs(), [on(None, 1_200), on(None, 500)]);
}

#[test]
fn any_number_of_nodes_plays_any_preset() {
    for preset in PRESETS {
        for protocol in ProtocolName::ALL {
            for nodes in [1, 2, 3, 31] {
                let mut run = Run::one(Side::new(protocol, setup(preset.name).with_nodes(nodes)));
                run.seek(millis(2_500));
                // Whoever joins in the preset comes on top.
                let found = run.sides()[0].playback().engine().view().nodes.len();
                assert!(found >= usize::from(nodes), "{}: {found}", preset.name);
                assert!(run.sides()[0].playback().engine().violation().is_none());
            }
        }
    }
}
