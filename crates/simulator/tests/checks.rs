//! The checks can catch: protocols that break one property each, and one that breaks none.
#![allow(missing_docs)]

mod toy;

#[macro_use]
#[path = "checks/trial.rs"]
mod trial;
#[path = "checks/age.rs"]
mod age;
#[path = "checks/answers.rs"]
mod answers;
#[path = "checks/calls.rs"]
mod calls;
#[path = "checks/ledgers.rs"]
mod ledgers;
#[path = "checks/logs.rs"]
mod logs;
#[path = "checks/terms.rs"]
mod terms;

use consensus::{Effect, Effects, Mandate, Micros, NodeId, Observation, SingleCommand};
use simulator::{
    Action, LinkChange, LinkSettings, Links, PerMillion, Promises, Property, SpanRange, Standing,
    World,
};
use toy::{Behaviour, Toy, command, follows, leads, play, toy};
use trial::{ALL, BY_AGE, broken, wake, world};

fn appended<B: Behaviour>(digest: u64, fx: &mut Effects<Toy<B>>) {
    fx.observe(Observation::Appended {
        index: 4,
        term: 2,
        digest,
    });
}

fn applied<B: Behaviour>(number: u8, fx: &mut Effects<Toy<B>>) {
    fx.push(Effect::Apply(SingleCommand {
        index: 6,
        command: command(number),
    }));
}

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
    ledgers::stands_by(toy, [1; 3], fx);
    if toy.me == NodeId(0) {
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
    let mut run = toy::<Right>(world(&ALL), &[]);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    assert!(run.now() > Micros::from_secs(4));
    let since = |property: Property| match property.needs_calm() {
        true => Micros::from_secs(1),
        false => Micros::ZERO,
    };
    let holds = ALL.map(|property| {
        (
            property,
            Standing::Holds {
                since: since(property),
            },
        )
    });
    assert!(run.checks(run.now()).into_iter().eq(holds));
}

#[track_caller]
fn waits(world: World, script: &[(u64, Action)]) {
    let mut run = toy::<TwoLeadForever>(world, script);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    let checks = run.checks(run.now());
    let waiting = checks.iter().filter(|(_, it)| *it == Standing::Waits);
    let waiting: Vec<Property> = waiting.map(|(property, _)| *property).collect();
    assert_eq!(waiting, [Property::OldestLeads, Property::LedgersAgree]);
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
    waits(world(&ALL), &[(500, cut)]);
    let loss = everywhere(LinkChange::Loss(PerMillion(1)));
    waits(world(&ALL), &[(500, loss)]);
    let slow = everywhere(LinkChange::Delay(SpanRange::millis(0, 51)));
    let world_of_50_ms = World {
        quiet_delay: Micros::from_millis(50),
        ..world(&ALL)
    };
    waits(world_of_50_ms.clone(), &[(500, slow)]);
    let slow_from_the_start = World {
        link: LinkSettings::sound(SpanRange::millis(0, 51)),
        ..world_of_50_ms
    };
    waits(slow_from_the_start, &[]);
    let big = World {
        quiet_per_node: Micros::from_secs(2),
        ..world(&ALL)
    };
    waits(big, &[]);
}

#[test]
fn a_cut_that_names_nobody_is_none() {
    let cut = Action::Cut(vec![Vec::new()]);
    let mut run = toy::<TwoLeadForever>(world(&ALL), &[(500, cut)]);
    play(&mut *run, 5_000);
    assert!(run.violation().is_some());
    assert!(run.view().sides.is_empty());
}

#[test]
fn a_measure_is_counted_from_the_first_time_on_and_stops_nothing() {
    let promises = Promises {
        guarantees: &[Property::LogMatching],
        measures: &[Property::StateMachineSafety, Property::ElectionSafety],
    };
    let measured = World {
        promises,
        ..world(&[])
    };
    let mut run = toy::<StateMachinesDiffer>(measured, &[]);
    play(&mut *run, 5_000);
    assert_eq!(run.violation(), None);
    assert!(run.now() > Micros::from_secs(4));
    let counted = |count, first| Standing::Counted { count, first };
    assert_eq!(
        run.checks(run.now()),
        [
            (
                Property::LogMatching,
                Standing::Holds {
                    since: Micros::ZERO
                }
            ),
            (Property::StateMachineSafety, counted(2, Some(Micros::ZERO))),
            (Property::ElectionSafety, counted(0, None)),
        ]
    );
    let first = run.first_break(Property::StateMachineSafety);
    let first = first.expect("it is remembered");
    assert_eq!((first.at, first.place), (Micros::ZERO, 6));
    assert_eq!(first.nodes, [NodeId(0), NodeId(1)]);
    assert_eq!(run.first_break(Property::ElectionSafety), None);
}

#[test]
fn a_violation_tells_everything_that_repeats_it() {
    let seeded = World {
        seed: 77,
        ..world(&ALL)
    };
    let mut run = toy::<AllClaimOneTerm>(seeded, &[]);
    play(&mut *run, 5_000);
    let violation = run.violation().expect("two leaders of one term");
    assert_eq!(violation.seed, 77);
    assert_eq!(
        violation.sentence(),
        "Election Safety (Raft §5.2) was broken by A and B at 0.000 s, term 1, with seed 77."
    );
}

#[test]
fn every_property_has_a_name_and_a_sentence_of_its_own() {
    for (place, property) in ALL.iter().enumerate() {
        let others = &ALL[place + 1..];
        assert!(others.iter().all(|it| it.name() != property.name()));
        assert!(others.iter().all(|it| it.sentence() != property.sentence()));
        assert!(property.sentence().ends_with('.') && !property.source().is_empty());
    }
}
