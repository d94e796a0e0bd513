//! Refusing starting conditions that cannot be: networks, disks, inboxes and clocks.

use crate::clock::WrongClock;
use crate::disk::DiskTiming;
use crate::document::Scenario;
use crate::name::Whom;
use crate::validate::{Fault, fault, range, within};
use alloc::format;

/// The most messages that a link's capacity may be set to.
pub(crate) const MOST_ON_LINK: u64 = 1_000_000;
/// The most messages and calls that an inbox may have room for.
const MOST_IN_INBOX: u64 = 100_000;

impl Scenario {
    /// What is wrong with its starting conditions, but for its clients.
    pub(crate) fn start_fault(&self) -> Option<Fault> {
        let network = &self.network;
        let capacity = u64::from(network.capacity);
        let inbox = u64::from(self.inbox.capacity);
        share("network.loss-per-million", network.loss_per_million)
            .or_else(|| {
                let field = "network.duplication-per-million";
                share(field, network.duplication_per_million)
            })
            .or_else(|| {
                let field = "network.reordering-per-million";
                share(field, network.reordering_per_million)
            })
            .or_else(|| {
                let field = "network.corruption-per-million";
                share(field, network.corruption_per_million)
            })
            .or_else(|| within("network.capacity", capacity, 0, MOST_ON_LINK))
            .or_else(|| range("network.delay", network.delay))
            .or_else(|| disk_fault("disk", &self.disk))
            .or_else(|| within("inbox.capacity", inbox, 1, MOST_IN_INBOX))
            .or_else(|| self.clocks_fault())
    }

    fn clocks_fault(&self) -> Option<Fault> {
        let present = self.every_node();
        let mut clocks = self.clocks.iter().enumerate();
        clocks.find_map(|(number, clock)| {
            let place = format!("clocks[{number}]");
            let field = format!("{place}.node");
            let Whom::Node(node) = clock.node else {
                return Some(fault(&field, "nobody leads at the start; name a node"));
            };
            let mut before = self.clocks[..number].iter();
            if before.any(|it| it.node == clock.node) {
                let problem = format!("the clocks of {node} are set twice; set them once");
                return Some((field, problem));
            }
            self.unknown(field, node, &present)
                .or_else(|| clock_fault(&place, clock))
        })
    }
}

/// What is wrong with a share of a million.
pub(crate) fn share(field: &str, share: u32) -> Option<Fault> {
    within(field, u64::from(share), 0, 1_000_000)
}

/// What is wrong with how a disk writes.
pub(crate) fn disk_fault(place: &str, disk: &DiskTiming) -> Option<Fault> {
    let disorder = format!("{place}.disorder-per-million");
    range(&format!("{place}.latency"), disk.latency)
        .or_else(|| share(&disorder, disk.disorder_per_million))
}

/// What is wrong with how wrong a clock is.
pub(crate) fn clock_fault(place: &str, clock: &WrongClock) -> Option<Fault> {
    let (drift, most) = (clock.drift_per_million, WrongClock::MOST_DRIFT);
    (drift.unsigned_abs() > most.unsigned_abs()).then(|| {
        let problem = format!("{drift} is out of range; it takes -{most} to {most}");
        (format!("{place}.drift-per-million"), problem)
    })
}
