//! What a node does in a trial, and what the checks say to it.

use crate::toy::{self, Behaviour, Toy, play, toy};
use consensus::{Effect, Effects, Mandate, Micros, NodeId, Observation, Token};
use simulator::{Action, Promises, Property, Standing, Target, Violation, World};

pub(crate) const A: NodeId = NodeId(0);
pub(crate) const B: NodeId = NodeId(1);
pub(crate) const C: NodeId = NodeId(2);

pub(crate) const ALL: [Property; 18] = Property::ALL;
/// All but those that wait for calm water, and need somebody to lead in it.
const STEADY: &[Property] = ALL.split_at(16).0;

pub(crate) const BY_AGE: Mandate = Mandate::Election {
    at: Micros(9),
    caller: A,
};

pub(crate) fn world(guarantees: &'static [Property]) -> World {
    World {
        nodes: 3,
        quiet: Micros::from_secs(1),
        promises: Promises {
            guarantees,
            measures: &[],
        },
        ..World::default()
    }
}

pub(crate) fn broken<B: Behaviour>(property: Property) -> Violation {
    broken_by::<B>(property, &[])
}

/// A crash of A between 300 and 400 ms.
pub(crate) fn crash() -> [(u64, Action); 2] {
    [
        (300, Action::Stop(Target::Node(A))),
        (400, Action::Start(Target::Node(A))),
    ]
}

pub(crate) fn broken_by<B: Behaviour>(property: Property, script: &[(u64, Action)]) -> Violation {
    broken_of::<B>(&ALL, property, script)
}

/// The property breaks, the first of those that are promised.
pub(crate) fn broken_of<B: Behaviour>(
    promised: &'static [Property],
    property: Property,
    script: &[(u64, Action)],
) -> Violation {
    let mut run = toy::<B>(world(promised), script);
    let story = play(&mut *run, 5_000);
    let violation = run.violation().cloned().expect("it is caught");
    assert_eq!(violation.property, property, "{violation:?}");
    assert_eq!((violation.at, violation.event), (run.now(), run.events()));
    assert_eq!(run.first_break(property), Some(&violation));
    assert!(run.next_event().is_none(), "the run stands still");
    assert!(!run.step(&mut Vec::new()));
    assert_eq!(
        story.last().map(|it| &it.what),
        Some(&simulator::What::Violated(violation.clone()))
    );
    assert!(run.checks(run.now()).contains(&(
        property,
        Standing::Broken {
            at: violation.at,
            event: violation.event
        }
    )));

    let mut unpromised = toy::<B>(world(&[]), script);
    play(&mut *unpromised, 5_000);
    assert_eq!(unpromised.violation(), None, "nobody promised it");
    violation
}

/// No property breaks but perhaps that of age, for which nobody leads.
pub(crate) fn holds<B: Behaviour>(script: &[(u64, Action)]) {
    holds_all::<B>(STEADY, script);
}

/// None of these properties breaks.
pub(crate) fn holds_all<B: Behaviour>(promised: &'static [Property], script: &[(u64, Action)]) {
    let mut run = toy::<B>(world(promised), script);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    assert!(run.now() > Micros::from_secs(4));
}

pub(crate) fn joins<B: Behaviour>(toy: &Toy<B>, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Identified {
        incarnation: consensus::Incarnation(1),
        joined: Micros(u64::from(toy.me.0)),
    });
}

/// Wakes again and again, so that the run has steps to be looked at.
pub(crate) fn wake<B: Behaviour>(fx: &mut Effects<Toy<B>>) {
    fx.arm(toy::Clock(0), Micros::from_millis(50));
}

/// Asks for these writes, one after the other.
pub(crate) fn persists<B: Behaviour>(fx: &mut Effects<Toy<B>>, writes: &[u64]) {
    for (write, token) in writes.iter().zip(1..) {
        fx.push(Effect::Persist {
            token: Token(token),
            write: *write,
        });
    }
}

pub(crate) fn appended<B: Behaviour>(term: u8, index: u8, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Appended {
        index: u64::from(index),
        term: u64::from(term),
        digest: toy::digest(term, index),
    });
}

pub(crate) fn committed<B: Behaviour>(term: u8, index: u8, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Committed {
        index: u64::from(index),
        term: u64::from(term),
        digest: toy::digest(term, index),
    });
}

/// What nodes do when they start, and once more a little later in each life.
macro_rules! behaviour {
    ($name:ident, |$toy:ident, $fx:ident| $start:block) => {
        behaviour!(
            $name,
            |$toy, now, $fx| {
                let _ = now;
                $crate::trial::joins($toy, $fx);
                $start
            },
            {}
        );
    };
    ($name:ident, |$toy:ident, $now:ident, $fx:ident| $start:block, $later:block) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        struct $name;
        impl $crate::toy::Behaviour for $name {
            fn step(
                $toy: &mut $crate::toy::Toy<Self>,
                $now: consensus::Now,
                input: consensus::Input<$crate::toy::Toy<Self>>,
                $fx: &mut consensus::Effects<$crate::toy::Toy<Self>>,
            ) {
                $crate::trial::wake($fx);
                match input {
                    consensus::Input::Start => $start,
                    consensus::Input::Timer(_) if $toy.asked.is_empty() => {
                        $toy.asked.push(0);
                        $later
                    }
                    _ => {}
                }
            }
        }
    };
}
