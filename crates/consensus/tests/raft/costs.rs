//! What it costs, counted in messages between servers: three of them, 50 ms between heartbeats.

use crate::server::*;
use consensus::raft::{Append, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer};
use consensus::{Micros, NodeId};
use proptest::prelude::*;
use simulator::{Driver, DriverError, LinkSettings, PerMillion, SpanRange, What};
use std::collections::BTreeMap;

const SECOND: Micros = Micros::from_secs(1);

type Cluster = Driver<Raft>;

fn cluster(seed: u64) -> Cluster {
    let builder = Driver::builder().nodes(3).seed(seed);
    builder.settings(RaftSettings::production()).build()
}

fn messages_sent(cluster: &Cluster) -> u64 {
    cluster.requests().messages + cluster.replies().messages
}

/// Runs until the leader's first entry is committed and both followers have answered it.
fn settle(cluster: &mut Cluster) -> Result<NodeId, DriverError> {
    cluster.run_until_some("a leader that all follow", SECOND * 10, |it| {
        let leader = it.leader()?;
        let followers = it.inspect(leader).ok()?.followers;
        followers.iter().all(|it| it.matched == 1).then_some(leader)
    })
}

#[test]
fn an_uncontested_election_takes_twelve_messages_with_the_first_entry() -> Result<(), DriverError> {
    let mut cluster = cluster(1);
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(settle(&mut cluster)?, A);
    let elected = messages_sent(&cluster);
    let beats = cluster.sent("heartbeat").messages + cluster.sent("heartbeat answer").messages;
    assert_eq!(
        (elected, beats),
        (12, 0),
        "two each to ask, to stand, to lead"
    );
    Ok(())
}

#[test]
fn any_election_takes_at_most_sixty() -> Result<(), DriverError> {
    for seed in 0..200 {
        let mut cluster = cluster(seed);
        settle(&mut cluster)?;
        let elected = messages_sent(&cluster);
        assert!((12..=60).contains(&elected), "{elected} with seed {seed}");
    }
    Ok(())
}

