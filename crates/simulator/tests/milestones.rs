//! Milestones: found forward and back, in slices, as whoever plays every event finds them.
#![allow(missing_docs)]

use consensus::raft::{Raft, RaftSettings};
use consensus::{Micros, NodeId, Observation, Role};
use simulator::{
    Action, Engine, Milestone, MilestoneKind, MilestoneKinds, MilestoneSearch, Playback, Power,
    Progress, Simulation, Target, TimedAction, What, World,
};

fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn run(seed: u64) -> Box<dyn Engine> {
    let world = World {
        seed,
        ..World::default()
    };
    let mut engine = Simulation::<Raft>::new(world, RaftSettings::default());
    let write = |value| Action::Write {
        client: 0,
        key: 0,
        value,
        to: None,
    };
    for (at, action) in [
        (800, write(3)),
        (900, Action::Cut(vec![vec![NodeId(0), NodeId(1)]])),
        (1_400, Action::Stop(Target::Node(NodeId(2)))),
        (1_600, Action::Pause(Target::Node(NodeId(1)))),
        (1_700, Action::Resume(Target::Node(NodeId(1)))),
        (1_900, Action::Heal),
        (2_000, Action::Start(Target::Node(NodeId(2)))),
        (2_600, write(4)),
    ] {
        engine.schedule(TimedAction { at: ms(at), action });
    }
    Box::new(engine)
}

fn found(playback: &Playback, mut search: MilestoneSearch) -> Option<Milestone> {
    loop {
        match search.go_on(playback, 13) {
            Progress::Searching => {}
            Progress::Found(found) => return Some(found),
            Progress::Nothing => return None,
        }
    }
}

/// The events of each kind, as whoever listens to all of the run hears them.
fn heard(seed: u64, until: u64) -> Vec<(MilestoneKind, u64)> {
    let mut engine = run(seed);
    let mut told = Vec::new();
    while engine.next_event().is_some_and(|next| next <= ms(until)) {
        engine.step(&mut told);
    }
    let (mut committed, mut booted) = (0, Vec::new());
    let mut heard = Vec::new();
    for happening in told {
        let kind = match happening.what {
            What::Observed(_, Observation::ElectionCalled(_)) => MilestoneKind::Election,
            What::Observed(_, Observation::Voted { .. }) => MilestoneKind::Vote,
            What::Observed(
                _,
                Observation::Role {
                    role: Role::Leader, ..
                },
            ) => MilestoneKind::Leader,
            What::Observed(_, Observation::Committed { index, .. }) if index > committed => {
                committed = index;
                MilestoneKind::Commit
            }
            What::Power {
                power: Power::Stopped,
                ..
            } => MilestoneKind::Crash,
            What::Power {
                power: Power::Running,
                node,
                incarnation,
            } => {
                let again = booted.contains(&node);
                let before = booted.len();
                if incarnation.0 > 1 || !again {
                    booted.push(node);
                }
                match again && booted.len() > before {
                    true => MilestoneKind::Restart,
                    false => continue,
                }
            }
            What::Acted(Action::Cut(_)) => MilestoneKind::Cut,
            What::Acted(Action::Heal) => MilestoneKind::Heal,
            _ => continue,
        };
        heard.push((kind, happening.event));
    }
    heard
}

const KINDS: [MilestoneKind; 9] = [
    MilestoneKind::Election,
    MilestoneKind::Vote,
    MilestoneKind::Leader,
    MilestoneKind::Commit,
    MilestoneKind::Crash,
    MilestoneKind::Restart,
    MilestoneKind::Cut,
    MilestoneKind::Heal,
    MilestoneKind::Violation,
];

fn sets() -> Vec<MilestoneKinds> {
    let mut sets: Vec<_> = KINDS.iter().map(|it| MilestoneKinds::of(&[*it])).collect();
    sets.push(MilestoneKinds::ALL);
    sets
}

#[test]
fn stepping_forward_meets_every_milestone() {
    for kinds in sets() {
        let mut all: Vec<u64> = heard(4, 3_000)
            .into_iter()
            .filter_map(|(kind, event)| kinds.has(kind).then_some(event))
            .collect();
        all.dedup();
        // Not yet played, and played to the end.
        for played in [0, 3_000] {
            let mut playback = Playback::new(run(4));
            playback.seek(ms(played));
            playback.seek_event(0);
            let mut met = Vec::new();
            for _ in &all {
                let next = found(&playback, playback.next_milestone(kinds)).expect("there is one");
                playback.seek_event(next.event);
                assert_eq!(playback.at(), next.at);
                met.push(next.event);
            }
            assert_eq!(met, all);
        }
    }
}

#[test]
fn stepping_back_meets_every_milestone() {
    for kinds in sets() {
        let mut all: Vec<u64> = heard(4, 3_000)
            .into_iter()
            .filter_map(|(kind, event)| kinds.has(kind).then_some(event))
            .collect();
        all.dedup();
        let mut playback = Playback::new(run(4));
        playback.seek(ms(3_000));
        let mut met = Vec::new();
        while let Some(before) = found(&playback, playback.previous_milestone(kinds)) {
            playback.seek_event(before.event);
            met.push(before.event);
        }
        met.reverse();
        assert_eq!(met, all);
    }
}

#[test]
fn a_search_goes_on_from_the_moment_and_not_from_its_event() {
    let mut playback = Playback::new(run(4));
    let cut = MilestoneKinds::of(&[MilestoneKind::Cut]);
    let vote = MilestoneKinds::of(&[MilestoneKind::Vote]);
    playback.seek(ms(3_000));
    for kinds in [cut, vote] {
        let last = found(&playback, playback.previous_milestone(kinds)).expect("there is one");
        playback.seek_event(last.event);
        playback.linger(last.at + Micros(1));
        assert_eq!(
            found(&playback, playback.previous_milestone(kinds)),
            Some(last)
        );
    }
}

#[test]
fn a_search_ends_where_there_is_nothing_and_where_somebody_acts() {
    let mut playback = Playback::new(run(4));
    playback.seek(ms(3_000));
    let crash = MilestoneKinds::of(&[MilestoneKind::Crash]);
    assert_eq!(found(&playback, playback.next_milestone(crash)), None);
    let mut search = playback.next_milestone(MilestoneKinds::of(&[MilestoneKind::Vote]));
    assert_eq!(search.go_on(&playback, 1), Progress::Searching);
    playback.act(TimedAction {
        at: ms(3_000),
        action: Action::Heal,
    });
    assert_eq!(search.go_on(&playback, 1), Progress::Nothing);
}
