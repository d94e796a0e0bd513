//! What clients are told: answers that an order of the calls explains, writes that are committed.

use crate::calls::{read, write};
use crate::toy::{Behaviour, Toy, entries, play, snapshot, toy};
use crate::trial::{A, B, C, appended, broken_of, committed, holds_all, persists, wake, world};
use consensus::{
    Answer, Call, Effect, Effects, Input, Now, Observation, Operation, Output, SingleCommand,
};
use simulator::linearizability::Limit;
use simulator::{Action, Promises, Property, Standing, Target, World};

const EXPLAINED: &[Property] = &[Property::NoStaleRead, Property::Linearizable];
const COMMITTED: &[Property] = &[Property::NoAcknowledgedWriteLost];

/// Answers no write, and says of the first so many reads that they find the value 5; of all others,
/// that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct FindsFive<const READS: u64>;

impl<const READS: u64> Behaviour for FindsFive<READS> {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        wake(fx);
        let Input::Call(Call { operation, command }) = input else {
            return;
        };
        if operation == Operation::Read {
            toy.written += 1;
            // The value that a register's node would send.
            let found: &[u8] = if toy.written <= READS { &[1, 5] } else { &[0] };
            let answer = Answer::Done(Output::new(found));
            let call = command.call;
            fx.push(Effect::Answer { call, answer });
        }
    }
}

fn write_of_five(at: u64) -> (u64, Action) {
    let (_, write) = write(5, B);
    (at, write)
}

#[test]
fn answers_that_no_order_explains_are_caught() {
    let back = [write_of_five(100), read(200, 7, A), read(300, 7, A)];
    let violation = broken_of::<FindsFive<1>>(EXPLAINED, Property::Linearizable, &back);
    assert_eq!((&*violation.nodes, violation.place), (&[A][..], 7));
    let unwritten = [read(200, 7, A)];
    broken_of::<FindsFive<1>>(EXPLAINED, Property::Linearizable, &unwritten);
}

#[test]
fn answers_that_some_order_explains_hold() {
    // The write may have taken effect between the reads.
    holds_all::<FindsFive<0>>(EXPLAINED, &[write_of_five(100), read(200, 7, A)]);
    let forth = [write_of_five(100), read(200, 7, A), read(300, 7, A)];
    holds_all::<FindsFive<2>>(EXPLAINED, &forth);
    // Both open at once: the first answer may be the later one's.
    let together = [write_of_five(100), read(200, 7, A), read(201, 7, A)];
    holds_all::<FindsFive<1>>(EXPLAINED, &together);
    // Another key.
    let elsewhere = [write_of_five(100), read(200, 7, A), read(300, 8, A)];
    holds_all::<FindsFive<1>>(EXPLAINED, &elsewhere);
}

/// Answers a write when it has applied it, committed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Acknowledges<const COMMITS: bool>;

impl<const COMMITS: bool> Behaviour for Acknowledges<COMMITS> {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        wake(fx);
        let Input::Call(Call { command, .. }) = input else {
            return;
        };
        if COMMITS {
            committed(1, 3, fx);
        }
        let (call, answer) = (command.call, Answer::Done(Output::EMPTY));
        fx.push(Effect::Apply(SingleCommand { index: 3, command }));
        fx.push(Effect::Answer { call, answer });
    }
}

#[test]
fn a_write_that_is_acknowledged_and_not_committed_is_caught() {
    let asked = [write(100, B)];
    let lost = Property::NoAcknowledgedWriteLost;
    let violation = broken_of::<Acknowledges<false>>(COMMITTED, lost, &asked);
    assert_eq!((&*violation.nodes, violation.place), (&[B][..], 3));
    holds_all::<Acknowledges<true>>(COMMITTED, &asked);
    holds_all::<Acknowledges<false>>(COMMITTED, &[read(100, 7, B)]);
}

