//! A run's events as lines of JSON.

use crate::run::RunError;
use scenario::ProtocolName;
use scenario::consensus::{Answer, Operation};
use scenario::simulator::{Endpoint, Happening, What};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// A trace file that is being written.
pub(crate) struct Trace {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Trace {
    /// Begins a trace, in place of any file of that name.
    pub(crate) fn create(path: &PathBuf) -> Result<Self, RunError> {
        let file = File::create(path).map_err(|source| RunError::Unwritable {
            path: path.clone(),
            source,
        })?;
        Ok(Self {
            path: path.clone(),
            out: BufWriter::new(file),
        })
    }

    /// Writes what one event brought.
    pub(crate) fn write(
        &mut self,
        protocol: ProtocolName,
        told: &[Happening],
    ) -> Result<(), RunError> {
        for happening in told {
            let mut line = describe(&happening.what);
            line["protocol"] = json!(protocol.as_str());
            line["at_us"] = json!(happening.at.0);
            line["event"] = json!(happening.event);
            writeln!(self.out, "{line}").map_err(|source| self.unwritable(source))?;
        }
        Ok(())
    }

    /// Makes sure that all of it is in the file.
    pub(crate) fn finish(mut self) -> Result<(), RunError> {
        self.out.flush().map_err(|source| self.unwritable(source))
    }

    fn unwritable(&self, source: io::Error) -> RunError {
        RunError::Unwritable {
            path: self.path.clone(),
            source,
        }
    }
}

fn describe(what: &What) -> Value {
    match what {
        What::Acted(action) => json!({"what": "acted", "action": format!("{action:?}")}),
        What::Idle { action, reason } => json!({
            "what": "idle", "action": format!("{action:?}"), "reason": format!("{reason:?}"),
        }),
        What::Power(node, power) => json!({
            "what": "power", "node": node.to_string(), "power": format!("{power:?}"),
        }),
        What::Stored(node, write) => json!({
            "what": "stored", "node": node.to_string(), "write": format!("{write:?}"),
        }),
        What::Observed(node, seen) => json!({
            "what": "observed", "node": node.to_string(), "observation": format!("{seen:?}"),
        }),
        What::Why(node, why) => json!({
            "what": "why", "node": node.to_string(), "rule": why.rule,
            "text": why.text(*node), "because": why.because, "source": why.source,
        }),
        What::Sent {
            flight,
            from,
            to,
            kind,
            bytes,
        } => json!({
            "what": "sent", "message": flight, "bytes": bytes, "from": name(*from), "to": name(*to), "kind": kind,
        }),
        What::Doubled { flight, copy } => json!({
            "what": "doubled", "message": flight, "copy": copy,
        }),
        What::Dropped {
            flight,
            from,
            to,
            kind,
            cause,
        } => json!({
            "what": "dropped", "message": flight, "from": name(*from), "to": name(*to),
            "kind": kind, "cause": cause.name(),
        }),
        What::Arrived {
            flight,
            from,
            to,
            kind,
        } => json!({
            "what": "arrived", "message": flight, "from": name(*from), "to": name(*to),
            "kind": kind,
        }),
        What::Called {
            call,
            operation,
            key,
            written,
            node,
            attempt,
        } => json!({
            "what": "called", "client": call.client.0 + 1, "call": call.sequence,
            "operation": operation_name(*operation), "key": key, "written": written,
            "node": node.to_string(), "attempt": attempt,
        }),
        What::BacksOff { call, until } => json!({
            "what": "backs-off", "client": call.client.0 + 1, "call": call.sequence,
            "until_us": until.0,
        }),
        What::Breaker {
            client,
            node,
            state,
        } => json!({
            "what": "breaker", "client": client.0 + 1, "node": node.to_string(),
            "state": state.name(),
        }),
        What::Answered {
            call,
            written,
            by,
            answer,
        } => json!({
            "what": "answered", "client": call.client.0 + 1, "call": call.sequence,
            "written": written, "by": by.to_string(), "done": matches!(answer, Answer::Done(_)),
        }),
        What::GaveUp { call, written } => json!({
            "what": "gave-up", "client": call.client.0 + 1, "call": call.sequence,
            "written": written,
        }),
        What::Violated(violation) => json!({
            "what": "violated", "property": violation.property.name(),
            "nodes": violation.nodes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "place": violation.place, "source": violation.property.source(),
        }),
    }
}

const fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Write => "write",
        Operation::Read => "read",
    }
}

fn name(endpoint: Endpoint) -> String {
    match endpoint {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(client) => format!("client {}", client.0 + 1),
    }
}
