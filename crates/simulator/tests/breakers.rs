//! Circuit breakers: what clients spare a node that fails, and when they try it again (F5).
#![allow(missing_docs)]

mod calls;
mod toy;

use calls::{Deaf, Leaderless, Willing, asked, breakers, done, ms, waits, world, write};
use consensus::{CallId, ClientId, Effect, Effects, Input, NodeId, Now};
use simulator::BreakerState::{Closed, HalfOpen, Open};
use simulator::{Action, Backoff, BreakerSettings, ClientSettings, Target, What, World};
use toy::{Behaviour, Clock, Toy, play, toy};

const A: NodeId = NodeId(0);

/// Breakers open after two failures, at 220 ms for a call at 10 ms, and cool for half a second.
const WARY: ClientSettings = ClientSettings {
    opens_sessions: false,
    reads_anywhere: false,
    timeout: ms(100),
    attempts: 20,
    redirects: 3,
    backoff: Backoff {
        base: ms(10),
        cap: ms(10),
    },
    breaker: Some(BreakerSettings {
        failures: 2,
        cooling: ms(500),
    }),
};

const STOP_A: Action = Action::Stop(Target::Node(A));
const START_A: Action = Action::Start(Target::Node(A));

#[test]
fn a_breaker_opens_half_opens_and_opens_again_while_the_node_fails() {
    let mut run = toy::<Deaf>(world(WARY), &[(10, write(0, 1, Some(A)))]);
    let story = play(&mut *run, 1_400);
    let changes = breakers(&story);
    let states: Vec<_> = changes.iter().map(|it| it.2).collect();
    assert_eq!(states, [Open, HalfOpen, Open, HalfOpen]);
    let asked = asked(&story);
    assert_eq!(changes[0].0, asked[1].0 + ms(100), "the second time-out");
    assert_eq!(changes[1].0, changes[0].0 + ms(500));
    assert_eq!(asked[2].0, changes[1].0, "the probe");
    assert_eq!(
        changes[2].0,
        asked[2].0 + ms(100),
        "one failure is enough now"
    );
    assert_eq!(asked[3].0, changes[3].0);
}

#[test]
fn an_answered_probe_closes_the_breaker() {
    let script = [(1, STOP_A), (10, write(0, 1, Some(A))), (400, START_A)];
    let mut run = toy::<Willing>(world(WARY), &script);
    let story = play(&mut *run, 1_500);
    let changes = breakers(&story);
    let states: Vec<_> = changes.iter().map(|it| it.2).collect();
    assert_eq!(states, [Open, HalfOpen, Closed]);
    assert_eq!(changes[2].0, changes[1].0 + ms(10), "there and back");
    assert!(run.view().clients[0].breakers.is_empty());
    let returned = run.history().iter().next().and_then(|it| it.returned);
    assert_eq!(returned.map(|it| (it.by, it.attempts)), Some((Some(A), 3)));
}

#[test]
fn one_call_tries_the_node_and_the_others_wait_for_it() {
    let calls = [(10, write(0, 1, Some(A))), (10, write(0, 2, Some(A)))];
    let mut run = toy::<Deaf>(world(WARY), &calls);
    let story = play(&mut *run, 1_000);
    let half_open = breakers(&story)[1];
    assert_eq!(half_open.2, HalfOpen);
    let asked = asked(&story);
    let tries = asked.iter().filter(|it| it.0 >= half_open.0).count();
    assert_eq!(tries, 1, "{asked:?}");
    assert!(
        waits(&story).contains(&(half_open.0, ms(100))),
        "until the probe is due"
    );
}

#[test]
fn without_a_breaker_a_client_goes_on_asking() {
    let settings = ClientSettings {
        breaker: None,
        ..WARY
    };
    let mut run = toy::<Deaf>(world(settings), &[(10, write(0, 1, Some(A)))]);
    let story = play(&mut *run, 700);
    assert_eq!(breakers(&story), []);
    assert_eq!(asked(&story).len(), 7);
    assert!(run.view().clients[0].breakers.is_empty());
}

