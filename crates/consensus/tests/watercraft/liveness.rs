//! Once the network is whole and quiet, the oldest live node hosts, alone and known to all.

use crate::weather::{Dice, Sea, ledgers_agree, quiet, stable};
use consensus::watercraft::{ReportKind, Watercraft, WatercraftRule as R, WatercraftSettings};
use consensus::{Explain, Micros};
use simulator::{Driver, Property, What};
use std::collections::BTreeSet;
use std::error::Error;

const SECOND: Micros = Micros::from_secs(1);
/// How long the network may be whole and quiet before the oldest leads.
const BOUND: Micros = Micros::from_secs(4);

const SEA: Sea<Watercraft> = Sea {
    settings,
    guarantees: &[Property::LastingIdentity, Property::OldestLeads],
    bound: BOUND,
};

type Cluster = Driver<Watercraft>;

fn settings(dice: &mut Dice) -> WatercraftSettings {
    let mut settings = WatercraftSettings::default();
    if dice.roll(4) == 0 {
        settings.report = ReportKind::Count;
    }
    settings
}

/// How long until it was stable for good, where it then neither churns nor disagrees.
fn converge(cluster: &mut Cluster) -> Result<Micros, Box<dyn Error>> {
    quiet(cluster)?;
    let start = cluster.now();
    let mut since = None;
    while cluster.now() < start + BOUND {
        cluster.run_for(Micros::from_millis(10))?;
        let rests = stable(cluster) && ledgers_agree(cluster);
        since = rests.then(|| since.unwrap_or(cluster.now() - start));
    }
    if since.is_none() {
        for node in cluster.running() {
            println!("{node} {:?}", cluster.node(node));
        }
    }
    let since = since.ok_or("the oldest does not host in time, or lists differ")?;
    let lists = cluster.sent("list");
    cluster.run_for(SECOND * 2)?;
    if !stable(cluster) || cluster.sent("list") != lists {
        return Err("it does not come to rest".into());
    }
    Ok(since)
}

#[test]
fn the_oldest_hosts_once_the_network_is_whole_and_quiet() {
    let asked = std::env::var("WHITEWATER_SEEDS").ok();
    let seeds: u64 = asked.map_or(300, |it| it.parse().unwrap());
    let mut decided = BTreeSet::new();
    let mut times = Vec::new();
    for seed in 0..seeds {
        let (mut cluster, weather) = SEA.rough_water(seed);
        let time = weather
            .map_err(Into::into)
            .and_then(|()| converge(&mut cluster));
        times.push(time.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", cluster.tell())));
        decided.extend(cluster.story().iter().filter_map(|it| match &it.what {
            What::Why(_, why) => Some(why.rule),
            _ => None,
        }));
    }
    times.sort_unstable();
    let at = |permille: usize| times[(times.len() - 1) * permille / 1_000];
    let [half, most, all] = [500, 990, 1_000].map(at);
    println!("{seeds} seeds; until one hosts: p50 {half}, p99 {most}, max {all}");
    let missing: Vec<_> = R::ALL
        .iter()
        .filter(|rule| !decided.contains(rule.name()))
        .collect();
    assert!(missing.is_empty(), "never decided: {missing:?}");
}