/// Commits so many entries, and lets all but the last few of them go. Answers a write when it has
/// applied it at this position, or at once where that is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Compacts<const INDEX: u64>;

const ENTRIES: u8 = 70;
const COMPACTED: u8 = 64;

impl<const INDEX: u64> Behaviour for Compacts<INDEX> {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        wake(fx);
        match input {
            Input::Start => {
                for index in 1..=ENTRIES {
                    appended(1, index, fx);
                    committed(1, index, fx);
                }
                persists(fx, &[entries(1, 0, ENTRIES), snapshot(1, COMPACTED)]);
                let index = u64::from(COMPACTED);
                fx.observe(Observation::Compacted { index });
            }
            Input::Call(Call { command, .. }) => {
                let (call, answer) = (command.call, Answer::Done(Output::EMPTY));
                if INDEX > 0 {
                    let index = INDEX;
                    fx.push(Effect::Apply(SingleCommand { index, command }));
                }
                fx.push(Effect::Answer { call, answer });
            }
            _ => {}
        }
    }
}

#[test]
fn a_write_that_nobody_applied_is_caught_though_logs_are_compacted() {
    let lost = Property::NoAcknowledgedWriteLost;
    let violation = broken_of::<Compacts<0>>(COMMITTED, lost, &[write(1_000, B)]);
    assert_eq!((&*violation.nodes, violation.place), (&[B][..], 0));
    let violation = broken_of::<Compacts<71>>(COMMITTED, lost, &[write(1_000, B)]);
    assert_eq!(violation.place, 71);
}

#[test]
fn what_was_committed_and_compacted_stays_so_when_a_disk_is_wiped() {
    let stopped = (800, Action::Stop(Target::Node(C)));
    let wiped = [stopped, (900, Action::Wipe(C)), write(1_000, B)];
    for asked in [&wiped[2..], &wiped] {
        holds_all::<Compacts<3>>(COMMITTED, asked);
        holds_all::<Compacts<69>>(COMMITTED, asked);
    }
    let lost = Property::NoAcknowledgedWriteLost;
    broken_of::<Compacts<71>>(COMMITTED, lost, &wiped);
}

/// More clients than are judged write a key at once, and then what no order explains is read of it
/// and, where that is asked for, of another.
fn beyond_what_is_judged(promises: Promises, other: bool) -> Vec<(Property, Standing)> {
    let world = World {
        clients: Limit::OPEN_CALLS + 2,
        promises,
        ..world(&[])
    };
    let writes = (1..=Limit::OPEN_CALLS + 1).map(|client| {
        let (key, value, to) = (7, 3, Some(B));
        let write = Action::Write {
            client,
            key,
            value,
            to,
        };
        (100, write)
    });
    let mut script: Vec<(u64, Action)> = writes.collect();
    script.push(read(200, 7, A));
    script.extend(other.then(|| read(300, 8, A)));
    let mut run = toy::<FindsFive<9>>(world, &script);
    play(&mut *run, 1_000);
    run.checks(run.now())
}

#[test]
fn a_key_that_is_judged_no_more_is_told() {
    const LINEARIZABLE: Property = Property::Linearizable;
    let undecided = [(LINEARIZABLE, Standing::Undecided { keys: 1 })];
    let guaranteed = Promises {
        guarantees: &[LINEARIZABLE],
        measures: &[],
    };
    let measured = Promises {
        guarantees: &[],
        measures: &[LINEARIZABLE],
    };
    assert_eq!(beyond_what_is_judged(guaranteed, false), undecided);
    assert_eq!(beyond_what_is_judged(measured, false), undecided);
    // Other keys are judged on.
    let broken = beyond_what_is_judged(guaranteed, true);
    assert!(matches!(broken[0].1, Standing::Broken { .. }), "{broken:?}");
    let counted = beyond_what_is_judged(measured, true);
    assert!(matches!(counted[0].1, Standing::Counted { count: 1, .. }));
}