#[test]
fn while_a_breaker_is_open_a_call_goes_to_somebody_else() {
    let mut avoided = 0;
    for seed in 0..10 {
        let world = World {
            seed,
            ..world(WARY)
        };
        let calls = (0..10).map(|number| (300 + 20 * number, write(0, number, None)));
        let mut script = vec![(1, STOP_A), (10, write(0, 100, Some(A)))];
        script.extend(calls);
        let story = play(&mut *toy::<Willing>(world, &script), 600);
        let later = asked(&story).into_iter().filter(|it| it.0 >= ms(300));
        assert!(later.clone().all(|it| it.1 != A));
        avoided += later.count();
    }
    assert_eq!(avoided, 100, "each was asked once");
}

#[test]
fn where_every_breaker_is_open_a_call_waits_for_the_first_that_cools() {
    let world = World {
        nodes: 1,
        ..world(WARY)
    };
    let script = [(10, write(0, 1, None)), (300, write(0, 2, None))];
    let mut run = toy::<Deaf>(world, &script);
    let mut story = play(&mut *run, 400);
    let client = &run.view().clients[0];
    let cools = client.breakers[0].cools.expect("it is open");
    assert_eq!(
        (client.breakers[0].state, client.breakers[0].failures),
        (Open, 2)
    );
    assert_eq!(client.calls[1].node, None, "it asked nobody yet");
    assert_eq!(client.calls[1].waits_until, Some(cools));
    story.extend(play(&mut *run, 1_500));
    let after = asked(&story).into_iter().find(|it| it.0 > ms(300));
    assert_eq!(after.map(|it| it.0), Some(cools));
}

#[test]
fn being_refused_is_no_failure() {
    let breaker = Some(BreakerSettings {
        failures: 1,
        cooling: ms(500),
    });
    let settings = ClientSettings { breaker, ..WARY };
    let mut run = toy::<Leaderless>(world(settings), &[(10, write(0, 1, None))]);
    let story = play(&mut *run, 5_000);
    assert_eq!(asked(&story).len(), 20);
    assert_eq!(breakers(&story), []);
}

#[test]
fn each_client_has_breakers_of_its_own() {
    let script = [(10, write(0, 1, Some(A))), (300, write(1, 2, Some(A)))];
    let mut run = toy::<Deaf>(world(WARY), &script);
    let story = play(&mut *run, 301);
    assert_eq!(breakers(&story).len(), 1);
    let second = story.iter().any(|it| match it.what {
        What::Called { call, node, .. } => call.client.0 == 1 && node == A,
        _ => false,
    });
    assert!(second, "the other client knows nothing of it");
}

/// A never answers; B does, but too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct LateB;

impl Behaviour for LateB {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Call(call) if toy.me != A => {
                toy.asked.push(call.command.call.sequence);
                let (least, most) = (ms(150), ms(150));
                let timer = Clock(1);
                fx.push(Effect::Arm { timer, least, most });
            }
            Input::Timer(_) => {
                let call = CallId {
                    client: ClientId(0),
                    sequence: toy.asked.pop().unwrap_or_default(),
                };
                let answer = done();
                fx.push(Effect::Answer { call, answer });
            }
            _ => {}
        }
    }
}

#[test]
fn a_probe_that_ends_elsewhere_makes_room_for_the_next() {
    let settings = ClientSettings {
        attempts: 2,
        backoff: Backoff {
            base: ms(0),
            cap: ms(0),
        },
        breaker: Some(BreakerSettings {
            failures: 1,
            cooling: ms(50),
        }),
        ..WARY
    };
    let mut probes = 0;
    for seed in 0..8 {
        let world = World {
            seed,
            nodes: 2,
            ..world(settings)
        };
        let script = [
            (10, write(0, 1, Some(A))),
            (400, write(0, 2, None)),
            (570, write(0, 3, Some(A))),
        ];
        let asked = asked(&play(&mut *toy::<LateB>(world, &script), 599));
        if asked.contains(&(ms(500), A, 2)) {
            probes += 1;
            assert!(asked.contains(&(ms(570), A, 1)), "{asked:?}");
        }
    }
    assert!(probes > 0);
}
