//! Slow disks, disks that complete out of order, and what a crash leaves of the writes that were
//! not stored yet.
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::raft::{
    Append, Entry, EntryContent, LogIndex, LogPosition, Raft, RaftMessage, Term,
};
use consensus::{CallId, Command, Effect, Effects, Input, Micros, NodeId, Now, SessionId, Token};
use simulator::{
    CrashLoss, DiskSettings, Driver, DriverBuilder, DriverError, PerMillion, SpanRange,
};
use std::collections::BTreeSet;
use teller::{A, B, ms};
use toy::{Behaviour, Toy, said, says};

const WRITES: u64 = 40;

/// Asks for many writes at its start, 1, 2, 3, ..., and says each when it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Scribe;

impl Behaviour for Scribe {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Start => {
                for write in 1..=WRITES {
                    let token = Token(write);
                    fx.push(Effect::Persist { token, write });
                }
            }
            Input::Stored(token) => says(token.0, fx),
            _ => {}
        }
    }
}

fn scribes(disk: DiskSettings) -> DriverBuilder<Toy<Scribe>> {
    Driver::builder().nodes(2).disks(disk)
}

/// What A was told is stored, and when, in order.
fn stored(disk: DiskSettings) -> Result<Vec<(Micros, u64)>, DriverError> {
    let mut driver = scribes(disk).build();
    driver.run_to(Micros::from_secs(2))?;
    assert_eq!(driver.durable(A)?.0, (1..=WRITES).collect::<Vec<_>>());
    let all = said(driver.story()).into_iter();
    Ok(all.filter(|it| it.1 == A).map(|it| (it.0, it.2)).collect())
}

#[test]
fn a_disk_writes_one_after_the_other_and_takes_its_time_for_each() -> Result<(), DriverError> {
    let sound = |least, most| DiskSettings::sound(SpanRange::millis(least, most));
    let each = (1..=WRITES).map(|it| (ms(3) * it, it));
    assert_eq!(stored(sound(3, 3))?, each.collect::<Vec<_>>());
    let at_once = (1..=WRITES).map(|it| (Micros::ZERO, it));
    assert_eq!(stored(sound(0, 0))?, at_once.collect::<Vec<_>>());
    let uneven = stored(sound(1, 9))?;
    let gaps = uneven.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let gaps: BTreeSet<_> = gaps.collect();
    assert!(
        gaps.iter().all(|gap| (ms(1)..=ms(9)).contains(gap)),
        "{gaps:?}"
    );
    assert!(gaps.len() > 10, "each write takes its own time");
    Ok(())
}

#[test]
fn a_disk_that_becomes_slow_is_slow_alone() -> Result<(), DriverError> {
    let mut driver = scribes(DiskSettings::sound(SpanRange::millis(1, 1))).build();
    driver.run_to(ms(100))?;
    driver.set_disk(A, DiskSettings::sound(SpanRange::millis(9, 9)))?;
    for node in [A, B] {
        driver.crash(node)?;
        driver.restart(node)?;
    }
    driver.run_for(ms(20))?;
    assert_eq!(driver.durable(A)?.0.len() as u64, WRITES + 2);
    assert_eq!(driver.durable(B)?.0.len() as u64, WRITES + 20);
    assert_eq!(driver.pending_writes(B)?.count() as u64, WRITES - 20);
    Ok(())
}

#[test]
fn writes_complete_out_of_order_and_yet_none_outlives_a_crash_without_those_before_it()
-> Result<(), DriverError> {
    let disk = |share| DiskSettings {
        disorder: PerMillion::percent(share),
        ..DiskSettings::sound(SpanRange::millis(1, 20))
    };
    let tokens =
        |stored: Vec<(Micros, u64)>| -> Vec<u64> { stored.into_iter().map(|it| it.1).collect() };
    assert!(tokens(stored(disk(0))?).is_sorted());
    let mut mixed = tokens(stored(disk(50))?);
    assert!(!mixed.is_sorted(), "{mixed:?}");
    mixed.sort_unstable();
    assert_eq!(mixed, (1..=WRITES).collect::<Vec<_>>(), "each is told once");
    for at in 1..40 {
        let mut driver = scribes(disk(50)).build();
        driver.run_to(ms(at))?;
        driver.crash(A)?;
        let kept = driver.durable(A)?.0.clone();
        assert_eq!(kept, (1..=kept.len() as u64).collect::<Vec<_>>());
        let told = said(driver.story()).into_iter().filter(|it| it.1 == A);
        assert!(kept.len() <= told.count());
    }
    Ok(())
}

