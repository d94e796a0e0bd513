//! Playback: however one wanders, acts and wanders on, the run is the one that its script makes.
#![allow(missing_docs)]

use consensus::Micros;
use consensus::NodeId;
use consensus::raft::{Raft, RaftSettings};
use proptest::prelude::*;
use simulator::{
    Action, Engine, Happening, History, Insight, Measures, MessageDetail, NodeDetail, PerMillion,
    Playback, Property, Simulation, Standing, Target, TimedAction, View, Violation, World,
};
use std::cell::Cell;
use std::rc::Rc;

fn raft(seed: u64) -> Box<dyn Engine> {
    let world = World {
        seed,
        ..World::default()
    };
    Box::new(Simulation::<Raft>::new(world, RaftSettings::default()))
}

#[derive(Clone, Debug)]
enum Deed {
    Seek(u64),
    SeekEvent(u64),
    Step,
    Linger(u64),
    Act(Action, u64),
}

fn action() -> impl Strategy<Value = Action> {
    let node = || (0..5_u16).prop_map(|id| Target::Node(NodeId(id)));
    prop_oneof![
        Just(Action::Stop(Target::Leader)),
        node().prop_map(Action::Stop),
        node().prop_map(Action::Start),
        node().prop_map(Action::TimeOut),
        (1..31_u16).prop_map(|mask| {
            let side = (0..5).filter(|it| mask >> it & 1 == 1);
            Action::Cut(vec![side.map(NodeId).collect()])
        }),
        Just(Action::Heal),
        (0..500_000_u32).prop_map(|share| Action::Link {
            links: simulator::Links::ALL,
            change: simulator::LinkChange::Loss(PerMillion(share))
        }),
        (0..9_u64).prop_map(|value| Action::Write {
            client: 0,
            key: 0,
            value,
            to: None
        }),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (0..1_500_u64).prop_map(Deed::Seek),
        (0..900_u64).prop_map(Deed::SeekEvent),
        Just(Deed::Step),
        (0..20_000_u64).prop_map(Deed::Linger),
        (action(), 0..2_000_u64).prop_map(|(action, at)| Deed::Act(action, at)),
    ];
    prop::collection::vec(deed, 1..24)
}

/// Follows the deeds, and gives the script that they made and the latest moment they came to.
fn wander(playback: &mut Playback, deeds: Vec<Deed>) -> (Vec<TimedAction>, Micros) {
    let mut script = Vec::new();
    let mut latest = Micros::ZERO;
    for deed in deeds {
        match deed {
            Deed::Seek(millis) => playback.seek(Micros::from_millis(millis)),
            Deed::SeekEvent(event) => playback.seek_event(event),
            Deed::Step => playback.seek_event(playback.event() + 1),
            Deed::Linger(micros) => playback.linger(playback.at() + Micros(micros)),
            Deed::Act(action, millis) => {
                let at = Micros::from_millis(millis);
                let now = at.max(playback.at());
                script.push(TimedAction {
                    at: now,
                    action: action.clone(),
                });
                playback.act(TimedAction { at, action });
            }
        }
        latest = latest.max(playback.at());
    }
    (script, latest)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn wandering_and_acting_is_playing_the_resulting_script(seed in 0..50_u64, deeds in deeds()) {
        let mut wandered = Playback::new(raft(seed));
        let (script, latest) = wander(&mut wandered, deeds);
        // The record keeps what was ever reached: play straight to that, too.
        let end = latest.max(Micros::from_millis(2_500));
        wandered.seek(end);
        wandered.seek(Micros::from_millis(700));
        wandered.seek(end);
        let mut engine = raft(seed);
        for timed in script {
            engine.schedule(timed);
        }
        let mut straight = Playback::new(engine);
        straight.seek(end);
        prop_assert_eq!(wandered.event(), straight.event());
        prop_assert_eq!(wandered.engine().digest(), straight.engine().digest());
        prop_assert_eq!(wandered.engine().state_digest(), straight.engine().state_digest());
        prop_assert_eq!(wandered.engine().view(), straight.engine().view());
        prop_assert_eq!(wandered.story(), straight.story());
        prop_assert_eq!(&wandered.record().leads, &straight.record().leads);
    }
}

#[test]
fn an_action_meant_for_the_past_comes_now_and_stays_there() {
    let stop = Action::Stop(Target::Node(NodeId(0)));
    let mut playback = Playback::new(raft(3));
    playback.seek(Micros::from_secs(2));
    playback.act(TimedAction {
        at: Micros::from_secs(1),
        action: stop,
    });
    playback.seek(Micros::from_secs(3));
    let digest = playback.engine().digest();
    playback.seek(Micros::from_millis(500));
    playback.seek(Micros::from_secs(3));
    assert_eq!(playback.engine().digest(), digest);
}

/// An engine that counts the steps of all its forks, and how many of them there are.
struct Counted {
    engine: Box<dyn Engine>,
    steps: Rc<Cell<u64>>,
    forks: Rc<()>,
}

impl Insight for Counted {
    fn state_digest(&self) -> u64 {
        self.engine.state_digest()
    }
    fn node(&self, node: NodeId) -> Option<NodeDetail> {
        self.engine.node(node)
    }
    fn message(&self, number: u64) -> Option<MessageDetail> {
        self.engine.message(number)
    }
}

