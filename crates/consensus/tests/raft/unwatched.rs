//! A host that does not watch gets everything else.

use crate::server::{A, boot};
use consensus::raft::{Raft, RaftDurable, RaftSettings, RaftTimer};
use consensus::{Effect, Effects, Input, Micros, Now, Protocol};

/// A cluster of one elects itself and stores what it is told, in a buffer of either kind.
fn alone(mut effects: Effects<Raft>) -> (Raft, Vec<Effect<Raft>>) {
    let mut server = boot(A, 1, RaftDurable::default(), RaftSettings::production());
    let now = Now {
        monotonic: Micros::ZERO,
        wall: Micros::ZERO,
    };
    let mut inputs = vec![Input::Timer(RaftTimer::Election), Input::Start];
    let mut all = Vec::new();
    while let Some(input) = inputs.pop() {
        server.step(now, input, &mut effects);
        for effect in effects.drain() {
            if let Effect::Persist { token, .. } = &effect {
                inputs.push(Input::Stored(*token));
            }
            all.push(effect);
        }
    }
    (server, all)
}

#[test]
fn an_unwatched_server_does_the_same_and_tells_nothing() {
    let told = |effect: &Effect<Raft>| matches!(effect, Effect::Observe(_) | Effect::Why { .. });
    let (watched, mut effects) = alone(Effects::new());
    assert!(effects.iter().any(told));
    effects.retain(|effect| !told(effect));
    assert_eq!((watched, effects), alone(Effects::unwatched()));
}