fn entry(sequence: u64) -> Entry {
    let call = CallId {
        sequence,
        ..CallId::default()
    };
    let payload = [].into();
    let command = Command {
        call,
        session: SessionId::LASTING,
        payload,
    };
    Entry::new(Term(1), Micros::ZERO, EntryContent::Command(command))
}

/// How many entries a crash leaves of two messages of four entries each, none of them stored.
fn left_of_eight(seed: u64, crash_loss: CrashLoss) -> Result<u64, DriverError> {
    let disk = DiskSettings {
        crash_loss,
        ..DiskSettings::sound(SpanRange::millis(50, 50))
    };
    let builder = Driver::<Raft>::builder().nodes(3).seed(seed).disks(disk);
    let mut driver = builder.build();
    for after in [0, 4] {
        let append = RaftMessage::Append(Append {
            term: Term(1),
            previous: LogPosition {
                term: Term(after.min(1)),
                index: LogIndex(after),
            },
            entries: (after + 1..after + 5).map(entry).collect(),
            ..Append::default()
        });
        driver.deliver(A, driver.envelope(B, A, append)?)?;
    }
    assert_eq!(driver.log(A)?.len(), 8);
    driver.crash(A)?;
    let left = driver.durable(A)?.log.len();
    driver.restart(A)?;
    assert_eq!(
        driver.log(A)?.len() as u64,
        left,
        "it boots from what is left"
    );
    Ok(left)
}

#[test]
fn a_crash_takes_everything_the_end_or_tears_a_write() -> Result<(), DriverError> {
    let seen = |loss| (0..200).map(|seed| left_of_eight(seed, loss)).collect();
    let everything: Result<BTreeSet<_>, _> = seen(CrashLoss::Everything);
    assert_eq!(everything?, BTreeSet::from([0]));
    let suffix: Result<BTreeSet<_>, _> = seen(CrashLoss::Suffix);
    assert_eq!(suffix?, BTreeSet::from([0, 4, 8]));
    let torn: Result<BTreeSet<_>, _> = seen(CrashLoss::Torn);
    assert_eq!(torn?, (0..=8).collect());
    Ok(())
}

#[test]
fn what_is_stored_outlives_a_crash_whatever_the_rest() -> Result<(), DriverError> {
    let nodes: [NodeId; 2] = [A, B];
    for crash_loss in [CrashLoss::Everything, CrashLoss::Suffix, CrashLoss::Torn] {
        let disk = DiskSettings {
            crash_loss,
            ..DiskSettings::sound(SpanRange::millis(1, 1))
        };
        let mut driver = scribes(disk).build();
        driver.run_to(ms(12))?;
        for node in nodes {
            driver.crash(node)?;
            let kept = driver.durable(node)?.0.len();
            let exact = crash_loss == CrashLoss::Everything;
            assert!(if exact { kept == 12 } else { kept >= 12 }, "{kept}");
        }
    }
    Ok(())
}

#[test]
fn a_wiped_disk_holds_nothing_and_only_that_of_a_crashed_node_is_wiped() -> Result<(), DriverError>
{
    let all: Vec<u64> = (1..=WRITES).collect();
    let mut driver = scribes(DiskSettings::sound(SpanRange::millis(1, 1))).build();
    driver.run_to(Micros::from_secs(2))?;
    assert!(matches!(driver.wipe(A), Err(DriverError::Idle { .. })));
    assert_eq!(driver.durable(A)?.0, all);
    driver.crash(A)?;
    driver.wipe(A)?;
    assert_eq!(driver.durable(A)?.0, []);
    assert_eq!(driver.durable(B)?.0, all);
    driver.restart(A)?;
    driver.run_for(Micros::from_secs(2))?;
    assert_eq!(driver.durable(A)?.0, all);
    Ok(())
}
