//! The search for every order of events: it leaves none out, counts no state twice, and tells what
//! it finds. The numbers are counted by hand.
#![allow(missing_docs)]

mod toy;

use consensus::{Effects, Input, Mandate, Micros, NodeId, Now};
use simulator::{Bounds, Exploration, Explorer, Promises, Property, World};
use toy::{Behaviour, Clock, Talk, Toy, leads, says};

const A: NodeId = NodeId(0);
const ALONE: Bounds = Bounds {
    depth: 10,
    crashes: 0,
    joins: 0,
    cuts: 0,
    calm: false,
};

/// Three nodes, explored from the moment at which they have booted.
fn explore<B: Behaviour>(bounds: Bounds) -> Exploration {
    let world = World {
        nodes: 3,
        promises: Promises {
            guarantees: &[Property::ElectionSafety],
            measures: &[],
        },
        ..World::default()
    };
    Explorer::<Toy<B>>::new(world, (), Micros::ZERO, bounds).explore()
}

fn once<B: Behaviour>(toy: &mut Toy<B>, input: &Input<Toy<B>>, fx: &mut Effects<Toy<B>>) -> bool {
    match input {
        Input::Start => {
            fx.arm(Clock(0), Micros::from_millis(10 + u64::from(toy.me.0)));
            false
        }
        Input::Timer(_) => {
            toy.written += 1;
            true
        }
        _ => false,
    }
}

/// Each node waits for a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Waits;

impl Behaviour for Waits {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        once(toy, &input, fx);
    }
}

#[test]
fn timers_fire_in_every_order_whenever_they_are_due() {
    let explored = explore::<Waits>(ALONE);
    // Each subset of the three may have fired, and leads on by each that has not.
    assert_eq!(explored.states[..4], [1, 3, 3, 1]);
    assert_eq!(explored.found(), 8);
    assert_eq!(explored.transitions[..5], [0, 3, 3 * 2, 3, 0]);
    assert_eq!(explored.followed(), 12);
}

#[test]
fn nothing_is_followed_beyond_the_depth() {
    let explored = explore::<Waits>(Bounds { depth: 2, ..ALONE });
    assert_eq!(explored.states, [1, 3, 3]);
    assert_eq!(explored.transitions, [0, 3, 3 * 2]);
}

/// The two younger nodes write to A, which remembers the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Writes;

impl Behaviour for Writes {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        if toy.me != A && once(toy, &input, fx) {
            fx.send(A, Talk(None));
        }
        if let Input::Receive(envelope) = input {
            toy.asked.push(u64::from(envelope.sender.0));
            says(u64::from(envelope.incarnation.0), fx);
        }
    }
}

#[test]
fn messages_arrive_in_every_order() {
    let explored = explore::<Writes>(ALONE);
    // Each letter is not sent, on its way, or there; where both are there, in either order.
    assert_eq!(explored.states[..5], [1, 2, 3, 2, 2]);
    assert_eq!(explored.found(), 3 * 3 + 1);
    assert_eq!(explored.followed(), 12);
    assert_eq!(explored.decided.get("says"), Some(&6));
}

/// A tells B something, or does not, and forgets which; B forgets it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Forgets;

impl Behaviour for Forgets {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        let clocks = [Clock(0), Clock(1)];
        match input {
            Input::Start if toy.me == A => {
                clocks
                    .into_iter()
                    .for_each(|it| fx.arm(it, Micros::from_millis(10)));
            }
            Input::Timer(clock) => {
                clocks.into_iter().for_each(|it| fx.disarm(it));
                if clock == Clock(0) {
                    fx.send(NodeId(1), Talk(None));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn a_message_on_its_way_makes_a_state_of_its_own_and_the_way_there_does_not() {
    let explored = explore::<Forgets>(ALONE);
    // Once the message is there, all is as if it had never been sent.
    assert_eq!(explored.states[..3], [1, 2, 0]);
    assert_eq!(explored.transitions[..3], [0, 2, 1]);
}

/// Nodes that do nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Idles;

impl Behaviour for Idles {
    fn step(_: &mut Toy<Self>, _: Now, _: Input<Toy<Self>>, _: &mut Effects<Toy<Self>>) {}
}

#[test]
fn a_crash_a_join_and_a_cut_come_in_every_order_and_to_everybody() {
    let one = |crashes, joins, cuts| Bounds {
        crashes,
        joins,
        cuts,
        ..ALONE
    };
    assert_eq!(explore::<Idles>(one(1, 0, 0)).states[..3], [1, 3, 0]);
    assert_eq!(explore::<Idles>(one(0, 1, 0)).states[..3], [1, 1, 0]);
    // Cut in three ways, then healed.
    assert_eq!(explore::<Idles>(one(0, 0, 1)).states[..4], [1, 3, 1, 0]);
    // Nothing; one of three is down, or back; D is there, and none or one of four is down.
    assert_eq!(explore::<Idles>(one(1, 1, 0)).found(), 1 + 3 + 3 + 1 + 4);
    // Of three nodes any can be alone; of four, any or any two. Before the cut or after it, all is
    // whole.
    let explored = explore::<Idles>(one(1, 1, 1));
    assert_eq!(explored.found(), (1 + 3 + 3) * (3 + 2) + (1 + 4) * (7 + 2));
    assert_eq!(explored.counterexample, None);
}

#[test]
fn what_was_sent_to_a_node_that_crashed_waits_for_its_return() {
    let gone = Bounds {
        crashes: 1,
        ..ALONE
    };
    let back = Bounds { joins: 1, ..gone };
    let [gone, back] = [gone, back].map(explore::<Writes>);
    let heard = |explored: &Exploration| explored.decided.get("says").copied();
    assert!(heard(&back) > heard(&gone), "{back:?}\n{gone:?}");
}

/// A node leads when its timer fires, whoever leads already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Leads;

impl Behaviour for Leads {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        if once(toy, &input, fx) {
            leads(toy, Mandate::Term(1), fx);
        }
    }
}

#[test]
fn what_breaks_a_guarantee_is_found_in_the_fewest_events_and_told() {
    let explored = explore::<Leads>(Bounds {
        crashes: 1,
        ..ALONE
    });
    let example = explored.counterexample.expect("two lead in one term");
    assert_eq!(example.violation.property, Property::ElectionSafety);
    assert_eq!(
        example.to_string(),
        "1. A: the clock timer fires
2. B: the clock timer fires
   Election Safety (Raft §5.2) was broken by A and B at 0.000 s, term 1, with seed 1.
"
    );
}

#[test]
fn a_calm_is_in_due_time_and_checked() {
    let calm = Bounds {
        depth: 1,
        calm: true,
        ..ALONE
    };
    let explored = explore::<Leads>(calm);
    let example = explored
        .counterexample
        .expect("all timers fire in the calm");
    assert!(example.steps.is_empty());
    assert!(
        example
            .to_string()
            .starts_with("Then it is calm.\n   Election Safety")
    );
    // Nothing ever happens in it, so that nobody looks.
    assert_eq!(explore::<Idles>(calm).calmed, 0);
}
