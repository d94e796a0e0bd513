//! What a scenario expects, and whether it came true.

use crate::deed::NodeName;
use crate::document::ProtocolName;
use crate::span::Span;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Answer, Micros, NodeId, Role};
use serde::{Deserialize, Serialize};
use simulator::{Engine, Happening, Measures, NodeView, Power, View, What};

/// Something that must hold at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Expectation {
    /// Of which protocol; of each where it is left out.
    #[serde(default)]
    pub of: Option<ProtocolName>,
    /// When; at the end of the run where it is left out.
    #[serde(default)]
    pub at: Option<Span>,
    /// What.
    pub that: That,
}

/// A statement about a run at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum That {
    /// Exactly these nodes claim to lead.
    Leaders(Vec<NodeName>),
    /// Exactly one node claims to lead, and every running node follows it.
    OneLeader,
    /// The writes that a node's log holds, in order.
    Log(Held),
    /// The writes that a node knows to be committed, in order.
    Committed(Held),
    /// The writes that a node's state machine holds, in order.
    Data(Held),
    /// What became of a client's write.
    Answer(Told),
    /// A measure lies within bounds.
    Measure(Bound),
    /// A rule decided something by now.
    Rule(Decided),
    /// No check found anything broken.
    ChecksHold,
    /// The opposite.
    Not(Box<That>),
}

/// A node and the values that it must hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Which node.
    pub node: NodeName,
    /// The values, oldest first.
    pub values: Vec<u64>,
}

/// A write and what the client must have been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The value written; of several writes of one value, the last that was answered.
    pub value: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// A rule that must have decided something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The rule's name, such as `vote-refused/log-behind`.
    pub name: String,
    /// At which node; anywhere where it is left out.
    #[serde(default)]
    pub by: Option<NodeName>,
}

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The client was told that it is done.
    Done,
    /// The client was refused for good.
    Refused,
    /// The client was told nothing.
    Nothing,
}

/// A measure and its bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Which measure.
    pub name: Measure,
    /// Not less than this.
    #[serde(default)]
    pub least: u64,
    /// Not more than this; no limit where it is left out.
    #[serde(default)]
    pub most: Option<u64>,
}

/// A measure by name; times are in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Time without a leader.
    LeaderlessMs,
    /// Time with two leaders or more.
    TwoClaimMs,
    /// How often a leader took over.
    LeaderChanges,
    /// Messages between nodes.
    Messages,
    /// Writes acknowledged.
    Acknowledged,
    /// Acknowledged writes lost.
    Lost,
    /// Acknowledged writes that one crash would lose.
    AtRisk,
    /// Elections called.
    Elections,
    /// Elections without a winner.
    FailedElections,
    /// Times that entries were taken out of a log.
    Truncations,
}

impl Measure {
    /// Its value.
    #[must_use]
    pub const fn of(self, measures: &Measures) -> u64 {
        match self {
            Self::LeaderlessMs => measures.leaderless.0 / 1_000,
            Self::TwoClaimMs => measures.two_claim.0 / 1_000,
            Self::LeaderChanges => measures.leader_changes,
            Self::Messages => measures.messages,
            Self::Acknowledged => measures.acknowledged,
            Self::Lost => measures.lost,
            Self::AtRisk => measures.at_risk,
            Self::Elections => measures.elections,
            Self::FailedElections => measures.failed_elections,
            Self::Truncations => measures.truncations,
        }
    }
}

impl That {
    /// Whether it holds; where it does not, what is the case instead.
    ///
    /// # Errors
    /// What is the case instead, in words.
    pub(crate) fn judge(
        &self,
        engine: &dyn Engine,
        at: Micros,
        story: &[Happening],
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
                let found = outcome_of(told.value, story);
                same(&told.outcome, &found, || format!("the answer is {found:?}"))
            }
            Self::Measure(bound) => {
                let found = bound.name.of(&engine.measures(at));
                let most = bound.most.unwrap_or(u64::MAX);
                let within = (bound.least..=most).contains(&found);
                within.then_some(()).ok_or_else(|| format!("it is {found}"))
            }
            Self::Rule(Decided { name, by }) => {
                let seen = story.iter().any(|it| match &it.what {
                    What::Why(node, why) => why.rule == name && by.is_none_or(|by| by.0 == *node),
                    _ => false,
                });
                seen.then_some(())
                    .ok_or_else(|| format!("rule {name} did not decide anything"))
            }
            Self::ChecksHold => match engine.violation() {
                None => Ok(()),
                Some(broken) => Err(format!("{} broke at {}", broken.property.name(), broken.at)),
            },
            Self::Not(that) => match that.judge(engine, at, story) {
                Ok(()) => Err("it does hold".to_string()),
                Err(_) => Ok(()),
            },
        }
    }
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

fn one_leader(view: &View) -> Result<(), String> {
    let found = leaders(view);
    let [leader] = found[..] else {
        return Err(format!("these lead: {}", names(&found)));
    };
    let astray = view
        .nodes
        .iter()
        .filter(|it| it.power == Power::Running && it.inspection.reign.leader != Some(leader));
    let astray: Vec<NodeId> = astray.map(|it| it.id).collect();
    if astray.is_empty() {
        return Ok(());
    }
    Err(format!("{leader} leads, but not for {}", names(&astray)))
}

fn holds(held: &Held, view: &View, values: impl Fn(&NodeView) -> Vec<u64>) -> Result<(), String> {
    let node = view.nodes.iter().find(|it| it.id == held.node.0);
    let found = node.map(values).unwrap_or_default();
    same(&held.values, &found, || {
        format!("{} holds {found:?}", held.node)
    })
}

fn outcome_of(value: u64, story: &[Happening]) -> Outcome {
    let mut answers = story.iter().filter_map(|it| match &it.what {
        What::Answered {
            written: Some(written),
            answer,
            ..
        } if *written == value => Some(answer),
        _ => None,
    });
    match answers.next_back() {
        Some(Answer::Done(_)) => Outcome::Done,
        Some(Answer::Refused { .. }) => Outcome::Refused,
        None => Outcome::Nothing,
    }
}
