//! Whose clock says how old a peer is (A1): a newcomer whose clock is behind usurps, unless the
//! leader stamps.

use crate::peer::{D, M, by_leader, claim, hear, id, ledger, peer_with, said, sends};
use consensus::almighty::AlmightyTimer as Timer;
use consensus::almighty::{
    Almighty, AlmightyRule as R, AlmightySettings, IdentityStamp, Standing::Alive,
};
use consensus::{Micros, NodeId};
use simulator::{ClockSettings, Driver, DriverError};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const NEWCOMER: NodeId = NodeId(3);
const SECOND: Micros = Micros::from_secs(1);

/// Three peers after a second, and a fourth to come whose clock is a minute behind.
fn founded(seed: u64, stamp: IdentityStamp) -> Result<Driver<Almighty>, DriverError> {
    let behind = ClockSettings {
        offset: -60_000_000,
        drift: 0,
    };
    let settings = AlmightySettings {
        stamp,
        ..AlmightySettings::default()
    };
    let builder = Driver::<Almighty>::builder().nodes(3).seed(seed);
    let mut cluster = builder.settings(settings).clock(NEWCOMER, behind).build();
    cluster.run_for(SECOND)?;
    Ok(cluster)
}

fn leads_for_all(cluster: &Driver<Almighty>, leader: NodeId) -> bool {
    cluster.leaders().eq([leader])
        && cluster
            .running()
            .all(|node| cluster.believed_leader(node) == Ok(Some(leader)))
}

#[test]
fn a1_a_newcomer_with_a_slow_clock_usurps_where_joiners_stamp_themselves() -> Result<(), DriverError>
{
    for seed in 0..50 {
        let mut cluster = founded(seed, IdentityStamp::Joiner)?;
        let call = cluster.write(0, 1, 42)?;
        cluster.expect_done(call, SECOND)?;
        assert_eq!(cluster.leader(), Some(A));
        cluster.join(NEWCOMER)?;
        cluster.run_for(SECOND)?;
        assert!(leads_for_all(&cluster, NEWCOMER), "{}", cluster.tell());
        // What the old leader held is gone with its reign (A9).
        assert_eq!(cluster.value(NEWCOMER, 1)?, None);
        assert_eq!(cluster.value(A, 1)?, None);
    }
    Ok(())
}

#[test]
fn a1_it_does_not_where_the_leader_stamps() -> Result<(), DriverError> {
    for seed in 0..50 {
        let mut cluster = founded(seed, IdentityStamp::Leader)?;
        let leader = cluster.expect_leader(SECOND)?;
        let calls = cluster.sent("election");
        cluster.join(NEWCOMER)?;
        cluster.run_for(SECOND)?;
        assert!(leads_for_all(&cluster, leader), "{}", cluster.tell());
        assert_eq!(cluster.sent("election"), calls, "nobody had to elect");
        let youngest = cluster.inspect(leader)?.ledger.last().map(|row| row.node);
        assert_eq!(youngest, Some(NEWCOMER));
    }
    Ok(())
}

/// Nobody is there to stamp it: it asks again, instead of going by its own clock.
#[test]
fn a1_nor_where_it_comes_while_the_leader_is_dead() -> Result<(), DriverError> {
    let mut asked = 0;
    for seed in 0..100 {
        let mut cluster = founded(seed, IdentityStamp::Leader)?;
        let leader = cluster.expect_leader(SECOND)?;
        let ages = cluster.inspect(leader)?.ledger;
        cluster.crash(leader)?;
        cluster.run_for(Micros::from_millis(seed * 5))?;
        cluster.join(NEWCOMER)?;
        cluster.run_for(SECOND)?;
        asked += cluster.decided(NEWCOMER, R::AsksForStamp);
        assert!(leads_for_all(&cluster, ages[1].node), "{}", cluster.tell());
    }
    assert!(asked > 20, "{asked}");
    Ok(())
}

#[test]
fn a1_who_has_no_age_yet_asks_whoever_won() {
    let (mut d, _) = peer_with(D, by_leader());
    let without_it = claim(id(10, 0), 0, 9, ledger(&[(0, 1, Alive)]));
    let fx = hear(&mut d, 0, M::Winner(without_it));
    assert!(said(&fx, R::AsksForStamp));
    assert_eq!(vec![&M::Join { joined: None }], sends(&fx, 0));
    // The answer is lost: it asks everyone.
    let fx = hear(&mut d, B.0, M::Goodbye);
    assert!(!said(&fx, R::AsksForStamp));
    assert!(said(
        &crate::peer::fire(&mut d, Timer::Join),
        R::AsksForStamp
    ));
    // Nobody is there any more: it founds.
    let fx = crate::peer::fire(&mut d, Timer::Join);
    assert!(said(&fx, R::NoLeaderAnswers) && said(&fx, R::EldestClaims));
}
