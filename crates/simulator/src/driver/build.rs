//! What is fixed before a run starts.

use super::Driver;
use crate::check::{Promises, Property};
use crate::choose::{Choose, Seeded};
use crate::client::{ClientSettings, Workload};
use crate::clock::ClockSettings;
use crate::disk::DiskSettings;
use crate::inbox::InboxSettings;
use crate::link::LinkSettings;
use crate::simulation::Simulation;
use crate::world::{SpanRange, World};
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Protocol};

/// Everything that is fixed before a run starts; made by [`Driver::builder`].
///
/// Each method replaces what was set before. What is not set is as in [`World::default`].
#[derive(Clone, Debug)]
pub struct DriverBuilder<P: Protocol> {
    world: World,
    settings: P::Settings,
    durables: Vec<(NodeId, P::Durable)>,
}

impl<P: Protocol> DriverBuilder<P> {
    /// A run of a protocol with these settings in this world.
    #[must_use]
    pub const fn new(world: World, settings: P::Settings) -> Self {
        Self {
            world,
            settings,
            durables: Vec::new(),
        }
    }

    /// Every random draw of the run follows from this.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.world.seed = seed;
        self
    }

    /// How many nodes boot at time zero: A, B, C, ...
    #[must_use]
    pub const fn nodes(mut self, nodes: u16) -> Self {
        self.world.nodes = nodes;
        self
    }

    /// Timing and choices of the protocol.
    #[must_use]
    pub fn settings(mut self, settings: P::Settings) -> Self {
        self.settings = settings;
        self
    }

    /// How long messages travel, on links that are sound otherwise.
    #[must_use]
    pub const fn delay(self, delay: SpanRange) -> Self {
        self.links(LinkSettings::sound(delay))
    }

    /// How every link is.
    #[must_use]
    pub const fn links(mut self, link: LinkSettings) -> Self {
        self.world.link = link;
        self
    }

    /// How every disk writes.
    #[must_use]
    pub const fn disks(mut self, disk: DiskSettings) -> Self {
        self.world.disk = disk;
        self
    }

    /// How every node works through what reaches it.
    #[must_use]
    pub const fn inboxes(mut self, inbox: InboxSettings) -> Self {
        self.world.inbox = inbox;
        self
    }

    /// How wrong the clocks of one node are.
    #[must_use]
    pub fn clock(mut self, node: NodeId, clock: ClockSettings) -> Self {
        self.world.clocks.retain(|(other, _)| *other != node);
        self.world.clocks.push((node, clock));
        self
    }

    /// How many clients there are, and how they behave.
    #[must_use]
    pub const fn clients(mut self, clients: u32, settings: ClientSettings) -> Self {
        self.world.clients = clients;
        self.world.client = settings;
        self
    }

    /// The calls that clients make by themselves.
    #[must_use]
    pub const fn workload(mut self, workload: Workload) -> Self {
        self.world.workload = Some(workload);
        self
    }

    /// After how many applied commands a node is told to take a snapshot.
    #[must_use]
    pub const fn snapshot_every(mut self, commands: u32) -> Self {
        self.world.snapshot_every = Some(commands);
        self
    }

    /// The properties that are checked at every step: where one breaks, the run stops, and every
    /// method that lets it go on returns [`super::DriverError::Violated`].
    #[must_use]
    pub const fn guarantees(mut self, guarantees: &'static [Property]) -> Self {
        self.world.promises.guarantees = guarantees;
        self
    }

    /// What is checked at every step: guarantees, and measures that are only counted.
    #[must_use]
    pub const fn promises(mut self, promises: Promises) -> Self {
        self.world.promises = promises;
        self
    }

    /// How long after the last disturbance the network counts as quiet, and how much longer for
    /// each node: [`Property::OldestLeads`] waits for it.
    #[must_use]
    pub const fn quiet(mut self, quiet: Micros, per_node: Micros) -> Self {
        self.world.quiet = quiet;
        self.world.quiet_per_node = per_node;
        self
    }

    /// What the disk of one node holds when it boots first.
    #[must_use]
    pub fn durable(mut self, node: NodeId, durable: P::Durable) -> Self {
        self.durables.push((node, durable));
        self
    }

    /// The run at time zero, when all nodes have booted.
    #[must_use]
    pub fn build(self) -> Driver<P> {
        let choose = Seeded::new(self.world.seed);
        self.build_with(choose)
    }

    /// As [`DriverBuilder::build`], with choices that somebody else than the seed makes.
    #[must_use]
    pub fn build_with<C: Choose>(self, choose: C) -> Driver<P, C> {
        let mut driver = Driver {
            run: Simulation::with_choices(self.world, self.settings, choose),
            now: Micros::ZERO,
            story: Vec::new(),
        };
        for (node, durable) in self.durables {
            driver.exchange_disk(node, durable);
        }
        // The first events are the boots. A guarantee that breaks in one is told when time passes.
        for _ in driver.nodes().collect::<Vec<_>>() {
            driver.step();
        }
        driver
    }
}
