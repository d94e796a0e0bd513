//! Everything that can befall nodes, links, disks and clocks.

use super::{Driver, DriverError};
use crate::action::{Action, Target};
use crate::choose::Choose;
use crate::clock::ClockSettings;
use crate::disk::DiskSettings;
use crate::link::{LinkChange, Links};
use alloc::vec::Vec;
use consensus::{MembershipChange, Micros, NodeId, Protocol};

/// Faults. Each takes effect at once.
///
/// # Errors
/// All methods here: [`DriverError::Idle`] where nothing came of it, because the node is in that
/// state already, is unknown, or because the protocol's membership is fixed;
/// [`DriverError::Violated`] where a guarantee is broken.
impl<P: Protocol, C: Choose> Driver<P, C> {
    /// Crashes a node: it keeps what its disk has stored, and nothing else.
    pub fn crash(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Stop(Target::Node(node)))
    }

    /// Boots a crashed node from what its disk holds, as its next incarnation.
    pub fn restart(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Start(Target::Node(node)))
    }

    /// Puts an empty disk in place of a crashed node's: what it had stored is gone.
    pub fn wipe(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Wipe(node))
    }

    /// Lets a node stand still: it keeps its state and takes nothing up. Messages wait in its
    /// inbox; timers that run out and writes that complete wait, too.
    pub fn pause(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Pause(Target::Node(node)))
    }

    /// Lets a paused node go on and take up what waits.
    pub fn resume(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Resume(Target::Node(node)))
    }

    /// Lets a node work so long on each message and call from now on; zero for no time at all.
    pub fn slow(&mut self, node: NodeId, service: Micros) -> Result<(), DriverError> {
        let node = Target::Node(node);
        self.act(Action::Slow { node, service })
    }

    /// Attaches a new node, or one that left, and boots it. On Raft an operator then has the leader
    /// take it in as a learner, and promote it.
    pub fn join(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Join(node))
    }

    /// Lets a node say good-bye and switches it off; on Raft when an operator has had the leader take
    /// it out.
    pub fn leave(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Leave(Target::Node(node)))
    }

    /// Asks whoever leads to hand over to this node (Raft).
    pub fn transfer_to(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::Transfer(node))
    }

    /// Tells a node to take a snapshot (Raft).
    pub fn take_snapshot(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::TakeSnapshot(Target::Node(node)))
    }

    /// Asks whoever leads, once, to change the members (Raft). Nodes that are named as new members
    /// and not here yet are attached.
    pub fn change_membership(&mut self, change: MembershipChange) -> Result<(), DriverError> {
        self.act(Action::ChangeMembership(change))
    }

    /// Lets a node behave as if its election timer had fired (Raft).
    pub fn time_out(&mut self, node: NodeId) -> Result<(), DriverError> {
        self.act(Action::TimeOut(Target::Node(node)))
    }

    /// Cuts the network into sides that do not hear each other, in place of the sides before;
    /// nodes in none of them form one more together. What has not passed the middle of its wire
    /// is dropped.
    pub fn cut(&mut self, sides: &[&[NodeId]]) -> Result<(), DriverError> {
        self.act(Action::Cut(sides.iter().map(|it| it.to_vec()).collect()))
    }

    /// Lets nothing pass from these nodes to those, while the way back stays open.
    pub fn cut_one_way(&mut self, from: &[NodeId], to: &[NodeId]) -> Result<(), DriverError> {
        let (from, to): (Vec<_>, Vec<_>) = (from.to_vec(), to.to_vec());
        self.act(Action::CutOneWay { from, to })
    }

    /// Makes the network whole: no cut of either kind is left.
    pub fn heal(&mut self) -> Result<(), DriverError> {
        self.act(Action::Heal)
    }

    /// Changes some of the links between nodes from now on.
    pub fn change_links(&mut self, links: Links, change: LinkChange) -> Result<(), DriverError> {
        self.act(Action::Link { links, change })
    }

    /// Changes how one disk writes from now on.
    pub fn set_disk(&mut self, node: NodeId, settings: DiskSettings) -> Result<(), DriverError> {
        let node = Some(node);
        self.act(Action::Disk { node, settings })
    }

    /// Changes how wrong a node's clocks are from now on.
    pub fn set_clock(&mut self, node: NodeId, settings: ClockSettings) -> Result<(), DriverError> {
        let node = Target::Node(node);
        self.act(Action::Clock { node, settings })
    }
}
