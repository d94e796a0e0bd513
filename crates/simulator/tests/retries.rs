//! How clients ask again: backoff with jitter, and redirects (F5, F6).
#![allow(missing_docs)]

mod calls;
mod toy;

use calls::{Deaf, Leaderless, asked, breakers, done, ms, refused, reply, waits, world, write};
use consensus::{Effects, Input, Micros, NodeId, Now};
use simulator::{Backoff, ClientSettings, What, World};
use toy::{Behaviour, Toy, play, toy};

const PATIENT: ClientSettings = ClientSettings {
    opens_sessions: false,
    reads_anywhere: false,
    timeout: ms(100),
    attempts: 8,
    redirects: 3,
    backoff: Backoff {
        base: ms(10),
        cap: ms(80),
    },
    breaker: None,
};

/// F5.
#[test]
fn waits_double_up_to_the_cap_and_end_with_the_last_attempt() {
    let mut run = toy::<Deaf>(world(PATIENT), &[(10, write(0, 1, None))]);
    let story = play(&mut *run, 5_000);
    let waited: Vec<Micros> = waits(&story).into_iter().map(|it| it.1).collect();
    let ceilings = [10, 20, 40, 80, 80, 80, 80].map(ms);
    assert_eq!(waited.len(), ceilings.len());
    for (wait, ceiling) in waited.iter().zip(ceilings) {
        assert!(
            (Micros(ceiling.0 / 2)..=ceiling).contains(wait),
            "{waited:?}"
        );
    }
    let asked = asked(&story);
    assert_eq!(asked.len(), 8);
    for (place, (at, wait)) in waits(&story).into_iter().enumerate() {
        assert_eq!(at, asked[place].0 + ms(100), "it waits for an answer first");
        assert_eq!(asked[place + 1].0, at + wait);
        assert_ne!(asked[place + 1].1, asked[place].1, "others are there");
    }
    let given_up = story
        .iter()
        .find(|it| matches!(it.what, What::GaveUp { .. }));
    assert_eq!(given_up.map(|it| it.at), Some(asked[7].0 + ms(100)));
}

/// Backoff has jitter (F5).
#[test]
fn no_two_clients_wait_alike() {
    let mut first_waits = Vec::new();
    for seed in 0..20 {
        let world = World {
            seed,
            ..world(PATIENT)
        };
        let script = [(10, write(0, 1, None)), (10, write(1, 2, None))];
        let story = play(&mut *toy::<Deaf>(world, &script), 115);
        first_waits.extend(waits(&story).into_iter().map(|it| it.1));
    }
    assert_eq!(first_waits.len(), 40);
    first_waits.sort_unstable();
    first_waits.dedup();
    assert!(first_waits.len() > 35, "{first_waits:?}");
}

#[test]
fn without_backoff_a_client_asks_again_at_once() {
    let backoff = Backoff {
        base: Micros::ZERO,
        cap: ms(80),
    };
    let settings = ClientSettings { backoff, ..PATIENT };
    let mut run = toy::<Deaf>(world(settings), &[(10, write(0, 1, None))]);
    let times: Vec<Micros> = asked(&play(&mut *run, 400)).iter().map(|it| it.0).collect();
    assert_eq!(times, [10, 110, 210, 310].map(ms));
}

#[test]
fn a_refusal_without_a_hint_is_followed_by_a_wait_and_not_by_a_time_out() {
    let mut run = toy::<Leaderless>(world(PATIENT), &[(10, write(0, 1, None))]);
    let story = play(&mut *run, 5_000);
    let first = waits(&story)[0];
    assert_eq!(first.0, ms(20));
    assert!(first.1 <= ms(10));
    let returned = run.history().iter().next().and_then(|it| it.returned);
    let returned = returned.expect("it gave up");
    assert_eq!((returned.attempts, returned.in_doubt), (8, false));
}

/// Only C serves; the others know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct CLeads;

impl Behaviour for CLeads {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        let leads = toy.me == NodeId(2);
        reply(
            input,
            if leads {
                done()
            } else {
                refused(Some(NodeId(2)))
            },
            fx,
        );
    }
}

/// F6.
#[test]
fn a_hint_is_followed_at_once_and_remembered() {
    let mut redirected = 0;
    for seed in 0..8 {
        let world = World {
            seed,
            ..world(PATIENT)
        };
        let script = [(10, write(0, 1, None)), (100, write(0, 2, None))];
        let story = play(&mut *toy::<CLeads>(world, &script), 1_000);
        assert_eq!(waits(&story), []);
        assert_eq!(breakers(&story), []);
        let asked = asked(&story);
        if asked.len() == 3 {
            redirected += 1;
            assert_eq!(asked[1], (ms(20), NodeId(2), 2));
        }
        assert_eq!(asked.last(), Some(&(ms(100), NodeId(2), 1)));
    }
    assert!((1..8).contains(&redirected), "{redirected}");
}

/// Everybody names the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Circle;

impl Behaviour for Circle {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        let next = NodeId((toy.me.0 + 1) % 3);
        reply(input, refused(Some(next)), fx);
    }
}

#[test]
fn hints_that_lead_in_a_circle_are_followed_so_often_and_then_slowly() {
    let settings = ClientSettings {
        attempts: 7,
        ..PATIENT
    };
    let mut run = toy::<Circle>(world(settings), &[(10, write(0, 1, None))]);
    let story = play(&mut *run, 5_000);
    let asked = asked(&story);
    let at_once = asked.windows(2).map(|it| it[1].0.since(it[0].0) == ms(10));
    let at_once: Vec<bool> = at_once.collect();
    assert_eq!(at_once, [true, true, true, false, true, true]);
    assert_eq!(waits(&story).len(), 1);
}

#[test]
fn a_hint_that_comes_late_serves_the_next_attempt() {
    let settings = ClientSettings {
        timeout: ms(8),
        ..PATIENT
    };
    let mut redirected = 0;
    for seed in 0..8 {
        let world = World {
            seed,
            ..world(settings)
        };
        let story = play(
            &mut *toy::<CLeads>(world, &[(10, write(0, 1, None))]),
            1_000,
        );
        if let [first, second, ..] = asked(&story)[..] {
            assert_ne!(first.1, NodeId(2));
            assert!(second.0 > ms(20), "it still backs off");
            assert_eq!(second.1, NodeId(2));
            redirected += 1;
        }
    }
    assert!(redirected > 1);
}
