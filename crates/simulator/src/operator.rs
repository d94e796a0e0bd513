//! The operator of a cluster whose members change by its leader's word only: whoever is to join
//! becomes a learner first and is then promoted, and whoever is to leave is taken out before it is
//! switched off (Raft §6, thesis §4.2.1).

use crate::choose::Choose;
use crate::happening::Happening;
use crate::simulation::{Event, Simulation};
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{Control, Input, MembersView, MembershipChange, Micros, NodeId, Protocol};

/// How long the operator waits before it looks again.
const LOOKS_EVERY: Micros = Micros::from_millis(100);

/// What the operator is to see to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Errand {
    /// A node is to vote.
    Join,
    /// A node is to be gone.
    Leave,
}

impl Errand {
    /// What is to be asked for next; `None` where it is done.
    fn next(self, node: NodeId, members: &MembersView) -> Option<MembershipChange> {
        let learns = members.learners.contains(&node);
        let votes = members.voters.contains(&node);
        match self {
            Self::Join if votes => None,
            Self::Join if learns => Some(MembershipChange::Promote(node)),
            Self::Join => Some(MembershipChange::AddLearner(node)),
            Self::Leave if votes || learns => Some(MembershipChange::Remove(node)),
            Self::Leave => None,
        }
    }
}

/// The operator: at most one errand for each node, the one to look at next first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Operator {
    errands: Vec<(NodeId, Errand)>,
    /// When it looks again, while there are errands.
    looks: Micros,
}

impl Operator {
    /// Whether it looks at this moment.
    pub(crate) fn looks_at(&self, at: Micros) -> bool {
        !self.errands.is_empty() && self.looks == at
    }
}

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Gives the operator an errand in place of the one that it has for this node; false where it
    /// is the same.
    pub(crate) fn send_operator(
        &mut self,
        node: NodeId,
        errand: Errand,
        story: &mut Vec<Happening>,
    ) -> bool {
        let errands = &mut self.operator.errands;
        if errands.contains(&(node, errand)) {
            return false;
        }
        errands.retain(|(other, _)| *other != node);
        errands.insert(0, (node, errand));
        self.operate(story);
        true
    }

    /// The operator looks at whoever leads, asks for what is to be done next, and comes back as
    /// long as anything is left. A leader that is lost, or refuses because a change is under way,
    /// is asked again in that way, or the next one is.
    pub(crate) fn operate(&mut self, story: &mut Vec<Happening>) {
        if let Some(leader) = self.leader() {
            self.run_errand(leader, story);
        }
        if !self.operator.errands.is_empty() {
            self.operator.looks = self.now + LOOKS_EVERY;
            self.queue.push(self.operator.looks, Event::Operator);
        }
    }

    fn run_errand(&mut self, leader: NodeId, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get(leader) else {
            return;
        };
        let members = host.node.inspect().members;
        if !members.settled {
            return;
        }
        while let Some((node, errand)) = self.operator.errands.first().copied() {
            if let Some(change) = errand.next(node, &members) {
                // Whoever cannot be served yet keeps nobody else waiting.
                self.operator.errands.rotate_left(1);
                let wish = Control::ChangeMembership(change);
                self.give(leader, Input::Control(wish), story);
                return;
            }
            self.operator.errands.remove(0);
            if errand == Errand::Leave && self.is_attached(node) {
                self.depart(node, story);
                self.disturb();
            }
        }
    }

    fn is_attached(&self, node: NodeId) -> bool {
        let host = self.hosts.get(node);
        host.is_some_and(|host| host.power != Power::Absent)
    }
}
