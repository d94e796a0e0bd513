//! The network: what is sent is delivered, dropped or in flight; nothing crosses a cut; one fault
//! leaves the draws of everything else as they were.
#![allow(missing_docs)]

mod toy;

use consensus::{Effects, Input, Micros, NodeId, Now};
use proptest::prelude::*;
use simulator::{
    Action, DropCause, Endpoint, Engine, Fate, Flight, InboxSettings, LinkChange, LinkSettings,
    Links, PerMillion, SpanRange, Target, What, World,
};
use std::collections::{BTreeMap, BTreeSet};
use toy::{Behaviour, Clock, Talk, Toy, play, toy};

/// Tells everybody something every few milliseconds, whatever it hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Chatter;

impl Behaviour for Chatter {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        if matches!(input, Input::Start | Input::Timer(_)) {
            fx.broadcast(Talk(None));
            fx.arm_between(Clock(0), Micros::from_millis(5), Micros::from_millis(20));
        }
    }
}

const NODES: u16 = 4;

fn world(seed: u64, loss: u32) -> World {
    World {
        seed,
        nodes: NODES,
        link: LinkSettings {
            loss: PerMillion(loss),
            ..LinkSettings::sound(SpanRange::millis(3, 40))
        },
        ..World::default()
    }
}

fn everywhere(change: LinkChange) -> Action {
    Action::Link {
        links: Links::ALL,
        change,
    }
}

fn cut(mask: u8) -> (Vec<NodeId>, Action) {
    let side: Vec<NodeId> = (0..NODES)
        .filter(|it| mask >> it & 1 == 1)
        .map(NodeId)
        .collect();
    (side.clone(), Action::Cut(vec![side]))
}

/// Every message of a run as it was when it was sent, and those that arrived, by number.
#[derive(Default)]
struct Traffic {
    sent: BTreeMap<u64, Flight>,
    arrived: BTreeMap<u64, Micros>,
}

fn traffic(run: &mut dyn Engine, millis: u64) -> Traffic {
    let mut traffic = Traffic::default();
    let until = Micros::from_millis(millis);
    let mut story = Vec::new();
    while run.next_event().is_some_and(|at| at <= until) && run.step(&mut story) {
        let sent = story.iter().any(|it| matches!(it.what, What::Sent { .. }));
        if sent {
            for flight in run.view().flights {
                traffic.sent.entry(flight.id).or_insert(flight);
            }
        }
        for it in story.drain(..) {
            if let What::Arrived { flight, .. } = it.what {
                assert!(
                    traffic.arrived.insert(flight, it.at).is_none(),
                    "it arrives once"
                );
            }
        }
    }
    traffic
}

fn wires(traffic: &Traffic) -> BTreeSet<(Endpoint, Endpoint, Micros, Micros)> {
    let wires = traffic
        .sent
        .values()
        .map(|it| (it.from, it.to, it.sent, it.due));
    wires.collect()
}

#[test]
fn a_dropped_message_is_forgotten_in_its_own_time_however_long_another_would_have_travelled() {
    let quick = everywhere(LinkChange::Delay(SpanRange::millis(2, 2)));
    let world = World {
        link: LinkSettings {
            loss: PerMillion::ONE,
            ..LinkSettings::sound(SpanRange::millis(60_000, 60_000))
        },
        ..world(1, 1_000_000)
    };
    let mut run = toy::<Chatter>(world, &[(100, quick)]);
    play(&mut *run, 2_000);
    let now = run.now();
    for flight in run.view().flights {
        let travels = Micros(flight.due.0 - flight.sent.0);
        assert!(flight.due + travels > now, "{flight:?} at {now}");
    }
}

#[test]
fn what_is_refused_is_seen_for_as_long_again_as_it_travelled() {
    let damaging = World {
        link: LinkSettings {
            corruption: PerMillion::ONE,
            ..LinkSettings::sound(SpanRange::millis(3, 40))
        },
        ..world(1, 0)
    };
    let overloaded = World {
        inbox: InboxSettings {
            capacity: 1,
            service: Micros::from_secs(1),
        },
        ..world(1, 0)
    };
    for (cause, world) in [
        (DropCause::Damaged, damaging),
        (DropCause::InboxFull, overloaded),
    ] {
        let mut run = toy::<Chatter>(world, &[]);
        play(&mut *run, 200);
        let (now, flights) = (run.now(), run.view().flights);
        let seen = flights.iter().filter(|it| it.fate.cause() == Some(cause));
        assert!(seen.clone().count() > 0, "{cause:?} is seen");
        for flight in seen {
            let travels = Micros(flight.due.0 - flight.sent.0);
            assert_eq!(flight.fate, Fate::Refused(flight.due, cause));
            assert_eq!(flight.damaged, cause == DropCause::Damaged);
            assert!(
                flight.due <= now && now < flight.due + travels,
                "{flight:?} at {now}"
            );
        }
    }
}

