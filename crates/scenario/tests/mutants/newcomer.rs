//! A learner is taken out and added again within one term, with an empty disk, while its answers
//! are slow.

use scenario::consensus::raft::{Mutant, Raft, RaftDurable, RaftSettings};
use scenario::consensus::{MembershipChange, Micros, NodeId};
use scenario::simulator::{Driver, DriverError, LinkChange, Links, Property, SpanRange};

const SEEDS: u64 = 50;
/// What an empty disk breaks in the eyes of a check is not among them.
const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::StateMachineSafety,
];
const LEARNER: NodeId = NodeId(3);

/// Whether the learner holds in the end what its leader holds.
fn is_told_all(seed: u64, mutant: Option<Mutant>) -> Result<bool, DriverError> {
    let settings = RaftSettings {
        mutant,
        ..RaftSettings::paper()
    };
    let builder = Driver::<Raft>::builder().nodes(3).seed(seed);
    let builder = builder.settings(settings).guarantees(GUARANTEES);
    let mut driver = builder.build();
    let leader = driver.expect_leader(Micros::from_secs(2))?;
    let call = driver.write(0, 0, 1)?;
    driver.expect_done(call, Micros::from_secs(1))?;
    driver.change_membership(MembershipChange::AddLearner(LEARNER))?;
    driver.run_for(Micros::from_millis(500))?;
    let links = Links {
        from: Some(LEARNER),
        to: Some(leader),
    };
    driver.change_links(links, LinkChange::Delay(SpanRange::millis(100, 500)))?;
    driver.run_for(Micros::from_millis(100))?;
    driver.change_membership(MembershipChange::Remove(LEARNER))?;
    driver.run_for(Micros::from_millis(100))?;
    driver.crash(LEARNER)?;
    driver.start_from(LEARNER, RaftDurable::default())?;
    driver.change_membership(MembershipChange::AddLearner(LEARNER))?;
    driver.run_for(Micros::from_secs(3))?;
    Ok(driver.value(LEARNER, 0)? == driver.value(leader, 0)?)
}

/// Where the books are not told apart, the leader believes that the newcomer holds what it lacks,
/// and never sends it.
#[test]
fn progress_that_is_not_isolated_keeps_the_log_from_a_newcomer() -> Result<(), DriverError> {
    let mut caught = 0;
    for seed in 0..SEEDS {
        assert!(is_told_all(seed, None)?, "honest, seed {seed}");
        let mutant = Mutant::ProgressNotSessionIsolated;
        caught += u64::from(!is_told_all(seed, Some(mutant))?);
    }
    println!(
        "{}: {caught} of {SEEDS} seeds",
        Mutant::ProgressNotSessionIsolated.name()
    );
    assert!(caught > 0);
    Ok(())
}
