//! How a trace names things: in letters, in kebab-case, and digests in hexadecimal digits.

use scenario::consensus::{Mandate, NodeId};
use scenario::simulator::Endpoint;
use serde_json::{Value, json};

/// A node: A, B, C, ...
pub(super) fn node(node: NodeId) -> String {
    node.to_string()
}

/// Some nodes.
pub(super) fn nodes(nodes: &[NodeId]) -> Vec<String> {
    nodes.iter().map(ToString::to_string).collect()
}

/// A node, or `null`.
pub(super) fn maybe(node: Option<NodeId>) -> Value {
    json!(node.map(|node| node.to_string()))
}

/// A node or a client, counted from 1.
pub(super) fn endpoint(endpoint: Endpoint) -> String {
    match endpoint {
        Endpoint::Node(id) => node(id),
        Endpoint::Client(client) => format!("client-{}", u64::from(client.0) + 1),
    }
}

/// A name that people read, as programs write it.
pub(super) fn kebab(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// Sixteen digits: as a number, many a reader of JSON would round it.
pub(super) fn digest(digest: u64) -> String {
    format!("{digest:016x}")
}

/// By what right a leader leads.
pub(super) fn mandate(mandate: Mandate) -> Value {
    match mandate {
        Mandate::Term(term) => json!({"term": term}),
        Mandate::Election { at, caller } => {
            json!({"election": {"at_us": at.0, "caller": node(caller)}})
        }
    }
}
