//! What leadership by age costs, as the protocol's page states it, for 2 to 31 peers.

use crate::cluster::*;

/// The kinds of message that the formulas are about, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Costs {
    pings: u64,
    pongs: u64,
    calls: u64,
    claims: u64,
    ledgers: u64,
}

impl Costs {
    fn so_far(cluster: &Cluster) -> Self {
        let sent = |kind| cluster.sent(kind).messages;
        Self {
            pings: sent("ping"),
            pongs: sent("pong"),
            calls: sent("election"),
            claims: sent("winner"),
            ledgers: sent("ledger"),
        }
    }

    fn since(self, before: Self) -> Self {
        Self {
            pings: self.pings - before.pings,
            pongs: self.pongs - before.pongs,
            calls: self.calls - before.calls,
            claims: self.claims - before.claims,
            ledgers: self.ledgers - before.ledgers,
        }
    }
}

/// 2(n − 1) in each interval, and n − 1 more in each tenth: O(n).
#[test]
fn a_heartbeat_round_costs_two_messages_for_each_follower() -> Told {
    const INTERVALS: u64 = 100;
    for nodes in 2..=31 {
        let mut cluster = founded(nodes, 5)?;
        let before = Costs::so_far(&cluster);
        let bytes = cluster.sent("ping").bytes;
        cluster.run_for(AlmightySettings::default().ping_interval * INTERVALS)?;
        let costs = Costs::so_far(&cluster).since(before);
        let followers = u64::from(nodes) - 1;
        // What is under way at either end makes one of each.
        let about = |count: u64, rounds: u64| count.abs_diff(followers * rounds) <= followers;
        assert!(about(costs.pings, INTERVALS), "{nodes}: {costs:?}");
        assert!(about(costs.pongs, INTERVALS), "{nodes}: {costs:?}");
        assert!(about(costs.claims, INTERVALS / 10), "{nodes}: {costs:?}");
        assert_eq!((costs.calls, costs.ledgers), (0, 0), "{nodes}");
        // A ping is as long among 31 peers as among two.
        let each = (cluster.sent("ping").bytes - bytes) / costs.pings;
        assert!(each < 64, "{each} bytes");
    }
    Ok(())
}

/// One caller and one claim, n − 1 messages each: O(n).
#[test]
fn an_election_that_one_peer_calls_costs_a_call_and_a_claim_to_everyone() -> Told {
    for nodes in 2..=31 {
        let mut cluster = founded(nodes, 6)?;
        let before = Costs::so_far(&cluster);
        cluster.time_out(A)?;
        cluster.run_for(millis(100))?;
        assert!(stable(&cluster));
        let costs = Costs::so_far(&cluster).since(before);
        let others = u64::from(nodes) - 1;
        assert_eq!((costs.calls, costs.claims), (others, others));
        assert_eq!(costs.ledgers, 0);
    }
    Ok(())
}

/// Each of c calls and w claims goes to n − 1 others, and who calls late is told the latest id.
/// All n − 1 survivors may miss a leader in one moment, so c is up to n − 1: O(n²) at worst.
#[test]
fn an_election_after_a_death_costs_a_broadcast_for_each_call_and_each_claim() -> Told {
    let mut most = 0;
    for nodes in 2..=31 {
        let mut cluster = founded(nodes, 7)?;
        let before = Costs::so_far(&cluster);
        let decided = |cluster: &Cluster| {
            [R::LeaderDead, R::Leads, R::IgnoresOldElection].map(|it| count(cluster, it) as u64)
        };
        let earlier = decided(&cluster);
        cluster.crash(A)?;
        cluster.run_for(millis(260))?;
        assert!(stable(&cluster), "{nodes}: {}", cluster.tell());
        let costs = Costs::so_far(&cluster).since(before);
        let later = decided(&cluster);
        let [callers, claims, late] = [0, 1, 2].map(|it| later[it] - earlier[it]);
        let others = u64::from(nodes) - 1;
        assert!((1..=others).contains(&callers), "{nodes}: {callers}");
        assert!((1..=callers).contains(&claims), "{nodes}: {claims}");
        assert_eq!(costs.claims, claims * others, "{nodes}");
        assert!(costs.calls >= callers * others, "{nodes}: {costs:?}");
        assert!(
            costs.calls <= callers * others + late,
            "{nodes}: {costs:?}, {late}"
        );
        assert_eq!(costs.ledgers % others, 0, "{nodes}: {costs:?}");
        most = most.max(callers);
    }
    assert!(most > 2, "{most}");
    Ok(())
}

/// Each of the two leaders tells everyone its ledger once to be merged, and at most once whom it
/// heard to be back; the fresh election has its price.
#[test]
fn a_face_off_costs_a_ledger_of_each_leader_to_everyone() -> Told {
    for nodes in (4..=31).step_by(3) {
        let mut cluster = founded(nodes, 8)?;
        let half: Vec<NodeId> = (0..nodes / 2).map(NodeId).collect();
        cluster.cut(&[&half])?;
        cluster.run_for(SECOND * 8)?;
        assert_eq!(cluster.leaders().count(), 2, "{nodes}");
        cluster.heal()?;
        let before = Costs::so_far(&cluster);
        cluster.run_until("a fresh election", SECOND * 2, |it| {
            count(it, R::MergedCalls) > 0
        })?;
        let costs = Costs::so_far(&cluster).since(before);
        let others = u64::from(nodes) - 1;
        let told = 2 * others..=4 * others;
        assert!(told.contains(&costs.ledgers), "{nodes}: {costs:?}");
        cluster.run_for(SECOND)?;
        assert_led_by(&cluster, A);
    }
    Ok(())
}
