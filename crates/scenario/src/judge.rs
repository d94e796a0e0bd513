//! Whether what a scenario expects came true.

use crate::expect::{Followed, Held, That};
use crate::name::NodeName;
use crate::story::Story;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{ClientId, Micros, NodeId, Role};
use simulator::{Engine, NodeView, Power, View};

impl That {
    /// Whether it holds; where it does not, what is the case instead.
    ///
    /// `come` says how many statements of its `in-order` came true.
    ///
    /// # Errors
    /// What is the case instead, in words.
    pub(crate) fn judge(
        &self,
        engine: &dyn Engine,
        at: Micros,
        story: &Story,
        come: usize,
    ) -> Result<(), String> {
        let view = engine.view();
        match self {
            Self::Leaders(expected) => {
                let found = leaders(&view);
                let all = found.iter().all(|it| expected.contains(&NodeName(*it)));
                let none_missing = expected.iter().all(|it| found.contains(&it.0));
                same(&true, &(all && none_missing), || {
                    format!("these lead: {}", names(&found))
                })
            }
            Self::OneLeader => one_leader(&view),
            Self::Log(held) => holds(held, &view, |node| {
                node.log.iter().filter_map(|cell| cell.value).collect()
            }),
            Self::Committed(held) => holds(held, &view, |node| {
                let committed = node.log.iter().filter(|cell| cell.committed);
                committed.filter_map(|cell| cell.value).collect()
            }),
            Self::Data(held) => holds(held, &view, |node| {
                node.data.iter().map(|data| data.value).collect()
            }),
            Self::Answer(told) => {
                let found = story.outcome_of(told.value);
                same(&told.outcome, &found, || format!("the answer is {found:?}"))
            }
            Self::Measure(bound) => {
                let found = bound.name.of(&engine.measures(at));
                within(found, bound.least, bound.most)
            }
            Self::Drops(dropped) => {
                let measures = engine.measures(at);
                let found = measures.drops.get(&dropped.cause).copied();
                within(found.unwrap_or(0), dropped.least, dropped.most)
            }
            Self::Rule(rule) => same(&true, &story.decided(rule), || {
                format!("rule {} did not decide that", rule.name)
            }),
            Self::InOrder(steps) => same(&steps.len(), &come, || {
                format!("step {} of {} did not come", come + 1, steps.len())
            }),
            Self::Follow(it) => follow(it, &view),
            Self::Ledger(known) => {
                let node = view.nodes.iter().find(|it| it.id == known.node.0);
                let found = node.map(presumed_alive).unwrap_or_default();
                let expected: Vec<NodeId> = known.alive.iter().map(|it| it.0).collect();
                same(&expected, &found, || {
                    format!("{} presumes alive: {}", known.node, names(&found))
                })
            }
            Self::SameElection(nodes) => {
                alike(nodes, &view, |it| Some(it.inspection.reign.mandate))
            }
            Self::SameSecret(nodes) => alike(nodes, &view, |it| it.inspection.secret),
            Self::Sent(it) => {
                let measures = engine.measures(at);
                let found = measures.by_kind.get(&*it.kind).map(|sent| sent.messages);
                within(found.unwrap_or(0), it.least, it.most)
            }
            Self::Breaker(it) => {
                let seen = story.reached(it.state, id(it.client), it.node.map(|node| node.0));
                same(&true, &seen, || {
                    format!("no such breaker was {}", it.state.name())
                })
            }
            Self::BackedOff(it) => within(story.backoffs(id(it.client)), it.least, it.most),
            Self::ChecksHold => match engine.violation() {
                None => Ok(()),
                Some(broken) => Err(format!("{} broke at {}", broken.property.name(), broken.at)),
            },
            Self::Not(that) => match that.judge(engine, at, story, come) {
                Ok(()) => Err("it does hold".to_string()),
                Err(_) => Ok(()),
            },
        }
    }
}

/// A client as the simulator numbers it.
fn id(client: Option<u32>) -> Option<ClientId> {
    client.map(|client| ClientId(client.saturating_sub(1)))
}

fn within(found: u64, least: u64, most: Option<u64>) -> Result<(), String> {
    let within = found >= least && most.is_none_or(|most| found <= most);
    same(&true, &within, || format!("it is {found}"))
}

fn same<T: PartialEq>(
    expected: &T,
    found: &T,
    otherwise: impl FnOnce() -> String,
) -> Result<(), String> {
    if expected == found {
        Ok(())
    } else {
        Err(otherwise())
    }
}

fn names(nodes: &[NodeId]) -> String {
    if nodes.is_empty() {
        return "nobody".to_string();
    }
    let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    names.join(", ")
}

fn leaders(view: &View) -> Vec<NodeId> {
    let running = view.nodes.iter().filter(|it| it.power == Power::Running);
    let leading = running.filter(|it| it.inspection.role == Role::Leader);
    leading.map(|it| it.id).collect()
}

/// Whether one node leads all members. Where members change, they are those that the latest leader
/// names; whoever was taken out may not know it yet.
fn one_leader(view: &View) -> Result<(), String> {
    let running = || view.nodes.iter().filter(|it| it.power == Power::Running);
    let found = leaders(view);
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

fn follow(followed: &Followed, view: &View) -> Result<(), String> {
    let leader = followed.leader.map(|it| it.0);
    let mut nodes = view.nodes.iter();
    let astray = nodes.find(|it| {
        let expected = followed.nodes.contains(&NodeName(it.id));
        expected && (it.power != Power::Running || it.inspection.reign.leader != leader)
    });
    match astray {
        None => Ok(()),
        Some(it) => {
            let found: Vec<NodeId> = it.inspection.reign.leader.into_iter().collect();
            Err(format!("{} follows {}", it.id, names(&found)))
        }
    }
}

fn presumed_alive(node: &NodeView) -> Vec<NodeId> {
    let ledger = node.inspection.ledger.iter();
    ledger.filter(|row| row.alive).map(|row| row.node).collect()
}

/// Whether all of these nodes have the same of something, and have it.
fn alike<T: PartialEq>(
    nodes: &[NodeName],
    view: &View,
    of: impl Fn(&NodeView) -> Option<T>,
) -> Result<(), String> {
    let found = view.nodes.iter();
    let found = found.filter(|it| nodes.contains(&NodeName(it.id)));
    let found: Vec<Option<T>> = found.map(of).collect();
    let first = found.first();
    let alike = first.is_some_and(Option::is_some) && found.iter().all(|it| Some(it) == first);
    same(&true, &alike, || "they differ".to_string())
}

fn holds(held: &Held, view: &View, values: impl Fn(&NodeView) -> Vec<u64>) -> Result<(), String> {
    let node = view.nodes.iter().find(|it| it.id == held.node.0);
    let found = node.map(values).unwrap_or_default();
    same(&held.values, &found, || {
        format!("{} holds {found:?}", held.node)
    })
}