#[test]
fn nothing_bounces_off_a_node_that_is_down() {
    let stop = Action::Stop(Target::Node(NodeId(1)));
    let mut run = toy::<Chatter>(world(1, 0), &[(50, stop)]);
    play(&mut *run, 200);
    let view = run.view();
    assert!(
        view.drops
            .iter()
            .any(|(cause, _)| *cause == DropCause::NodeDown)
    );
    assert!(view.flights.iter().all(|it| it.fate.cause().is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_sent_is_delivered_dropped_or_in_flight(seed: u64, loss in 0..600_000_u32, mask in 0..16_u8) {
        let script = [(200, cut(mask).1), (400, Action::Heal), (401, everywhere(LinkChange::Loss(PerMillion(0))))];
        let mut run = toy::<Chatter>(world(seed, loss), &script);
        let traffic = traffic(&mut *run, 600);
        let measures = run.measures(run.now());
        let view = run.view();
        let flying = view.flights.iter().filter(|it| it.fate == Fate::Arrives).count();
        prop_assert_eq!(measures.messages as usize, traffic.sent.len());
        prop_assert_eq!(
            traffic.sent.len(),
            traffic.arrived.len() + measures.dropped as usize + flying
        );
        for (id, at) in &traffic.arrived {
            prop_assert_eq!(traffic.sent[id].due, *at, "it arrives when it is due");
        }
        for flight in traffic.sent.values() {
            let delay = flight.due.0 - flight.sent.0;
            prop_assert!((3_000..=40_000).contains(&delay), "{:?}", flight);
        }
    }

    #[test]
    fn nothing_crosses_a_cut(seed: u64, mask in 1..15_u8) {
        let (side, action) = cut(mask);
        let (from, until) = (Micros::from_millis(200), Micros::from_millis(400));
        let mut run = toy::<Chatter>(world(seed, 0), &[(200, action), (400, Action::Heal)]);
        let traffic = traffic(&mut *run, 600);
        let here = |end: Endpoint| end.node().is_some_and(|it| side.contains(&it));
        let mut fell = 0;
        for (id, flight) in &traffic.sent {
            let across = here(flight.from) != here(flight.to);
            let middle = Micros(flight.sent.0 + (flight.due.0 - flight.sent.0) / 2);
            // Events of one microsecond come before the action of that microsecond.
            let falls = across && middle >= from && flight.sent <= until && flight.due > from;
            fell += usize::from(falls);
            let arrives = !falls && flight.due <= run.now();
            prop_assert_eq!(traffic.arrived.contains_key(id), arrives, "{:?}", flight);
        }
        prop_assert!(fell > 0);
    }

    #[test]
    fn loss_and_cuts_leave_all_delays_and_timers_as_they_were(seed: u64, loss in 1..=1_000_000_u32, mask in 0..16_u8) {
        let calm = traffic(&mut *toy::<Chatter>(world(seed, 0), &[]), 400);
        let lossy = traffic(&mut *toy::<Chatter>(world(seed, loss), &[]), 400);
        let cut = traffic(&mut *toy::<Chatter>(world(seed, 0), &[(100, cut(mask).1)]), 400);
        prop_assert_eq!(wires(&calm), wires(&lossy));
        prop_assert_eq!(wires(&calm), wires(&cut));
        prop_assert!(lossy.arrived.len() <= calm.arrived.len());
    }

    #[test]
    fn more_loss_only_loses_more(seed: u64, one in 0..=1_000_000_u32, other in 0..=1_000_000_u32) {
        let arrived = |loss| traffic(&mut *toy::<Chatter>(world(seed, loss), &[]), 300).arrived;
        let (more, fewer) = (arrived(one.min(other)), arrived(one.max(other)));
        prop_assert!(fewer.keys().all(|id| more.contains_key(id)));
    }
}
