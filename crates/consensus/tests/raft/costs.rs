//! What it costs, counted in messages between servers: three of them, 50 ms between heartbeats.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{Append, Raft, RaftMessage, RaftRule, RaftSettings, RaftTimer};
use consensus::{Micros, NodeId, Protocol, Role};
use proptest::prelude::*;
use simulator::{
    ClientSettings, Driver, DriverError, LinkChange, LinkSettings, Links, PerMillion, SpanRange,
    What,
};
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

fn besides_heartbeats(cluster: &Cluster) -> u64 {
    let beats = cluster.sent("heartbeat").messages + cluster.sent("heartbeat answer").messages;
    messages_sent(cluster) - beats
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
    // Two each to ask, to stand and to lead, and as many answers.
    assert_eq!(messages_sent(&cluster), 12);
    assert_eq!(besides_heartbeats(&cluster), 12);
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
fn ten_commands_take_forty_messages_besides_heartbeats() -> Result<(), DriverError> {
    let mut cluster = cluster(1);
    settle(&mut cluster)?;
    let before = besides_heartbeats(&cluster);
    for value in 1..=10 {
        let call = cluster.write(0, 0, value)?;
        cluster.expect_done(call, SECOND)?;
    }
    cluster.run_for(SECOND)?;
    // An append and an answer each; what is committed is told with what comes next.
    assert_eq!(besides_heartbeats(&cluster) - before, 10 * 2 * 2);
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
    cluster.change_links(Links::ALL, LinkChange::Loss(loss))?;
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
    cluster.change_links(Links::ALL, LinkChange::Loss(nothing))?;
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

/// The in-flight window (R11).
#[test]
fn what_comes_while_the_window_is_full_travels_together() -> Result<(), DriverError> {
    let (waste, cluster) = bursts(1, patient(1, 64), PerMillion(0), &[30])?;
    assert_eq!(waste.carried, 60);
    assert!(cluster.decided(A, RaftRule::WindowFull) > 0);
    // The leader's first entry, the first command, and all others.
    assert_eq!(cluster.sent("append").messages, 2 * 3);
    Ok(())
}

#[test]
fn where_nothing_may_be_on_its_way_one_entry_still_is() -> Result<(), DriverError> {
    let settings = RaftSettings {
        in_flight_messages: 0,
        in_flight_bytes: 0,
        bytes_per_message: 0,
        ..patient(1, 64)
    };
    let (waste, cluster) = bursts(1, settings, PerMillion(0), &[5])?;
    assert_eq!((waste.carried, waste.wasted), (10, 0));
    assert_eq!(cluster.sent("append").messages, 2 * (1 + 5));
    Ok(())
}

/// A second in which a leader that is cut off gets a call each millisecond.
fn hammered(settings: RaftSettings) -> Result<Cluster, DriverError> {
    let settings = RaftSettings {
        uncommitted_bytes: 4_096,
        ..settings
    };
    let client = ClientSettings {
        attempts: 1,
        breaker: None,
        ..ClientSettings::default()
    };
    let builder = Driver::builder().nodes(3).clients(1, client);
    let mut cluster = builder.settings(settings).build();
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(settle(&mut cluster)?, A);
    cluster.cut(&[&[A]])?;
    for value in 0..1_000 {
        cluster.write_to(A, 0, 0, value)?;
        cluster.run_for(Micros::from_millis(1))?;
    }
    assert!(cluster.decided(A, RaftRule::CallRefusedTooMuchUncommitted) > 0);
    // An entry weighs 32 bytes and its command's.
    let kept = cluster.log(A)?.len();
    assert!((50..=128).contains(&kept), "{kept} entries");
    Ok(cluster)
}

/// What was refused for want of room is taken when the cluster is whole again.
fn serves_again(mut cluster: Cluster) -> Result<(), DriverError> {
    cluster.heal()?;
    cluster.run_for(SECOND)?;
    let leader = cluster.expect_leader(SECOND)?;
    let call = cluster.write_to(leader, 0, 0, 7)?;
    cluster.expect_done(call, SECOND)?;
    assert!(cluster.inspect(leader)?.committed as usize == cluster.log(leader)?.len());
    Ok(())
}

#[test]
fn a_leader_that_is_cut_off_and_hammered_keeps_a_bounded_log() -> Result<(), DriverError> {
    let settings = RaftSettings {
        check_quorum: false,
        ..RaftSettings::production()
    };
    let cluster = hammered(settings)?;
    let bookkeeping = cluster.node(A)?.bookkeeping();
    assert!(bookkeeping <= 2 * 128, "{bookkeeping}");
    assert_eq!(cluster.role(A)?, Role::Leader, "it knows no better");
    serves_again(cluster)
}

#[test]
fn where_it_checks_its_quorum_it_even_gives_up_soon() -> Result<(), DriverError> {
    let cluster = hammered(RaftSettings::production())?;
    assert_eq!(cluster.decided(A, RaftRule::QuorumLost), 1);
    serves_again(cluster)
}

/// Room is there again as soon as what filled it is committed.
#[test]
fn a_leader_that_has_committed_what_it_kept_takes_calls_again() {
    let settings = RaftSettings {
        uncommitted_bytes: 100,
        ..RaftSettings::paper()
    };
    let mut bench = set_up(3, settings, disk_of(&[]));
    elect(&mut bench, 3, 1);
    let taken = |bench: &mut Bench<Raft>, sequence| {
        let refused = RaftRule::CallRefusedTooMuchUncommitted;
        !said(&bench.give(call(sequence)), refused)
    };
    let first: Vec<bool> = (1..=5).map(|it| taken(&mut bench, it)).collect();
    assert_eq!(first, [true, true, true, false, false], "33 bytes each");
    bench.give(matched(B, 1, 1));
    assert!(taken(&mut bench, 6));
    assert!(!taken(&mut bench, 7));
}
