//! A crash keeps exactly what was stored; timers that were armed anew, disarmed or crashed away
//! never fire.
#![allow(missing_docs)]

mod toy;

use consensus::{Answer, Effect, Effects, Input, Micros, NodeId, Now, Output, Token};
use proptest::prelude::*;
use simulator::{Action, SpanRange, Target, World};
use std::collections::BTreeMap;
use toy::{Behaviour, Clock, Toy, play, said, says, toy};

const A: NodeId = NodeId(0);

/// Writes the time every 2 ms, whether the last one is stored or not, and says what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Writer;

impl Behaviour for Writer {
    fn step(toy: &mut Toy<Self>, now: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Start | Input::Timer(_) => {
                toy.written += 1;
                fx.push(Effect::Persist {
                    token: Token(toy.written),
                    write: now.monotonic.0,
                });
                toy.asked.push(now.monotonic.0);
                fx.arm(Clock(0), Micros::from_millis(2));
            }
            Input::Stored(token) => {
                let place = token.0 as usize - toy.disk.0.len() - 1;
                says(toy.asked[place], fx);
            }
            _ => {}
        }
    }
}

fn on_disk(run: &dyn simulator::Engine) -> Vec<u64> {
    let log = &run.view().nodes[0].inspection.log;
    log.iter().map(|entry| entry.term).collect()
}

#[test]
fn stopped_just_before_stored_the_write_is_lost_and_just_after_it_is_kept() {
    let world = World {
        nodes: 1,
        disk: simulator::DiskSettings::sound(SpanRange::millis(1, 1)),
        ..World::default()
    };
    for (micros, kept) in [
        (999, vec![]),
        (1_000, vec![0]),
        (2_999, vec![0]),
        (3_000, vec![0, 2_000]),
    ] {
        let mut run = toy::<Writer>(world.clone(), &[]);
        run.schedule(simulator::TimedAction {
            at: Micros(micros),
            action: Action::Stop(Target::Node(A)),
        });
        play(&mut *run, 100);
        assert_eq!(on_disk(&*run), kept, "stopped at {micros} us");
    }
}

/// Arms and disarms as clients tell it, and says which timer fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Alarm;

impl Behaviour for Alarm {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            // A write is a variant, a key and a value, a byte each while they are small.
            Input::Call(call) => {
                let (key, tens) = (call.command.payload[1], call.command.payload[2]);
                match tens {
                    0 => fx.disarm(Clock(key)),
                    _ => fx.arm(Clock(key), Micros(u64::from(tens) * 10_000 + 5_000)),
                }
                fx.push(Effect::Answer {
                    call: call.command.call,
                    answer: Answer::Done(Output::EMPTY),
                });
            }
            Input::Timer(Clock(key)) => says(u64::from(key), fx),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Arm(u32, u64),
    Disarm(u32),
    Restart,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => (0..3_u32, 1..12_u64).prop_map(|(key, tens)| Deed::Arm(key, tens)),
        2 => (0..3_u32).prop_map(Deed::Disarm),
        1 => Just(Deed::Restart),
    ];
    prop::collection::vec(deed, 1..40)
}

fn tell(key: u32, value: u64) -> Action {
    Action::Write {
        client: 0,
        key,
        value,
        to: Some(A),
    }
}

proptest! {
    #[test]
    fn a_crash_keeps_exactly_what_was_stored(
        seed: u64,
        stops in prop::collection::btree_set(1..400_u64, 1..12),
        slowest in 1..9_u64,
    ) {
        let world = World {
            seed,
            nodes: 1,
            disk: simulator::DiskSettings::sound(SpanRange::millis(0, slowest)),
            ..World::default()
        };
        let mut run = toy::<Writer>(world, &[]);
        let mut stored = Vec::new();
        for (place, at) in stops.into_iter().enumerate() {
            let stop = place % 2 == 0;
            let target = Target::Node(A);
            stored.extend(said(&play(&mut *run, at)).into_iter().map(|it| it.2));
            let action = if stop { Action::Stop(target) } else { Action::Start(target) };
            // Not at the latest event: two lives would write at one moment, the same number.
            run.schedule(simulator::TimedAction { at: Micros::from_millis(at), action });
            let story = play(&mut *run, at);
            stored.extend(said(&story).into_iter().map(|it| it.2));
            // A running node shows what it booted from.
            if stop {
                prop_assert_eq!(&on_disk(&*run), &stored, "at {} ms", at);
            }
        }
        let in_order = stored.is_sorted_by(|one, next| one < next);
        prop_assert!(in_order, "nothing twice, nothing of an earlier life late: {:?}", stored);
    }

    #[test]
    fn only_the_latest_arming_fires_and_none_after_disarming_or_a_crash(deeds in deeds()) {
        let world = World {
            nodes: 1,
            link: simulator::LinkSettings::sound(SpanRange::millis(1, 1)),
            ..World::default()
        };
        let mut script = Vec::new();
        let mut due: BTreeMap<u32, u64> = BTreeMap::new();
        let mut expected = Vec::new();
        for (place, deed) in deeds.iter().enumerate() {
            let at = 10 * (place as u64 + 1);
            let now = at + 1;
            let passed: Vec<u32> = due.iter().filter(|it| *it.1 < now).map(|it| *it.0).collect();
            expected.extend(passed.iter().filter_map(|key| Some((due.remove(key)?, *key))));
            match *deed {
                Deed::Arm(key, tens) => {
                    script.push((at, tell(key, tens)));
                    due.insert(key, now + tens * 10 + 5);
                }
                Deed::Disarm(key) => {
                    script.push((at, tell(key, 0)));
                    due.remove(&key);
                }
                Deed::Restart => {
                    script.push((now, Action::Stop(Target::Node(A))));
                    script.push((now, Action::Start(Target::Node(A))));
                    due.clear();
                }
            }
        }
        expected.extend(due.into_iter().map(|(key, at)| (at, key)));
        expected.sort_unstable();
        let mut run = toy::<Alarm>(world, &script);
        let mut fired: Vec<(u64, u32)> = said(&play(&mut *run, 10_000))
            .into_iter()
            .map(|(at, _, key)| (at.0 / 1_000, key as u32))
            .collect();
        fired.sort_unstable();
        prop_assert_eq!(fired, expected);
    }
}
