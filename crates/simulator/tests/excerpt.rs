//! Excerpts: however a window moves, it shows what was sent and what happened in it.
#![allow(missing_docs)]

use consensus::raft::{Raft, RaftSettings};
use consensus::{Micros, NodeId};
use simulator::{
    Action, DropCause, Engine, Excerpt, Fate, Flight, Happening, LinkChange, Links, MessageDeed,
    PerMillion, Playback, Power, Simulation, Target, TimedAction, What, World,
};
use std::collections::BTreeMap;

fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// Rough water: everything that can befall a message.
fn rough(seed: u64) -> Box<dyn Engine> {
    let world = World {
        seed,
        ..World::default()
    };
    let mut engine = Simulation::<Raft>::new(world, RaftSettings::default());
    let share = |share| PerMillion(share);
    let link = |change| Action::Link {
        links: Links::ALL,
        change,
    };
    for (at, action) in [
        (0, link(LinkChange::Loss(share(50_000)))),
        (0, link(LinkChange::Duplication(share(100_000)))),
        (0, link(LinkChange::Corruption(share(50_000)))),
        (700, Action::Cut(vec![vec![NodeId(0), NodeId(1)]])),
        (1_100, Action::Heal),
        (1_200, Action::Stop(Target::Leader)),
        (1_700, Action::Pause(Target::Node(NodeId(4)))),
    ] {
        engine.schedule(TimedAction { at: ms(at), action });
    }
    Box::new(engine)
}

fn played(seed: u64, until: u64) -> Playback {
    let mut playback = Playback::new(rough(seed));
    playback.seek(ms(until));
    playback
}

fn shown(playback: &Playback, from: u64, to: u64) -> Excerpt {
    let mut excerpt = Excerpt::default();
    while !excerpt.show(playback, ms(from), ms(to), 50) {}
    excerpt
}

/// What there is to see from `from` on: an excerpt may know more of what was before.
fn seen(excerpt: &Excerpt, from: u64) -> (Vec<Flight>, Vec<Happening>) {
    let told = excerpt.told().iter().filter(|it| it.at >= ms(from));
    let flights = excerpt.flights().iter().filter(|it| it.sent >= ms(from));
    (flights.cloned().collect(), told.cloned().collect())
}

#[test]
fn an_excerpt_tells_what_the_run_told() {
    let mut engine = rough(3);
    let mut told = Vec::new();
    while engine.next_event().is_some_and(|next| next <= ms(2_000)) {
        engine.step(&mut told);
    }
    told.retain(|it| it.at >= ms(600));
    let excerpt = shown(&played(3, 2_000), 600, 2_000);
    assert!(excerpt.told() == told);
    assert_eq!((excerpt.from(), excerpt.to()), (ms(600), ms(2_000)));
}

#[test]
fn every_message_has_its_fate() {
    let excerpt = shown(&played(3, 2_000), 600, 2_000);
    let mut told: BTreeMap<Option<DropCause>, usize> = BTreeMap::new();
    for happening in excerpt.told() {
        match happening.what {
            What::Arrived { .. } => *told.entry(None).or_default() += 1,
            What::Dropped { cause, .. } => *told.entry(Some(cause)).or_default() += 1,
            _ => {}
        }
    }
    // What was dropped before the excerpt began, and sinks in it still, was told before.
    let mut had: BTreeMap<Option<DropCause>, usize> = BTreeMap::new();
    for flight in excerpt.flights().iter().filter(|it| it.sent >= ms(600)) {
        if flight.fate.cause().is_some() || flight.has_arrived(excerpt.to()) {
            *had.entry(flight.fate.cause()).or_default() += 1;
        }
    }
    let causes = [
        DropCause::Lost,
        DropCause::Cut,
        DropCause::Damaged,
        DropCause::NodeDown,
    ];
    for cause in causes {
        let had = had.get(&Some(cause)).copied().unwrap_or(0);
        let told = told.get(&Some(cause)).copied().unwrap_or(0);
        assert!(
            had > 0 && told >= had && told < had + 4,
            "{cause:?} {had} of {told}"
        );
    }
    assert!(excerpt.flights().iter().any(|it| it.copy_of.is_some()));
    assert!(excerpt.flights().windows(2).all(|it| it[0].id < it[1].id));
}

