//! Clusters in every weather: safe at each step, and at work again soon after it clears.

use crate::server::*;
use consensus::raft::{Raft, RaftRule, RaftSettings, RaftTimer, ReadPath};
use consensus::{Control, Input, Micros, NodeId};
use proptest::prelude::*;
use simulator::{
    ClockSettings, CrashLoss, DiskSettings, Driver, DriverError, LinkChange, LinkSettings, Links,
    Outcome, PerMillion, Power, Property, SpanRange,
};

/// How soon a healed cluster has elected, committed a new entry, and come to agree: ten times the
/// longest election timeout.
const RECOVERY: Micros = Micros::from_secs(3);

type Cluster = Driver<Raft>;

fn some(percent: u32) -> PerMillion {
    PerMillion::percent(percent)
}

/// Servers on links and disks that do everything that links and disks can do.
fn in_bad_weather(size: u16, seed: u64, settings: RaftSettings) -> Cluster {
    Driver::builder()
        .settings(settings)
        .nodes(size)
        .seed(seed)
        .guarantees(Property::OF_RAFT)
        .links(LinkSettings {
            loss: some(5),
            duplication: some(5),
            reordering: some(20),
            corruption: some(2),
            ..LinkSettings::sound(SpanRange::millis(1, 60))
        })
        .disks(DiskSettings {
            disorder: some(20),
            crash_loss: CrashLoss::Torn,
            ..DiskSettings::sound(SpanRange::millis(0, 20))
        })
        .build()
}

/// What is chosen at random may be impossible; what is broken is not forgiven.
fn if_possible<T>(result: Result<T, DriverError>) -> Result<(), DriverError> {
    match result {
        Err(error @ DriverError::Violated(_)) => Err(error),
        _ => Ok(()),
    }
}

/// One choice of what happens next.
fn happen(cluster: &mut Cluster, kind: u8, which: u16) -> Result<(), DriverError> {
    let nodes: Vec<NodeId> = cluster.nodes().collect();
    let node = nodes[usize::from(which) % nodes.len()];
    let other = nodes[usize::from(which / 8) % nodes.len()];
    let span = Micros::from_millis(u64::from(which % 128));
    if_possible(match kind {
        0..=37 => cluster.run_for(span),
        38 | 39 => cluster.give(node, Input::Control(Control::TransferTo(other))),
        40..=69 => handle_message(cluster, kind, which, span),
        70..=77 => cluster.fire(node, RaftTimer::Election),
        78..=80 => cluster.fire(node, RaftTimer::Heartbeat),
        81 | 82 => cluster.write_to(node, 0, 0, u64::from(which)).map(drop),
        83 => (0..9).try_for_each(|value| cluster.write_to(node, 0, 0, value).map(drop)),
        84..=86 => cluster.read_from(node, 0, 0).map(drop),
        87 => cluster.take_snapshot(node),
        88 | 89 => cluster.crash(node),
        90..=92 => cluster.restart(node),
        93 => cluster.pause(node),
        94 => cluster.resume(node),
        95 => cluster.cut(&[&[node, other]]),
        96 => cluster.cut_one_way(&[node], &[other]),
        97 => cluster.heal(),
        98 => cluster.slow(node, Micros(span.0 / 20)),
        _ => cluster.set_clock(node, drift(which)),
    })
}

/// Up to a third too slow or too fast, and an hour off.
fn drift(which: u16) -> ClockSettings {
    ClockSettings {
        offset: 3_600_000_000 * (i64::from(which % 3) - 1),
        drift: (i32::from(which) - 32_768) * 10,
    }
}

/// Something happens to one of the messages on their way: it may arrive before all others, too.
fn handle_message(
    cluster: &mut Cluster,
    kind: u8,
    which: u16,
    span: Micros,
) -> Result<(), DriverError> {
    let messages = cluster.messages();
    let Some(chosen) = messages.get(usize::from(which) % messages.len().max(1)) else {
        return Ok(());
    };
    let (number, to, envelope) = (chosen.number, chosen.to, chosen.envelope.clone());
    match kind {
        40..=54 => cluster.deliver(to, envelope),
        55..=59 => cluster.drop_message(number),
        60..=62 => cluster.hold(number),
        63..=65 => cluster.release(number),
        66 | 67 => cluster.delay(number, span * 10),
        _ => cluster.corrupt(number, u64::from(which)),
    }
}

/// Ends every fault.
fn clear_up(cluster: &mut Cluster) -> Result<(), DriverError> {
    let nothing = PerMillion(0);
    for change in [
        LinkChange::Delay(SpanRange::millis(5, 20)),
        LinkChange::Loss(nothing),
        LinkChange::Duplication(nothing),
        // Where the order is kept, one message that was put off keeps back all that follow it.
        LinkChange::Reordering(PerMillion::ONE),
        LinkChange::Corruption(nothing),
    ] {
        cluster.change_links(Links::ALL, change)?;
    }
    if_possible(cluster.heal())?;
    let held: Vec<u64> = cluster.messages().iter().map(|it| it.number).collect();
    for number in held {
        if_possible(cluster.release(number))?;
    }
    for node in cluster.nodes().collect::<Vec<_>>() {
        cluster.slow(node, Micros::ZERO)?;
        cluster.set_clock(node, ClockSettings::default())?;
        cluster.set_disk(node, DiskSettings::sound(SpanRange::millis(1, 1)))?;
        match cluster.power(node)? {
            Power::Paused => cluster.resume(node)?,
            Power::Stopped => cluster.restart(node)?,
            Power::Running | Power::Absent => {}
        }
    }
    Ok(())
}

