//! Whole networks: how they are founded, lose their host, are cut and meet again.

use crate::node::{R, T, Watercraft, WatercraftSettings};
use crate::weather::{ledgers_agree, oldest, stable};
use consensus::{Explain, Micros, NodeId};
use simulator::{Driver, DriverError, Property, SpanRange, What};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const C: NodeId = NodeId(2);
const D: NodeId = NodeId(3);
const E: NodeId = NodeId(4);
const SECOND: Micros = Micros::from_secs(1);

type Network = Driver<Watercraft>;

/// Five nodes that started together, after a second.
fn founded(seed: u64) -> Result<Network, DriverError> {
    let builder = Network::builder()
        .seed(seed)
        .nodes(5)
        .clients(1, Default::default());
    let mut network = builder
        .delay(SpanRange::millis(5, 30))
        .guarantees(&[Property::LastingIdentity])
        .build();
    network.run_for(SECOND)?;
    Ok(network)
}

fn numbers(network: &Network, node: NodeId) -> Vec<(NodeId, u64, bool)> {
    let rows = network.inspect(node).unwrap().ledger;
    rows.iter()
        .map(|row| (row.node, row.joined.0, row.alive))
        .collect()
}

fn rests(network: &Network) -> bool {
    stable(network) && ledgers_agree(network)
}

/// Whether these were decided one after the other.
fn in_order(network: &Network, rules: &[R]) -> bool {
    let mut story = network.story().iter();
    rules.iter().all(|rule| {
        story.any(|it| matches!(&it.what, What::Why(_, why) if why.rule.name == rule.name()))
    })
}

#[test]
fn founders_join_the_first_and_rest() -> Result<(), DriverError> {
    for seed in 0..50 {
        let mut network = founded(seed)?;
        assert!(
            rests(&network) && oldest(&network) == Some(A),
            "seed {seed}"
        );
        let story = [
            R::Founds,
            R::Contacts,
            R::Admits,
            R::TellsEveryone,
            R::Joined,
        ];
        assert!(in_order(&network, &story), "seed {seed}");
        let numbers: Vec<u64> = numbers(&network, C).iter().map(|it| it.1).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        let lists = network.sent("list");
        network.run_for(SECOND * 5)?;
        assert_eq!(network.sent("list"), lists, "seed {seed}");
    }
    Ok(())
}

/// W1: a newcomer that was given the id of a node that is not the host.
#[test]
fn w1_a_newcomer_finds_the_host_through_another_node() -> Result<(), DriverError> {
    for seed in 0..50 {
        let mut network = founded(seed)?;
        network.crash(A)?;
        network.run_for(SECOND)?;
        let host = oldest(&network).unwrap();
        network.join(NodeId(5))?;
        network.run_for(SECOND)?;
        assert!(
            rests(&network) && oldest(&network) == Some(host),
            "seed {seed}"
        );
        assert_eq!(numbers(&network, host).last(), Some(&(NodeId(5), 6, true)));
        let through_another = [R::ContactsNext, R::TellsWhoHosts, R::ContactsNamedHost];
        assert!(
            host == B || in_order(&network, &through_another),
            "seed {seed}"
        );
    }
    Ok(())
}

/// W6, W7: the eldest crash together; the next oldest hosts.
#[test]
fn w6_the_oldest_crash_together() -> Result<(), DriverError> {
    let patience = Micros::from_millis(250);
    for seed in 0..50 {
        for dead in 1..5 {
            let mut network = founded(seed)?;
            let order = numbers(&network, A);
            for (node, ..) in &order[..dead] {
                network.crash(*node)?;
            }
            network.run_for(patience * (dead as u64 + 1))?;
            assert!(stable(&network), "seed {seed}\n{}", network.tell());
            assert_eq!(oldest(&network), Some(order[dead].0));
            assert!(in_order(&network, &[R::HostUnreachable, R::BecomesHost]));
        }
    }
    Ok(())
}

/// W9: data dies with a host that crashes, and outlives one that leaves.
#[test]
fn w9_data_is_handed_over_on_a_clean_leave_only() -> Result<(), DriverError> {
    for (leaves, kept) in [(true, Some(7)), (false, None)] {
        let mut network = founded(1)?;
        let written = network.write(0, 1, 7)?;
        network.expect_done(written, SECOND)?;
        if leaves {
            network.leave(A)?;
            network.run_for(Micros::from_millis(40))?;
            assert!(in_order(
                &network,
                &[R::HandsOver, R::TakesOver, R::TakesOverData]
            ));
        } else {
            network.crash(A)?;
        }
        network.run_for(SECOND)?;
        assert!(rests(&network));
        let read = network.read(0, 1)?;
        assert_eq!(network.expect_done(read, SECOND * 3)?, kept);
    }
    Ok(())
}

