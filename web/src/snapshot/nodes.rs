//! The nodes, each with its state on every side.

use crate::text;
use consensus::{Mandate, Micros, NodeId, Role};
use scenario::simulator::{NodeView, Power, View};
use scenario::{NodeName, ProtocolName, Side};
use scene::caption::node_fill;
use scene::{Facts, RuleFace};

/// What a node is to its cluster, where a leader keeps a list of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It votes.
    Voter,
    /// It gets the log and decides nothing.
    Learner,
    /// It is on no list.
    Outside,
}

/// One node, on every side.
pub(crate) struct NodeState {
    /// Who.
    pub(crate) id: NodeId,
    /// What it is on each side.
    pub(crate) sides: Vec<SideState>,
}

/// A node on one side.
pub(crate) struct SideState {
    /// Which protocol it follows.
    pub(crate) protocol: ProtocolName,
    /// Its fill.
    pub(crate) fill: u8,
    /// Whether it is up.
    pub(crate) power: Power,
    /// Whether it takes time for each message.
    pub(crate) slow: bool,
    /// Whether it is a member, as whoever leads sees it.
    pub(crate) membership: Membership,
    /// Up to where it knows its log to be committed.
    pub(crate) committed: u64,
    /// Whether it leads.
    pub(crate) leads: bool,
    /// What it is, in words.
    pub(crate) said: String,
    /// What keeps it from its work; empty where nothing does.
    pub(crate) held_up: String,
}

/// Every node that is attached on the first side; a node that another side does not know is there
/// what it is on the first.
pub(super) fn nodes(sides: &[Side], views: &[View]) -> Vec<NodeState> {
    let attached = |node: &&NodeView| node.power != Power::Absent;
    let first = views[0].nodes.iter().filter(attached);
    first
        .map(|first| {
            let state = |(side, view): (&Side, &View)| {
                let known = view.nodes.iter().find(|node| node.id == first.id);
                let node = known.unwrap_or(first);
                SideState {
                    protocol: side.protocol(),
                    fill: node_fill(view, node.id),
                    power: node.power,
                    slow: node.service > Micros::ZERO,
                    membership: membership(node, view),
                    committed: node.inspection.committed,
                    leads: leads(node),
                    said: state_words(node, view),
                    held_up: held_up(node),
                }
            };
            NodeState {
                id: first.id,
                sides: sides.iter().zip(views).map(state).collect(),
            }
        })
        .collect()
}

fn leads(node: &NodeView) -> bool {
    node.power == Power::Running && node.inspection.role == Role::Leader
}

/// Who leads under the latest mandate.
pub(super) fn leader(view: &View) -> Option<&NodeView> {
    let claims = view.nodes.iter().filter(|node| leads(node));
    claims.max_by_key(|node| (node.inspection.reign.mandate, node.id))
}

/// Whether a leader has committed nothing yet since it leads.
pub(super) fn is_new(leader: &NodeView) -> bool {
    let known = &leader.inspection;
    let newest = known.log.iter().rev().find(|it| it.committed);
    let is_own = newest.is_some_and(|it| known.reign.mandate == Mandate::Term(it.term));
    matches!(known.reign.mandate, Mandate::Term(_)) && !is_own
}

/// What a node is to whoever leads, else to itself.
fn membership(node: &NodeView, view: &View) -> Membership {
    let members = &leader(view).unwrap_or(node).inspection.members;
    let is_in = |group: &[NodeId]| group.contains(&node.id);
    if is_in(&members.voters) || is_in(&members.outgoing) {
        Membership::Voter
    } else if is_in(&members.learners) {
        Membership::Learner
    } else {
        Membership::Outside
    }
}

/// Those that left, and the first that never was here.
pub(super) fn newcomers(view: &View) -> Vec<NodeId> {
    let left = view.nodes.iter().filter(|it| it.power == Power::Absent);
    let known = view.nodes.iter().map(|it| it.id.0 + 1).max();
    let next = known.filter(|next| *next < NodeName::COUNT);
    left.map(|it| it.id).chain(next.map(NodeId)).collect()
}

fn state_words(node: &NodeView, view: &View) -> String {
    if !matches!(node.power, Power::Running | Power::Paused) {
        return text::STOPPED.to_string();
    }
    let role = match node.inspection.role {
        Role::Follower => text::FOLLOWER,
        Role::Candidate => text::CANDIDATE,
        Role::Leader => text::LEADER,
    };
    let number = Facts::new(view, RuleFace::Age).number(node.inspection.reign);
    match node.inspection.reign.mandate {
        Mandate::Term(term) => text::in_term(role, term),
        Mandate::Election { .. } if number > 0 => text::in_reign(role, number),
        Mandate::Election { .. } => role.to_string(),
    }
}

/// Whether a node stands still or is slow, and how many messages wait for it.
fn held_up(node: &NodeView) -> String {
    let words = match node.power {
        Power::Paused => text::PAUSED,
        Power::Running if node.service > Micros::ZERO => text::SLOW,
        _ => return String::new(),
    };
    text::waiting(words, node.waiting)
}
