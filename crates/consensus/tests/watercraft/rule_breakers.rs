//! Nodes that break one rule each, and what comes of it: the rules are there for a reason.

use crate::node::*;
use crate::weather::ledgers_agree;
use consensus::watercraft::Mutant;
use simulator::{Driver, DriverError, Property, SpanRange};
use std::collections::BTreeSet;

const SECOND: Micros = Micros::from_secs(1);

type Network = Driver<Watercraft>;

fn settings(mutant: Option<Mutant>) -> WatercraftSettings {
    WatercraftSettings {
        mutant,
        ..WatercraftSettings::default()
    }
}

/// Three nodes, all of which break this rule.
fn network(mutant: Option<Mutant>) -> Result<Network, DriverError> {
    let builder = Network::builder()
        .seed(1)
        .nodes(3)
        .settings(settings(mutant));
    let mut network = builder
        .delay(SpanRange::millis(5, 30))
        .clients(2, Default::default())
        .guarantees(&[Property::OldestLeads])
        .quiet(SECOND * 3, Micros::ZERO)
        .build();
    network.run_for(SECOND)?;
    Ok(network)
}

fn usurped(end: Result<(), DriverError>) -> bool {
    matches!(end, Err(DriverError::Violated(it)) if it.property == Property::OldestLeads)
}

/// What comes of a mutant, and that nothing comes of none.
fn only(mutant: Mutant, breaks: impl Fn(Option<Mutant>) -> Result<bool, DriverError>) {
    assert_eq!(breaks(None), Ok(false));
    assert_eq!(breaks(Some(mutant)), Ok(true));
}

#[test]
fn lists_differ_where_removals_are_not_told() {
    only(Mutant::RemovalsUntold, |mutant| {
        let mut network = network(mutant)?;
        network.crash(NodeId(C))?;
        network.run_for(SECOND)?;
        Ok(!ledgers_agree(&network))
    });
}

#[test]
fn two_host_for_good_where_the_younger_does_not_yield() {
    only(Mutant::YoungerKeepsHosting, |mutant| {
        let mut network = network(mutant)?;
        network.cut(&[&[NodeId(A)], &[NodeId(B), NodeId(C)]])?;
        network.run_for(SECOND)?;
        network.heal()?;
        Ok(usurped(network.run_for(SECOND * 5)))
    });
}

#[test]
fn nobody_hosts_where_a_dead_elder_is_kept() {
    only(Mutant::DeadElderKept, |mutant| {
        let mut network = network(mutant)?;
        network.crash(NodeId(A))?;
        Ok(usurped(network.run_for(SECOND * 5)))
    });
}

#[test]
fn a_crash_costs_no_age_where_the_number_outlives_it() {
    only(Mutant::NumberOutlivesCrash, |mutant| {
        let mut network = network(mutant)?;
        network.crash(NodeId(B))?;
        network.run_for(SECOND)?;
        network.restart(NodeId(B))?;
        network.run_for(SECOND)?;
        let order = network.inspect(NodeId(A))?.ledger;
        Ok(order.last().map(|row| row.node) != Some(NodeId(B)))
    });
}

#[test]
fn clients_read_different_data_where_everybody_serves() {
    only(Mutant::EverybodyServes, |mutant| {
        let mut network = network(mutant)?;
        let mut values = BTreeSet::new();
        for (node, value) in [(A, 5), (C, 6)] {
            let written = network.write_to(NodeId(node), 0, 1, value)?;
            network.run_for(SECOND)?;
            if network.expect_done(written, SECOND).is_ok() {
                values.insert(network.value(NodeId(node), 1)?);
            }
        }
        Ok(values.len() > 1)
    });
}

#[test]
fn nobody_calls_whom_the_other_removed_where_lists_are_not_merged() {
    only(Mutant::ListNotMerged, |mutant| {
        let mut a = Node::boot(A, 1, &[A, B], settings(mutant));
        a.give(Input::Start);
        let list = list(&[(C, 3, Alive), (D, 2, Removed)]);
        let version = version(4, C, 1);
        a.hear(C, M::Yield { version, list });
        let called = (0..20).flat_map(|_| kinds(&a.fire(T::Round)));
        Ok(!called.collect::<Vec<_>>().contains(&(D, "host call")))
    });
}

#[test]
fn every_rule_breaker_has_a_name_of_its_own() {
    let names: BTreeSet<_> = Mutant::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), Mutant::ALL.len());
}
