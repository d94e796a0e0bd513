//! Clusters that have come to rest, for what takes several peers.

pub(crate) use crate::GUARANTEES;
pub(crate) use crate::weather::{ledgers_agree, oldest, secrets_agree, stable};
pub(crate) use consensus::almighty::{
    Almighty, AlmightyMessage as Message, AlmightyRule as R, AlmightySettings,
    AlmightyTimer as Timer,
};
pub(crate) use consensus::{Explain, Micros, NodeId, Role};
pub(crate) use simulator::{Driver, DriverError, What};

pub(crate) type Cluster = Driver<Almighty>;
pub(crate) type Told = Result<(), DriverError>;

pub(crate) const A: NodeId = NodeId(0);
pub(crate) const B: NodeId = NodeId(1);
pub(crate) const C: NodeId = NodeId(2);
pub(crate) const D: NodeId = NodeId(3);
pub(crate) const E: NodeId = NodeId(4);
pub(crate) const SECOND: Micros = Micros::from_secs(1);

pub(crate) const fn millis(count: u64) -> Micros {
    Micros::from_millis(count)
}

/// So many founders, led by A, after two seconds. What is promised of calm water is promised
/// before each of them: nothing was rough.
pub(crate) fn founded_with(
    nodes: u16,
    seed: u64,
    settings: AlmightySettings,
) -> Result<Cluster, DriverError> {
    let builder = Driver::<Almighty>::builder().nodes(nodes).seed(seed);
    let builder = builder.settings(settings).guarantees(GUARANTEES);
    let mut cluster = builder.quiet(SECOND * 4, millis(400)).build();
    cluster.run_for(SECOND * 2)?;
    assert!(stable(&cluster), "{}", cluster.tell());
    assert!(ledgers_agree(&cluster), "{}", cluster.tell());
    Ok(cluster)
}

pub(crate) fn founded(nodes: u16, seed: u64) -> Result<Cluster, DriverError> {
    founded_with(nodes, seed, AlmightySettings::default())
}

pub(crate) fn count(cluster: &Cluster, rule: R) -> usize {
    cluster.decisions(rule).count()
}

/// Whom a peer presumes alive, in order of age.
pub(crate) fn presumed(cluster: &Cluster, node: NodeId) -> Result<Vec<NodeId>, DriverError> {
    let ledger = cluster.inspect(node)?.ledger;
    let alive = ledger.iter().filter(|row| row.alive);
    Ok(alive.map(|row| row.node).collect())
}

/// When a node first decided by a rule, as a place in the story.
pub(crate) fn place(cluster: &Cluster, node: NodeId, rule: R) -> Option<usize> {
    cluster.story().iter().position(
        |it| matches!(&it.what, What::Why(by, why) if *by == node && why.rule.name == rule.name()),
    )
}

/// One leader, the oldest, known to all; one secret and one ledger.
#[track_caller]
pub(crate) fn assert_led_by(cluster: &Cluster, leader: NodeId) {
    assert!(stable(cluster), "{}", cluster.tell());
    assert_eq!(oldest(cluster), Some(leader));
    assert!(ledgers_agree(cluster), "{}", cluster.tell());
    assert!(secrets_agree(cluster), "{}", cluster.tell());
}
