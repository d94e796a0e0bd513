//! What the script does, as a value.

use super::name::{maybe, node, nodes};
use scenario::consensus::MembershipChange;
use scenario::simulator::{
    Action, ClockSettings, CrashLoss, DiskSettings, LinkChange, MessageDeed, SpanRange, Spread,
    Target,
};
use serde_json::{Value, json};

/// The action, with its kind.
pub(super) fn value(action: &Action) -> Value {
    match action {
        Action::Stop(on) => on_one("stop", *on),
        Action::Start(on) => on_one("start", *on),
        Action::TimeOut(on) => on_one("time-out", *on),
        Action::Join(id) => on_one("join", Target::Node(*id)),
        Action::Leave(on) => on_one("leave", *on),
        Action::Wipe(id) => on_one("wipe", Target::Node(*id)),
        Action::Transfer(id) => json!({"kind": "transfer", "to": node(*id)}),
        Action::TakeSnapshot(on) => on_one("snapshot", *on),
        Action::ChangeMembership(change) => membership(change),
        Action::Pause(on) => on_one("pause", *on),
        Action::Resume(on) => on_one("resume", *on),
        Action::Cut(sides) => {
            let sides: Vec<Vec<String>> = sides.iter().map(|side| nodes(side)).collect();
            json!({"kind": "cut", "sides": sides})
        }
        Action::Heal => json!({"kind": "heal"}),
        Action::CutOneWay { from, to } => json!({
            "kind": "cut-one-way", "from": nodes(from), "to": nodes(to),
        }),
        Action::Link { links, change } => json!({
            "kind": "link", "from": maybe(links.from), "to": maybe(links.to),
            "change": link_change(change),
        }),
        Action::Message { number, deed } => json!({
            "kind": "message", "message": number, "deed": message_deed(deed),
        }),
        Action::Slow { node: on, service } => json!({
            "kind": "slow", "target": target(*on), "service_us": service.0,
        }),
        Action::Disk { node: on, settings } => json!({
            "kind": "disk", "node": maybe(*on), "settings": disk(settings),
        }),
        Action::Clock { node: on, settings } => json!({
            "kind": "clock", "target": target(*on), "settings": clock(settings),
        }),
        Action::Write {
            client,
            key,
            value,
            to,
        } => json!({
            "kind": "write", "client": u64::from(*client) + 1, "key": key, "value": value,
            "to": maybe(*to),
        }),
        Action::Read { client, key, to } => json!({
            "kind": "read", "client": u64::from(*client) + 1, "key": key, "to": maybe(*to),
        }),
    }
}

fn membership(change: &MembershipChange) -> Value {
    match change {
        MembershipChange::AddLearner(id) => json!({"kind": "add-learner", "node": node(*id)}),
        MembershipChange::Promote(id) => json!({"kind": "promote", "node": node(*id)}),
        MembershipChange::Remove(id) => json!({"kind": "remove", "node": node(*id)}),
        MembershipChange::Replace { voters, learners } => json!({
            "kind": "replace", "voters": nodes(voters), "learners": nodes(learners),
        }),
    }
}

fn on_one(kind: &str, on: Target) -> Value {
    json!({"kind": kind, "target": target(on)})
}

/// A node's letter, or `leader`.
fn target(target: Target) -> String {
    match target {
        Target::Node(id) => node(id),
        Target::Leader => "leader".into(),
    }
}

fn range(range: &SpanRange) -> Value {
    json!([range.least.0, range.most.0])
}

fn link_change(change: &LinkChange) -> Value {
    match change {
        LinkChange::Delay(delay) => json!({"delay_us": range(delay)}),
        LinkChange::Spread(Spread::Even) => json!({"spread": "even"}),
        LinkChange::Spread(Spread::LongTail) => json!({"spread": "long-tail"}),
        LinkChange::Loss(share) => json!({"loss_per_million": share.0}),
        LinkChange::Duplication(share) => json!({"duplication_per_million": share.0}),
        LinkChange::Reordering(share) => json!({"reordering_per_million": share.0}),
        LinkChange::Corruption(share) => json!({"corruption_per_million": share.0}),
        LinkChange::Capacity(messages) => json!({"capacity": messages}),
        LinkChange::Clogged(clogged) => json!({"clogged": clogged}),
    }
}

fn message_deed(deed: &MessageDeed) -> Value {
    match deed {
        MessageDeed::Hold => json!({"kind": "hold"}),
        MessageDeed::Release => json!({"kind": "release"}),
        MessageDeed::Drop => json!({"kind": "drop"}),
        MessageDeed::Delay(span) => json!({"kind": "delay", "by_us": span.0}),
        MessageDeed::Corrupt(draw) => json!({"kind": "corrupt", "draw": draw}),
    }
}

fn disk(settings: &DiskSettings) -> Value {
    let crash_loss = match settings.crash_loss {
        CrashLoss::Everything => "everything",
        CrashLoss::Suffix => "suffix",
        CrashLoss::Torn => "torn",
    };
    json!({
        "latency_us": range(&settings.latency), "disorder_per_million": settings.disorder.0,
        "crash_loss": crash_loss,
    })
}

fn clock(settings: &ClockSettings) -> Value {
    json!({"offset_us": settings.offset, "drift_per_million": settings.drift})
}
