//! The checks can catch: protocols that break one property each, and one that breaks none.
#![allow(missing_docs)]

mod toy;

use consensus::{Effect, Effects, Input, Mandate, Micros, NodeId, Now, Observation};
use simulator::{
    Action, LinkChange, LinkSettings, Links, PerMillion, Property, SpanRange, Standing, Violation,
    World,
};
use toy::{Behaviour, Toy, command, follows, leads, play, toy};

const ALL: &[Property] = &[
    Property::ElectionSafety,
    Property::LogMatching,
    Property::StateMachineSafety,
    Property::OldestLeads,
];

fn world(guarantees: &'static [Property]) -> World {
    World {
        nodes: 3,
        quiet: Micros::from_secs(1),
        guarantees,
        ..World::default()
    }
}

fn broken<B: Behaviour>(property: Property) -> Violation {
    let mut run = toy::<B>(world(ALL), &[]);
    let story = play(&mut *run, 5_000);
    let violation = run.violation().cloned().expect("it is caught");
    assert_eq!(violation.property, property, "{violation:?}");
    assert_eq!((violation.at, violation.event), (run.now(), run.events()));
    assert!(run.next_event().is_none(), "the run stands still");
    assert!(!run.step(&mut Vec::new()));
    assert_eq!(
        story.last().map(|it| &it.what),
        Some(&simulator::What::Violated(violation.clone()))
    );
    assert!(
        run.checks(run.now())
            .contains(&(property, Standing::Broken))
    );

    let mut unpromised = toy::<B>(world(&[]), &[]);
    play(&mut *unpromised, 5_000);
    assert_eq!(unpromised.violation(), None, "nobody promised it");
    violation
}

fn joins<B: Behaviour>(toy: &Toy<B>, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Identified {
        incarnation: consensus::Incarnation(1),
        joined: Micros(u64::from(toy.me.0)),
    });
}

/// Wakes again and again, so that the run has steps to be looked at.
fn wake<B: Behaviour>(fx: &mut Effects<Toy<B>>) {
    fx.arm(toy::Clock(0), Micros::from_millis(50));
}

macro_rules! behaviour {
    ($name:ident, |$toy:ident, $fx:ident| $start:block) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        struct $name;
        impl Behaviour for $name {
            fn step(
                $toy: &mut Toy<Self>,
                _: Now,
                input: Input<Toy<Self>>,
                $fx: &mut Effects<Toy<Self>>,
            ) {
                wake($fx);
                if input == Input::Start {
                    joins($toy, $fx);
                    $start
                }
            }
        }
    };
}

fn appended<B: Behaviour>(digest: u64, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Appended {
        index: 4,
        term: 2,
        digest,
    });
}

fn applied<B: Behaviour>(number: u8, fx: &mut Effects<Toy<B>>) {
    fx.push(Effect::Apply {
        index: 6,
        command: command(number),
    });
}

const BY_AGE: Mandate = Mandate::Election {
    at: Micros(9),
    caller: NodeId(0),
};

behaviour!(AllClaimOneTerm, |toy, fx| {
    leads(toy, Mandate::Term(1), fx);
});
behaviour!(LogsDiffer, |toy, fx| {
    appended(u64::from(toy.me.0), fx);
});
behaviour!(StateMachinesDiffer, |toy, fx| {
    applied(toy.me.0 as u8, fx);
});
behaviour!(TwoLeadForever, |toy, fx| {
    let leader = NodeId(toy.me.0 / 2 * 2);
    follows(leader, BY_AGE, fx);
    if leader == toy.me {
        leads(toy, BY_AGE, fx);
    }
});
behaviour!(TheYoungestLeads, |toy, fx| {
    follows(NodeId(2), BY_AGE, fx);
    if toy.me == NodeId(2) {
        leads(toy, BY_AGE, fx);
    }
});
behaviour!(NobodyLeads, |_toy, fx| {
    fx.clear();
    wake(fx);
});
behaviour!(Right, |toy, fx| {
    appended(1, fx);
    applied(1, fx);
    follows(NodeId(0), BY_AGE, fx);
    if toy.me == NodeId(0) {
        leads(toy, BY_AGE, fx);
        leads(toy, Mandate::Term(1), fx);
    }
    if toy.me == NodeId(1) {
        leads(toy, Mandate::Term(2), fx);
        fx.observe(Observation::Role {
            role: consensus::Role::Follower,
            mandate: Mandate::Term(2),
        });
        follows(NodeId(0), BY_AGE, fx);
    }
});

