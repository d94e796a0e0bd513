//! What a node reports of itself, as a line.

use super::name::{digest, mandate, maybe, node, nodes};
use scenario::consensus::{Observation, Role};
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
        Observation::ElectionCalled(by) => json!({
            "what": "election-called", "mandate": mandate(by),
        }),
        Observation::ElectionFailed(by) => json!({
            "what": "election-failed", "mandate": mandate(by),
        }),
        Observation::ElectionClosed(by) => json!({
            "what": "election-closed", "mandate": mandate(by),
        }),
        Observation::Voted { term, candidate } => json!({
            "what": "voted", "term": term, "candidate": node(candidate),
        }),
        Observation::Appended {
            index,
            term,
            digest: running,
        } => json!({
            "what": "appended", "index": index, "term": term, "digest": digest(running),
        }),
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
        Observation::SnapshotInstalled {
            index,
            term,
            digest: running,
        } => json!({
            "what": "snapshot-installed", "index": index, "term": term,
            "digest": digest(running),
        }),
        Observation::Compacted { index } => json!({"what": "compacted", "index": index}),
        Observation::Committed {
            index,
            term,
            digest: running,
        } => json!({
            "what": "committed", "index": index, "term": term, "digest": digest(running),
        }),
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
        Observation::LeaderFoundDead { leader } => json!({
            "what": "leader-found-dead", "leader": node(leader),
        }),
        Observation::LeaderFoundResurrected { leader } => json!({
            "what": "leader-found-resurrected", "leader": node(leader),
        }),
    }
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}