impl Engine for Counted {
    fn protocol(&self) -> &'static str {
        self.engine.protocol()
    }
    fn now(&self) -> Micros {
        self.engine.now()
    }
    fn events(&self) -> u64 {
        self.engine.events()
    }
    fn next_event(&self) -> Option<Micros> {
        self.engine.next_event()
    }
    fn step(&mut self, story: &mut Vec<Happening>) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.engine.step(story)
    }
    fn step_untold(&mut self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.engine.step_untold()
    }
    fn schedule(&mut self, action: TimedAction) {
        self.engine.schedule(action);
    }
    fn unschedule(&mut self, action: &TimedAction) -> bool {
        self.engine.unschedule(action)
    }
    fn digest(&self) -> u64 {
        self.engine.digest()
    }
    fn view(&self) -> View {
        self.engine.view()
    }
    fn glance(&self) -> View {
        self.engine.glance()
    }
    fn first_break(&self, property: Property) -> Option<&Violation> {
        self.engine.first_break(property)
    }
    fn measures(&self, at: Micros) -> Measures {
        self.engine.measures(at)
    }
    fn checks(&self, at: Micros) -> Vec<(Property, Standing)> {
        self.engine.checks(at)
    }
    fn violation(&self) -> Option<&Violation> {
        self.engine.violation()
    }
    fn history(&self) -> &History {
        self.engine.history()
    }
    fn fork(&self) -> Box<dyn Engine> {
        Box::new(Self {
            engine: self.engine.fork(),
            steps: Rc::clone(&self.steps),
            forks: Rc::clone(&self.forks),
        })
    }
}

fn counted(steps: &Rc<Cell<u64>>, forks: &Rc<()>) -> Playback {
    Playback::new(Box::new(Counted {
        engine: raft(1),
        steps: Rc::clone(steps),
        forks: Rc::clone(forks),
    }))
}

#[test]
fn no_seek_replays_more_than_lies_between_two_checkpoints() {
    let (steps, forks) = (Rc::default(), Rc::default());
    let mut playback = counted(&steps, &forks);
    playback.seek(Micros::from_secs(120));
    let end = playback.event();
    assert!(end > 15_000);
    for place in 0..200 {
        steps.set(0);
        playback.seek_event(place * 7_919 % end);
        assert!(steps.get() <= 7_000, "{} steps", steps.get());
    }
    steps.set(0);
    playback.seek_event(end);
    assert_eq!(steps.get(), 0, "the furthest event is kept");
    for back in 1..100 {
        steps.set(0);
        playback.seek_event(end - back);
        assert!(steps.get() <= 4_400, "{} steps", steps.get());
    }
}

#[test]
fn a_long_run_keeps_few_checkpoints_and_stays_the_same_run() {
    let (steps, forks) = (Rc::default(), Rc::default());
    let mut playback = counted(&steps, &forks);
    playback.seek_event(100_000);
    let digest = playback.engine().digest();
    let kept = Rc::strong_count(&forks);
    assert!(kept <= 50, "{kept}");
    for event in [50_001, 3, 99_999] {
        playback.seek_event(event);
        assert_eq!(playback.event(), event);
    }
    playback.seek_event(100_000);
    assert_eq!(playback.engine().digest(), digest);
}

/// What a playback shows at its cursor.
fn shown(playback: &Playback) -> (u64, u64, Vec<Happening>) {
    let engine = playback.engine();
    (engine.digest(), engine.state_digest(), playback.story())
}

#[test]
fn every_event_of_a_run_can_be_sought_and_is_shown_as_when_it_was_played() {
    let mut playback = Playback::new(raft(4));
    let write = |value| Action::Write {
        client: 0,
        key: 0,
        value,
        to: None,
    };
    for value in 1..20 {
        playback.act(TimedAction {
            at: Micros::from_millis(700 + value * 30),
            action: write(value),
        });
    }
    // What comes at time zero is behind it.
    let first = playback.event();
    let mut played = Vec::from([shown(&playback)]);
    while playback.at() < Micros::from_secs(3) {
        playback.seek_event(playback.event() + 1);
        played.push(shown(&playback));
    }
    let events = played.len() as u64;
    assert!(events > 600, "{events}");
    for place in 0..events {
        let place = place * 7_919 % events;
        playback.seek_event(first + place);
        assert!(
            shown(&playback) == played[place as usize],
            "event {first} + {place}"
        );
    }
}

#[test]
fn another_branch_is_the_run_of_its_script() {
    let timed = |millis, action| TimedAction {
        at: Micros::from_millis(millis),
        action,
    };
    let gone = [
        timed(900, Action::Stop(Target::Leader)),
        timed(1_700, Action::Start(Target::Node(NodeId(1)))),
    ];
    let come = [timed(1_200, Action::TimeOut(Target::Node(NodeId(2))))];
    let end = Micros::from_secs(4);
    let scripted = |script: &[TimedAction]| {
        let mut engine = raft(6);
        script.iter().for_each(|it| engine.schedule(it.clone()));
        let mut playback = Playback::new(engine);
        playback.seek(end);
        playback
    };
    let mut playback = scripted(&gone);
    playback.branch(&gone, &come);
    assert!(playback.at() < Micros::from_millis(900));
    playback.seek(end);
    let other = scripted(&come);
    assert!(shown(&playback) == shown(&other));
    assert_eq!(playback.record().leads, other.record().leads);
    playback.branch(&come, &gone);
    playback.seek(end);
    assert!(shown(&playback) == shown(&scripted(&gone)));
}

#[test]
fn the_record_of_a_long_run_stays_small() {
    let mut playback = Playback::new(raft(1));
    playback.seek(Micros::from_secs(300));
    let record = playback.record();
    assert!(record.samples.len() <= 2_048, "{}", record.samples.len());
    assert!(record.story.len() < 100, "{}", record.story.len());
    let apart = record.samples.windows(2).map(|it| it[1].at.since(it[0].at));
    assert!(apart.max() < Some(Micros::from_millis(500)));
}
