//! What clients are told: writes that take effect once, reads that are current.

use crate::toy::{Behaviour, Toy};
use crate::trial::{A, B, broken_of, holds_all};
use consensus::{
    Answer, Call, Effect, Effects, Input, NodeId, Now, Operation, Output, SingleCommand,
};
use simulator::{Action, Property};

/// What is asked of nodes that say nothing of what they hold, and commit nothing.
const ALONE: &[Property] = &[Property::ExactlyOnce, Property::NoStaleRead];

/// Each node applies what it is asked, so many times over, tells nobody else, and says that it is
/// done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct AppliesAlone<const TIMES: u64>;

impl<const TIMES: u64> Behaviour for AppliesAlone<TIMES> {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        crate::trial::wake(fx);
        let Input::Call(Call { operation, command }) = input else {
            return;
        };
        // A read changes nothing, so that twice is as good as once.
        let times = if operation == Operation::Write {
            TIMES
        } else {
            2
        };
        for _ in 0..times {
            toy.written += 1;
            // Positions of its own, so that no two state machines contradict each other.
            let index = u64::from(toy.me.0) * 1_000 + toy.written;
            let command = command.clone();
            fx.push(Effect::Apply(SingleCommand { index, command }));
        }
        let (call, answer) = (command.call, Answer::Done(Output::EMPTY));
        fx.push(Effect::Answer { call, answer });
    }
}

pub(crate) fn write(at: u64, to: NodeId) -> (u64, Action) {
    let (client, key, value, to) = (0, 7, at, Some(to));
    let write = Action::Write {
        client,
        key,
        value,
        to,
    };
    (at, write)
}

pub(crate) fn read(at: u64, key: u32, to: NodeId) -> (u64, Action) {
    let (client, to) = (0, Some(to));
    (at, Action::Read { client, key, to })
}

#[test]
fn a_write_that_is_carried_out_twice_is_caught() {
    let violation = broken_of::<AppliesAlone<2>>(ALONE, Property::ExactlyOnce, &[write(100, B)]);
    assert_eq!((&*violation.nodes, violation.place), (&[B][..], 1_001));
    holds_all::<AppliesAlone<2>>(ALONE, &[read(100, 7, B)]);
    holds_all::<AppliesAlone<1>>(ALONE, &[write(100, A), write(200, A)]);
}

#[test]
fn a_read_that_misses_what_was_answered_before_it_is_caught() {
    let stale = [write(100, A), write(200, A), read(300, 7, B)];
    let violation = broken_of::<AppliesAlone<1>>(ALONE, Property::NoStaleRead, &stale);
    assert_eq!(violation.nodes, [B]);
    // Where the state machine stood: it had applied nothing but the read itself.
    assert_eq!(violation.place, 1_002);
    // A read behind a later write than its own node knows of.
    let behind = [write(100, B), write(200, A), read(300, 7, B)];
    broken_of::<AppliesAlone<1>>(ALONE, Property::NoStaleRead, &behind);
}

#[test]
fn a_read_that_is_current_or_was_asked_for_in_time_holds() {
    // The node that answers holds the write.
    holds_all::<AppliesAlone<1>>(ALONE, &[write(100, A), read(300, 7, A)]);
    // Another key, which nobody wrote.
    holds_all::<AppliesAlone<1>>(ALONE, &[write(100, A), read(300, 8, B)]);
    // Asked for before the write was answered: either may come first.
    holds_all::<AppliesAlone<1>>(ALONE, &[write(100, A), read(101, 7, B)]);
    // The write that was asked for last is the newest, wherever it took effect.
    holds_all::<AppliesAlone<1>>(ALONE, &[write(100, B), write(300, A), read(500, 7, A)]);
}
