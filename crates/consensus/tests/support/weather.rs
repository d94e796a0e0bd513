//! Rough water for peers that lead by age, and what it is like once that is calm.
#![allow(dead_code)]

use consensus::{Micros, NodeId, Protocol, Role};
use simulator::{
    Choose, ClientSettings, ClockSettings, Driver, DriverBuilder, DriverError, LinkChange,
    LinkSettings, Links, PerMillion, Power, Property, Seeded, SpanRange, Stream, Workload, World,
};
use std::collections::BTreeSet;

/// What a seed chooses besides the run's own draws.
pub(crate) struct Dice(Seeded);

impl Dice {
    /// A number below `of`.
    pub(crate) fn roll(&mut self, of: u64) -> u64 {
        self.0.between(Stream::Environment, 0, of.max(1) - 1)
    }

    /// A time of less than so many milliseconds.
    fn span(&mut self, millis: u64) -> Micros {
        Micros(self.roll(millis * 1_000))
    }
}

/// What a protocol brings along.
pub(crate) struct Sea<P: Protocol> {
    /// Its settings in the water of this seed.
    pub(crate) settings: fn(&mut Dice) -> P::Settings,
    pub(crate) guarantees: &'static [Property],
    /// How long the network may be whole and quiet before the oldest leads.
    pub(crate) bound: Micros,
    /// How many nodes there may be; at least 2.
    pub(crate) most: u64,
    /// Whether nodes are paused, too.
    pub(crate) pauses: bool,
}

impl<P: Protocol> Sea<P> {
    /// Clients that ask now and then, on sound links.
    fn builder(&self, settings: P::Settings) -> DriverBuilder<P> {
        DriverBuilder::new(World::default(), settings)
            .links(LinkSettings::sound(SpanRange::millis(5, 30)))
            .guarantees(self.guarantees)
            .quiet(self.bound, Micros::ZERO)
            .clients(2, ClientSettings::default())
            .workload(Workload {
                start: Micros::ZERO,
                think: SpanRange::millis(50, 300),
                keys: 4,
                reads: PerMillion::percent(50),
            })
    }

    /// A cluster to which anything happened, and whether a guarantee broke.
    pub(crate) fn rough_water(&self, seed: u64) -> (Driver<P>, Result<(), DriverError>) {
        let mut dice = Dice(Seeded::new(seed));
        let most = 2 + dice.roll(self.most - 1);
        let first = 1 + dice.roll(most);
        let settings = (self.settings)(&mut dice);
        let mut builder = self.builder(settings).seed(seed).nodes(first as u16);
        if dice.roll(3) == 0 {
            for node in 0..most as u16 {
                let offset = -(dice.roll(2_000_000) as i64);
                builder = builder.clock(NodeId(node), ClockSettings { offset, drift: 0 });
            }
        }
        let mut cluster = builder.build();
        let weathered = self.weather(&mut cluster, &mut dice, most);
        (cluster, weathered)
    }

    fn weather(
        &self,
        cluster: &mut Driver<P>,
        dice: &mut Dice,
        most: u64,
    ) -> Result<(), DriverError> {
        let kinds = if self.pauses { 10 } else { 9 };
        for _ in 0..4 + dice.roll(16) {
            let gentle = dice.roll(2) == 0;
            cluster.run_for(dice.span(if gentle { 1_000 } else { 120 }))?;
            fault(cluster, dice, most, kinds)?;
        }
        cluster.run_for(dice.span(600))
    }
}

fn fault<P: Protocol>(
    cluster: &mut Driver<P>,
    dice: &mut Dice,
    most: u64,
    kinds: u64,
) -> Result<(), DriverError> {
    let node = NodeId(dice.roll(most) as u16);
    let up = cluster.power(node) == Ok(Power::Running);
    match dice.roll(kinds) {
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
        9 if up => cluster.pause(node),
        9 => start(cluster, node),
        6 | 7 => cluster.cut_one_way(&[node], &[NodeId(dice.roll(most) as u16)]),
        _ => {
            let percent = [0, 5, 10, 30][dice.roll(4) as usize];
            spoil_links(cluster, percent)
        }
    }
}

fn start<P: Protocol>(cluster: &mut Driver<P>, node: NodeId) -> Result<(), DriverError> {
    match cluster.power(node) {
        Ok(Power::Stopped) => cluster.restart(node),
        Ok(Power::Paused) => cluster.resume(node),
        _ => cluster.join(node),
    }
}

fn heal<P: Protocol>(cluster: &mut Driver<P>) -> Result<(), DriverError> {
    match cluster.heal() {
        Err(DriverError::Idle { .. }) => Ok(()),
        other => other,
    }
}

/// So many in a hundred are lost, half as many doubled, and as many overtaken.
fn spoil_links<P: Protocol>(cluster: &mut Driver<P>, percent: u32) -> Result<(), DriverError> {
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
pub(crate) fn quiet<P: Protocol>(cluster: &mut Driver<P>) -> Result<(), DriverError> {
    heal(cluster)?;
    spoil_links(cluster, 0)?;
    let paused = |node: &NodeId| cluster.power(*node) == Ok(Power::Paused);
    for node in cluster.nodes().filter(paused).collect::<Vec<_>>() {
        cluster.resume(node)?;
    }
    if cluster.running().next().is_none() {
        start(cluster, NodeId(0))?;
    }
    Ok(())
}

/// The oldest live peer, by the stamp in its own ledger.
pub(crate) fn oldest<P: Protocol>(cluster: &Driver<P>) -> Option<NodeId> {
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
pub(crate) fn stable<P: Protocol>(cluster: &Driver<P>) -> bool {
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
pub(crate) fn secrets_agree<P: Protocol>(cluster: &Driver<P>) -> bool {
    let secret = |node| cluster.inspect(node).ok()?.secret;
    let secrets: BTreeSet<_> = cluster.running().map(secret).collect();
    secrets.len() == 1 && !secrets.contains(&None)
}

/// Whether every live peer's ledger is the same.
pub(crate) fn ledgers_agree<P: Protocol>(cluster: &Driver<P>) -> bool {
    let ledger = |node| cluster.inspect(node).map(|it| it.ledger);
    let ledgers: Vec<_> = cluster.running().map(ledger).collect();
    ledgers.windows(2).all(|pair| pair[0] == pair[1])
}
