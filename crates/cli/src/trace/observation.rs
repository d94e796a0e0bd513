//! What a node reports of itself, as a line.

use super::name::{digest, mandate, maybe, node, nodes};
use scenario::consensus::{Mandate, NodeId, Observation, Role};
use serde_json::{Value, json};

/// The report without its node.
pub(super) fn line(seen: &Observation) -> Value {
    match *seen {
        Observation::Role { role, mandate: by } => json!({
            "what": "role", "role": role_name(role), "mandate": mandate(by),
        }),
        Observation::Follows(reign) => json!({
            "what": "follows", "leader": maybe(reign.leader), "mandate": mandate(reign.mandate),
        }),
        Observation::ElectionCalled(by) => election("election-called", by),
        Observation::ElectionFailed(by) => election("election-failed", by),
        Observation::ElectionClosed(by) => election("election-closed", by),
        Observation::Voted { term, candidate } => json!({
            "what": "voted", "term": term, "candidate": node(candidate),
        }),
        Observation::Appended {
            index,
            term,
            digest,
        } => entry("appended", index, term, digest),
        Observation::Committed {
            index,
            term,
            digest,
        } => entry("committed", index, term, digest),
        Observation::SnapshotInstalled {
            index,
            term,
            digest,
        } => entry("snapshot-installed", index, term, digest),
        Observation::Members {
            index,
            ref voters,
            ref outgoing,
            ref learners,
        } => json!({
            "what": "members", "index": index, "voters": nodes(voters),
            "outgoing": nodes(outgoing), "learners": nodes(learners),
        }),
        Observation::Truncated { from } => json!({"what": "truncated", "from": from}),
        Observation::Compacted { index } => json!({"what": "compacted", "index": index}),
        Observation::Identified {
            incarnation,
            joined,
        } => json!({
            "what": "identified", "incarnation": incarnation.0, "joined_us": joined.0,
        }),
        Observation::Secret {
            mandate: by,
            leader,
            incarnation,
            turn,
            digest: secret,
        } => json!({
            "what": "secret", "mandate": mandate(by), "leader": node(leader),
            "incarnation": incarnation.0, "turn": turn, "digest": digest(secret),
        }),
        Observation::FaceOff { with } => json!({"what": "face-off", "with": node(with)}),
        Observation::Merged { from, changed } => json!({
            "what": "merged", "from": node(from), "changed": changed,
        }),
        Observation::LeaderFoundDead { leader } => found("leader-found-dead", leader),
        Observation::LeaderFoundResurrected { leader } => found("leader-found-resurrected", leader),
    }
}

fn election(what: &str, by: Mandate) -> Value {
    json!({"what": what, "mandate": mandate(by)})
}

fn entry(what: &str, index: u64, term: u64, running: u64) -> Value {
    json!({"what": what, "index": index, "term": term, "digest": digest(running)})
}

fn found(what: &str, leader: NodeId) -> Value {
    json!({"what": what, "leader": node(leader)})
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}
