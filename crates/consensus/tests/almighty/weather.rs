//! Rough water for the oldest peer, and what it is like once that is calm.

use consensus::almighty::{Almighty, AlmightySettings, IdentityStamp};
use consensus::{Micros, NodeId, Role};
use simulator::{
    Choose, ClientSettings, ClockSettings, Driver, DriverBuilder, DriverError, LinkChange,
    LinkSettings, Links, PerMillion, Power, Property, Seeded, SpanRange, Stream, Workload, World,
};
use std::collections::BTreeSet;

/// How long the network may be whole and quiet before the oldest leads.
pub(crate) const BOUND: Micros = Micros::from_secs(3);

pub(crate) const GUARANTEES: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
    Property::OldestLeads,
    Property::LedgersAgree,
];

type Cluster = Driver<Almighty>;

/// What a seed chooses besides the run's own draws.
struct Dice(Seeded);

impl Dice {
    /// A number below `of`.
    fn roll(&mut self, of: u64) -> u64 {
        self.0.between(Stream::Environment, 0, of.max(1) - 1)
    }

    /// A time of less than so many milliseconds.
    fn span(&mut self, millis: u64) -> Micros {
        Micros(self.roll(millis * 1_000))
    }
}

fn settings(dice: &mut Dice) -> AlmightySettings {
    let mut settings = AlmightySettings::default();
    if dice.roll(4) == 0 {
        settings.stamp = IdentityStamp::Leader;
    }
    if dice.roll(4) == 0 {
        settings.secret_rotation = Some(Micros::from_millis(300));
    }
    settings
}

/// Clients that ask now and then, on links that are slow at times.
fn builder(settings: AlmightySettings) -> DriverBuilder<Almighty> {
    DriverBuilder::new(World::default(), settings)
        .links(LinkSettings::sound(SpanRange::millis(5, 30)))
        .guarantees(GUARANTEES)
        .quiet(BOUND, Micros::ZERO)
        .clients(2, ClientSettings::default())
        .workload(Workload {
            start: Micros::ZERO,
            think: SpanRange::millis(50, 300),
            keys: 4,
            reads: PerMillion::percent(50),
        })
}

/// A cluster of up to seven peers to which anything happened, and whether a guarantee broke.
pub(crate) fn rough_water(seed: u64) -> (Cluster, Result<(), DriverError>) {
    let mut dice = Dice(Seeded::new(seed));
    let most = 2 + dice.roll(6);
    let first = 1 + dice.roll(most);
    let settings = settings(&mut dice);
    let mut builder = builder(settings).seed(seed).nodes(first as u16);
    if dice.roll(3) == 0 {
        for node in 0..most as u16 {
            let offset = -(dice.roll(2_000_000) as i64);
            builder = builder.clock(NodeId(node), ClockSettings { offset, drift: 0 });
        }
    }
    let mut cluster = builder.build();
    let weathered = weather(&mut cluster, &mut dice, most);
    (cluster, weathered)
}

fn weather(cluster: &mut Cluster, dice: &mut Dice, most: u64) -> Result<(), DriverError> {
    for _ in 0..4 + dice.roll(16) {
        let gentle = dice.roll(2) == 0;
        cluster.run_for(dice.span(if gentle { 1_000 } else { 120 }))?;
        fault(cluster, dice, most)?;
    }
    cluster.run_for(dice.span(600))
}

fn fault(cluster: &mut Cluster, dice: &mut Dice, most: u64) -> Result<(), DriverError> {
    let node = NodeId(dice.roll(most) as u16);
    let up = cluster.power(node) == Ok(Power::Running);
    match dice.roll(9) {
        0 | 1 if up => cluster.crash(node),
        2 if up => cluster.leave(node),
        3 if up => {
            cluster.crash(node)?;
            cluster.run_for(dice.span(90))?;
            cluster.restart(node)
        }
        0..=3 => start(cluster, node),
        4 => {
            let sides = 2 + dice.roll(2);
            let mut cut = vec![Vec::new(); sides as usize];
            for node in 0..most as u16 {
                cut[dice.roll(sides) as usize].push(NodeId(node));
            }
            let sides: Vec<&[NodeId]> = cut.iter().map(Vec::as_slice).collect();
            cluster.cut(&sides)
        }
        5 => heal(cluster),
        6 | 7 => cluster.cut_one_way(&[node], &[NodeId(dice.roll(most) as u16)]),
        _ => {
            let percent = [0, 5, 10, 30][dice.roll(4) as usize];
            spoil_links(cluster, percent)
        }
    }
}

fn start(cluster: &mut Cluster, node: NodeId) -> Result<(), DriverError> {
    match cluster.power(node) {
        Ok(Power::Stopped) => cluster.restart(node),
        _ => cluster.join(node),
    }
}

fn heal(cluster: &mut Cluster) -> Result<(), DriverError> {
    match cluster.heal() {
        Err(DriverError::Idle { .. }) => Ok(()),
        other => other,
    }
}

/// So many in a hundred are lost, half as many doubled, and as many overtaken.
fn spoil_links(cluster: &mut Cluster, percent: u32) -> Result<(), DriverError> {
    let share = PerMillion::percent;
    for change in [
        LinkChange::Loss(share(percent)),
        LinkChange::Duplication(share(percent / 2)),
        LinkChange::Reordering(share(percent)),
    ] {
        cluster.change_links(Links::ALL, change)?;
    }
    Ok(())
}

/// The network is whole and loses nothing from now on, and somebody is up.
pub(crate) fn quiet(cluster: &mut Cluster) -> Result<(), DriverError> {
    heal(cluster)?;
    spoil_links(cluster, 0)?;
    if cluster.running().next().is_none() {
        start(cluster, NodeId(0))?;
    }
    Ok(())
}

/// The oldest live peer, by the stamp in its own ledger.
pub(crate) fn oldest(cluster: &Cluster) -> Option<NodeId> {
    let age = |node: NodeId| {
        let ledger = cluster.inspect(node).ok()?.ledger;
        let own = ledger.into_iter().find(|row| row.node == node)?;
        Some((own.joined, node))
    };
    cluster
        .running()
        .filter_map(age)
        .min()
        .map(|(_, node)| node)
}

/// Whether the oldest live peer leads, alone and known to all.
pub(crate) fn stable(cluster: &Cluster) -> bool {
    let oldest = oldest(cluster);
    let mut reigns = BTreeSet::new();
    oldest.is_some()
        && cluster.running().all(|node| {
            let Ok(view) = cluster.inspect(node) else {
                return false;
            };
            reigns.insert(view.reign);
            let role = match oldest == Some(node) {
                true => Role::Leader,
                false => Role::Follower,
            };
            reigns.len() == 1 && view.reign.leader == oldest && view.role == role
        })
}

/// Whether all know one secret.
pub(crate) fn secrets_agree(cluster: &Cluster) -> bool {
    let secret = |node| cluster.inspect(node).ok()?.secret;
    let secrets: BTreeSet<_> = cluster.running().map(secret).collect();
    secrets.len() == 1 && !secrets.contains(&None)
}

/// Whether every live peer's ledger is the same.
pub(crate) fn ledgers_agree(cluster: &Cluster) -> bool {
    let ledger = |node| cluster.inspect(node).map(|it| it.ledger);
    let ledgers: Vec<_> = cluster.running().map(ledger).collect();
    ledgers.windows(2).all(|pair| pair[0] == pair[1])
}
