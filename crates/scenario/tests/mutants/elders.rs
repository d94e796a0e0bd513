//! A newcomer lands inside a running election: everyone who is older tells it who is here (A13).

use scenario::consensus::almighty::{Almighty, AlmightyRule, AlmightySettings, Mutant};
use scenario::consensus::{Micros, NodeId};
use scenario::simulator::{Driver, DriverError};

const SEEDS: u64 = 50;
const NEWCOMER: NodeId = NodeId(4);
const ELDERS: [NodeId; 2] = [NodeId(2), NodeId(3)];

/// The two oldest of four are dead, and the others wait for the second in vain, when a fifth comes
/// whose details arrive later than the call. Which elders it knows a moment after it declared
/// itself.
fn is_told(seed: u64, mutant: Option<Mutant>) -> Result<Vec<NodeId>, DriverError> {
    let settings = AlmightySettings {
        mutant,
        ..AlmightySettings::default()
    };
    let builder = Driver::<Almighty>::builder().nodes(4).seed(seed);
    let mut driver = builder.settings(settings).build();
    driver.run_for(Micros::from_secs(1))?;
    let calls = driver.sent("election").messages;
    driver.crash(NodeId(0))?;
    driver.crash(NodeId(1))?;
    driver.run_for(Micros::from_millis(120))?;
    driver.join(NEWCOMER)?;
    let details: Vec<u64> = driver
        .messages()
        .iter()
        .filter(|it| it.from == NEWCOMER)
        .map(|it| it.number)
        .collect();
    for number in &details {
        driver.hold(*number)?;
    }
    let second = Micros::from_secs(1);
    driver.run_until("a call", second, |it| it.sent("election").messages > calls)?;
    driver.run_for(Micros::from_millis(26))?;
    for number in &details {
        driver.release(*number)?;
    }
    driver.run_until("its claim", second, |it| {
        it.decided(NEWCOMER, AlmightyRule::Leads) > 0
    })?;
    driver.run_for(Micros::from_millis(60))?;
    let ledger = driver.inspect(NEWCOMER)?.ledger;
    let known = ledger.iter().map(|row| row.node);
    Ok(known.filter(|node| ELDERS.contains(node)).collect())
}

#[test]
fn a_newcomer_inside_an_election_learns_nothing_where_elders_are_silent() -> Result<(), DriverError>
{
    let mut caught = 0;
    for seed in 0..SEEDS {
        assert_eq!(is_told(seed, None)?, ELDERS, "honest, seed {seed}");
        caught += u64::from(is_told(seed, Some(Mutant::EldersSilent))? != ELDERS);
    }
    println!("{}: {caught} of {SEEDS} seeds", Mutant::EldersSilent.name());
    assert!(caught > 0);
    Ok(())
}