/// W10: two sides of a cut have a host each; on healing the younger yields.
#[test]
fn w10_two_sides_meet_again() -> Result<(), DriverError> {
    for seed in 0..50 {
        let mut network = founded(seed)?;
        network.cut(&[&[A, B], &[C, D, E]])?;
        network.run_for(SECOND)?;
        assert_eq!(network.leaders().count(), 2, "seed {seed}");
        network.heal()?;
        network.run_for(SECOND)?;
        assert!(
            rests(&network) && oldest(&network) == Some(A),
            "seed {seed}"
        );
        let story = [R::CallsOutsider, R::YieldsToOlder, R::ListsMerged];
        assert!(in_order(&network, &story), "seed {seed}");
        let numbers: Vec<u64> = numbers(&network, A).iter().map(|it| it.1).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5], "nobody lost its age");
    }
    Ok(())
}

/// W10: what the younger host's side wrote is dropped.
#[test]
fn w10_networks_that_nobody_calls_never_meet() -> Result<(), DriverError> {
    let settings = WatercraftSettings {
        host_call_every: None,
        ..WatercraftSettings::default()
    };
    let builder = Network::builder().seed(3).nodes(5).settings(settings);
    let mut network = builder.delay(SpanRange::millis(5, 30)).build();
    network.run_for(SECOND)?;
    network.cut(&[&[A, B], &[C, D, E]])?;
    network.run_for(SECOND)?;
    network.heal()?;
    network.run_for(SECOND * 20)?;
    assert_eq!(network.leaders().count(), 2);
    Ok(())
}

/// W10: a pause is no crash.
#[test]
fn w10_a_paused_host_comes_back_as_the_host_and_a_crashed_one_does_not() -> Result<(), DriverError>
{
    for seed in 0..50 {
        for crash in [false, true] {
            let mut network = founded(seed)?;
            let next = numbers(&network, A)[1].0;
            if crash {
                network.crash(A)?
            } else {
                network.pause(A)?
            };
            network.run_for(SECOND)?;
            assert_eq!(network.leader(), Some(next));
            if crash {
                network.restart(A)?
            } else {
                network.resume(A)?
            };
            network.run_for(SECOND)?;
            assert!(rests(&network), "seed {seed}\n{}", network.tell());
            assert_eq!(oldest(&network), Some(if crash { next } else { A }));
            let order = numbers(&network, next);
            let own = order.iter().position(|(node, ..)| *node == A);
            assert_eq!(own, Some(if crash { 4 } else { 0 }), "{order:?}");
        }
    }
    Ok(())
}

/// W10: a host that is back before anybody missed it is found out by its first call.
#[test]
fn w10_a_host_that_is_back_at_once_hosts_no_more() -> Result<(), DriverError> {
    for seed in 0..50 {
        let mut network = founded(seed)?;
        network.crash(A)?;
        network.restart(A)?;
        network.run_for(Micros::from_millis(400))?;
        assert!(stable(&network), "seed {seed}\n{}", network.tell());
        assert_ne!(oldest(&network), Some(A));
        assert!(in_order(&network, &[R::HostCameBack, R::AdmitsAnew]));
    }
    Ok(())
}

/// The first member is dead from the start: one of the others founds, and all join it.
#[test]
fn w1_seekers_without_a_network_found_one() -> Result<(), DriverError> {
    for seed in 0..50 {
        let builder = Network::builder().seed(seed).nodes(5);
        let mut network = builder.delay(SpanRange::millis(5, 30)).build();
        network.crash(A)?;
        network.run_for(SECOND * 2)?;
        assert!(rests(&network), "seed {seed}\n{}", network.tell());
        assert_eq!(
            (oldest(&network), network.decisions(R::FoundsAlone).count()),
            (Some(B), 1)
        );
    }
    Ok(())
}

/// Timers are drawn as arcs: at most one of a node's runs that says how long it waits.
#[test]
fn at_most_one_patience_runs() -> Result<(), DriverError> {
    use consensus::TimerKind;
    let mut network = founded(2)?;
    network.crash(A)?;
    for _ in 0..200 {
        network.run_for(Micros::from_millis(5))?;
        for node in network.running().collect::<Vec<_>>() {
            let patience = network
                .timers(node)?
                .filter(|(timer, ..)| timer.is_patience())
                .count();
            let hosts = network.leader() == Some(node);
            assert_eq!(patience, usize::from(!hosts), "{node}");
        }
    }
    assert_eq!(
        [T::Contact, T::Silence, T::Round].map(T::name),
        ["contact", "silence", "round"]
    );
    Ok(())
}
