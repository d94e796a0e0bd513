//! What happened, as a line.

use super::name::{digest, kebab, maybe, node, nodes};
use super::{action, client, observation, traffic};
use scenario::consensus::{NodeId, WriteSummary};
use scenario::simulator::{IdleReason, Power, Violation, What, Why};
use serde_json::{Value, json};

/// The line without its time.
pub(super) fn line(what: &What) -> Value {
    match what {
        What::Acted(done) => json!({"what": "acted", "action": action::value(done)}),
        What::Idle {
            action: done,
            reason,
        } => json!({
            "what": "idle", "action": action::value(done), "reason": idle_reason(*reason),
        }),
        What::Power {
            node: id,
            power,
            incarnation,
        } => json!({
            "what": "power", "node": node(*id), "power": power_name(*power),
            "incarnation": incarnation.0,
        }),
        What::Stored(id, write) => of_node(*id, stored(write)),
        What::Observed(id, seen) => of_node(*id, observation::line(seen)),
        What::Applied {
            node: id,
            index,
            digest: command,
        } => json!({
            "what": "applied", "node": node(*id), "index": index, "digest": digest(*command),
        }),
        What::Why(id, why) => of_node(*id, decided(*id, why)),
        What::Sent { .. } | What::Doubled { .. } | What::Dropped { .. } | What::Arrived { .. } => {
            traffic::line(what)
        }
        What::Called { .. }
        | What::BacksOff { .. }
        | What::Breaker { .. }
        | What::Answered { .. }
        | What::GaveUp { .. } => client::line(what),
        What::Violated(broken) => violated(broken),
    }
}

fn of_node(id: NodeId, mut line: Value) -> Value {
    line["node"] = json!(node(id));
    line
}

fn stored(write: &WriteSummary) -> Value {
    match write {
        WriteSummary::Ballot { term, vote } => json!({
            "what": "stored", "kind": write.kind(), "term": term, "vote": maybe(*vote),
        }),
        WriteSummary::Entries { after, entries } => {
            let entries = entries.iter().zip(after.saturating_add(1)..);
            let entries: Vec<Value> = entries
                .map(|(entry, index)| {
                    json!({"index": index, "term": entry.term, "digest": digest(entry.digest)})
                })
                .collect();
            json!({"what": "stored", "kind": write.kind(), "after": after, "entries": entries})
        }
        WriteSummary::Snapshot {
            index,
            term,
            digest: running,
            start,
        } => json!({
            "what": "stored", "kind": write.kind(), "index": index, "term": term,
            "digest": digest(*running), "start": start,
        }),
    }
}

fn decided(id: NodeId, why: &Why) -> Value {
    let facts = &why.facts;
    json!({
        "what": "why", "rule": why.rule.name, "sentence": why.text(id), "because": why.rule.because,
        "source": why.rule.source,
        "facts": {"peer": maybe(facts.peer), "number": facts.number, "of": facts.of},
    })
}

fn violated(broken: &Violation) -> Value {
    json!({
        "what": "violated", "property": kebab(broken.property.name()),
        "nodes": nodes(&broken.nodes), "place": broken.place,
        "place_is": broken.property.place_name(), "seed": broken.seed,
        "sentence": broken.sentence(), "source": broken.property.source(),
    })
}

const fn power_name(power: Power) -> &'static str {
    match power {
        Power::Running => "running",
        Power::Paused => "paused",
        Power::Stopped => "stopped",
        Power::Absent => "absent",
    }
}

const fn idle_reason(reason: IdleReason) -> &'static str {
    match reason {
        IdleReason::AlreadySo => "already-so",
        IdleReason::NoSuchNode => "no-such-node",
        IdleReason::NoSuchMessage => "no-such-message",
        IdleReason::FixedMembership => "fixed-membership",
    }
}
