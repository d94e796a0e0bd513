//! Raft in the simulator: it elects, replicates, survives a cut, and repeats itself exactly.
#![allow(missing_docs)]

use consensus::raft::{Raft, RaftSettings, ReadPath};
use consensus::{Micros, NodeId, Role};
use simulator::{
    Action, Engine, Playback, Power, Promises, Property, Simulation, Target, TimedAction, What,
    World,
};

const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::LogMatching,
    Property::StateMachineSafety,
];

fn raft(seed: u64, script: &[(u64, Action)]) -> Box<dyn Engine> {
    let world = World {
        seed,
        promises: Promises {
            guarantees: GUARANTEES,
            measures: &[],
        },
        ..World::default()
    };
    let mut run: Box<dyn Engine> =
        Box::new(Simulation::<Raft>::new(world, RaftSettings::default()));
    for (millis, action) in script {
        run.schedule(timed(*millis, action.clone()));
    }
    run
}

fn timed(millis: u64, action: Action) -> TimedAction {
    TimedAction {
        at: Micros::from_millis(millis),
        action,
    }
}

fn write(value: u64) -> Action {
    Action::Write {
        client: 0,
        key: 0,
        value,
        to: None,
    }
}

fn play(run: &mut dyn Engine, millis: u64) {
    let until = Micros::from_millis(millis);
    let mut story = Vec::new();
    while run.next_event().is_some_and(|at| at <= until) && run.step(&mut story) {}
}

fn leaders(run: &dyn Engine) -> Vec<NodeId> {
    let view = run.view();
    let leading = view
        .nodes
        .iter()
        .filter(|it| it.power == Power::Running && it.inspection.role == Role::Leader);
    leading.map(|it| it.id).collect()
}

#[test]
fn five_servers_elect_one_leader_and_commit_a_write_everywhere() {
    let mut run = raft(1, &[(800, write(7))]);
    play(&mut *run, 1_500);
    assert_eq!(leaders(&*run).len(), 1);
    for node in run.view().nodes {
        let values: Vec<_> = node.data.iter().map(|it| it.value).collect();
        assert_eq!(values, [7], "at {}", node.id);
    }
    let measures = run.measures(run.now());
    assert_eq!((measures.acknowledged, measures.lost), (1, 0));
}

#[test]
fn a_stopped_leader_is_replaced_and_its_log_comes_back_from_its_disk() {
    let script = [(800, write(7)), (1_000, Action::Stop(Target::Leader))];
    let mut run = raft(2, &script);
    play(&mut *run, 999);
    let first = leaders(&*run);
    play(&mut *run, 2_000);
    let second = leaders(&*run);
    assert_eq!(second.len(), 1);
    assert_ne!(first, second);
    let view = run.view();
    let stopped = view.nodes.iter().find(|it| it.power == Power::Stopped);
    let stopped = stopped.expect("the first leader was stopped");
    assert_eq!(stopped.id, first[0]);
    assert_eq!(stopped.log.len(), 1, "its disk kept the entry");
    assert!(stopped.data.is_empty(), "its state machine is volatile");
}

