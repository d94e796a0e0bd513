//! Who fails and who follows: rows A5, A9, A14, A16 and A17, among 2 to 31 peers.

use crate::cluster::*;

/// The longest election round: a winner that says nothing is waited for a winner timeout and a
/// third, and word of it takes a delay there and back. The first round, in which the leader is
/// found dead, is no longer.
const ROUND: Micros = millis(250);

/// How many fail, for a cluster of so many.
fn failures(nodes: u16) -> Vec<u16> {
    match nodes {
        0..=9 => (1..nodes).collect(),
        _ => vec![1, 2, nodes / 2, nodes - 2, nodes - 1],
    }
}

#[test]
fn a14_the_d_eldest_fail_together_and_the_next_leads_within_d_and_one_rounds() -> Told {
    for nodes in [2, 3, 4, 5, 6, 7, 9, 16, 31] {
        for dead in failures(nodes) {
            for seed in 0..if nodes > 9 { 2 } else { 20 } {
                let mut cluster = founded(nodes, seed)?;
                for node in 0..dead {
                    cluster.crash(NodeId(node))?;
                }
                cluster.run_for(ROUND * (u64::from(dead) + 1))?;
                let tell = || cluster.tell();
                assert!(
                    stable(&cluster),
                    "{dead} of {nodes}, seed {seed}\n{}",
                    tell()
                );
                assert_eq!(oldest(&cluster), Some(NodeId(dead)));
            }
        }
    }
    Ok(())
}

#[test]
fn a14_a_leader_that_leaves_is_succeeded_within_a_few_delays() -> Told {
    for nodes in 2..=31 {
        let mut cluster = founded(nodes, u64::from(nodes))?;
        cluster.leave(A)?;
        // A good-bye, a call where another hears it first, and a claim take a delay each.
        cluster.run_for(millis(25 * 3))?;
        assert!(stable(&cluster), "{nodes} peers\n{}", cluster.tell());
        assert_eq!(oldest(&cluster), Some(B));
        assert_eq!(count(&cluster, R::LeaderDead), 0);
        cluster.run_for(SECOND)?;
        assert_led_by(&cluster, B);
    }
    Ok(())
}

/// A17: whoever has not pinged for three intervals is marked dead, in every ledger.
#[test]
fn a17_several_followers_fail_at_once_and_are_struck_out_without_an_election() -> Told {
    for seed in 0..50 {
        let mut cluster = founded(7, seed)?;
        let calls = cluster.sent("election");
        let failed = [C, E, NodeId(6)];
        for node in failed {
            cluster.crash(node)?;
        }
        cluster.run_for(millis(100))?;
        assert_eq!(presumed(&cluster, A)?.len(), 7, "nobody is given up early");
        // A ping under way, three silent intervals, the tick that notices, and word of it.
        cluster.run_for(millis(200))?;
        for node in [A, B, D, NodeId(5)] {
            assert_eq!(presumed(&cluster, node)?, [A, B, D, NodeId(5)]);
        }
        assert_eq!(cluster.sent("election"), calls);
        assert_led_by(&cluster, A);
    }
    Ok(())
}

/// A pause keeps the age, a crash does not.
#[test]
fn a16_who_stood_still_leads_again_and_who_crashed_is_the_youngest() -> Told {
    for seed in 0..50 {
        let mut cluster = founded(4, seed)?;
        let age = cluster.inspect(A)?.ledger[0].joined;
        cluster.pause(A)?;
        cluster.run_for(SECOND)?;
        assert_eq!(cluster.leaders().collect::<Vec<_>>(), [B]);
        cluster.resume(A)?;
        cluster.run_for(SECOND * 2)?;
        assert_led_by(&cluster, A);
        assert_eq!(cluster.inspect(D)?.ledger[0].joined, age);
        cluster.crash(A)?;
        cluster.restart(A)?;
        cluster.run_for(SECOND)?;
        assert_led_by(&cluster, B);
        assert_eq!(presumed(&cluster, D)?, [B, C, D, A]);
    }
    Ok(())
}

/// A9: what the leader alone held dies with it, and the product counts it.
#[test]
fn a9_acknowledged_writes_die_with_their_leader_and_are_counted() -> Told {
    let mut cluster = founded(5, 1)?;
    for value in 1..=3 {
        let call = cluster.write(0, value, u64::from(value))?;
        cluster.expect_done(call, SECOND)?;
    }
    assert_eq!(cluster.measures().lost, 0);
    cluster.crash(A)?;
    cluster.run_for(SECOND)?;
    assert_led_by(&cluster, B);
    assert_eq!(cluster.measures().lost, 3);
    Ok(())
}

/// A8: secrets change all the time, messages overtake each other, and nobody is taken for dead.
#[test]
fn a8_rotations_in_flight_are_no_resurrection() -> Told {
    for rotation in [50, 60, 75, 130, 400] {
        let settings = AlmightySettings {
            secret_rotation: Some(millis(rotation)),
            ..AlmightySettings::default()
        };
        let mut cluster = founded_with(5, rotation, settings)?;
        let secret = cluster.inspect(A)?.secret;
        let everywhere = simulator::Links::ALL;
        let half = simulator::PerMillion::percent(50);
        cluster.change_links(everywhere, simulator::LinkChange::Reordering(half))?;
        cluster.run_for(SECOND * 10)?;
        assert_eq!(count(&cluster, R::LeaderResurrected), 0);
        assert!(count(&cluster, R::RotatesSecret) as u64 >= 12_000 / rotation - 10);
        assert_ne!(cluster.inspect(A)?.secret, secret);
        assert_eq!(cluster.leaders().collect::<Vec<_>>(), [A]);
    }
    Ok(())
}
