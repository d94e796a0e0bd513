//! Clients, and what becomes of their writes.
#![allow(missing_docs)]

mod toy;

use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::{Answer, Effect, Effects, Input, NodeId, Now, Output, SingleCommand};
use simulator::{Action, Endpoint, Engine, Power, Simulation, SpanRange, Target, What, World};
use toy::{Behaviour, Talk, Toy, play, toy};

fn write(value: u64, to: Option<NodeId>) -> Action {
    Action::Write {
        client: 0,
        key: 0,
        value,
        to,
    }
}

#[test]
fn a_pinned_call_that_nobody_answers_does_not_make_a_client_forget_its_leader() {
    for seed in 1..6 {
        let world = World {
            seed,
            ..World::default()
        };
        let mut run: Box<dyn Engine> =
            Box::new(Simulation::<Raft>::new(world, RaftSettings::default()));
        play(&mut *run, 800);
        run.act(write(1, None));
        let story = play(&mut *run, 1_500);
        let leader = story.iter().find_map(|it| match it.what {
            What::Answered { by, .. } => Some(by),
            _ => None,
        });
        let leader = leader.expect("the write is done");
        let other = NodeId((leader.0 + 1) % 5);
        run.act(Action::Stop(Target::Node(other)));
        run.act(write(2, Some(other)));
        play(&mut *run, 2_300);
        run.act(write(3, None));
        let mut story = Vec::new();
        run.step(&mut story);
        let asked = story.iter().find_map(|it| match it.what {
            What::Sent { to, .. } => Some(to),
            _ => None,
        });
        assert_eq!(asked, Some(Endpoint::Node(leader)));
    }
}

#[test]
fn the_same_call_has_the_same_number_whether_or_not_somebody_was_there() {
    let leave = Action::Leave(Target::Node(NodeId(0)));
    let world = World {
        nodes: 1,
        ..World::default()
    };
    let join = Action::Join(NodeId(0));
    let script = [
        (10, leave),
        (20, write(1, None)),
        (30, join),
        (40, write(2, None)),
    ];
    let mut run = toy::<TwoHolders>(world, &script);
    let story = play(&mut *run, 1_000);
    let sequence = story.iter().find_map(|it| match it.what {
        What::Answered { call, .. } => Some(call.sequence),
        _ => None,
    });
    assert_eq!(sequence, Some(2));
}

/// Whoever is called applies at position 1 and answers; who hears of it applies at position 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct TwoHolders;

impl Behaviour for TwoHolders {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Call(call) => {
                fx.broadcast(Talk(Some(call.command.clone())));
                let done = Answer::Done(Output::EMPTY);
                fx.push(Effect::Answer {
                    call: call.command.call,
                    answer: done,
                });
                fx.push(Effect::Apply(SingleCommand {
                    index: 1,
                    command: call.command,
                }));
            }
            Input::Receive(envelope) => {
                if let Some(command) = envelope.message.0 {
                    fx.push(Effect::Apply(SingleCommand { index: 2, command }));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn a_write_is_not_lost_while_another_node_holds_it_at_another_position() {
    let world = World {
        nodes: 3,
        link: simulator::LinkSettings::sound(SpanRange::millis(5, 5)),
        ..World::default()
    };
    let stop = |id| Action::Stop(Target::Node(NodeId(id)));
    let script = [
        (10, write(7, Some(NodeId(0)))),
        (100, stop(0)),
        (200, stop(1)),
        (300, stop(2)),
    ];
    let mut run = toy::<TwoHolders>(world, &script);
    let mut figures = Vec::new();
    for millis in [90, 190, 290, 390] {
        play(&mut *run, millis);
        let measures = run.measures(run.now());
        figures.push((measures.acknowledged, measures.at_risk, measures.lost));
    }
    assert_eq!(figures, [(1, 0, 0), (1, 0, 0), (1, 1, 0), (1, 0, 1)]);
}

#[test]
fn a_leader_that_says_good_bye_counts_as_lost_and_is_shown_without_its_office() {
    let world = World::default();
    let mut run: Box<dyn Engine> = Box::new(Simulation::<Almighty>::new(
        world,
        AlmightySettings::default(),
    ));
    play(&mut *run, 2_000);
    run.act(Action::Leave(Target::Leader));
    play(&mut *run, 2_001);
    assert_eq!(run.measures(run.now()).leader_losses, 1);
    let view = run.view();
    let gone = view.nodes.iter().find(|it| it.power == Power::Absent);
    assert_eq!(gone.map(|it| it.id), Some(NodeId(0)));
}