#[test]
fn a_minority_of_two_never_commits() {
    let cut = Action::Cut(vec![vec![NodeId(0), NodeId(1)]]);
    let mut run = raft(
        3,
        &[(50, Action::TimeOut(Target::Node(NodeId(0)))), (400, cut)],
    );
    play(&mut *run, 399);
    assert_eq!(leaders(&*run), [NodeId(0)]);
    run.schedule(timed(
        500,
        Action::Write {
            client: 0,
            key: 0,
            value: 9,
            to: Some(NodeId(0)),
        },
    ));
    play(&mut *run, 5_000);
    for node in run.view().nodes {
        assert!(
            node.data.is_empty(),
            "{} applied what no majority has",
            node.id
        );
    }
    assert!(
        leaders(&*run).contains(&NodeId(0)),
        "it does not know better"
    );
    assert!(run.measures(run.now()).two_claim > Micros::from_secs(3));
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    let script = [(300, write(1)), (900, Action::Stop(Target::Leader))];
    let [mut one, mut same, mut other] = [raft(5, &script), raft(5, &script), raft(6, &script)];
    let mut story = Vec::new();
    for event in 0..2_000 {
        assert!(one.step(&mut story) && same.step(&mut story) && other.step(&mut story));
        assert_eq!(one.digest(), same.digest(), "they part at event {event}");
    }
    assert_eq!(one.state_digest(), same.state_digest());
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn stepping_back_and_forth_changes_nothing() {
    let script = [(300, write(1)), (900, Action::Stop(Target::Leader))];
    let mut straight = Playback::new(raft(5, &script));
    straight.seek(Micros::from_secs(3));
    let mut wandering = Playback::new(raft(5, &script));
    for millis in [2_500, 100, 1_900, 0, 2_999, 950, 3_000] {
        wandering.seek(Micros::from_millis(millis));
    }
    let events = wandering.event();
    wandering.seek_event(events / 2);
    wandering.seek_event(17);
    wandering.seek(Micros::from_secs(3));
    assert_eq!(straight.event(), wandering.event());
    assert_eq!(straight.engine().digest(), wandering.engine().digest());
    assert_eq!(
        straight.engine().state_digest(),
        wandering.engine().state_digest()
    );
    assert_eq!(straight.story(), wandering.story());
}

#[test]
fn an_action_by_hand_is_the_same_as_one_in_the_script() {
    let at = Micros::from_millis(1_234);
    let stop = Action::Stop(Target::Leader);
    let mut scripted = Playback::new(raft(8, &[(1_234, stop.clone())]));
    scripted.seek(Micros::from_secs(3));
    let mut by_hand = Playback::new(raft(8, &[]));
    by_hand.seek(Micros::from_secs(2));
    by_hand.seek(at);
    by_hand.act(TimedAction { at, action: stop });
    by_hand.seek(Micros::from_millis(500));
    by_hand.seek(Micros::from_secs(3));
    assert_eq!(scripted.engine().digest(), by_hand.engine().digest());
    assert_eq!(scripted.record().leads, by_hand.record().leads);
}

#[test]
fn a_cut_drops_what_has_not_passed_the_middle_of_its_wire() {
    let mut run = raft(1, &[]);
    play(&mut *run, 600);
    let before: Vec<_> = run.view().flights.iter().map(|it| it.id).collect();
    run.act(Action::Cut(vec![
        vec![NodeId(0), NodeId(1)],
        vec![NodeId(2), NodeId(3), NodeId(4)],
    ]));
    let mut story = Vec::new();
    run.step(&mut story);
    let upper = |node: Option<NodeId>| node.is_some_and(|it| it.0 < 2);
    for flight in run
        .view()
        .flights
        .iter()
        .filter(|it| before.contains(&it.id))
    {
        let middle = Micros(flight.sent.0 + (flight.due.0 - flight.sent.0) / 2);
        let across = upper(flight.from.node()) != upper(flight.to.node());
        let dropped = flight.fate.dropped_at().is_some();
        assert_eq!(dropped, across && middle >= run.now(), "{flight:?}");
    }
}

#[test]
fn the_story_names_the_rules_that_decided() {
    let mut run = raft(1, &[]);
    let mut story = Vec::new();
    while run.now() < Micros::from_secs(1) && run.step(&mut story) {}
    let rules: Vec<_> = story
        .iter()
        .filter_map(|it| match &it.what {
            What::Why(node, why) => Some((why.rule.name, why.text(*node))),
            _ => None,
        })
        .collect();
    assert!(!rules.is_empty());
    for (rule, text) in rules {
        assert!(!text.contains('{'), "{rule}: {text}");
    }
}

/// Reads need no entry, and all of them wait for one round of heartbeats (thesis §6.4): what a
/// leader keeps for them is bounded by what clients wait for.
#[test]
fn a_leader_may_keep_as_many_reads_as_clients_wait_for() {
    let world = World {
        nodes: 2,
        clients: 4,
        promises: Promises {
            guarantees: &[Property::BoundedBookkeeping],
            measures: &[],
        },
        ..World::default()
    };
    let settings = RaftSettings {
        reads: ReadPath::Index,
        ..RaftSettings::default()
    };
    let mut run = Simulation::<Raft>::new(world, settings);
    play(&mut run, 1_000);
    let [leader] = leaders(&run)[..] else {
        panic!("nobody leads");
    };
    for number in 0..400 {
        run.schedule(timed(
            1_000,
            Action::Read {
                client: number % 4,
                key: 0,
                to: Some(leader),
            },
        ));
    }
    play(&mut run, 1_500);
    assert_eq!(run.violation(), None);
    let calls = run.history().iter();
    assert_eq!(calls.filter(|it| it.returned.is_some()).count(), 400);
}
