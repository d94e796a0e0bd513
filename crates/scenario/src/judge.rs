//! Whether what a scenario expects came true.

use crate::expect::{Dropped, Sent, That, Told};
use crate::moment;
use crate::story::Story;
use alloc::format;
use alloc::string::{String, ToString};
use consensus::{ClientId, Micros};
use simulator::{Engine, Measures};

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
        // Every log as it stands is long: only what asks for it waits for it.
        let view = || engine.view();
        match self {
            Self::Leaders(expected) => moment::leaders(expected, &view()),
            Self::OneLeader => moment::one_leader(&view()),
            Self::CoreLeads(core) => moment::core_leads(core, &view()),
            Self::Log(held) => moment::holds(held, &view(), |node| {
                node.log.iter().filter_map(|cell| cell.value).collect()
            }),
            Self::Committed(held) => moment::holds(held, &view(), |node| {
                let committed = node.log.iter().filter(|cell| cell.committed);
                committed.filter_map(|cell| cell.value).collect()
            }),
            Self::Data(held) => moment::holds(held, &view(), |node| {
                node.data.iter().map(|data| data.value).collect()
            }),
            Self::Answer(told) => answer(told, story),
            Self::Measure(bound) => {
                let found = bound.name.of(&engine.measures(at));
                within(found, bound.least, bound.most)
            }
            Self::Drops(it) => drops(it, &engine.measures(at)),
            Self::Rule(rule) => seen(story.decided(rule), || {
                format!("rule {} did not decide that", rule.name)
            }),
            Self::InOrder(steps) => seen(come == steps.len(), || {
                format!("step {} of {} did not come", come + 1, steps.len())
            }),
            Self::Follow(it) => moment::follow(it, &view()),
            Self::Ledger(known) => moment::ledger(known, &view()),
            Self::SameElection(nodes) => {
                moment::alike(nodes, &view(), |it| Some(it.inspection.reign.mandate))
            }
            Self::SameSecret(nodes) => moment::alike(nodes, &view(), |it| it.inspection.secret),
            Self::Sent(it) => sent(it, &engine.measures(at)),
            Self::Breaker(it) => {
                let node = it.node.map(|node| node.0);
                seen(story.reached(it.state, id(it.client), node), || {
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
    seen(within, || format!("it is {found}"))
}

fn answer(told: &Told, story: &Story) -> Result<(), String> {
    let found = story.outcome_of(told.value);
    seen(told.outcome == found, || format!("the answer is {found:?}"))
}

fn drops(dropped: &Dropped, measures: &Measures) -> Result<(), String> {
    let found = measures.drops.get(&dropped.cause).copied();
    within(found.unwrap_or(0), dropped.least, dropped.most)
}

fn sent(sent: &Sent, measures: &Measures) -> Result<(), String> {
    let found = measures.by_kind.get(&*sent.kind).map(|it| it.messages);
    within(found.unwrap_or(0), sent.least, sent.most)
}

fn seen(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