/// Whether every server has the same log, committed, applied and on its disk, however much of it a
/// snapshot stands for.
fn agrees(cluster: &Cluster) -> bool {
    let state = |node| {
        let (durable, applied) = (&cluster.durable(node)?.log, cluster.applied(node)?);
        let whole = cluster.committed(node)? == durable.last_index().0;
        Ok::<_, DriverError>(whole.then_some((applied, durable.last(), durable.digest())))
    };
    let states: Vec<_> = cluster.nodes().map(state).collect();
    matches!(states[0], Ok(Some(_))) && states.windows(2).all(|pair| pair[0] == pair[1])
}

/// A cleared cluster elects a leader, commits and agrees.
fn recover(cluster: &mut Cluster) -> Result<(), DriverError> {
    clear_up(cluster)?;
    let end = cluster.now() + RECOVERY;
    loop {
        let leader = cluster.expect_leader(end - cluster.now())?;
        let call = cluster.write_to(leader, 0, 0, 1)?;
        let done = |it: &Cluster| matches!(it.outcome(call), Some(Outcome::Done { .. }));
        let refused = |it: &Cluster| it.outcome(call).is_some() && !done(it);
        // A leader of an old term may be found first, and answer nothing. Whoever replaces it may
        // need a call of its own to commit what it found (§5.4.2).
        let replaced = |it: &Cluster| it.leader() != Some(leader);
        let left = end - cluster.now();
        cluster.run_until("agreement", left, |it| {
            refused(it) || replaced(it) || (done(it) && agrees(it))
        })?;
        if done(cluster) && agrees(cluster) {
            return Ok(());
        }
    }
}

/// As the paper has it, and as it is run in earnest, with each way to answer reads.
fn settings() -> impl Strategy<Value = RaftSettings> {
    let index = RaftSettings {
        reads: ReadPath::Index,
        follower_reads: true,
        ..RaftSettings::paper()
    };
    let lease = RaftSettings {
        reads: ReadPath::Lease,
        follower_reads: true,
        // One a third too fast, and one a third too slow.
        clock_drift_percent: 51,
        ..RaftSettings::production()
    };
    prop_oneof![
        Just(RaftSettings::paper()),
        Just(RaftSettings::production()),
        Just(index),
        Just(lease),
    ]
}

fn safe_and_soon_at_work(
    size: u16,
    seed: u64,
    settings: RaftSettings,
    choices: Vec<(u8, u16)>,
) -> Result<(), (DriverError, String)> {
    let mut cluster = in_bad_weather(size, seed, settings);
    let mut choices = choices.into_iter();
    let done = choices
        .try_for_each(|(kind, which)| happen(&mut cluster, kind, which))
        .and_then(|()| recover(&mut cluster));
    done.map_err(|error| (error, cluster.tell()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_cluster_is_safe_in_any_weather_and_recovers(
        size in 3..=5_u16,
        seed: u64,
        preset in settings(),
        entries_kept in prop_oneof![Just(64_u32), 0..4_u32],
        (window, batch) in prop_oneof![Just((256, 64)), (1..4_u32, 8..16_u32)],
        choices in prop::collection::vec((0..100_u8, any::<u16>()), 0..1_500),
    ) {
        let settings = RaftSettings {
            entries_kept,
            in_flight_messages: window,
            entries_per_message: batch,
            snapshot_chunk_bytes: 16,
            ..preset
        };
        if let Err((error, story)) = safe_and_soon_at_work(size, seed, settings, choices) {
            panic!("{error}\n{story}");
        }
    }
}

/// R9: {A, B} cut from {C, D, E} with A leading.
#[test]
fn the_story_of_the_five_servers() -> Result<(), DriverError> {
    let second = Micros::from_secs(1);
    let all = [A, B, C, D, E];
    let mut cluster = Driver::<Raft>::builder()
        .guarantees(Property::OF_RAFT)
        .build();
    let committed = |cluster: &Cluster| all.map(|node| cluster.committed(node));
    cluster.fire(A, RaftTimer::Election)?;
    assert_eq!(cluster.expect_leader(second)?, A);
    let first = cluster.write(0, 0, 1)?;
    cluster.expect_done(first, second)?;
    cluster.run_for(second)?;
    assert_eq!(committed(&cluster), [1; 5].map(Ok));

    cluster.cut(&[&[A, B], &[C, D, E]])?;
    let lost = cluster.write_to(A, 0, 0, 2)?;
    cluster.run_until("another leader", second * 2, |it| it.leader() != Some(A))?;
    let successor = cluster.expect_leader(second)?;
    let kept = cluster.write_to(successor, 0, 0, 3)?;
    cluster.expect_done(kept, second)?;
    cluster.run_for(second)?;
    assert!(cluster.decided(A, RaftRule::CommitWaits) > 0);
    assert_eq!(cluster.outcome(lost), None, "a minority promises nothing");
    assert_eq!(committed(&cluster), [1, 1, 2, 2, 2].map(Ok));

    // A hears of the later term, and A and B take the new log.
    cluster.heal()?;
    cluster.run_for(second)?;
    assert_eq!(cluster.leaders().collect::<Vec<_>>(), [successor]);
    assert_eq!(cluster.decided(A, RaftRule::SteppedDown), 1);
    assert_eq!(cluster.decided(A, RaftRule::ConflictTruncated), 1);
    assert_eq!(committed(&cluster), [2; 5].map(Ok));
    assert!(agrees(&cluster));
    Ok(())
}
