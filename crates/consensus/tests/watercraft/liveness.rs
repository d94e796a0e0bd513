//! Once the network is whole and quiet, the oldest live node hosts, alone and known to all.

use crate::weather::{Dice, Sea, ledgers_agree, quiet, stable};
use consensus::watercraft::{ReportKind, Watercraft, WatercraftRule as R, WatercraftSettings};
use consensus::{Explain, Micros};
use simulator::{Driver, Property, What};
use std::collections::BTreeSet;
use std::error::Error;

const SECOND: Micros = Micros::from_secs(1);

type Cluster = Driver<Watercraft>;

/// Up to so many nodes, within the rounds that `WATERCRAFT.md` states.
const fn sea(most: u64, report: ReportKind) -> Sea<Watercraft> {
    let rounds = 4 * (most + 2) + 3 * 10;
    Sea {
        settings: match report {
            ReportKind::Count => |_: &mut Dice| by_count(),
            ReportKind::Version => |_: &mut Dice| WatercraftSettings::default(),
        },
        guarantees: &[
            Property::LastingIdentity,
            Property::OldestLeads,
            Property::BoundedBookkeeping,
        ],
        bound: Micros::from_millis(50 * rounds),
        most,
        pauses: true,
    }
}

fn by_count() -> WatercraftSettings {
    WatercraftSettings {
        report: ReportKind::Count,
        ..WatercraftSettings::default()
    }
}

/// What has to be equal everywhere: the lists, or with count reports the number of nodes on them.
/// One that left and one that joined go unseen then.
fn agree(cluster: &Cluster, report: ReportKind) -> bool {
    let count = |node| {
        let ledger = cluster.inspect(node).unwrap().ledger;
        ledger.iter().filter(|row| row.alive).count()
    };
    match report {
        ReportKind::Version => ledgers_agree(cluster),
        ReportKind::Count => cluster.running().map(count).collect::<BTreeSet<_>>().len() == 1,
    }
}

/// How long until it was stable for good, where it then neither churns nor disagrees.
fn converge(
    cluster: &mut Cluster,
    bound: Micros,
    report: ReportKind,
) -> Result<Micros, Box<dyn Error>> {
    quiet(cluster)?;
    let start = cluster.now();
    let mut since = None;
    while cluster.now() < start + bound {
        cluster.run_for(Micros::from_millis(10))?;
        let rests = stable(cluster) && agree(cluster, report);
        since = rests.then(|| since.unwrap_or(cluster.now() - start));
    }
    let since = since.ok_or("the oldest does not host in time, or lists differ")?;
    let lists = cluster.sent("list");
    cluster.run_for(SECOND * 2)?;
    if !stable(cluster) || cluster.sent("list") != lists {
        return Err("it does not come to rest".into());
    }
    Ok(since)
}

/// Storms of so many seeds, each of which has to end well; which decisions were taken in them.
fn weather(most: u64, report: ReportKind, seeds: u64) -> BTreeSet<&'static str> {
    let sea = sea(most, report);
    let mut decided = BTreeSet::new();
    let mut times = Vec::new();
    for seed in 0..seeds {
        let (mut cluster, weather) = sea.rough_water(seed);
        let time = weather
            .map_err(Into::into)
            .and_then(|()| converge(&mut cluster, sea.bound, report));
        times.push(time.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", cluster.tell())));
        decided.extend(cluster.story().iter().filter_map(|it| match &it.what {
            What::Why(_, why) => Some(why.rule.name),
            _ => None,
        }));
    }
    times.sort_unstable();
    let at = |permille: usize| times[(times.len() - 1) * permille / 1_000];
    let [half, late, all] = [500, 990, 1_000].map(at);
    println!(
        "{seeds} seeds, up to {most} nodes, {report:?}; until one hosts: p50 {half}, p99 {late}, max {all}"
    );
    decided
}

fn seeds(unless_told: u64) -> u64 {
    let asked = std::env::var("WHITEWATER_SEEDS").ok();
    asked.map_or(unless_told, |it| it.parse().unwrap())
}

#[test]
fn the_oldest_hosts_once_the_network_is_whole_and_quiet() {
    let mut decided = weather(7, ReportKind::Version, seeds(300));
    decided.extend(weather(7, ReportKind::Count, seeds(300) / 3));
    // These need an operator, a slow state machine, forged messages or more seeds, and have their
    // test on the bench; every other decision was really taken.
    let elsewhere = [
        R::CallRepeated,
        R::CallsLost,
        R::Malformed,
        R::NamedByNext,
        R::NoHostNamed,
        R::OlderThanHost,
        R::HandOverTooLate,
    ];
    let missing = |rule: &&R| !decided.contains(rule.name()) && !elsewhere.contains(rule);
    let missing: Vec<_> = R::ALL.iter().filter(missing).collect();
    assert!(missing.is_empty(), "never decided: {missing:?}");
}

#[test]
fn the_oldest_of_many_hosts_once_the_network_is_whole_and_quiet() {
    weather(31, ReportKind::Version, seeds(300) / 10);
}
