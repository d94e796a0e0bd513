//! Who is healed in liveness mode.

use crate::dice::Dice;
use crate::document::{ProtocolName, Scenario};
use crate::name::NodeName;
use alloc::vec::Vec;
use consensus::{MembersView, NodeId};
use simulator::{Power, View};

/// Any nodes, at least one.
pub(super) fn of_peers(dice: &mut Dice, scenario: &Scenario) -> Vec<NodeName> {
    let mut nodes = shuffled(dice, scenario.every_node());
    let last = (nodes.len() as u64).saturating_sub(1);
    nodes.truncate(1 + dice.upto(last) as usize);
    nodes.sort_unstable();
    nodes
}

/// A quorum of those who vote from the start.
pub(super) fn of_founders(dice: &mut Dice, scenario: &Scenario) -> Vec<NodeName> {
    let founders = (0..scenario.nodes).map(NodeId);
    let members = MembersView {
        voters: founders.clone().collect(),
        ..MembersView::default()
    };
    quorum(dice, &[members], &founders.collect::<Vec<_>>()).unwrap_or_default()
}

/// A quorum of those who vote when the rough part of a scenario is over, which is played to its
/// end to find out. `None` where there is none that still is one whatever becomes of the changes
/// that are under way then, or where a guarantee broke.
pub(super) fn of_voters(dice: &mut Dice, rough: &Scenario) -> Option<Vec<NodeName>> {
    let mut engine = rough.engine(ProtocolName::Raft);
    let until = rough.until.0;
    let mut told = Vec::new();
    while engine.next_event().is_some_and(|next| next <= until) && engine.step(&mut told) {
        told.clear();
    }
    let view = engine.view();
    let lists: Vec<MembersView> = attached(&view)
        .map(|node| node.inspection.members.clone())
        .filter(|members| !members.voters.is_empty())
        .collect();
    let present: Vec<NodeId> = attached(&view).map(|node| node.id).collect();
    let sound = engine.violation().is_none();
    quorum(dice, &lists, &present).filter(|_| sound)
}

fn attached(view: &View) -> impl Iterator<Item = &simulator::NodeView> {
    view.nodes.iter().filter(|it| it.power != Power::Absent)
}

/// Some who vote by every list that a node has, and who are a majority of each set in each list.
/// They are more than half of all who are present, too: a change that is under way might give any
/// of those a vote.
fn quorum(dice: &mut Dice, lists: &[MembersView], present: &[NodeId]) -> Option<Vec<NodeName>> {
    let votes = |node: &NodeId| lists.iter().all(|list| list.voters.contains(node));
    let voters = present.iter().copied().filter(votes).map(NodeName);
    let order = shuffled(dice, voters.collect());
    let more = dice.upto(u64::MAX);
    let suffices = |core: &[NodeName]| {
        let is_most = |set: &[NodeId]| {
            let of_core = core.iter().filter(|it| set.contains(&it.0)).count();
            set.is_empty() || of_core * 2 > set.len()
        };
        let of_list = |list: &MembersView| is_most(&list.voters) && is_most(&list.outgoing);
        is_most(present) && lists.iter().all(of_list)
    };
    let least = (1..=order.len()).find(|count| suffices(&order[..*count]))?;
    // Half of the time no more than it takes.
    let some = order.iter().enumerate();
    let mut core: Vec<NodeName> = some
        .filter(|(place, _)| *place < least || (more & 1 > 0 && more >> (place + 1) & 1 > 0))
        .map(|(_, node)| *node)
        .collect();
    core.sort_unstable();
    Some(core)
}

fn shuffled(dice: &mut Dice, mut nodes: Vec<NodeName>) -> Vec<NodeName> {
    for place in (1..nodes.len()).rev() {
        let other = dice.upto(place as u64) as usize;
        nodes.swap(place, other);
    }
    nodes
}