#[test]
fn two_leaders_of_one_term_break_election_safety_at_once() {
    let violation = broken::<AllClaimOneTerm>(Property::ElectionSafety);
    assert_eq!(violation.nodes, [NodeId(0), NodeId(1)]);
    assert_eq!((violation.place, violation.event), (1, 2));
}

#[test]
fn logs_that_differ_below_one_entry_break_log_matching() {
    let violation = broken::<LogsDiffer>(Property::LogMatching);
    assert_eq!(violation.nodes, [NodeId(0), NodeId(1)]);
    assert_eq!(violation.place, 4);
}

#[test]
fn different_commands_at_one_position_break_state_machine_safety() {
    let violation = broken::<StateMachinesDiffer>(Property::StateMachineSafety);
    assert_eq!(violation.nodes, [NodeId(0), NodeId(1)]);
    assert_eq!(violation.place, 6);
}

#[test]
fn who_leads_beside_or_before_the_oldest_breaks_the_rule_of_age_once_it_is_quiet() {
    for violation in [
        broken::<TwoLeadForever>(Property::OldestLeads),
        broken::<TheYoungestLeads>(Property::OldestLeads),
        broken::<NobodyLeads>(Property::OldestLeads),
    ] {
        assert!(violation.at >= Micros::from_secs(1), "{violation:?}");
        assert!(violation.at < Micros::from_millis(1_100), "{violation:?}");
    }
}

#[test]
fn who_breaks_nothing_is_not_stopped() {
    let mut run = toy::<Right>(world(ALL), &[]);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    assert!(run.now() > Micros::from_secs(4));
    let holds = ALL.iter().map(|property| (*property, Standing::Holds));
    assert!(run.checks(run.now()).into_iter().eq(holds));
}

#[track_caller]
fn waits(world: World, script: &[(u64, Action)]) {
    let mut run = toy::<TwoLeadForever>(world, script);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    assert_eq!(run.checks(run.now())[3].1, Standing::Waits);
}

fn everywhere(change: LinkChange) -> Action {
    Action::Link {
        links: Links::ALL,
        change,
    }
}

#[test]
fn rough_water_excuses_two_leaders() {
    let cut = Action::Cut(vec![vec![NodeId(2)]]);
    waits(world(ALL), &[(500, cut)]);
    let loss = everywhere(LinkChange::Loss(PerMillion(1)));
    waits(world(ALL), &[(500, loss)]);
    let slow = everywhere(LinkChange::Delay(SpanRange::millis(0, 51)));
    let world_of_50_ms = World {
        quiet_delay: Micros::from_millis(50),
        ..world(ALL)
    };
    waits(world_of_50_ms.clone(), &[(500, slow)]);
    let slow_from_the_start = World {
        link: LinkSettings::sound(SpanRange::millis(0, 51)),
        ..world_of_50_ms
    };
    waits(slow_from_the_start, &[]);
    let big = World {
        quiet_per_node: Micros::from_secs(2),
        ..world(ALL)
    };
    waits(big, &[]);
}

#[test]
fn a_cut_that_names_nobody_is_none() {
    let cut = Action::Cut(vec![Vec::new()]);
    let mut run = toy::<TwoLeadForever>(world(ALL), &[(500, cut)]);
    play(&mut *run, 5_000);
    assert!(run.violation().is_some());
    assert!(run.view().sides.is_empty());
}
