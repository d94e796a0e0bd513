//! Statements about the nodes at one moment: whether they hold, or what is the case instead.

use crate::expect::{Followed, Held, Known};
use crate::name::NodeName;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Role};
use simulator::{NodeView, Power, View};

/// Whether exactly these claim to lead.
pub(crate) fn leaders(expected: &[NodeName], view: &View) -> Result<(), String> {
    let found = leading(view);
    let all = found.iter().all(|it| expected.contains(&NodeName(*it)));
    if all && expected.iter().all(|it| found.contains(&it.0)) {
        return Ok(());
    }
    Err(format!("these lead: {}", names(&found)))
}

/// Whether one node leads all members. Where members change, they are those that the latest leader
/// names; whoever was taken out may not know it yet.
pub(crate) fn one_leader(view: &View) -> Result<(), String> {
    let running = || view.nodes.iter().filter(|it| it.power == Power::Running);
    let found = leading(view);
    let claim = running().filter(|it| found.contains(&it.id));
    let latest = claim.max_by_key(|it| it.inspection.reign.mandate);
    let members = latest.map(|it| &it.inspection.members);
    let counts = |node: &NodeId| {
        members.is_none_or(|it| {
            let mut named = it.voters.iter().chain(&it.outgoing).chain(&it.learners);
            it.voters.is_empty() || named.any(|member| member == node)
        })
    };
    let found: Vec<NodeId> = found.into_iter().filter(counts).collect();
    let [leader] = found[..] else {
        return Err(format!("these lead: {}", names(&found)));
    };
    let astray = running().filter(|it| it.inspection.reign.leader != Some(leader));
    let astray: Vec<NodeId> = astray.map(|it| it.id).filter(counts).collect();
    if astray.is_empty() {
        return Ok(());
    }
    Err(format!("{leader} leads, but not for {}", names(&astray)))
}

/// Whether all of the core runs and follows one of it, which leads: by age the oldest.
pub(crate) fn core_leads(core: &[NodeName], view: &View) -> Result<(), String> {
    let nodes = || {
        view.nodes
            .iter()
            .filter(|it| core.contains(&NodeName(it.id)))
    };
    let found = leading(view);
    let found: Vec<NodeId> = found
        .into_iter()
        .filter(|it| core.contains(&NodeName(*it)))
        .collect();
    let [leader] = found[..] else {
        return Err(format!("of these nodes these lead: {}", names(&found)));
    };
    let oldest = nodes().filter_map(|it| Some((age(it)?, it.id))).min();
    if let Some((_, oldest)) = oldest.filter(|(_, oldest)| *oldest != leader) {
        return Err(format!("{leader} leads, and {oldest} is older"));
    }
    follow(
        &Followed {
            nodes: core.to_vec(),
            leader: Some(NodeName(leader)),
        },
        view,
    )
}

/// When a node joined, or under which number, as it says itself; `None` where it has no age.
fn age(node: &NodeView) -> Option<Micros> {
    let mut rows = node.inspection.ledger.iter();
    let own = rows.find(|row| row.node == node.id && row.incarnation == node.incarnation);
    own.map(|row| row.joined)
}

/// Whether each of some nodes runs and follows this leader.
pub(crate) fn follow(followed: &Followed, view: &View) -> Result<(), String> {
    let leader = followed.leader.map(|it| it.0);
    for name in &followed.nodes {
        let Some(node) = view.nodes.iter().find(|it| it.id == name.0) else {
            return Err(format!("{name} is not there yet"));
        };
        if node.power != Power::Running || node.inspection.reign.leader != leader {
            let found: Vec<NodeId> = node.inspection.reign.leader.into_iter().collect();
            return Err(format!("{name} follows {}", names(&found)));
        }
    }
    Ok(())
}

/// Whether a node presumes exactly these alive, in this order.
pub(crate) fn ledger(known: &Known, view: &View) -> Result<(), String> {
    let node = view.nodes.iter().find(|it| it.id == known.node.0);
    let rows = node.into_iter().flat_map(|it| &it.inspection.ledger);
    let found: Vec<NodeId> = rows.filter(|row| row.alive).map(|row| row.node).collect();
    if found.iter().copied().eq(known.alive.iter().map(|it| it.0)) {
        return Ok(());
    }
    Err(format!("{} presumes alive: {}", known.node, names(&found)))
}

/// Whether all of these nodes have the same of something, and have it.
pub(crate) fn alike<T: PartialEq>(
    nodes: &[NodeName],
    view: &View,
    of: impl Fn(&NodeView) -> Option<T>,
) -> Result<(), String> {
    let found = view.nodes.iter();
    let found = found.filter(|it| nodes.contains(&NodeName(it.id)));
    let found: Vec<Option<T>> = found.map(of).collect();
    let (first, all) = (found.first(), found.len() == nodes.len());
    if all && first.is_some_and(Option::is_some) && found.iter().all(|it| Some(it) == first) {
        return Ok(());
    }
    Err("they differ".to_string())
}

/// Whether a node holds exactly these values, in this order.
pub(crate) fn holds(
    held: &Held,
    view: &View,
    values: impl Fn(&NodeView) -> Vec<u64>,
) -> Result<(), String> {
    let node = view.nodes.iter().find(|it| it.id == held.node.0);
    let found = node.map(values).unwrap_or_default();
    if found == held.values {
        return Ok(());
    }
    Err(format!("{} holds {found:?}", held.node))
}

fn leading(view: &View) -> Vec<NodeId> {
    let running = view.nodes.iter().filter(|it| it.power == Power::Running);
    let leading = running.filter(|it| it.inspection.role == Role::Leader);
    leading.map(|it| it.id).collect()
}

fn names(nodes: &[NodeId]) -> String {
    if nodes.is_empty() {
        return "nobody".to_string();
    }
    let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    names.join(", ")
}