#[test]
fn a_window_that_moves_shows_what_a_fresh_one_shows() {
    let playback = played(5, 2_500);
    let mut moving = Excerpt::default();
    for (step, to) in (400..2_500).step_by(30).enumerate() {
        let from = to - 300;
        // Now and then nobody waits for it.
        if step % 3 > 0 {
            while !moving.show(&playback, ms(from), ms(to), 9) {}
            assert!(
                seen(&moving, from) == seen(&shown(&playback, from, to), from),
                "{to}"
            );
            assert!(moving.told().len() <= 2 * seen(&moving, from).1.len() + 1);
        }
    }
    // Back again.
    while !moving.show(&playback, ms(500), ms(800), 9) {}
    assert!(seen(&moving, 500) == seen(&shown(&playback, 500, 800), 500));
}

#[test]
fn a_window_that_moves_on_plays_only_what_is_new() {
    let playback = played(5, 2_500);
    let mut excerpt = shown(&playback, 1_500, 2_400);
    let before = excerpt.told().last().map(|it| it.event);
    assert!(excerpt.show(&playback, ms(1_500), ms(2_410), 20));
    let after = excerpt.told().last().map(|it| it.event);
    assert!(before < after);
}

#[test]
fn who_acts_changes_what_is_shown() {
    let mut playback = played(5, 1_500);
    playback.seek(ms(1_000));
    let mut excerpt = shown(&playback, 600, 1_500);
    playback.act(TimedAction {
        at: ms(1_000),
        action: Action::Stop(Target::Node(NodeId(3))),
    });
    while !excerpt.show(&playback, ms(600), ms(1_500), 50) {}
    // Nothing of what was played before is left.
    assert_eq!(excerpt.to(), ms(1_000));
    let stopped = |it: &Happening| {
        matches!(
            it.what,
            What::Power {
                node: NodeId(3),
                power: Power::Stopped,
                ..
            }
        )
    };
    assert!(excerpt.told().iter().any(stopped));
}

#[test]
fn a_message_held_by_hand_is_seen_to_stand_and_to_go_on() {
    let mut playback = Playback::new(rough(5));
    playback.seek(ms(650));
    let flying = |it: &Flight| it.fate == Fate::Arrives && it.due > ms(650);
    let excerpt = shown(&playback, 600, 650);
    let number = excerpt
        .flights()
        .iter()
        .find(|it| flying(it))
        .expect("one flies")
        .id;
    let act = |playback: &mut Playback, at, deed| {
        playback.act(TimedAction {
            at: ms(at),
            action: Action::Message { number, deed },
        });
    };
    act(&mut playback, 650, MessageDeed::Hold);
    playback.seek(ms(690));
    let mut excerpt = shown(&playback, 600, 690);
    let fate = |excerpt: &Excerpt| {
        let mut flights = excerpt.flights().iter();
        flights
            .find(|it| it.id == number)
            .expect("it is shown")
            .fate
    };
    assert_eq!(fate(&excerpt), Fate::Held(ms(650)));
    act(&mut playback, 690, MessageDeed::Drop);
    while !excerpt.show(&playback, ms(600), ms(690), 50) {}
    assert_eq!(fate(&excerpt), Fate::Dropped(ms(690)));
}

#[test]
fn the_states_at_its_beginning_are_those_of_the_run() {
    let playback = played(5, 2_500);
    let mut excerpt = Excerpt::default();
    for to in (900..2_500).step_by(100) {
        while !excerpt.show(&playback, ms(to - 200), ms(to), 200) {}
        let mut states = excerpt.start().to_vec();
        for happening in excerpt.told() {
            states.iter_mut().for_each(|it| {
                it.hear(&happening.what);
            });
        }
        let mut run = rough(5);
        while run.next_event().is_some_and(|next| next <= ms(to)) {
            run.step_untold();
        }
        for (state, node) in states.iter().zip(run.view().nodes) {
            assert_eq!((state.node, state.power), (node.id, node.power), "{to}");
            if node.power == Power::Running {
                assert_eq!(state.role, node.inspection.role, "{to}");
                assert_eq!(state.reign.mandate, node.inspection.reign.mandate, "{to}");
            }
        }
    }
}