#[test]
fn a_command_takes_an_append_and_an_answer_for_each_follower() -> Result<(), DriverError> {
    let mut cluster = cluster(1);
    settle(&mut cluster)?;
    for value in 1..=10 {
        let call = cluster.write(0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
    }
    cluster.run_for(SECOND)?;
    // The first two brought the leader's own entry.
    let appends = cluster.sent("append").messages - 2;
    let answers = cluster.sent("append answer").messages - 2;
    assert_eq!((appends, answers), (20, 20), "ten commands");
    Ok(())
}

#[test]
fn an_idle_second_takes_a_heartbeat_and_an_answer_every_fifty_milliseconds()
-> Result<(), DriverError> {
    let mut cluster = cluster(1);
    settle(&mut cluster)?;
    cluster.run_for(SECOND)?;
    let before = messages_sent(&cluster);
    cluster.run_for(SECOND)?;
    let idle = messages_sent(&cluster) - before;
    assert!((76..=88).contains(&idle), "{idle}");
    Ok(())
}

/// Counts the entries that reached a server whose log held them already.
#[derive(Default)]
struct Waste {
    /// The appends with entries that are on their way.
    flying: BTreeMap<u64, (NodeId, Append)>,
    /// The last message that was looked at.
    seen: u64,
    carried: u64,
    wasted: u64,
}

impl Waste {
    /// Carries out the next event.
    fn step(&mut self, cluster: &mut Cluster) -> Result<(), DriverError> {
        let before: BTreeMap<NodeId, u64> = cluster
            .nodes()
            .map(|node| Ok((node, cluster.log(node)?.len() as u64)))
            .collect::<Result<_, DriverError>>()?;
        let told = cluster.step().unwrap_or_default();
        for it in told {
            let What::Arrived { flight, .. } = it.what else {
                continue;
            };
            let Some((to, append)) = self.flying.remove(&flight) else {
                continue;
            };
            let held = before[&to].saturating_sub(append.previous.index.0);
            let carried = append.entries.len() as u64;
            self.carried += carried;
            self.wasted += held.min(carried);
        }
        for it in cluster.messages() {
            if it.number > self.seen
                && let RaftMessage::Append(append) = it.message()
                && !append.entries.is_empty()
            {
                self.flying.insert(it.number, (it.to, append.clone()));
            }
        }
        self.seen = cluster.messages().last().map_or(self.seen, |it| it.number);
        Ok(())
    }
}

/// Sends bursts of writes to a leader, on links that lose so much, and gives what was carried.
fn bursts(
    seed: u64,
    settings: RaftSettings,
    loss: PerMillion,
    bursts: &[u8],
) -> Result<(Waste, Cluster), DriverError> {
    let delay = SpanRange::millis(1, 80);
    let links = LinkSettings::sound(delay);
    let builder = Driver::builder().nodes(3).seed(seed).links(links);
    let mut cluster = builder.settings(settings).build();
    cluster.fire(A, RaftTimer::Election)?;
    settle(&mut cluster)?;
    cluster.change_links(simulator::Links::ALL, simulator::LinkChange::Loss(loss))?;
    let mut waste = Waste::default();
    for (value, burst) in (0..).zip(bursts) {
        for _ in 0..*burst {
            cluster.write_to(A, 0, 0, value)?;
        }
        let end = cluster.now() + Micros::from_millis(u64::from(*burst) * 7);
        while cluster.next_event().is_some_and(|at| at <= end) {
            waste.step(&mut cluster)?;
        }
    }
    let nothing = PerMillion(0);
    cluster.change_links(simulator::Links::ALL, simulator::LinkChange::Loss(nothing))?;
    let end = cluster.now() + SECOND * 20;
    while cluster.next_event().is_some_and(|at| at <= end) {
        waste.step(&mut cluster)?;
    }
    Ok((waste, cluster))
}

/// One that never loses patience, so that one leader does it all.
fn patient(window: u32, batch: u32) -> RaftSettings {
    RaftSettings {
        election_timeout_least: SECOND * 100,
        election_timeout_most: SECOND * 100,
        in_flight_messages: window,
        entries_per_message: batch,
        ..RaftSettings::production()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_payload_crosses_each_link_once(
        seed: u64,
        window in 1..8_u32,
        batch in 1..8_u32,
        counts in prop::collection::vec(0..20_u8, 1..12),
    ) {
        let settings = patient(window, batch);
        let (waste, cluster) = bursts(seed, settings, PerMillion(0), &counts).expect("it runs");
        let entries = cluster.log(A).expect("A is there").len() as u64 - 1;
        prop_assert_eq!((waste.carried, waste.wasted), (entries * 2, 0));
    }

    #[test]
    fn unless_it_was_lost_and_then_only_what_is_missing_is_sent_again(
        seed: u64,
        window in 1..8_u32,
        batch in 1..8_u32,
        counts in prop::collection::vec(0..20_u8, 1..12),
    ) {
        let settings = patient(window, batch);
        let loss = PerMillion::percent(15);
        let (waste, cluster) = bursts(seed, settings, loss, &counts).expect("it runs");
        prop_assert_eq!(waste.wasted, 0, "of {}", waste.carried);
        let leader = cluster.inspect(A).expect("A is there");
        let last = leader.log.len() as u64;
        prop_assert!(leader.followers.iter().all(|it| it.matched == last && it.in_flight == 0));
    }
}

#[test]
fn what_comes_while_the_window_is_full_travels_together() -> Result<(), DriverError> {
    let (waste, cluster) = bursts(1, patient(1, 64), PerMillion(0), &[30])?;
    assert_eq!(waste.carried, 60);
    assert!(cluster.decided(A, RaftRule::WindowFull) > 0);
    // The leader's first entry, the first command, and all others.
    assert_eq!(cluster.sent("append").messages, 2 * 3);
    Ok(())
}
