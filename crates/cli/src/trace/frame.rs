//! The lines before and after a run.

use super::VERSION;
use super::name::{digest, node};
use scenario::consensus::NodeId;
use scenario::{ProtocolName, Report, Scenario};
use serde_json::{Value, json};

/// What a reader has to know before the first event.
pub(super) fn header(protocol: ProtocolName, scenario: &Scenario) -> Value {
    let nodes: Vec<String> = (0..scenario.nodes).map(|id| node(NodeId(id))).collect();
    let voters = match protocol {
        ProtocolName::Raft => nodes.clone(),
        ProtocolName::Almighty | ProtocolName::Watercraft => Vec::new(),
    };
    json!({
        "what": "header", "format": "whitewater-trace", "version": VERSION,
        "title": scenario.title, "seed": scenario.seed, "until_us": scenario.until.0.0,
        "nodes": nodes, "voters": voters, "clients": scenario.clients,
    })
}

/// What came of the run: without this line a trace is cut short.
pub(super) fn end(report: &Report) -> Value {
    json!({
        "what": "end", "events": report.events, "digest": digest(report.digest),
        "state_digest": digest(report.state_digest), "holds": report.holds(),
    })
}
